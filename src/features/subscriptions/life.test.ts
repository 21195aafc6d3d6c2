import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { SubscriptionId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser, type TestUser } from '../identity/test-users.ts'
import { givenMarket, givenOffer, givenOrder, givenPrice, type Market, type TestOffer } from '../orders/test-orders.ts'
import { completeRenewals } from './complete-renewal.ts'
import { advance, provision, subscriptionRow } from './test-subscriptions.ts'
import type { Acted, ActPreview, SubscriptionDetail } from './wire.ts'

interface Sold extends Market {
  readonly offer: TestOffer
  readonly subscriptionId: SubscriptionId
  readonly path: string
}

interface Refused {
  readonly name: string
  readonly data: readonly string[]
  readonly params: Readonly<Record<string, string>>
  readonly fields: readonly { field: string; rule: string; params: Readonly<Record<string, string>> }[]
}

async function givenSold(
  world: TestWorld,
  given: Parameters<typeof givenOffer>[1] = {},
  quantity?: number,
): Promise<Sold> {
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps, given)
  const line = offer.line(quantity)
  const unit = given.kind === 'trial' ? 0 : 10_025
  const [subscriptionId] = await givenOrder(world.deps, market, [line], unit)
  if (!subscriptionId) throw new Error('Nothing was ordered.')
  await provision(world.deps)
  const path = `/portal/v1/customers/${market.customer.customerId}/subscriptions/${subscriptionId}`
  return { ...market, offer, subscriptionId, path }
}

async function agent(world: TestWorld, { provider }: Market, role: Role): Promise<TestUser> {
  return await givenUser(world.deps, { organizationId: provider.organizationId, kind: 'provider', roles: [role] })
}

async function detail(world: TestWorld, sold: Sold): Promise<SubscriptionDetail> {
  return (await world.request<SubscriptionDetail>(sold.agent.actor, 'GET', sold.path)).body
}

