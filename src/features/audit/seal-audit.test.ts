import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { newId } from '../../kernel/ids.ts'
import type { Actor } from '../../platform/context.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { record } from './record.ts'
import { sealAudit, sealSize } from './seal-audit.ts'
import { givenOrganization } from './test-parties.ts'
import { verifyAudit } from './verify-audit.ts'

async function givenActor(world: TestWorld): Promise<Actor> {
  const organizationId = await givenOrganization(world.deps, 'provider', 'Ege Dağıtım')
  return (await givenUser(world.deps, { organizationId, kind: 'provider', roles: ['admin_agent'] })).actor
}

async function happened(world: TestWorld, actor: Actor, times: number): Promise<void> {
  await world.deps.db.transaction().execute(async (tx) => {
    for (let count = 0; count < times; count += 1) {
      await record(tx, actor, world.now, {
        action: 'customer.created',
        subjectKind: 'customer',
        subjectId: newId(),
        after: { count },
      })
    }
  })
}

/** Other databases of the same server may hold back the oldest transaction for a moment. */
async function sealUntil(world: TestWorld, wanted: number): Promise<void> {
  let sealed = 0
  const deadline = Date.now() + 20_000
  while (sealed < wanted && Date.now() < deadline) sealed += await sealAudit(world.deps)
  assert.equal(sealed, wanted)
}

/** Whoever owns the tables can give back the rights that the migration took; that is whom the chain is against. */
async function tamper(world: TestWorld, ...statements: readonly string[]): Promise<void> {
  await world.deps.pool.query('grant update, delete on audit_records, audit_seals to current_user')
  for (const statement of statements) await world.deps.pool.query(statement)
}

async function nthRecord(world: TestWorld, n: number): Promise<string> {
  const { rows } = await world.deps.pool.query<{ id: string }>(
    'select id from audit_records order by xact, id offset $1 limit 1',
    [n],
  )
  return rows[0]?.id ?? ''
}

test('S56 a record of what happened cannot be changed or deleted with the rights the product has', async (t) => {
  await using world = await testWorld()
  await happened(world, await givenActor(world), 1)
  const { rows } = await world.deps.pool.query<{ is: string }>(`select current_setting('is_superuser') as is`)
  if (rows[0]?.is === 'on') return t.skip('the role of DATABASE_URL is a superuser, whom no right binds')

  for (const table of ['audit_records', 'audit_seals', 'events', 'attestations', 'charge_lines']) {
    await assert.rejects(world.deps.pool.query(`delete from ${table}`), { code: '42501' }, table)
    await assert.rejects(world.deps.pool.query(`truncate ${table}`), { code: '42501' }, table)
  }
  await assert.rejects(world.deps.pool.query(`update audit_records set actor_name = 'x'`), { code: '42501' })
})

test('an untouched chain of several seals is whole, and records after the last seal are counted', async () => {
  await using world = await testWorld()
  const actor = await givenActor(world)
  await happened(world, actor, sealSize + 5)
  await sealUntil(world, sealSize + 5)
  await happened(world, actor, 3)
  await sealUntil(world, 3)
  await happened(world, actor, 2)

  const found = await verifyAudit(world.deps.db)

  assert.deepEqual(
    { ...found, lastHash: '' },
    { seals: 3, records: sealSize + 8, unsealed: 2, lastHash: '', broken: null },
  )
  assert.equal((await verifyAudit(world.deps.db, found.lastHash)).broken, null)
  assert.equal((await verifyAudit(world.deps.db, 'f'.repeat(64))).broken?.what, 'hashNotFound')
  assert.equal((await sealAudit({ ...world.deps })) <= 2, true)
})

test('a changed record is named', async () => {
  await using world = await testWorld()
  await happened(world, await givenActor(world), 10)
  await sealUntil(world, 10)
  const id = await nthRecord(world, 6)

  await tamper(world, `update audit_records set actor_name = 'Somebody Else' where id = '${id}'`)

  assert.deepEqual((await verifyAudit(world.deps.db)).broken, { seal: '1', what: 'recordChanged', record: id })
})

