import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { hourMs } from '../../kernel/time.ts'
import { advanceClock, readWorldNow } from '../../platform/advance-clock.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { dueWorkSweep } from '../../platform/due-work.ts'
import { dumpWorld } from '../../platform/test-dump-world.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenMarket, givenOffer, givenOrder, type Market, type TestOffer } from '../orders/test-orders.ts'
import type { Outcome } from './fulfilment.ts'
import { sandboxProvisioning } from './provision-sandbox.ts'
import { provisionSubscriptions } from './provision-subscriptions.ts'
import { failing, provision } from './test-subscriptions.ts'

const never = new AbortController().signal
const works = [sandboxProvisioning]
const minute = 60_000

test('SM-12 failed provisioning is tried again, ever later, and given up after a day; people are told of the first and the last', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps)
  const [subscriptionId] = await givenOrder(world.deps, market, [offer.line(1)])
  const start = world.now

  const tries: number[] = []
  for (const minutes of [0, 9, 10, 29, 30, 69, 70, 149, 150, 309, 310, 629, 630, 1269, 1270, 2550, 9999]) {
    world.now = new Date(start.getTime() + minutes * minute)
    await provision(world.deps, {
      begin: async ({ attempts }) => {
        assert.equal(attempts, tries.length)
        tries.push(minutes)
        return { kind: 'failed', reason: `Try ${attempts + 1}.` }
      },
    })
  }

  assert.deepEqual(tries, [0, 10, 30, 70, 150, 310, 630, 1270])
  assert.deepEqual(await jobs(world), [{ status: 'givenUp', attempts: 8, lastError: 'Try 8.' }])
  assert.deepEqual(await notifications(world), ['provisioningFailed done', 'provisioningGivenUp open'])

  const path = `/portal/v1/customers/${market.customer.customerId}/subscriptions/${subscriptionId}`
  const detail = await world.request<{ status: string; provisioning: string; provisioningError: string }>(
    market.agent.actor,
    'GET',
    path,
  )
  const { status, provisioning, provisioningError } = detail.body
  assert.deepEqual([status, provisioning, provisioningError], ['pending', 'failed', 'Try 8.'])
  assert.equal((await world.request(await helpdesk(world, market), 'POST', `${path}/provisioning-retry`)).status, 204)
  assert.deepEqual(await jobs(world), [{ status: 'queued', attempts: 8, lastError: 'Try 8.' }])
  await provision(world.deps)
  assert.deepEqual(await jobs(world), [{ status: 'success', attempts: 9, lastError: null }])
  assert.deepEqual(await notifications(world), ['provisioningFailed done', 'provisioningGivenUp done'])
  assert.deepEqual(await statuses(world), ['active success'])
})

test('a fulfilment that accepts is asked again with what it called the job; only then is it active', async () => {
  await using world = await testWorld()
  await sold(world)
  const asked: (string | null)[] = []
  const answers: Outcome[] = [{ kind: 'accepted', externalRef: 'vendor-7', askAfterMs: hourMs }, { kind: 'done' }]
  const slow = {
    begin: async ({ externalRef }: { readonly externalRef: string | null }) => {
      asked.push(externalRef)
      return answers[asked.length - 1] ?? { kind: 'done' as const }
    },
  }

  await provision(world.deps, slow)
  await provision(world.deps, slow)
  assert.deepEqual(await statuses(world), ['pending pending'])
  world.now = new Date(world.now.getTime() + hourMs)
  await provision(world.deps, slow)

  assert.deepEqual(asked, [null, 'vendor-7'])
  assert.deepEqual(await statuses(world), ['active success'])
  assert.deepEqual(await jobs(world), [{ status: 'success', attempts: 1, lastError: null }])
})

test('SM-12 a job of somebody who died is taken again when its lease has run out, and who comes back too late changes nothing', async () => {
  await using world = await testWorld()
  await sold(world)
  const called = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<Outcome>()
  const lost = provisionSubscriptions(world.deps, never, {
    begin: () => {
      called.resolve()
      return answer.promise
    },
  })
  await called.promise

  assert.equal((await jobs(world))[0]?.status, 'running')
  await provision(world.deps, { begin: () => assert.fail('somebody is at it') })
  world.now = new Date(world.now.getTime() + 11 * minute)
  await provision(world.deps, { begin: async () => ({ kind: 'done' }) })
  answer.resolve({ kind: 'failed', reason: 'Too late.' })
  await lost

  assert.deepEqual(await jobs(world), [{ status: 'success', attempts: 1, lastError: null }])
  assert.deepEqual(await statuses(world), ['active success'])
})

