import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { type CustomerId, newId } from '../../kernel/ids.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenCustomer } from '../customers/test-customers.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenProvider, givenReseller, givenUnusedLocation } from '../program/test-organizations.ts'
import { submitOrder } from './submit-order.ts'
import {
  attestation,
  givenMarket,
  givenOffer,
  givenOrder,
  givenPrice,
  type Market,
  totalOf,
  withRequestId,
} from './test-orders.ts'
import type { SubmittedOrder, WantedLine } from './wire.ts'

test('S33 S46 S76 S77 S80 S107 an order of two lines stores everything that belongs to it, at once', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const [one, other] = [await givenOffer(world.deps), await givenOffer(world.deps)]
  const lines = [one.line(10, market.reseller.partnerId), { ...other.line(3), friendlyName: 'Warehouse' }]

  const order = await submit(world, market, lines)

  assert.equal(order.lines.length, 2)
  assert.equal(order.totalRetail, 13 * 10_025)
  assert.deepEqual(
    await all(world, 'orders', 'status, attested_as, total_retail_minor::int as total, submitted_by_name as by'),
    [{ status: 'validated', attested_as: 'mixed', total: 13 * 10_025, by: 'Selin Satış' }],
  )
  assert.deepEqual(
    await all(world, 'order_lines', 'quantity, transaction_type as type, reseller_partner_id as reseller'),
    [
      { quantity: 10, type: 'new', reseller: market.reseller.partnerId },
      { quantity: 3, type: 'new', reseller: null },
    ],
  )
  assert.deepEqual(
    await all(
      world,
      'subscriptions',
      'status, provisioning_status as p, quantity, friendly_name as name, start_on, end_on, auto_renew',
    ),
    [
      {
        status: 'pending',
        p: 'pending',
        quantity: 10,
        name: '',
        start_on: '2026-12-01',
        end_on: '2027-11-30',
        auto_renew: true,
      },
      {
        status: 'pending',
        p: 'pending',
        quantity: 3,
        name: 'Warehouse',
        start_on: '2026-12-01',
        end_on: '2027-11-30',
        auto_renew: true,
      },
    ],
  )
  assert.deepEqual(await all(world, 'seat_lots', 'quantity, source, reducible_until'), [
    { quantity: 10, source: 'purchase', reducible_until: new Date('2026-12-08T09:00:00Z') },
    { quantity: 3, source: 'purchase', reducible_until: new Date('2026-12-08T09:00:00Z') },
  ])
  assert.deepEqual(await all(world, 'resellers_of_record', 'partner_id, valid_to'), [
    { partner_id: market.reseller.partnerId, valid_to: null },
  ])
  assert.deepEqual(await all(world, 'support_contacts', 'partner_id, name'), [
    { partner_id: market.provider.organizationId, name: market.provider.name },
    { partner_id: market.provider.organizationId, name: market.provider.name },
  ])
  assert.deepEqual(await all(world, 'provisioning_jobs', 'action, status'), [
    { action: 'create', status: 'queued' },
    { action: 'create', status: 'queued' },
  ])
  assert.deepEqual(
    await all(
      world,
      'charge_lines',
      'type, quantity, charge_start, charge_end, cost_minor::int as cost, reseller_partner_id as reseller',
    ),
    [
      {
        type: 'new',
        quantity: 10,
        charge_start: '2026-12-01',
        charge_end: '2026-12-31',
        cost: 80_500,
        reseller: market.reseller.partnerId,
      },
      { type: 'new', quantity: 3, charge_start: '2026-12-01', charge_end: '2026-12-31', cost: 24_150, reseller: null },
    ],
  )
  assert.deepEqual(await all(world, 'audit_records', 'action, actor_name as by'), [
    { action: 'order.submitted', by: 'Selin Satış' },
  ])
  assert.deepEqual(await all(world, 'events', 'type'), [{ type: 'order.submitted' }])
  assert.ok(world.nudged.includes('provisioning'))
})

test('S6 S36 S48 a reseller on one line is on that subscription only, and gets nothing else by it', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const lone = await givenCustomer(world.deps, market.provider)
  const offer = await givenOffer(world.deps)

  await submit(world, { ...market, customer: lone }, [offer.line(1), offer.line(2, market.reseller.partnerId)])

  const of = await sql<{ line: number }>`
    select s.line_number as line from resellers_of_record r join subscriptions s on s.id = r.subscription_id`.execute(
    world.deps.db,
  )
  assert.deepEqual(of.rows, [{ line: 2 }])
  assert.deepEqual(await count(world, 'customer_reseller_associations', lone.customerId), 0)
  assert.deepEqual(await count(world, 'admin_relationships', lone.customerId), 0)
})