test('a removed record is named, also when it was the last of its seal', async () => {
  await using world = await testWorld()
  const actor = await givenActor(world)
  await happened(world, actor, 4)
  await sealUntil(world, 4)
  await happened(world, actor, 4)
  await sealUntil(world, 4)
  const last = await nthRecord(world, 7)
  const second = await nthRecord(world, 1)

  await tamper(world, `delete from audit_records where id = '${last}'`)
  assert.deepEqual((await verifyAudit(world.deps.db)).broken, { seal: '2', what: 'recordRemoved', record: last })

  await tamper(world, `delete from audit_records where id = '${second}'`)
  assert.deepEqual((await verifyAudit(world.deps.db)).broken, { seal: '1', what: 'recordRemoved', record: second })
})

test('a record slipped in between sealed ones is named', async () => {
  await using world = await testWorld()
  await happened(world, await givenActor(world), 3)
  await sealUntil(world, 3)
  const between = await nthRecord(world, 1)
  const slipped = between.slice(0, -1) + (between.endsWith('f') ? '0' : 'f')

  await tamper(
    world,
    `insert into audit_records select (r).* from (
       select jsonb_populate_record(a, jsonb_build_object('id', '${slipped}')) as r
       from audit_records a where id = '${between}') copied`,
  )

  const { broken } = await verifyAudit(world.deps.db)
  assert.deepEqual([broken?.seal, broken?.what, broken?.record], ['1', 'recordAdded', slipped])
})

test('a change that also rewrites its seal breaks the next seal; a removed seal leaves a gap', async () => {
  await using world = await testWorld()
  const actor = await givenActor(world)
  for (let count = 0; count < 3; count += 1) {
    await happened(world, actor, 2)
    await sealUntil(world, 2)
  }

  await tamper(world, `update audit_seals set hash = repeat('a', 64) where number = 2`)
  assert.deepEqual((await verifyAudit(world.deps.db)).broken, { seal: '2', what: 'sealChanged', record: null })

  await tamper(world, 'delete from audit_seals where number = 2')
  assert.deepEqual((await verifyAudit(world.deps.db)).broken, { seal: '2', what: 'sealMissing', record: null })
})

test('what a slow transaction wrote is sealed after it commits, and nothing is skipped', async () => {
  await using world = await testWorld()
  const actor = await givenActor(world)
  const slow = new pg.Client({
    ...world.deps.pool.options,
    password: world.deps.pool.options.password,
  } as pg.ClientConfig)
  await slow.connect()
  try {
    await slow.query('begin')
    await slow.query(
      `insert into audit_records (customer_id, id, at, action, subject_kind, subject_id, actor_user_id, actor_name,
         actor_organization_id, actor_organization, ip)
       values (gen_random_uuid(), gen_random_uuid(), now(), 'order.submitted', 'order', 'slow', gen_random_uuid(), 'Slow',
         gen_random_uuid(), 'Slow', '')`,
    )
    await happened(world, actor, 5)

    assert.equal(await sealAudit(world.deps), 0)
    await slow.query('commit')
  } finally {
    await slow.end()
  }

  await sealUntil(world, 6)
  const { rows } = await world.deps.pool.query<{ actor_name: string }>(
    'select actor_name from audit_records order by xact, id limit 1',
  )
  assert.equal(rows[0]?.actor_name, 'Slow')
  assert.equal((await verifyAudit(world.deps.db)).broken, null)
})

test('writers and sealers at once leave one whole chain', async () => {
  await using world = await testWorld()
  const actor = await givenActor(world)

  const writers = Array.from({ length: 4 }, async () => {
    for (let count = 0; count < 10; count += 1) await happened(world, actor, 3)
  })
  let running = true
  const sealers = Array.from({ length: 2 }, async () => {
    let sealed = 0
    while (running) sealed += await sealAudit(world.deps)
    return sealed
  })
  await Promise.all(writers)
  running = false
  const sealed = (await Promise.all(sealers)).reduce((sum, count) => sum + count, 0)
  if (sealed < 120) await sealUntil(world, 120 - sealed)

  const found = await verifyAudit(world.deps.db)
  assert.deepEqual([found.records, found.unsealed, found.broken], [120, 0, null])
})
