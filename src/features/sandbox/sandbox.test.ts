import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { dueWorks } from '../../app.ts'
import { newId, type OrganizationId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { dayMs } from '../../kernel/time.ts'
import { readWorldNow } from '../../platform/advance-clock.ts'
import type { Actor } from '../../platform/context.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenMarket, givenOffer, givenOrder, type Market } from '../orders/test-orders.ts'
import { givenProvider } from '../program/test-organizations.ts'
import { sandboxSweeps } from './jobs.ts'
import { performRun } from './perform-run.ts'
import type { Clock, ClockRun } from './wire.ts'

const never = new AbortController().signal
const base = '/portal/v1/clock'

test('A89 a run is asked for, done by the sweep, and leaves its counts and its record; only one at a time', async () => {
  await using world = await testWorld()
  const { admin, providerId } = await givenSandbox(world, { orders: 3 })

  const asked = await world.request<{ run: ClockRun }>(admin, 'POST', `${base}/advance`, { to: '2027-12-01' })
  assert.equal(asked.status, 200)
  assert.equal(asked.body.run.status, 'waiting')
  assert.ok(world.nudged.includes('clock-runs'))
  const second = await world.request<{ name: string }>(admin, 'POST', `${base}/advance`, { to: '2028-12-01' })
  assert.deepEqual([second.status, second.body.name], [409, 'clockRunOpen'])
  assert.equal((await clock(world, admin)).run?.id, asked.body.run.id)

  await sweep(world)

  const { body: run } = await world.request<ClockRun>(admin, 'GET', `${base}/runs/${asked.body.run.id}`)
  assert.deepEqual(
    [run.status, run.reachedAt, run.counts['subscription.provisioned']],
    ['done', '2027-12-01T00:00:00.000Z', 3],
  )
  const after = await clock(world, admin)
  assert.deepEqual([after.now, after.run], ['2027-12-01T00:00:00.000Z', null])
  assert.deepEqual(await readWorldNow(world.deps, providerId), new Date('2027-12-01T00:00:00Z'))
  const { body: list } = await world.request<{ items: ClockRun[] }>(admin, 'GET', `${base}/runs`)
  assert.deepEqual(
    list.items.map(({ id }) => id),
    [run.id],
  )
  const records = await world.deps.db
    .selectFrom('audit_records')
    .select('after')
    .where('action', '=', 'sandbox.clock_advanced')
    .execute()
  assert.deepEqual(records, [{ after: { clock: '2027-12-01T00:00:00.000Z' } }])
})

test('A89 production is refused, and so are the past, more than ten years, and everybody but global admins and admin agents', async () => {
  await using world = await testWorld()
  const { admin, market } = await givenSandbox(world)
  const production = await givenUser(world.deps, {
    organizationId: (await givenProvider(world.deps, { name: 'Gerçek' })).organizationId,
    kind: 'provider',
    roles: ['global_admin'],
  })
  const advance = async (actor: Actor, to: string) =>
    (await world.request<{ name: string }>(actor, 'POST', `${base}/advance`, { to })).body.name

  assert.equal(await advance(production.actor, '2027-12-01'), 'productionClock')
  assert.equal(await advance(admin, '2026-11-30'), 'clockBackwards')
  assert.equal(await advance(admin, '2036-12-03'), 'clockTooFar')
  const wrong = await world.request<{ name: string }>(admin, 'POST', `${base}/advance`, { to: 'next year' })
  assert.equal(wrong.body.name, 'invalidRequest')
  const reset = await world.request<{ name: string }>(production.actor, 'POST', `${base}/reset`, {
    confirmation: 'Gerçek',
  })
  assert.equal(reset.body.name, 'productionClock')
  const simulated = await world.request<{ name: string }>(production.actor, 'PUT', `${base}/simulation`, settings())
  assert.equal(simulated.body.name, 'productionClock')
  assert.deepEqual((await clock(world, production.actor)).world, 'production')
  for (const role of ['sales_agent', 'helpdesk_agent', 'billing_admin'] as const) {
    assert.equal(await advance(await person(world, market, role), '2027-12-01'), 'accessDenied')
  }
  assert.equal(await advance(await person(world, market, 'admin_agent'), '2026-12-03'), undefined)
})

test('a run that its process did not survive is carried on with, and one that is stopped stays where it is', async () => {
  await using world = await testWorld()
  const { admin, providerId } = await givenSandbox(world, { orders: 2 })
  await world.request(admin, 'PUT', `${base}/simulation`, settings({ enabled: true, delayMinutes: 60 }))
  const { body } = await world.request<{ run: ClockRun }>(admin, 'POST', `${base}/advance`, { to: '2026-12-03' })
  const killed = new AbortController()

  await performRun(world.deps, dueWorks, { providerId, id: body.run.id }, killed.signal, () => killed.abort())
  const half = await runOf(world, admin, body.run.id)
  assert.equal(half.status, 'running')
  assert.equal(half.counts['provisioning.accepted'], 2)
  await sweep(world)
  const whole = await runOf(world, admin, body.run.id)
  assert.deepEqual(
    [whole.status, whole.counts],
    ['done', { 'provisioning.accepted': 2, 'subscription.provisioned': 2 }],
  )

  const next = await world.request<{ run: ClockRun }>(admin, 'POST', `${base}/advance`, { to: '2027-12-03' })
  assert.equal((await world.request(admin, 'POST', `${base}/runs/${next.body.run.id}/stop`)).status, 204)
  await sweep(world)
  const stopped = await runOf(world, admin, next.body.run.id)
  assert.deepEqual([stopped.status, stopped.reachedAt], ['stopped', '2026-12-03T00:00:00.000Z'])
  assert.equal((await world.request(admin, 'POST', `${base}/runs/${newId()}/stop`)).status, 404)
})

test('a run in which a work breaks has failed with its reason, and another one can be asked for', async () => {
  await using world = await testWorld()
  const { admin, providerId } = await givenSandbox(world)
  const { body } = await world.request<{ run: ClockRun }>(admin, 'POST', `${base}/advance`, { to: '2027-12-01' })
  const broken = {
    name: 'broken',
    nextDue: async () => new Date(world.now.getTime() + dayMs),
    run: () => Promise.reject(new Error('The work broke.')),
  }

  await assert.rejects(performRun(world.deps, [broken], { providerId, id: body.run.id }, never))

  const failed = await runOf(world, admin, body.run.id)
  assert.deepEqual([failed.status, failed.error], ['failed', 'The work broke.'])
  assert.equal((await world.request(admin, 'POST', `${base}/advance`, { to: '2027-12-01' })).status, 200)
})

test('the settings of the simulated fulfilment are kept with their version and their record', async () => {
  await using world = await testWorld()
  const { admin } = await givenSandbox(world)
  const wanted = settings({
    enabled: true,
    delayMinutes: 90,
    failurePercent: 10,
    failNext: 2,
    failingSkus: ['CFQ7/0001'],
  })

  const first = await world.request<Clock['simulation']>(admin, 'PUT', `${base}/simulation`, wanted)
  assert.deepEqual(first.body, { ...wanted, version: 1 })
  const stale = await world.request<{ name: string }>(admin, 'PUT', `${base}/simulation`, wanted)
  assert.equal(stale.body.name, 'stale')
  const second = await world.request(admin, 'PUT', `${base}/simulation`, settings({ version: 1 }))
  assert.equal(second.status, 200)
  assert.deepEqual((await clock(world, admin)).simulation, { ...settings(), version: 2 })
  const { rows } = await sql<{ found: number }>`
    select count(*)::int as found from audit_records where action = 'sandbox.simulation_changed'`.execute(world.deps.db)
  assert.deepEqual(rows, [{ found: 2 }])
})

test('a provider with orders stays in its world', async () => {
  await using world = await testWorld()
  const { providerId } = await givenSandbox(world, { orders: 1 })

  await assert.rejects(
    sql`update organizations set world = 'production', clock_offset_ms = 0 where id = ${providerId}`.execute(
      world.deps.db,
    ),
    { constraint: 'organizations_world_stays' },
  )
})

test('who lives in a sandbox is told its time, and orders at it', async () => {
  await using world = await testWorld()
  const { admin, providerId } = await givenSandbox(world, { orders: 1 })
  const { rows } = await sql<{ startOn: string; at: Date }>`
    select start_on as "startOn", created_at as at from subscriptions where provider_id = ${providerId}`.execute(
    world.deps.db,
  )
  assert.deepEqual(rows, [{ startOn: '2026-12-02', at: new Date('2026-12-02T09:00:00Z') }])

  assert.equal((await clock(world, admin)).now, '2026-12-02T09:00:00.000Z')
})

function settings(change: Partial<Clock['simulation']> = {}): Clock['simulation'] {
  return { enabled: false, delayMinutes: 0, failurePercent: 0, failNext: 0, failingSkus: [], version: 0, ...change }
}

/** A sandbox whose clock is a day ahead, with orders that wait for provisioning. */
async function givenSandbox(world: TestWorld, { orders = 0 }: { readonly orders?: number } = {}) {
  const market = await givenMarket(world)
  const providerId: OrganizationId = market.provider.organizationId
  await sql`
    update organizations set world = 'sandbox', clock_offset_ms = ${dayMs} where id = ${providerId}`.execute(
    world.deps.db,
  )
  const agent = { ...market.agent, actor: { ...market.agent.actor, clockOffsetMs: dayMs } }
  const offer = await givenOffer(world.deps)
  for (let turn = 0; turn < orders; turn += 1) {
    await givenOrder(world.deps, { agent, customer: market.customer }, [offer.line(1)])
  }
  return { market, providerId, admin: await person(world, market, 'global_admin') }
}

async function person({ deps }: TestWorld, { provider }: Market, role: Role): Promise<Actor> {
  const { organizationId } = provider
  return (await givenUser(deps, { organizationId, kind: 'provider', roles: [role] })).actor
}

async function clock(world: TestWorld, actor: Actor): Promise<Clock> {
  return (await world.request<Clock>(actor, 'GET', base)).body
}

async function runOf(world: TestWorld, actor: Actor, id: string): Promise<ClockRun> {
  return (await world.request<ClockRun>(actor, 'GET', `${base}/runs/${id}`)).body
}

async function sweep({ deps }: TestWorld): Promise<void> {
  for (const one of sandboxSweeps(dueWorks)) await one.run(deps, never)
}