test('a fulfilment that throws has failed with what it said', async () => {
  await using world = await testWorld()
  await sold(world)

  await provision(world.deps, { begin: () => Promise.reject(new Error('No route to host.')) })

  assert.deepEqual(await jobs(world), [{ status: 'failed', attempts: 1, lastError: 'No route to host.' }])
})

test('a subscription with one job done and another failed still shows the failure', async () => {
  await using world = await testWorld()
  const { market } = await sold(world)
  await provision(world.deps)
  await sql`
    insert into provisioning_jobs (customer_id, id, subscription_id, action, quantity, status, run_after, created_at)
    select customer_id, gen_random_uuid(), id, action, 3, 'queued', ${world.now}, ${world.now}
    from subscriptions, unnest(array['suspend', 'renew']) as action where customer_id = ${market.customer.customerId}`.execute(
    world.deps.db,
  )

  await provision(world.deps, {
    begin: async ({ action }) => (action === 'renew' ? { kind: 'failed', reason: 'Closed.' } : { kind: 'done' }),
  })
  assert.deepEqual(await statuses(world), ['active failed'])
  world.now = new Date(world.now.getTime() + hourMs)
  await provision(world.deps)
  assert.deepEqual(await statuses(world), ['active success'])
})

test('what a sandbox sold is provisioned by its own clock, and the sweep only says that something is due', async () => {
  await using world = await testWorld()
  const { providerId } = await soldInSandbox(world)

  await provisionSubscriptions(world.deps, never, failing('not for sandboxes'))
  assert.deepEqual(await statuses(world), ['pending pending'])
  assert.ok(world.nudged.includes('due-work'))
  await dueWorkSweep(works).run(world.deps, never)

  assert.deepEqual(await statuses(world), ['active success'])
  assert.equal(await readWorldNow(world.deps, providerId).then((now) => now > world.now), true)
})

test('a simulated fulfilment takes its time and fails as told: leap and single steps leave the same behind', async () => {
  const dumps: string[] = []
  for (const stepMinutes of [3 * 24 * 60, 170]) {
    await using world = await testWorld()
    const { providerId, offer, market } = await soldInSandbox(world, { lines: 2 })
    const bad = await givenOffer(world.deps)
    await givenOrder(world.deps, { ...market, agent: { ...market.agent, actor: await inWorld(world, market) } }, [
      bad.line(3),
    ])
    await simulate(world.deps, providerId, { delayMinutes: 90, failNext: 1, failingSkus: [bad.key] })
    const began = await readWorldNow(world.deps, providerId)
    for (let minutes = stepMinutes; minutes <= 3 * 24 * 60 - ((3 * 24 * 60) % stepMinutes); minutes += stepMinutes) {
      await advanceClock(world.deps, works, providerId, new Date(began.getTime() + minutes * minute), never)
    }
    await advanceClock(world.deps, works, providerId, new Date(began.getTime() + 3 * 24 * hourMs), never)

    const { rows } = await sql<{ title: string; status: string; attempts: number; minutes: number }>`
      select case when s.product_id = ${offer.productId} then 'good' else 'bad' end as title, j.status, j.attempts,
        (extract(epoch from j.finished_at - j.created_at) / 60)::int as minutes
      from provisioning_jobs j join subscriptions s on s.customer_id = j.customer_id and s.id = j.subscription_id
      order by 1, j.attempts`.execute(world.deps.db)
    assert.deepEqual(rows, [
      // Eight tries of 90 minutes, with 1270 minutes of waiting between them.
      { title: 'bad', status: 'givenUp', attempts: 8, minutes: 8 * 90 + 1270 },
      { title: 'good', status: 'success', attempts: 1, minutes: 90 },
      { title: 'good', status: 'success', attempts: 2, minutes: 90 + 10 + 90 },
    ])
    dumps.push(await dumpWorld(world.deps, providerId))
  }
  assert.equal(dumps[0], dumps[1])
})

