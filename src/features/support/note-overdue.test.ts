import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenRelationship } from '../customers/test-customers.ts'
import { givenProvider } from '../program/test-organizations.ts'
import { nextResponseDue, noteOverdue } from './note-overdue.ts'
import { givenServiceDesk, givenServiceRequest, type ServiceDesk } from './test-support.ts'

const never = new AbortController().signal
const later = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000)

async function noted(world: TestWorld): Promise<unknown[]> {
  const { rows } = await sql`
    select n.organization_id as "to", n.params ->> 'number' as number, n.created_at as at
    from notifications n where n.kind = 'serviceRequestOverdue' order by n.created_at, number`.execute(world.deps.db)
  const records = await sql<{ count: number }>`
    select count(*)::int as count from audit_records where action = 'service_request.overdue'`.execute(world.deps.db)
  assert.equal(records.rows[0]?.count, rows.length)
  return rows
}

const run = async (world: TestWorld, desk: ServiceDesk, at: Date) =>
  await noteOverdue(world.deps, desk.provider.organizationId, at, never)

test('F198 a first response that is overdue is noted once, and its owner told, however often and by how many', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { deps, now } = world
  const providerId = desk.provider.organizationId
  const toReseller = await givenServiceRequest(deps, desk, { severity: 'critical' })
  const toProvider = await givenServiceRequest(deps, desk, { severity: 'moderate', subscriptionId: desk.byProvider })

  assert.equal(await nextResponseDue(deps.db, providerId, later(now, 1.99)), undefined)
  assert.deepEqual(await nextResponseDue(deps.db, providerId, later(now, 100)), later(now, 2))
  await Promise.all([run(world, desk, later(now, 2)), run(world, desk, later(now, 2))])
  assert.deepEqual(await run(world, desk, later(now, 2)), {})
  assert.deepEqual(await noted(world), [
    { to: desk.reseller.organizationId, number: toReseller.number, at: later(now, 2) },
  ])
  assert.deepEqual(await nextResponseDue(deps.db, providerId, later(now, 100)), later(now, 4))
  await run(world, desk, later(now, 4))
  assert.deepEqual((await noted(world)).at(-1), { to: providerId, number: toProvider.number, at: later(now, 4) })
  assert.equal(await nextResponseDue(deps.db, providerId, later(now, 100)), undefined)
})

test('F198 an answered and a closed request are never overdue; one reopened without an answer has a new clock', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { deps, now } = world
  const providerId = desk.provider.organizationId
  const answered = await givenServiceRequest(deps, desk)
  const closed = await givenServiceRequest(deps, desk)
  await world.request(desk.resellerAgent.actor, 'POST', `${answered.path}/messages`, {
    kind: 'reply',
    body: 'Bakıyoruz.',
  })
  await world.request(desk.owner.actor, 'POST', `${closed.path}/closing`, {})

  assert.equal(await nextResponseDue(deps.db, providerId, later(now, 1000)), undefined)
  world.now = later(now, 24)
  await world.request(desk.owner.actor, 'POST', `${closed.path}/reopening`, {})
  assert.deepEqual(await nextResponseDue(deps.db, providerId, later(now, 1000)), later(now, 28))
})

test('in a sandbox requests live by the provider’s clock', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { deps, now } = world
  const sandbox = await givenProvider(deps)
  await givenRelationship(deps, desk.customer, sandbox)
  const setClock = async (hours: number) =>
    await sql`
      update organizations set world = 'sandbox', clock_offset_ms = ${hours * 3_600_000}
      where id = ${sandbox.organizationId}`.execute(deps.db)
  await setClock(100)

  const { path } = await givenServiceRequest(deps, desk, { subscriptionId: null, providerId: sandbox.organizationId })

  const { body } = await world.request<{ filedAt: string; minutesLeft: number }>(desk.owner.actor, 'GET', path)
  assert.deepEqual([body.filedAt, body.minutesLeft], [later(now, 100).toISOString(), 240])
  await setClock(105)
  const { body: count } = await world.request(desk.owner.actor, 'GET', '/portal/v1/service-requests/count')
  assert.deepEqual(count, { open: 1, overdue: 1 })
})
