import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { testWorld } from '../../platform/test-world.ts'
import { createOperator } from './create-operator.ts'
import { everythingStored } from './test-dump.ts'

const ada = {
  username: 'ada',
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Yılmaz',
  locale: 'tr',
  organization: 'Program Ofisi',
  country: 'TR',
} as const

test('on an empty database the portal says that an operator is missing, until the command line has made one who signs in', async () => {
  await using world = await testWorld()

  const before = await world.request(undefined, 'GET', '/portal/v1/first-run')
  const { temporaryPassword } = await createOperator(world.deps.db, world.now, ada)
  const after = await world.request(undefined, 'GET', '/portal/v1/first-run')
  const signedIn = await world.request(undefined, 'POST', '/portal/auth/sign-in/username', {
    username: 'ada',
    password: temporaryPassword,
  })
  const me = await world.request<Me>(String(signedIn.headers['set-cookie']).split(';')[0], 'GET', '/portal/v1/me')

  assert.deepEqual([before.body, after.body], [{ needed: true }, { needed: false }])
  assert.deepEqual(me.body.roles, ['platform_operator'])
  assert.equal(me.body.organization.name, 'Program Ofisi')
  assert.equal(me.body.mustFirst, 'passwordChangeRequired')
  assert.ok(!(await everythingStored(world.deps)).includes(temporaryPassword))
})

test('a further operator joins the organization of the first', async () => {
  await using world = await testWorld()
  await createOperator(world.deps.db, world.now, ada)

  await createOperator(world.deps.db, world.now, {
    ...ada,
    username: 'bora',
    email: 'bora@example.com',
    organization: 'X',
  })

  const found = await sql<{ name: string; users: bigint }>`
    select o.trading_name as name, count(*) as users from organizations o join users u on u.organization_id = o.id
    group by o.id`.execute(world.deps.db)
  assert.deepEqual(found.rows, [{ name: 'Program Ofisi', users: 2n }])
})

test('an operator with a taken name, or in a country nobody knows, leaves nothing behind', async () => {
  await using world = await testWorld()

  await assert.rejects(createOperator(world.deps.db, world.now, { ...ada, country: 'XX' }), { reason: 'notFound' })
  await createOperator(world.deps.db, world.now, ada)
  await assert.rejects(createOperator(world.deps.db, world.now, { ...ada, email: 'b@example.com' }), {
    constraint: 'users_username_key',
  })

  assert.equal((await world.deps.db.selectFrom('users').select('id').execute()).length, 1)
})

interface Me {
  readonly roles: readonly string[]
  readonly organization: { readonly name: string }
  readonly mustFirst: string | null
}