test('what chance decides in a simulation is decided once for each try', async () => {
  await using world = await testWorld()
  const { providerId } = await soldInSandbox(world, { lines: 30 })
  await simulate(world.deps, providerId, { failurePercent: 50 })
  const at = await readWorldNow(world.deps, providerId)

  const counts = await sandboxProvisioning.run(world.deps, providerId, at, never)
  const failed = counts['subscription.provisioning_failed'] ?? 0

  assert.ok(failed > 2 && failed < 28, `${failed} of 30 failed`)
  assert.equal(failed + (counts['subscription.provisioned'] ?? 0), 30)
})

test('an order that is placed while the clock is moved is neither lost nor provisioned twice', async () => {
  await using world = await testWorld()
  const { providerId, offer, market } = await soldInSandbox(world, { lines: 3 })
  await simulate(world.deps, providerId, { delayMinutes: 60 })
  const to = new Date((await readWorldNow(world.deps, providerId)).getTime() + 48 * hourMs)

  let ordered = 0
  await advanceClock(world.deps, works, providerId, to, never, async () => {
    if (ordered >= 2) return
    ordered += 1
    await givenOrder(world.deps, { ...market, agent: { ...market.agent, actor: await inWorld(world, market) } }, [
      offer.line(ordered),
    ])
  })

  assert.deepEqual(
    await statuses(world),
    Array.from({ length: 5 }, () => 'active success'),
  )
  const { rows } = await sql<{ found: number }>`
    select count(*)::int as found from audit_records where action = 'subscription.provisioned'`.execute(world.deps.db)
  assert.deepEqual(rows, [{ found: 5 }])
})

async function sold(world: TestWorld): Promise<{ readonly market: Market; readonly offer: TestOffer }> {
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps)
  await givenOrder(world.deps, market, [offer.line(3)])
  return { market, offer }
}

/** A sandbox whose clock is a week ahead, which has sold something at its time. */
async function soldInSandbox(world: TestWorld, { lines = 1 }: { readonly lines?: number } = {}) {
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps)
  const providerId = market.provider.organizationId
  await sql`
    update organizations set world = 'sandbox', clock_offset_ms = ${7 * 24 * hourMs} where id = ${providerId}`.execute(
    world.deps.db,
  )
  const agent = { ...market.agent, actor: await inWorld(world, market) }
  const wanted = Array.from({ length: lines }, (_, line) => offer.line(line + 1))
  await givenOrder(world.deps, { ...market, agent }, wanted)
  return { market, offer, providerId }
}

/** The agent as its session finds it at this moment. */
async function inWorld({ deps, now }: TestWorld, { agent, provider }: Market): Promise<Actor> {
  const worldTime = await readWorldNow(deps, provider.organizationId)
  return { ...agent.actor, clockOffsetMs: worldTime.getTime() - now.getTime() }
}

async function simulate(
  { db, now }: Deps,
  providerId: string,
  given: { delayMinutes?: number; failurePercent?: number; failNext?: number; failingSkus?: readonly string[] },
): Promise<void> {
  await db
    .insertInto('simulated_fulfilments')
    .values({
      provider_id: providerId,
      enabled: true,
      delay_minutes: given.delayMinutes ?? 0,
      failure_percent: given.failurePercent ?? 0,
      fail_next: given.failNext ?? 0,
      failing_skus: [...(given.failingSkus ?? [])],
      changed_at: now(),
    })
    .execute()
}

async function helpdesk({ deps }: TestWorld, { provider }: Market): Promise<Actor> {
  const { organizationId } = provider
  return (await givenUser(deps, { organizationId, kind: 'provider', roles: ['helpdesk_agent'] })).actor
}

async function jobs({ deps }: TestWorld) {
  return await deps.db
    .selectFrom('provisioning_jobs')
    .select(['status', 'attempts', 'last_error as lastError'])
    .orderBy('id')
    .execute()
}

async function statuses({ deps }: TestWorld): Promise<readonly string[]> {
  const rows = await deps.db.selectFrom('subscriptions').select(['status', 'provisioning_status as how']).execute()
  return rows.map(({ status, how }) => `${status} ${how}`)
}

async function notifications({ deps }: TestWorld): Promise<readonly string[]> {
  const rows = await deps.db.selectFrom('notifications').select(['kind', 'completed_at']).orderBy('id').execute()
  return rows.map(({ kind, completed_at }) => `${kind} ${completed_at === null ? 'open' : 'done'}`)
}