async function preview(world: TestWorld, sold: Sold, act: object): Promise<ActPreview> {
  const { body, status } = await world.request<ActPreview>(sold.agent.actor, 'POST', `${sold.path}/preview`, { act })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

async function charges(world: TestWorld, sold: Sold): Promise<readonly unknown[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select type, quantity, charge_start as start, charge_end as "end", retail_minor as retail from charge_lines
    where subscription_id = ${sold.subscriptionId} order by written_at, charge_start, id`.execute(world.deps.db)
  return rows.map(({ type, quantity, start, end, retail }) => [type, quantity, start, end, Number(retail)])
}

test('F139 F140 F174 a term renews the day after its last one, at the price of then, with new licenses and a new window', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  await givenPrice(world.deps, sold.offer, { from: '2027-06-01', cost: '90', retail: '120' })

  world.now = new Date('2027-12-01T00:00:00Z')
  const counts = await advance(world.deps, sold.provider.organizationId, world.now)

  assert.deepEqual(counts, { 'charge.written': 11, 'subscription.renewed': 1 })
  const shown = await detail(world, sold)
  assert.deepEqual(
    [shown.status, shown.startOn, shown.endOn, shown.termNumber, shown.unitRetail, shown.cancelUntil],
    ['active', '2027-12-01', '2028-11-30', 2, '120.000000', '2027-12-08T00:00:00.000Z'],
  )
  assert.deepEqual(
    shown.lots.map(({ quantity, source }) => [quantity, source]),
    [[10, 'renewal']],
  )
  const lines = await charges(world, sold)
  assert.deepEqual(lines.at(0), ['new', 10, '2026-12-01', '2026-12-31', 100_250])
  assert.deepEqual(lines.at(11), ['cycleCharge', 10, '2027-11-01', '2027-11-30', 100_250])
  assert.deepEqual(lines.at(12), ['renew', 10, '2027-12-01', '2027-12-31', 120_000])
})

test('F148 without auto-renew a term expires, is disabled after 30 days, and deleted after 90 more; nothing is charged', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const id = sold.provider.organizationId
  await world.request(sold.agent.actor, 'PUT', `${sold.path}/auto-renew`, { version: 1, autoRenew: false })
  const stages: unknown[] = []
  for (const day of ['2027-12-01', '2027-12-30', '2027-12-31', '2028-03-29', '2028-03-30']) {
    await advance(world.deps, id, new Date(`${day}T00:00:00Z`))
    const { status } = await subscriptionRow(world.deps, sold.subscriptionId)
    stages.push([day, status])
  }

  assert.deepEqual(stages, [
    ['2027-12-01', 'expired'],
    ['2027-12-30', 'expired'],
    ['2027-12-31', 'disabled'],
    ['2028-03-29', 'disabled'],
    ['2028-03-30', 'deleted'],
  ])
  assert.equal((await charges(world, sold)).length, 12)
})

test('F146 F147 a suspended subscription goes on being charged, comes back without auto-renew, and at its end is disabled', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const id = sold.provider.organizationId
  const suspend = { version: 1, reason: 'nonPayment', note: 'Two invoices are open.' }
  assert.equal((await world.request(sold.agent.actor, 'POST', `${sold.path}/suspension`, suspend)).status, 200)
  await advance(world.deps, id, new Date('2027-01-01T00:00:00Z'))

  const suspended = await detail(world, sold)
  assert.deepEqual(
    [suspended.status, suspended.autoRenew, suspended.suspensionReason, suspended.suspensionNote],
    ['suspended', false, 'nonPayment', 'Two invoices are open.'],
  )
  assert.deepEqual((await charges(world, sold)).at(-1), ['cycleCharge', 10, '2027-01-01', '2027-01-31', 100_250])

  world.now = new Date('2027-01-05T12:00:00Z')
  const back = await world.request<Acted>(sold.agent.actor, 'POST', `${sold.path}/reactivation`, { version: 2 })
  assert.deepEqual([back.status, back.body.version], [200, 3])
  const active = await detail(world, sold)
  assert.deepEqual([active.status, active.autoRenew, active.nextStep?.step], ['active', false, 'charge'])

  await world.request(sold.agent.actor, 'POST', `${sold.path}/suspension`, { version: 3, reason: 'other' })
  await advance(world.deps, id, new Date('2027-12-01T00:00:00Z'))
  assert.deepEqual(await detail(world, sold).then(({ status, disabledStage }) => [status, disabledStage]), [
    'disabled',
    1,
  ])
  const late = await world.request<Refused>(sold.agent.actor, 'POST', `${sold.path}/reactivation`, { version: 5 })
  assert.deepEqual([late.status, late.body.name], [409, 'reactivationOver'])
})

test('F132 F135 F136 cancelling gives everything back in the first 24 hours, then by days, and is refused after seven days', async () => {
  await using world = await testWorld()
  const [early, later, over] = [await givenSold(world), await givenSold(world), await givenSold(world)]

  world.now = new Date('2026-12-02T09:00:00Z')
  const whole = await preview(world, early, { type: 'cancel' })
  assert.deepEqual([whole.totalRetail, whole.after.status, whole.drops], [-100_250, 'canceled', ['service']])
  const done = await world.request<Acted>(early.agent.actor, 'POST', `${early.path}/cancellation`, {
    version: whole.version,
    seen: whole.facts,
  })
  assert.equal(done.status, 200)
  assert.deepEqual((await charges(world, early)).at(-1), ['cancelImmediate', -10, '2026-12-01', '2026-12-31', -100_250])

  world.now = new Date('2026-12-08T09:00:00Z')
  // 100.25 × 23 / 31 = 74.379…, so 74.37 each.
  assert.equal((await preview(world, later, { type: 'cancel' })).totalRetail, -74_370)
  world.now = new Date('2026-12-08T09:00:01Z')
  const refused = await world.request<Refused>(over.agent.actor, 'POST', `${over.path}/cancellation`, { version: 1 })
  assert.deepEqual([refused.status, refused.body.name], [409, 'cancelWindowOver'])
  assert.equal(refused.body.params['until'], '2026-12-08T09:00:00.000Z')
})

test('F130 F131 licenses go down only lot by lot, each within its own seven days', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const to = (version: number, quantity: number) =>
    world.request<Refused>(sold.agent.actor, 'PATCH', sold.path, { version, quantity })
  world.now = new Date('2026-12-21T09:00:00Z')
  assert.equal((await to(1, 15)).status, 200)

  world.now = new Date('2026-12-24T09:00:00Z')
  assert.equal((await detail(world, sold)).leastQuantity, 10)
  const tooFar = await to(2, 9)
  assert.deepEqual([tooFar.body.name, tooFar.body.params], ['reductionTooMuch', { least: 10 }])
  assert.equal((await to(2, 10)).status, 200)
  // 5 × 100.25 × 7 / 31: what is left after the 24th.
  assert.deepEqual((await charges(world, sold)).at(-1), ['removeQuantity', -5, '2026-12-25', '2026-12-31', -11_315])
  assert.equal((await to(3, 9)).body.name, 'reductionWindowOver')
  const row = await subscriptionRow(world.deps, sold.subscriptionId)
  assert.equal(row['quantity'], 10)
})

test('F143 F145 a planned change comes with the next term; whatever changes the subscription before drops it, and the preview says so', async () => {
  await using world = await testWorld()
  const big = await givenOffer(world.deps, { retail: '150' })
  const sold = await givenSold(world, { conversions: [big.key] })
  const next = { productId: big.productId, skuId: big.skuId, quantity: 4, term: 'P1Y', billingPlan: 'monthly' }
  const plan = (version: number) =>
    world.request<Acted>(sold.agent.actor, 'PUT', `${sold.path}/scheduled-change`, { version, ...next })
  assert.equal((await plan(1)).body.changed, true)
  assert.equal((await plan(1)).body.changed, false)

  const dropping = await preview(world, sold, { type: 'changeQuantity', quantity: 12 })
  assert.deepEqual(dropping.drops, ['scheduledChange'])
  await world.request(sold.agent.actor, 'PATCH', sold.path, { version: 2, quantity: 12, seen: dropping.facts })
  assert.equal((await detail(world, sold)).scheduledChange, null)

  assert.equal((await plan(3)).status, 200)
  await advance(world.deps, sold.provider.organizationId, new Date('2027-12-01T00:00:00Z'))
  const renewed = await detail(world, sold)
  assert.deepEqual(
    [renewed.productId, renewed.quantity, renewed.endOn, renewed.scheduledChange],
    [big.productId, 4, '2028-11-30', null],
  )
  const { rows } = await sql`select status from scheduled_changes order by created_at, id`.execute(world.deps.db)
  assert.deepEqual(rows, [{ status: 'dropped' }, { status: 'executed' }])
})

test('F143 a plan needs auto-renew, a product the catalog allows, and is taken back without a trace in the next term', async () => {
  await using world = await testWorld()
  const other = await givenOffer(world.deps)
  const sold = await givenSold(world)
  const plan = (version: number, productId: string, quantity = 4) =>
    world.request<Refused>(sold.agent.actor, 'PUT', `${sold.path}/scheduled-change`, {
      version,
      productId,
      skuId: '0001',
      quantity,
      term: 'P1Y',
      billingPlan: 'monthly',
    })

  assert.equal((await plan(1, other.productId)).body.name, 'upgradeNotPossible')
  assert.equal((await plan(1, sold.offer.productId, 301)).body.name, 'quantityOutOfRange')
  assert.equal((await plan(1, sold.offer.productId)).status, 200)
  const taken = await world.request(sold.agent.actor, 'DELETE', `${sold.path}/scheduled-change`, { version: 2 })
  assert.equal(taken.status, 200)
  await world.request(sold.agent.actor, 'PUT', `${sold.path}/auto-renew`, { version: 3, autoRenew: false })
  assert.equal((await plan(4, sold.offer.productId)).body.name, 'autoRenewOff')
})

test('F159 F160 F162 a trial becomes paid at once with 25 licenses or more, or by itself at its end', async () => {
  await using world = await testWorld()
  const paid = await givenOffer(world.deps)
  const [now, byItself, ends] = [
    await givenSold(world, { kind: 'trial', conversions: [paid.key], retail: '0', cost: '0' }),
    await givenSold(world, { kind: 'trial', conversions: [paid.key], retail: '0', cost: '0' }),
    await givenSold(world, { kind: 'trial', retail: '0', cost: '0' }),
  ]
  const convert = (quantity: number) =>
    world.request<Refused>(now.agent.actor, 'POST', `${now.path}/conversion`, {
      version: 1,
      productId: paid.productId,
      skuId: paid.skuId,
      quantity,
      term: 'P1Y',
      billingPlan: 'monthly',
    })
  assert.equal((await convert(24)).body.name, 'quantityOutOfRange')
  assert.equal((await convert(30)).status, 200)
  assert.deepEqual(await charges(world, now), [['convert', 30, '2026-12-01', '2026-12-31', 300_750]])

  const end = new Date('2026-12-31T00:00:00Z')
  for (const { provider } of [now, byItself, ends]) await advance(world.deps, provider.organizationId, end)
  world.now = end
  const converted = await detail(world, byItself)
  assert.deepEqual(
    [converted.kind, converted.quantity, converted.startOn, converted.endOn, converted.cancelUntil],
    ['license', 25, '2026-12-31', '2027-12-30', '2027-01-07T00:00:00.000Z'],
  )
  assert.equal((await detail(world, ends)).status, 'expired')
})

test('F149 add-ons are suspended and reactivated with their base, and not without it', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const addOn = await givenOffer(world.deps, { kind: 'addon', prerequisites: [sold.offer.key] })
  const [addOnId] = await givenOrder(world.deps, sold, [addOn.line(3)])
  await provision(world.deps)
  const addOnPath = `/portal/v1/customers/${sold.customer.customerId}/subscriptions/${addOnId}`
  const statuses = async () =>
    (
      await sql<{ status: string }>`select status from subscriptions order by created_at, id`.execute(world.deps.db)
    ).rows.map(({ status }) => status)

  const seen = await preview(world, sold, { type: 'suspend', reason: 'other' })
  assert.deepEqual(
    seen.addOns.map(({ status }) => status),
    ['suspended'],
  )
  await world.request(sold.agent.actor, 'POST', `${sold.path}/suspension`, { version: 1, reason: 'other' })
  assert.deepEqual(await statuses(), ['suspended', 'suspended'])
  const alone = await world.request<Refused>(sold.agent.actor, 'POST', `${addOnPath}/reactivation`, { version: 2 })
  assert.deepEqual([alone.status, alone.body.name], [409, 'baseNotActive'])
  await world.request(sold.agent.actor, 'POST', `${sold.path}/reactivation`, { version: 2 })
  assert.deepEqual(await statuses(), ['active', 'active'])
})

test('F178 of two agents the later one is told what was changed; a stale preview is refused with the difference', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const other = await agent(world, sold, 'admin_agent')
  await world.request(other.actor, 'PUT', `${sold.path}/auto-renew`, { version: 1, autoRenew: false })

  const late = await world.request<Refused>(sold.agent.actor, 'PATCH', sold.path, { version: 1, quantity: 12 })
  assert.deepEqual([late.status, late.body.name, late.body.data[0]], [409, 'stale', 'subscription.auto_renew_changed'])
  assert.equal(late.body.params['by'], other.actor.userName)

  const seen = await preview(world, sold, { type: 'changeQuantity', quantity: 12 })
  world.now = new Date('2026-12-02T09:00:00Z')
  const stale = await world.request<Refused>(sold.agent.actor, 'PATCH', sold.path, {
    version: 2,
    quantity: 12,
    seen: seen.facts,
  })
  assert.deepEqual([stale.status, stale.body.name], [409, 'previewStale'])
  assert.deepEqual(stale.body.fields[0]?.params, { seen: '20050', now: '19402' })
  assert.equal((await subscriptionRow(world.deps, sold.subscriptionId))['quantity'], 10)
})

test('one leap and day by day leave the same subscriptions, lots and charges', async () => {
  await using leap = await testWorld()
  await using daily = await testWorld()
  const until = new Date('2028-02-01T00:00:00Z')
  const dumps: unknown[] = []
  for (const world of [leap, daily]) {
    const sold = await givenSold(world)
    if (world === daily) {
      for (let day = world.now.getTime(); day < until.getTime(); day += 86_400_000)
        await advance(world.deps, sold.provider.organizationId, new Date(day))
    }
    await advance(world.deps, sold.provider.organizationId, until)
    const { rows } = await sql`
      select s.status, s.start_on, s.end_on, s.charged_until, s.next_due_at, s.cancel_until, s.version,
        (select jsonb_agg(jsonb_build_array(l.quantity, l.source, l.added_at) order by l.added_at) from seat_lots l) as lots,
        (select jsonb_agg(jsonb_build_array(c.type, c.charge_start, c.charge_end, c.retail_minor, c.written_at)
          order by c.charge_start) from charge_lines c) as charges
      from subscriptions s`.execute(world.deps.db)
    dumps.push(rows)
  }

  assert.deepEqual(dumps[0], dumps[1])
})

test('two workers at once renew a subscription once', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { term: 'P1M' })
  const at = new Date('2027-01-01T00:00:00Z')

  const counts = await Promise.all([1, 2, 3, 4].map(() => advance(world.deps, sold.provider.organizationId, at)))

  assert.deepEqual(
    counts.filter((count) => count['subscription.renewed']),
    [{ 'subscription.renewed': 1 }],
  )
  assert.deepEqual((await charges(world, sold)).length, 2)
})

test('F140 F141 where fulfilment takes its time a subscription is renewing meanwhile, and its window begins when that is done', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { term: 'P1M' })
  const id = sold.provider.organizationId
  await sql`
    insert into simulated_fulfilments (provider_id, enabled, delay_minutes, failure_percent, fail_next, changed_at)
    values (${id}, true, 60, 0, 0, ${world.now})`.execute(world.deps.db)

  await advance(world.deps, id, new Date('2027-01-01T00:00:00Z'))
  world.now = new Date('2027-01-01T00:30:00Z')
  const renewing = await detail(world, sold)
  assert.deepEqual([renewing.status, renewing.provisioning, renewing.endOn], ['renewing', 'pending', '2026-12-31'])
  const refused = await world.request<Refused>(sold.agent.actor, 'PATCH', sold.path, { version: 2, quantity: 12 })
  assert.deepEqual([refused.status, refused.body.name], [409, 'renewalRunning'])

  await world.deps.db
    .transaction()
    .execute((tx) =>
      completeRenewals(tx, new Date('2027-01-01T01:00:00Z'), [
        { customerId: sold.customer.customerId, subscriptionId: sold.subscriptionId },
      ]),
    )
  const renewed = await detail(world, sold)
  assert.deepEqual(
    [renewed.status, renewed.startOn, renewed.endOn, renewed.cancelUntil],
    ['active', '2027-01-01', '2027-01-31', '2027-01-08T01:00:00.000Z'],
  )
})

test('F149 an add-on that is provisioned only after its base was suspended is suspended, too', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const addOn = await givenOffer(world.deps, { kind: 'addon', prerequisites: [sold.offer.key] })
  const [addOnId] = await givenOrder(world.deps, sold, [addOn.line(3)])
  await world.request(sold.agent.actor, 'POST', `${sold.path}/suspension`, { version: 1, reason: 'other' })

  await provision(world.deps)

  const { rows } = await sql`
    select status, suspension_reason as reason from subscriptions where id = ${addOnId}`.execute(world.deps.db)
  assert.deepEqual(rows, [{ status: 'suspended', reason: 'base' }])
})

test('A23 who may not see prices learns none by guessing what a change comes to', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const helpdesk = await agent(world, sold, 'helpdesk_agent')

  const seen = await world.request<ActPreview>(helpdesk.actor, 'POST', `${sold.path}/preview`, {
    act: { type: 'changeQuantity', quantity: 12 },
  })
  assert.equal(seen.status, 200)
  assert.deepEqual(
    [seen.body.totalRetail, seen.body.facts.totalRetail, seen.body.charges[0]?.retail],
    [undefined, undefined, undefined],
  )
  const guess = { version: 1, quantity: 12, seen: { totalRetail: 1, quantity: 11 } }
  const refused = await world.request<Refused>(helpdesk.actor, 'PATCH', sold.path, guess)
  assert.deepEqual(
    refused.body.fields.map(({ field }) => field),
    ['seen.quantity'],
  )
})

test('F38 a suspended provider converts no trial and is told so by the preview', async () => {
  await using world = await testWorld()
  const paid = await givenOffer(world.deps)
  const sold = await givenSold(world, { kind: 'trial', conversions: [paid.key], retail: '0', cost: '0' })
  await sql`update organizations set status = 'suspended' where id = ${sold.provider.organizationId}`.execute(
    world.deps.db,
  )
  const wanted = { productId: paid.productId, skuId: paid.skuId, quantity: 25, term: 'P1Y', billingPlan: 'monthly' }

  const replies = [
    await world.request<Refused>(sold.agent.actor, 'POST', `${sold.path}/preview`, {
      act: { type: 'convertTrial', ...wanted },
    }),
    await world.request<Refused>(sold.agent.actor, 'POST', `${sold.path}/conversion`, { version: 1, ...wanted }),
  ]

  assert.deepEqual(
    replies.map(({ status, body }) => [status, body.name]),
    [
      [403, 'partnerSuspended'],
      [403, 'partnerSuspended'],
    ],
  )
})
