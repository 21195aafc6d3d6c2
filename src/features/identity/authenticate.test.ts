import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { RequestMark } from '../../platform/context.ts'
import { testWorld } from '../../platform/test-world.ts'
import { authenticate } from './authenticate.ts'
import { givenOrganization } from './test-organizations.ts'
import { givenUser } from './test-users.ts'

const mark: RequestMark = { hash: '', correlationId: 'c', ip: '127.0.0.1' }

test('a session names its user, organization and roles', async () => {
  await using world = await testWorld()
  const organizationId = await givenOrganization(world.deps)
  const user = await givenUser(world.deps, {
    organizationId,
    kind: 'provider',
    roles: ['sales_agent', 'billing_admin'],
  })

  const found = await authenticate(world.deps, requestWith(user.cookie), mark)

  assert.equal(found?.actor.userId, user.userId)
  assert.equal(found.actor.organizationName, 'Anadolu Dağıtım')
  assert.deepEqual([...found.actor.roles].toSorted(), ['billing_admin', 'sales_agent'])
  assert.ok(found.actor.permissions.has('orders.submit'))
  assert.equal(found.mustFirst, undefined)
})

test('a cookie whose signature or token was altered names nobody', async () => {
  await using world = await testWorld()
  const organizationId = await givenOrganization(world.deps)
  const { cookie } = await givenUser(world.deps, { organizationId, kind: 'provider', roles: ['global_admin'] })
  const [name = '', value = ''] = cookie.split('=')

  for (const altered of [
    `${name}=x${value}`,
    `${name}=${value.slice(0, -6)}AAAA%3D`,
    `${name}=%`,
    `${name}=`,
    `other=${value}`,
  ]) {
    assert.equal(await authenticate(world.deps, requestWith(altered), mark), undefined, altered)
  }
})

for (const [what, change] of Object.entries({
  'a blocked user': sql`update users set status = 'blocked'`,
  'a deleted user': sql`update users set status = 'deleted', deleted_at = now()`,
  'an ended session': sql`update sessions set expires_at = created_at`,
  'a session that was taken away': sql`delete from sessions`,
})) {
  test(`${what} is not signed in any more`, async () => {
    await using world = await testWorld()
    const organizationId = await givenOrganization(world.deps)
    const { cookie } = await givenUser(world.deps, { organizationId, kind: 'provider', roles: ['global_admin'] })
    await change.execute(world.deps.db)

    assert.equal(await authenticate(world.deps, requestWith(cookie), mark), undefined)
  })
}

test('F192 an organization that demands a second factor lets nobody without one go on', async () => {
  await using world = await testWorld()
  const organizationId = await givenOrganization(world.deps)
  const { cookie } = await givenUser(world.deps, { organizationId, kind: 'provider', roles: ['global_admin'] })
  await sql`update organizations set second_factor_required = true`.execute(world.deps.db)

  const without = await authenticate(world.deps, requestWith(cookie), mark)
  await sql`update users set two_factor_enabled = true`.execute(world.deps.db)
  const withFactor = await authenticate(world.deps, requestWith(cookie), mark)

  assert.equal(without?.mustFirst, 'secondFactorRequired')
  assert.equal(withFactor?.mustFirst, undefined)
})

function requestWith(cookie: string): Parameters<typeof authenticate>[1] {
  return { headers: { cookie } } as Parameters<typeof authenticate>[1]
}