test('S14 S64 a line that names a reseller without an active partnership is refused and nothing is stored', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const stranger = await givenReseller(world.deps)
  const former = await givenReseller(world.deps)
  await givenPartnership(world.deps, market.provider, former, { ended: true })
  const offer = await givenOffer(world.deps)

  await refused(world, market, [offer.line(1, stranger.partnerId)], 'partnershipRequired')
  await refused(world, market, [offer.line(1), offer.line(1, former.partnerId)], 'partnershipRequired')
})

test('S64 invariant 7 an order that meets the end of a partnership waits for it, and is refused', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps)
  const ending = await world.deps.pool.connect()
  await ending.query('begin')
  await ending.query(
    `update partnerships set state = 'ended', ended_at = now(), end_attestation_id = gen_random_uuid()`,
  )

  let answered = false
  const submitted = Promise.allSettled([submit(world, market, [offer.line(1, market.reseller.partnerId)])]).finally(
    () => (answered = true),
  )
  while (!answered && !(await isSomebodyWaiting(world))) await new Promise(setImmediate)
  await ending.query('commit')
  ending.release()
  const [outcome] = await submitted

  assert.equal(outcome.status === 'rejected' && outcome.reason.reason, 'partnershipRequired')
  assert.equal(await count(world, 'orders'), 0)
})

test('S41 a reseller without a signed agreement is refused, with the region and its name', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const unsigned = await givenReseller(world.deps, { signed: false, name: 'Ege Yazılım' })
  await givenPartnership(world.deps, market.provider, unsigned)
  const offer = await givenOffer(world.deps)

  const detail = await refused(world, market, [offer.line(1, unsigned.partnerId)], 'resellerAgreementMissing')
  assert.equal(detail.params?.['reseller'], 'Ege Yazılım')
  assert.ok(detail.params?.['regionEn'])
  assert.deepEqual(detail.fields?.[0]?.field, 'lines.0.resellerPartnerId')
})

test('F36 invariant 13 a reseller that is the customer itself is refused on a line; other resellers are accepted', async () => {
  await using world = await testWorld()
  const given = await givenMarket(world)
  const customer = await givenCustomer(world.deps, given.provider, { registrationNumber: '777 777 7777' })
  const market = { ...given, customer }
  const sameNumber = await givenReseller(world.deps, { registrationNumber: '7777777777' })
  const sameDomain = await givenReseller(world.deps, { emailDomain: customer.primaryDomain })
  const abroad = await givenReseller(world.deps, { country: 'DE', registrationNumber: '7777777777' })
  const alike = await givenReseller(world.deps, { registrationNumber: '8888888888' })
  for (const reseller of [sameNumber, sameDomain, abroad, alike])
    await givenPartnership(world.deps, market.provider, reseller)
  const offer = await givenOffer(world.deps)

  for (const itself of [sameNumber, sameDomain])
    await refused(world, market, [offer.line(1, itself.partnerId)], 'ownCustomer')
  await refused(world, market, [offer.line(1, abroad.partnerId)], 'wrongRegion')
  await submit(world, market, [offer.line(1, alike.partnerId)])
})

test('S39 a global account id, another location and an unknown id are refused; the onboarded location is accepted', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const otherLocation = await givenUnusedLocation(world.deps, market.reseller)
  const offer = await givenOffer(world.deps)

  await refused(world, market, [offer.line(1, market.reseller.globalPartnerId)], 'globalIdUsed')
  await refused(world, market, [offer.line(1, otherLocation)], 'wrongLocationId')
  await refused(world, market, [offer.line(1, '99999999')], 'mpnIdNotFound')
  await refused(world, market, [offer.line(1, market.provider.partnerId)], 'notAnIndirectReseller')
  await submit(world, market, [offer.line(1, market.reseller.partnerId)])
})

test('S77 a quantity outside the bounds of the offer is refused with the bounds; the bounds themselves are accepted', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps, { min: 5, max: 20 })

  const detail = await refused(world, market, [offer.line(4)], 'quantityOutOfRange')
  assert.deepEqual(detail.params, { min: 5, max: 20 })
  await refused(world, market, [offer.line(21)], 'quantityOutOfRange')
  await submit(world, market, [offer.line(5), offer.line(20)])
})

test('S76 F125 one bad line of three stops all of them, and every bad line is named', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps, { max: 20 })
  const ended = await givenOffer(world.deps, { endOfSaleOn: '2026-11-30' })

  const detail = await refused(world, market, [offer.line(1), offer.line(21), ended.line(1)], 'quantityOutOfRange')

  assert.deepEqual(
    detail.fields?.map(({ field, rule }) => [field, rule]),
    [
      ['lines.1.quantity', 'quantityOutOfRange'],
      ['lines.2.skuId', 'offerNotAvailable'],
    ],
  )
})

test('S75 F120 what is not sold in the country, at the term or any more is refused', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const elsewhere = await givenOffer(world.deps, { market: 'DE', currency: 'EUR' })
  const barred = await givenOffer(world.deps, { countries: ['DE'] })
  const ended = await givenOffer(world.deps, { endOfSaleOn: '2026-11-30' })
  const yearly = await givenOffer(world.deps)
  const lastDay = await givenOffer(world.deps, { endOfSaleOn: '2026-12-01' })

  for (const line of [
    elsewhere.line(1),
    barred.line(1),
    ended.line(1),
    { ...yearly.line(1), term: 'P3Y' as const },
    { ...yearly.line(1), productId: 'NOSUCH' },
  ]) {
    await refused(world, market, [line], 'offerNotAvailable')
  }
  await submit(world, market, [lastDay.line(1)])
})

test('F164 an add-on needs an active base of the customer, or one in the same order', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const base = await givenOffer(world.deps)
  const addOn = await givenOffer(world.deps, { kind: 'addon', prerequisites: [base.key] })

  await refused(world, market, [addOn.line(1)], 'prerequisiteMissing')
  const [baseId] = await givenOrder(world.deps, market, [base.line(1)])
  await refused(world, market, [addOn.line(1)], 'prerequisiteMissing')
  await sql`update subscriptions set status = 'active'`.execute(world.deps.db)
  await givenOrder(world.deps, market, [addOn.line(1)])

  const other = { ...market, customer: await givenCustomer(world.deps, market.provider) }
  const [, together] = await givenOrder(world.deps, other, [base.line(1), addOn.line(1)])
  const bases = await sql<{ id: string; base: string }>`
    select id, base_subscription_id as base from subscriptions where kind = 'addon' order by created_at, id`.execute(
    world.deps.db,
  )
  assert.equal(bases.rows[0]?.base, baseId)
  assert.equal(bases.rows[1]?.id, together)
  assert.notEqual(bases.rows[1]?.base, null)
})

test('F158 one trial of an offer, 25 licenses, never once the paid offer is or was owned, and free', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const paid = await givenOffer(world.deps)
  const trial = await givenOffer(world.deps, {
    kind: 'trial',
    conversions: [paid.key],
    term: 'P1M',
    billingPlan: 'monthly',
  })

  await refused(world, market, [trial.line(24)], 'quantityOutOfRange')
  await givenOrder(world.deps, market, [trial.line(25)], 0)
  await refused(world, market, [trial.line(25)], 'trialUsed')
  assert.deepEqual(await all(world, 'subscriptions', 'quantity, start_on, end_on'), [
    { quantity: 25, start_on: '2026-12-01', end_on: '2026-12-30' },
  ])
  assert.deepEqual(await all(world, 'charge_lines', 'id'), [])

  const owner = { ...market, customer: await givenCustomer(world.deps, market.provider) }
  await givenOrder(world.deps, owner, [paid.line(1)])
  await sql`update subscriptions set status = 'deleted', auto_renew = false where customer_id = ${owner.customer.customerId}`.execute(
    world.deps.db,
  )
  await refused(world, owner, [trial.line(25)], 'trialUsed')
})

test('F120 an offer with a limit is sold up to the limit, counting the basket and what is owned', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps, { limit: 1 })

  await refused(world, market, [offer.line(1), offer.line(1)], 'ownershipLimit')
  await givenOrder(world.deps, market, [offer.line(1)])
  await refused(world, market, [offer.line(1)], 'ownershipLimit')
  await sql`update subscriptions set status = 'canceled', auto_renew = false`.execute(world.deps.db)
  await givenOrder(world.deps, market, [offer.line(1)])
})

test('F120 two orders at once for the last one allowed come to one', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps, { limit: 1 })

  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => submit(world, market, [offer.line(1)])))

  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.equal(await count(world, 'orders'), 1)
})

test('S80 S102 F125 fifty identical submits at once come to one order, and all get it as their answer', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const lines = [
    (await givenOffer(world.deps)).line(2, market.reseller.partnerId),
    (await givenOffer(world.deps)).line(1),
  ]
  const body = { lines, attestation, expectedTotalRetail: totalOf(lines) }
  const id = newId()

  const replies = await Promise.all(
    Array.from({ length: 50 }, () =>
      world.request<{ order: SubmittedOrder }>(
        market.agent.actor,
        'POST',
        `/portal/v1/customers/${market.customer.customerId}/orders`,
        body,
        {
          'ms-requestid': id,
        },
      ),
    ),
  )

  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200])
  for (const reply of replies) assert.deepEqual(reply.body, replies[0]?.body)
  assert.deepEqual(
    [await count(world, 'orders'), await count(world, 'subscriptions'), await count(world, 'charge_lines')],
    [1, 2, 2],
  )
})

test('S80 the same request id with another order is refused, and a refused order may be sent again under its id', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps)
  const input = { customerId: market.customer.customerId, lines: [offer.line(1)], attestation, expectedTotalRetail: 1 }
  const actor = withRequestId(market.agent.actor, 'one')

  await assert.rejects(submitOrder(world.deps, actor, input), { reason: 'priceChanged' })
  await submitOrder(world.deps, actor, { ...input, expectedTotalRetail: 10_025 })
  await assert.rejects(submitOrder(world.deps, withRequestId(actor, 'one', 'other'), input), {
    reason: 'requestIdReused',
  })
  assert.equal(await count(world, 'orders'), 1)
})

test('S79 an order at a price that has changed since is refused and tells the new total', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps)
  await givenPrice(world.deps, offer, { retail: '110.00', from: '2026-12-01T09:30:00Z' })
  await submit(world, market, [offer.line(1)])

  world.now = new Date('2026-12-01T10:00:00Z')

  const detail = await refused(world, market, [offer.line(1)], 'priceChanged', totalOf([offer.line(1)]))
  assert.deepEqual(detail.params, { totalRetail: 11_000, currency: 'TRY' })
})

test('F118 an order without the current attestation is refused', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps)
  const input = { customerId: market.customer.customerId, lines: [offer.line(1)], expectedTotalRetail: 10_025 }

  await assert.rejects(submitOrder(world.deps, market.agent.actor, { ...input, attestation: '2020-01' }), {
    reason: 'attestationRequired',
  })
  assert.equal(await count(world, 'orders'), 0)
})

test('S65 F78 no order before the customer agreement; attested with the order, both are stored together', async () => {
  await using world = await testWorld()
  const market = { ...(await givenMarket(world)) }
  const asked = await givenCustomer(world.deps, market.provider, { agreement: 'missing' })
  const offer = await givenOffer(world.deps)
  const input = { customerId: asked.customerId, lines: [offer.line(1)], attestation, expectedTotalRetail: 10_025 }
  const acceptor = {
    firstName: 'Ayşe',
    lastName: 'Işık',
    email: 'ayse@isik.example',
    phone: '',
    acceptedOn: '2026-11-30',
  }

  await assert.rejects(submitOrder(world.deps, market.agent.actor, input), { reason: 'customerAgreementMissing' })
  await assert.rejects(
    submitOrder(world.deps, market.agent.actor, { ...input, agreement: { ...acceptor, acceptedOn: '2026-12-03' } }),
    { reason: 'invalidRequest' },
  )
  assert.equal(await count(world, 'orders'), 0)
  await submitOrder(world.deps, market.agent.actor, { ...input, agreement: acceptor })
  assert.deepEqual(
    [await count(world, 'orders'), await count(world, 'customer_agreement_acceptances', asked.customerId)],
    [1, 1],
  )
})

test('S65 an order for a customer that is not the own looks as if there were none', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const other = await givenProvider(world.deps, { name: 'Başka Dağıtım' })
  const foreign = await givenCustomer(world.deps, other)
  const offer = await givenOffer(world.deps)

  for (const customerId of [foreign.customerId, newId<'customer'>()]) {
    await assert.rejects(
      submitOrder(world.deps, market.agent.actor, {
        customerId,
        lines: [offer.line(1)],
        attestation,
        expectedTotalRetail: 10_025,
      }),
      { reason: 'notFound' },
    )
  }
  assert.equal(await count(world, 'orders'), 0)
})

test('S41 a provider whose own agreement is not signed cannot order', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  await sql`delete from partner_agreement_signatures where organization_id = ${market.provider.organizationId}`.execute(
    world.deps.db,
  )
  const offer = await givenOffer(world.deps)

  await refused(world, market, [offer.line(1)], 'ownAgreementMissing')
})

test('S1 S2 the four roles of the flow may order; others are told which roles may', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps)
  const lines = [offer.line(1)]
  const send = async (
    role: 'global_admin' | 'user_management_admin' | 'admin_agent' | 'sales_agent' | 'helpdesk_agent' | 'billing_admin',
  ) => {
    const user = await givenUser(world.deps, {
      organizationId: market.provider.organizationId,
      kind: 'provider',
      roles: [role],
    })
    return await world.request<{ data: string[] }>(
      user.actor,
      'POST',
      `/portal/v1/customers/${market.customer.customerId}/orders`,
      {
        lines,
        attestation,
        expectedTotalRetail: totalOf(lines),
      },
    )
  }

  for (const role of ['global_admin', 'user_management_admin', 'admin_agent', 'sales_agent'] as const) {
    assert.equal((await send(role)).status, 200, role)
  }
  for (const role of ['helpdesk_agent', 'billing_admin'] as const) {
    const reply = await send(role)
    assert.equal(reply.status, 403, role)
    assert.deepEqual(reply.body.data, ['global_admin', 'user_management_admin', 'admin_agent', 'sales_agent'])
  }
})

test('S77 a quantity that is no whole positive number is refused at its field', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps)

  for (const quantity of [0, -1, 1.5, 'ten']) {
    const reply = await world.request<{ fields: { field: string }[] }>(
      market.agent.actor,
      'POST',
      `/portal/v1/customers/${market.customer.customerId}/orders`,
      {
        lines: [{ ...offer.line(1), quantity }],
        attestation,
        expectedTotalRetail: 0,
      },
    )
    assert.equal(reply.status, 400)
    assert.equal(reply.body.fields[0]?.field, 'lines.0.quantity')
  }
})

async function submit(
  world: TestWorld,
  { agent, customer }: Market,
  lines: readonly WantedLine[],
): Promise<SubmittedOrder> {
  const input = { customerId: customer.customerId, lines: [...lines], attestation, expectedTotalRetail: totalOf(lines) }
  return (await submitOrder(world.deps, agent.actor, input)).order
}

interface Detail {
  readonly params?: Record<string, unknown>
  readonly fields?: { field: string; rule: string }[]
}

/** Makes sure that an order is refused and that nothing at all is stored; returns what the refusal tells. */
async function refused(
  world: TestWorld,
  { agent, customer }: Market,
  lines: readonly WantedLine[],
  reason: string,
  total = totalOf(lines),
): Promise<Detail> {
  const before = [
    await count(world, 'orders'),
    await count(world, 'subscriptions'),
    await count(world, 'audit_records'),
  ]
  let detail: Detail = {}
  await assert.rejects(
    submitOrder(world.deps, agent.actor, {
      customerId: customer.customerId,
      lines: [...lines],
      attestation,
      expectedTotalRetail: total,
    }),
    (error: { reason: string; detail: Detail }) => {
      detail = error.detail
      assert.equal(error.reason, reason)
      return true
    },
  )
  assert.deepEqual(
    [await count(world, 'orders'), await count(world, 'subscriptions'), await count(world, 'audit_records')],
    before,
  )
  return detail
}

async function all(world: TestWorld, table: string, columns: string): Promise<readonly unknown[]> {
  const { rows } = await world.deps.pool.query(`select ${columns} from ${table} order by ${orderOf[table] ?? 'id'}`)
  return rows as readonly unknown[]
}

const orderOf: Readonly<Record<string, string>> = { order_lines: 'order_id, line_number' }

async function count(world: TestWorld, table: string, customerId?: CustomerId): Promise<number> {
  const { rows } = await world.deps.pool.query<{ n: number }>(
    `select count(*)::int as n from ${table} where $1::uuid is null or customer_id = $1::uuid`,
    [customerId ?? null],
  )
  return rows[0]?.n ?? 0
}

async function isSomebodyWaiting(world: TestWorld): Promise<boolean> {
  const { rows } = await world.deps.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length > 0
}
