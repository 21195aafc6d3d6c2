import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId, type SubscriptionId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenCustomer } from '../customers/test-customers.ts'
import { givenUser, type TestUser } from '../identity/test-users.ts'
import { givenMarket, givenOffer, givenOrder, type Market, type TestOffer } from '../orders/test-orders.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import {
  givenProvider,
  givenReseller,
  givenUnusedLocation,
  type TestOrganization,
} from '../program/test-organizations.ts'
import { changeSubscription } from './change-subscription.ts'
import { provisionSubscriptions } from './provision-subscriptions.ts'
import { advance, change, failing, provision, subscriptionRow } from './test-subscriptions.ts'
import type { SubscriptionDetail, SubscriptionHistory, SubscriptionListItem } from './wire.ts'

interface Sold extends Market {
  readonly offer: TestOffer
  readonly subscriptionId: SubscriptionId
  readonly customerId: Market['customer']['customerId']
}

test('S104 F127 a new subscription is in the list at once, and active when it has been provisioned', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { provisioned: false })

  assert.deepEqual(
    (await list(world, sold.agent, sold)).map(({ status, provisioning }) => [status, provisioning]),
    [['pending', 'pending']],
  )
  await provision(world.deps)
  assert.deepEqual(
    (await list(world, sold.agent, sold)).map(({ status, provisioning }) => [status, provisioning]),
    [['active', 'success']],
  )
  assert.deepEqual(await column(world, 'orders', 'status'), ['completed'])
  assert.deepEqual(await column(world, 'audit_records', 'action'), ['order.submitted', 'subscription.provisioned'])
})

test('F127 provisioning that fails shows why, alerts, never becomes active by itself, and can be tried again', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { provisioned: false })

  await provision(world.deps, failing('The tenant is not ready.'))
  await provision(world.deps)

  const failed = await detail(world, sold.agent, sold)
  assert.deepEqual(
    [failed.status, failed.provisioning, failed.provisioningError],
    ['pending', 'failed', 'The tenant is not ready.'],
  )
  assert.deepEqual(await column(world, 'notifications', 'kind'), ['provisioningFailed'])

  const retry = `${path(sold)}/provisioning-retry`
  const helpdesk = await user(world, sold.provider, 'helpdesk_agent')
  assert.equal(
    (await world.request((await user(world, sold.provider, 'user_management_admin')).actor, 'POST', retry)).status,
    403,
  )
  assert.equal((await world.request(helpdesk.actor, 'POST', retry)).status, 204)
  await provision(world.deps)
  assert.equal((await detail(world, sold.agent, sold)).status, 'active')
})

test('F127 an order whose lines two processes provision at the same time is completed', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps)
  const [first, second] = await givenOrder(world.deps, market, [offer.line(1), offer.line(2)])
  const sweep = async () => {
    const once = new AbortController()
    await provisionSubscriptions(world.deps, once.signal, {
      begin: async () => {
        once.abort()
        return { kind: 'done' }
      },
    })
  }
  const waiting = async () =>
    (
      await world.deps.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).rows.length

  // One process gets the first line only, and halts at its subscription; the other one gets the second line meanwhile.
  const holding = await world.deps.pool.connect()
  await holding.query('begin')
  await holding.query('select from subscriptions where id = $1 for update', [first])
  await holding.query('savepoint jobs')
  await holding.query('select from provisioning_jobs where subscription_id = $1 for update', [second])
  const one = sweep()
  while ((await waiting()) < 1) await new Promise(setImmediate)
  await holding.query('rollback to savepoint jobs')
  let isDone = false
  const other = sweep().finally(() => (isDone = true))
  while (!isDone && (await waiting()) < 2) await new Promise(setImmediate)
  await holding.query('commit')
  holding.release()
  await Promise.all([one, other])

  assert.deepEqual(await column(world, 'provisioning_jobs', 'status'), ['success', 'success'])
  assert.deepEqual(await column(world, 'orders', 'status'), ['completed'])
})

test('S42 S43 S38 a reseller set later counts from then on: history keeps who and when, earlier charges keep theirs', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)

  world.now = new Date('2026-12-11T10:00:00Z')
  await changeSubscription(world.deps, sold.agent.actor, change(sold, { resellerPartnerId: sold.reseller.partnerId }))
  await changeSubscription(world.deps, sold.agent.actor, change(sold, { version: 2, quantity: 12 }))

  const shown = await detail(world, sold.agent, sold)
  assert.deepEqual(
    [shown.reseller?.name, shown.reseller?.partnerId, shown.reseller?.since],
    [sold.reseller.name, sold.reseller.partnerId, '2026-12-11T10:00:00.000Z'],
  )
  assert.equal((await list(world, sold.agent, sold))[0]?.reseller?.partnerId, sold.reseller.partnerId)
  const charges = await sql<{ type: string; reseller: string | null }>`
    select type, reseller_partner_id as reseller from charge_lines order by written_at`.execute(world.deps.db)
  assert.deepEqual(charges.rows, [
    { type: 'new', reseller: null },
    { type: 'addQuantity', reseller: sold.reseller.partnerId },
  ])
  const history = await historyOf(world, sold.agent, sold)
  const set = history.find(({ after }) => after?.['reseller'] !== undefined)
  assert.deepEqual(
    [set?.before, set?.after, set?.by.name],
    [{ reseller: null }, { reseller: `${sold.reseller.name} (${sold.reseller.partnerId})` }, 'Selin Satış'],
  )
})

test('S42 invariant 11 another reseller closes the interval of the first, and none may overlap', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { reseller: true })
  const next = await givenReseller(world.deps, { name: 'Ege Yazılım' })
  await givenPartnership(world.deps, sold.provider, next)

  world.now = new Date('2026-12-11T10:00:00Z')
  await changeSubscription(world.deps, sold.agent.actor, change(sold, { resellerPartnerId: next.partnerId }))
  world.now = new Date('2026-12-12T10:00:00Z')
  await changeSubscription(world.deps, sold.agent.actor, change(sold, { version: 2, resellerPartnerId: null }))

  const { rows } = await sql<{ partner: string; from: Date; to: Date | null }>`
    select partner_id as partner, valid_from as from, valid_to as to from resellers_of_record order by valid_from`.execute(
    world.deps.db,
  )
  assert.deepEqual(
    rows.map(({ partner, from, to }) => [partner, from.toISOString().slice(8, 10), to?.toISOString().slice(8, 10)]),
    [
      [sold.reseller.partnerId, '01', '11'],
      [next.partnerId, '11', '12'],
    ],
  )
  assert.equal((await detail(world, sold.agent, sold)).reseller, null)
})

test('S39 S14 S41 S64 a reseller that cannot be one is refused next to the field, and nothing is stored', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const stranger = await givenReseller(world.deps)
  const former = await givenReseller(world.deps)
  await givenPartnership(world.deps, sold.provider, former, { ended: true })
  const unsigned = await givenReseller(world.deps, { signed: false })
  await givenPartnership(world.deps, sold.provider, unsigned)
  const cases = [
    [sold.reseller.globalPartnerId, 'globalIdUsed'],
    [await givenUnusedLocation(world.deps, sold.reseller), 'wrongLocationId'],
    ['99999999', 'mpnIdNotFound'],
    [stranger.partnerId, 'partnershipRequired'],
    [former.partnerId, 'partnershipRequired'],
    [unsigned.partnerId, 'resellerAgreementMissing'],
  ] as const

  for (const [resellerPartnerId, name] of cases) {
    const reply = await world.request<Refused>(sold.agent.actor, 'PATCH', path(sold), {
      version: 1,
      quantity: 11,
      resellerPartnerId,
    })
    assert.equal(reply.body.name, name)
    assert.deepEqual(
      reply.body.fields.map(({ field }) => field),
      ['resellerPartnerId'],
    )
  }
  const row = await subscriptionRow(world.deps, sold.subscriptionId)
  assert.deepEqual([row['quantity'], row['version']], [10, 1])
  assert.deepEqual(await column(world, 'resellers_of_record', 'partner_id'), [])
})

test('F36 invariant 13 a reseller that is the customer itself never becomes its reseller of record', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const sameNumber = await givenReseller(world.deps, { registrationNumber: '123 456 7890' })
  const sameDomain = await givenReseller(world.deps, { emailDomain: sold.customer.primaryDomain })

  for (const itself of [sameNumber, sameDomain]) {
    await givenPartnership(world.deps, sold.provider, itself)
    const reply = await world.request<Refused>(sold.agent.actor, 'PATCH', path(sold), {
      version: 1,
      resellerPartnerId: itself.partnerId,
    })
    assert.deepEqual(
      [reply.status, reply.body.name, reply.body.fields.map(({ field }) => field)],
      [400, 'ownCustomer', ['resellerPartnerId']],
    )
  }
  assert.deepEqual(await column(world, 'resellers_of_record', 'partner_id'), [])
})

test('S64 a reseller whose partnership ended stays on the subscription, flagged, and other data may still change', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { reseller: true })
  await endPartnership(world, sold)

  assert.equal((await detail(world, sold.agent, sold)).reseller?.partnershipActive, false)
  await changeSubscription(
    world.deps,
    sold.agent.actor,
    change(sold, { quantity: 11, resellerPartnerId: sold.reseller.partnerId }),
  )
  assert.equal((await detail(world, sold.agent, sold)).quantity, 11)
})

test('S105 S47 S35 F194 F195 the support contact is chosen for one subscription, and its customer sees it', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const [other] = await givenOrder(world.deps, sold, [sold.offer.line(1)])
  const customerAdmin = await givenUser(world.deps, {
    organizationId: sold.customerId,
    kind: 'customer',
    roles: ['global_admin'],
  })
  assert.ok((await detail(world, sold.agent, sold)).supportContact?.isProvider)

  await changeSubscription(
    world.deps,
    sold.agent.actor,
    change(sold, { supportContactId: sold.reseller.organizationId }),
  )

  const mine = await list(world, customerAdmin, sold)
  assert.deepEqual(
    mine.map(({ id, supportContact }) => [id === other, supportContact?.name, supportContact?.email]),
    [
      [true, sold.provider.name, 'support@test.example'],
      [false, sold.reseller.name, 'support@test.example'],
    ],
  )
  assert.deepEqual((await column(world, 'notifications', 'kind')).map(String).toSorted(), [
    'supportContactChanged',
    'supportContactSet',
  ])
})

test('S14 S47 a support contact without a partnership is refused', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const stranger = await givenReseller(world.deps)

  for (const supportContactId of [stranger.organizationId, newId<'organization'>()]) {
    await assert.rejects(changeSubscription(world.deps, sold.agent.actor, change(sold, { supportContactId })), {
      reason: 'partnershipRequired',
    })
  }
  assert.ok((await detail(world, sold.agent, sold)).supportContact?.isProvider)
})

test('S106 one submit of all data is one audit record, and a repeat changes nothing', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const values = {
    quantity: 15,
    friendlyName: 'Head office',
    resellerPartnerId: sold.reseller.partnerId,
    supportContactId: sold.reseller.organizationId,
  }

  const first = await changeSubscription(world.deps, sold.agent.actor, change(sold, values))
  const again = await changeSubscription(world.deps, sold.agent.actor, change(sold, { version: 2, ...values }))

  assert.deepEqual(first, {
    id: sold.subscriptionId,
    version: 2,
    changed: ['quantity', 'friendlyName', 'reseller', 'supportContact'],
  })
  assert.deepEqual(again, { id: sold.subscriptionId, version: 2, changed: [] })
  const changes = (await historyOf(world, sold.agent, sold)).filter(({ action }) => action === 'subscription.changed')
  assert.equal(changes.length, 1)
  assert.deepEqual(changes[0]?.before, {
    quantity: 10,
    friendlyName: '',
    reseller: null,
    supportContact: sold.provider.name,
  })
})

test('F129 licenses added in the middle of a month are charged to its end, and are a lot of their own', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)

  world.now = new Date('2026-12-21T08:00:00Z')
  await changeSubscription(world.deps, sold.agent.actor, change(sold, { quantity: 15 }))

  const lots = (await detail(world, sold.agent, sold)).lots
  assert.deepEqual(
    lots.map(({ quantity, source, reducibleUntil }) => [quantity, source, reducibleUntil]),
    [
      [10, 'purchase', '2026-12-08T09:00:00.000Z'],
      [5, 'add', '2026-12-28T08:00:00.000Z'],
    ],
  )
  const { rows } = await sql<Record<string, unknown>>`
    select quantity, charge_start as start, charge_end as end, retail_minor::int as retail from charge_lines where type = 'addQuantity'`.execute(
    world.deps.db,
  )
  // 100.25 × 11 / 31 = 35.57…
  assert.deepEqual(rows, [{ quantity: 5, start: '2026-12-21', end: '2026-12-31', retail: 5 * 3557 }])
  assert.equal((await subscriptionRow(world.deps, sold.subscriptionId))['provisioning'], 'pending')
})

test('F134 F158 a suspended subscription and a trial keep their number of licenses', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const trialOffer = await givenOffer(world.deps, { kind: 'trial', term: 'P1M' })
  const [trial = sold.subscriptionId] = await givenOrder(world.deps, sold, [trialOffer.line()], 0)
  await provision(world.deps)
  await sql`update subscriptions set status = 'suspended', auto_renew = false where id = ${sold.subscriptionId}`.execute(
    world.deps.db,
  )

  await assert.rejects(changeSubscription(world.deps, sold.agent.actor, change(sold, { quantity: 11 })), {
    reason: 'suspendedNoChange',
  })
  await assert.rejects(
    changeSubscription(world.deps, sold.agent.actor, change({ ...sold, subscriptionId: trial }, { quantity: 26 })),
    { reason: 'trialFixed' },
  )
})

test('F178 of two changes at once on one version one is stored, the other is told', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)

  const outcomes = await Promise.allSettled(
    [11, 12].map((quantity) => changeSubscription(world.deps, sold.agent.actor, change(sold, { quantity }))),
  )

  assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
  const rejected = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult
  assert.equal((rejected.reason as { reason: string }).reason, 'stale')
})

test('S3 S37 the detail shows provider, reseller of record and customer as three parties', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { reseller: true })

  const shown = await detail(world, sold.agent, sold)

  assert.deepEqual(
    [shown.provider.name, shown.reseller?.name, shown.customer.name],
    [sold.provider.name, sold.reseller.name, sold.customer.name],
  )
})

test('S34 S36 S48 the reseller of record opens and manages that one subscription, and no other', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { alone: true, reseller: true })
  const [other = sold.subscriptionId] = await givenOrder(world.deps, sold, [sold.offer.line(1)])
  await provision(world.deps)
  const agent = await user(world, sold.reseller, 'admin_agent', 'reseller')

  assert.deepEqual(
    (await list(world, agent, sold)).map(({ id }) => id),
    [sold.subscriptionId],
  )
  assert.equal((await world.request(agent.actor, 'GET', path({ ...sold, subscriptionId: other }))).status, 404)
  await changeSubscription(world.deps, agent.actor, change(sold, { quantity: 11 }))
  await assert.rejects(
    changeSubscription(world.deps, agent.actor, change({ ...sold, subscriptionId: other }, { quantity: 2 })),
    { reason: 'notFound' },
  )
  const [record] = await historyOf(world, sold.agent, sold)
  assert.equal(record?.onBehalfOf, sold.customer.name)
})

test('S36 S48 a support contact sees its subscription and changes nothing', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { alone: true })
  await changeSubscription(
    world.deps,
    sold.agent.actor,
    change(sold, { supportContactId: sold.reseller.organizationId }),
  )
  const agent = await user(world, sold.reseller, 'admin_agent', 'reseller')

  const shown = await detail(world, agent, sold)

  assert.equal(shown.allowed.addLicenses.ok, false)
  assert.equal(shown.reseller, null)
  await assert.rejects(changeSubscription(world.deps, agent.actor, change(sold, { version: 2, quantity: 11 })), {
    reason: 'accessDenied',
  })
})

test('S44 S68 a reseller associated with the customer manages all subscriptions the provider sold, until the partnership ends', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const sales = await user(world, sold.reseller, 'sales_agent', 'reseller')
  const helpdesk = await user(world, sold.reseller, 'helpdesk_agent', 'reseller')

  await changeSubscription(world.deps, sales.actor, change(sold, { quantity: 11 }))
  await assert.rejects(changeSubscription(world.deps, helpdesk.actor, change(sold, { version: 2, quantity: 12 })), {
    reason: 'accessDenied',
  })
  await assert.rejects(
    changeSubscription(world.deps, sales.actor, change(sold, { version: 2, friendlyName: 'Mine' })),
    { reason: 'accessDenied' },
  )
  await assert.rejects(
    changeSubscription(
      world.deps,
      sales.actor,
      change(sold, { version: 2, resellerPartnerId: sold.reseller.partnerId }),
    ),
    { reason: 'accessDenied' },
  )
  await endPartnership(world, sold)
  assert.equal((await detail(world, sales, sold)).quantity, 11)
  await assert.rejects(changeSubscription(world.deps, sales.actor, change(sold, { version: 2, quantity: 12 })), {
    reason: 'partnershipRequired',
  })
})

test("S36 the provider's cost is in nothing that a reseller or a customer receives, and no price in what a customer does", async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { reseller: true })
  const reseller = await user(world, sold.reseller, 'admin_agent', 'reseller')
  const customer = await givenUser(world.deps, {
    organizationId: sold.customerId,
    kind: 'customer',
    roles: ['global_admin'],
  })
  const pages = [`/portal/v1/customers/${sold.customerId}/subscriptions`, path(sold), `${path(sold)}/history`]

  const texts = async (who: TestUser) =>
    (await Promise.all(pages.map((page) => world.request(who.actor, 'GET', page))))
      .map(({ body }) => JSON.stringify(body))
      .join()
  const csv = await world.request(reseller.actor, 'GET', '/portal/v1/charge-lines/export')

  assert.match(await texts(sold.agent), /80\.5/)
  assert.doesNotMatch(await texts(reseller), /80\.5|cost/i)
  assert.match(await texts(reseller), /100\.25/)
  assert.doesNotMatch(await texts(customer), /80\.5|100\.25|cost|retail/i)
  assert.doesNotMatch(String(csv.body), /80\.5|805/)
  assert.match(String(csv.body), /100\.25/)
})

test('S40 S43 the export of charges has the MPN ID on each line; a reseller gets its own lines only', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { reseller: true })
  await givenOrder(world.deps, sold, [sold.offer.line(3)])
  const admin = await user(world, sold.provider, 'billing_admin')
  const reseller = await user(world, sold.reseller, 'billing_admin', 'reseller')

  const own = String((await world.request(admin.actor, 'GET', '/portal/v1/charge-lines/export')).body)
  const theirs = String((await world.request(reseller.actor, 'GET', '/portal/v1/charge-lines/export')).body)

  assert.equal(own.trim().split('\r\n').length, 3)
  assert.equal(own.split(sold.reseller.partnerId).length, 2)
  assert.equal(theirs.trim().split('\r\n').length, 2)
  assert.match(theirs, new RegExp(sold.reseller.partnerId))
  assert.equal((await world.request(sold.agent.actor, 'GET', '/portal/v1/charge-lines/export')).status, 403)
})

test('S38 the export of subscriptions has the reseller and its MPN ID', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { reseller: true })

  const csv = String((await world.request(sold.agent.actor, 'GET', '/portal/v1/subscriptions/export')).body)

  const [header = '', row = ''] = csv.split('\r\n')
  assert.match(header, /Reseller \(MPN ID\)/)
  assert.ok(row.includes(sold.reseller.name) && row.includes(sold.reseller.partnerId) && row.includes('100.25'))
})

test('S93 F154 F156 a full upgrade keeps the subscription, gives back the rest of the old price and charges the new one', async () => {
  await using world = await testWorld()
  const big = await givenOffer(world.deps, { title: 'Business Premium', cost: '150', retail: '200' })
  const sold = await givenSold(world, { conversions: [big.key], reseller: true })

  world.now = new Date('2026-12-17T00:00:00Z')
  const reply = await world.request(sold.agent.actor, 'POST', `${path(sold)}/upgrade`, {
    version: 1,
    productId: big.productId,
    skuId: big.skuId,
    quantity: 10,
  })

  assert.deepEqual(reply.body, {
    kind: 'full',
    subscriptionId: sold.subscriptionId,
    sourceId: sold.subscriptionId,
    sourceVersion: 2,
  })
  const row = await subscriptionRow(world.deps, sold.subscriptionId)
  assert.deepEqual(
    [row['title'], row['quantity'], row['cancelUntil'], row['version']],
    ['Business Premium', 10, null, 2],
  )
  const { rows } = await sql<Record<string, unknown>>`
    select quantity, retail_minor::int as retail, reseller_partner_id as reseller from charge_lines where type = 'convert' order by quantity`.execute(
    world.deps.db,
  )
  // 15 of 31 days: 48.50 back and 96.77 charged for each.
  assert.deepEqual(rows, [
    { quantity: -10, retail: -48_500, reseller: sold.reseller.partnerId },
    { quantity: 10, retail: 96_770, reseller: sold.reseller.partnerId },
  ])
})

test('S93 F154 a partial upgrade makes a second subscription that ends on the same day and keeps reseller and support contact', async () => {
  await using world = await testWorld()
  const big = await givenOffer(world.deps, { title: 'Business Premium', retail: '200' })
  const sold = await givenSold(world, { conversions: [big.key], reseller: true })
  await changeSubscription(
    world.deps,
    sold.agent.actor,
    change(sold, { supportContactId: sold.reseller.organizationId }),
  )

  world.now = new Date('2026-12-17T00:00:00Z')
  const reply = await world.request<{ subscriptionId: SubscriptionId }>(
    sold.agent.actor,
    'POST',
    `${path(sold)}/upgrade`,
    {
      version: 2,
      productId: big.productId,
      skuId: big.skuId,
      quantity: 4,
    },
  )
  await provision(world.deps)

  const next = await detail(world, sold.agent, { ...sold, subscriptionId: reply.body.subscriptionId })
  const old = await detail(world, sold.agent, sold)
  assert.deepEqual(
    [old.quantity, old.endOn, next.quantity, next.endOn, next.startOn, next.status],
    [6, '2027-11-30', 4, '2027-11-30', '2026-12-17', 'active'],
  )
  assert.deepEqual(
    [next.reseller?.partnerId, next.supportContact?.name, next.upgradedFrom?.id],
    [sold.reseller.partnerId, sold.reseller.name, sold.subscriptionId],
  )
  assert.deepEqual([old.lots.map(({ quantity }) => quantity), next.lots.map(({ quantity }) => quantity)], [[6], [4]])
  assert.ok(
    (await historyOf(world, sold.agent, { ...sold, subscriptionId: next.id as SubscriptionId })).some(
      ({ action }) => action === 'subscription.upgraded',
    ),
  )
})

test('F154 an upgrade to a product that is no conversion, or of a stale version, is refused', async () => {
  await using world = await testWorld()
  const big = await givenOffer(world.deps)
  const other = await givenOffer(world.deps)
  const sold = await givenSold(world, { conversions: [big.key] })
  const upgrade = (target: TestOffer, version: number) =>
    world.request<Refused>(sold.agent.actor, 'POST', `${path(sold)}/upgrade`, {
      version,
      productId: target.productId,
      skuId: target.skuId,
      quantity: 10,
    })

  assert.equal((await upgrade(other, 1)).body.name, 'upgradeNotPossible')
  assert.equal((await upgrade(big, 7)).body.name, 'stale')
  assert.equal((await subscriptionRow(world.deps, sold.subscriptionId))['version'], 1)
})

test('F129 F154 a subscription whose term has run out gets no licenses and no upgrade, and says so', async () => {
  await using world = await testWorld()
  const big = await givenOffer(world.deps)
  const sold = await givenSold(world, { conversions: [big.key] })
  const add = () => world.request<Refused>(sold.agent.actor, 'PATCH', path(sold), { version: 1, quantity: 11 })
  const upgrade = () =>
    world.request<Refused>(sold.agent.actor, 'POST', `${path(sold)}/upgrade`, {
      version: 1,
      productId: big.productId,
      skuId: big.skuId,
      quantity: 10,
    })

  world.now = new Date('2027-12-01T00:00:00Z')
  const replies = [await add(), await upgrade()]

  assert.deepEqual(
    replies.map(({ status, body }) => [status, body.name]),
    [
      [409, 'subscriptionNotActive'],
      [409, 'subscriptionNotActive'],
    ],
  )
  const { allowed } = await detail(world, sold.agent, sold)
  assert.deepEqual([allowed.addLicenses.ok, allowed.upgrade.ok], [false, false])
  world.now = new Date('2027-11-30T23:59:59Z')
  await advance(world.deps, sold.provider.organizationId, world.now)
  assert.equal((await add()).status, 200)
})

test('S45 owner rights of a usage-based service are shown as open until somebody confirms them; association alone claims nothing', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const usage = await givenOffer(world.deps, { kind: 'usage', term: '', billingPlan: '' })
  const [subscriptionId = newId<'subscription'>()] = await givenOrder(world.deps, market, [usage.line(1)], 0)
  await provision(world.deps)
  const sold = { ...market, offer: usage, subscriptionId, customerId: market.customer.customerId }
  const grant = { resellerId: market.reseller.organizationId }

  const before = (await detail(world, sold.agent, sold)).ownerAccess
  assert.deepEqual(before?.resellers, [
    { id: market.reseller.organizationId, name: market.reseller.name, confirmedAt: null, confirmedBy: null },
  ])
  assert.match(before?.consoleUrl ?? '', /^https:/)
  assert.equal(
    (await world.request(sold.agent.actor, 'PUT', `${path(sold)}/owner-grant`, { resellerId: newId() })).status,
    404,
  )
  assert.equal((await world.request(sold.agent.actor, 'PUT', `${path(sold)}/owner-grant`, grant)).status, 204)
  assert.equal((await detail(world, sold.agent, sold)).ownerAccess?.resellers[0]?.confirmedBy, 'Selin Satış')
  assert.equal((await world.request(sold.agent.actor, 'DELETE', `${path(sold)}/owner-grant`, grant)).status, 204)
  assert.equal((await detail(world, sold.agent, sold)).ownerAccess?.resellers[0]?.confirmedAt, null)
})

test('S103 a product that earns no incentive says so, and the association is stored all the same', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { reseller: true, incentive: false })

  const shown = await detail(world, sold.agent, sold)

  assert.deepEqual([shown.incentive, shown.reseller?.partnerId], ['notApplicable', sold.reseller.partnerId])
})

test('S2 S94 who may change what: roles outside the flow and customers change nothing, helpdesk agents add licenses and rename', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const billing = await user(world, sold.provider, 'billing_admin')
  const helpdesk = await user(world, sold.provider, 'helpdesk_agent')
  const customer = await givenUser(world.deps, {
    organizationId: sold.customerId,
    kind: 'customer',
    roles: ['global_admin'],
  })

  for (const who of [billing, customer]) {
    const reply = await world.request<Refused & { data: string[] }>(who.actor, 'PATCH', path(sold), {
      version: 1,
      quantity: 11,
    })
    assert.deepEqual([reply.status, reply.body.name], [403, 'accessDenied'])
  }
  const refusedReseller = await world.request<{ data: string[] }>(helpdesk.actor, 'PATCH', path(sold), {
    version: 1,
    resellerPartnerId: null,
  })
  assert.deepEqual(refusedReseller.body.data, ['global_admin', 'user_management_admin', 'admin_agent', 'sales_agent'])
  assert.equal(
    (await world.request(helpdesk.actor, 'PATCH', path(sold), { version: 1, quantity: 11, friendlyName: 'Depot' }))
      .status,
    200,
  )
})

test("another provider's subscription looks as if it did not exist, in every call", async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const other = await givenProvider(world.deps, { name: 'Başka' })
  const agent = await user(world, other, 'global_admin')
  const own = await givenCustomer(world.deps, other)

  const calls: ['GET' | 'PATCH' | 'POST', string, unknown?][] = [
    ['GET', `/portal/v1/customers/${sold.customerId}/subscriptions`],
    ['GET', path(sold)],
    ['GET', `${path(sold)}/history`],
    ['PATCH', path(sold), { version: 1, quantity: 11 }],
    ['POST', `${path(sold)}/upgrade`, { version: 1, productId: 'X', skuId: '0001', quantity: 1 }],
    ['POST', `${path(sold)}/provisioning-retry`],
    // The right subscription under a customer of one's own.
    ['GET', path({ ...sold, customerId: own.customerId })],
    ['PATCH', path({ ...sold, customerId: own.customerId }), { version: 1, quantity: 11 }],
  ]
  for (const [method, url, body] of calls)
    assert.equal((await world.request(agent.actor, method, url, body)).status, 404, `${method} ${url}`)
})

test('S104 the list has tabs by kind with counts, and pages', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world)
  const trial = await givenOffer(world.deps, { kind: 'trial', term: 'P1M' })
  await givenOrder(world.deps, sold, [sold.offer.line(1), sold.offer.line(2)])
  await givenOrder(world.deps, sold, [trial.line()], 0)
  await sql`update subscriptions set status = 'expired', auto_renew = false where id = ${sold.subscriptionId}`.execute(
    world.deps.db,
  )
  const base = `/portal/v1/customers/${sold.customerId}/subscriptions`
  type Reply = { items: SubscriptionListItem[]; next: string | null; counts: Record<string, number> }
  const ask = async (query: string) => (await world.request<Reply>(sold.agent.actor, 'GET', `${base}${query}`)).body

  const first = await ask('?tab=license&size=1')
  const second = await ask(`?tab=license&size=1&cursor=${first.next ?? ''}`)

  assert.deepEqual([first.items[0]?.quantity, second.items[0]?.quantity, second.next], [2, 1, null])
  assert.deepEqual(first.counts, { all: 4, license: 2, addon: 0, trial: 1, usage: 0, software: 0, ended: 1 })
  assert.deepEqual(
    (await ask('?tab=ended')).items.map(({ id }) => id),
    [sold.subscriptionId],
  )
  assert.equal((await world.request(sold.agent.actor, 'GET', `${base}?cursor=nonsense`)).status, 400)
})

interface Refused {
  readonly name: string
  readonly fields: { field: string }[]
}

interface GivenSold {
  readonly provisioned?: boolean
  /** The reseller is reseller of record. */
  readonly reseller?: boolean
  /** The customer is not associated with the reseller. */
  readonly alone?: boolean
  readonly conversions?: readonly string[]
  readonly incentive?: boolean
}

/** A subscription of ten licenses, provisioned. */
async function givenSold(
  world: TestWorld,
  { provisioned = true, reseller = false, alone = false, conversions = [], incentive = true }: GivenSold = {},
): Promise<Sold> {
  const given = await givenMarket(world)
  const market = alone ? { ...given, customer: await givenCustomer(world.deps, given.provider) } : given
  const offer = await givenOffer(world.deps, { conversions, incentive })
  const [subscriptionId] = await givenOrder(world.deps, market, [
    offer.line(10, reseller ? market.reseller.partnerId : null),
  ])
  if (!subscriptionId) throw new Error('The order has a line.')
  if (provisioned) await provision(world.deps)
  return { ...market, offer, subscriptionId, customerId: market.customer.customerId }
}

async function user(
  world: TestWorld,
  { organizationId }: TestOrganization,
  role: Role,
  kind: 'provider' | 'reseller' = 'provider',
): Promise<TestUser> {
  return await givenUser(world.deps, { organizationId, kind, roles: [role] })
}

function path({ customerId, subscriptionId }: Pick<Sold, 'customerId' | 'subscriptionId'>): string {
  return `/portal/v1/customers/${customerId}/subscriptions/${subscriptionId}`
}

async function list(
  world: TestWorld,
  who: TestUser,
  { customerId }: Pick<Sold, 'customerId'>,
): Promise<readonly SubscriptionListItem[]> {
  const reply = await world.request<{ items: SubscriptionListItem[] }>(
    who.actor,
    'GET',
    `/portal/v1/customers/${customerId}/subscriptions`,
  )
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply.body.items
}

async function detail(
  world: TestWorld,
  who: TestUser,
  sold: Pick<Sold, 'customerId' | 'subscriptionId'>,
): Promise<SubscriptionDetail> {
  const reply = await world.request<SubscriptionDetail>(who.actor, 'GET', path(sold))
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply.body
}

async function historyOf(
  world: TestWorld,
  who: TestUser,
  sold: Pick<Sold, 'customerId' | 'subscriptionId'>,
): Promise<SubscriptionHistory['items']> {
  const reply = await world.request<SubscriptionHistory>(who.actor, 'GET', `${path(sold)}/history`)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply.body.items
}

async function column(world: TestWorld, table: string, name: string): Promise<readonly unknown[]> {
  const { rows } = await world.deps.pool.query<{ value: unknown }>(`select ${name} as value from ${table} order by id`)
  return rows.map(({ value }) => value)
}

async function endPartnership(world: TestWorld, { provider, reseller }: Market): Promise<void> {
  await sql`alter table partnerships drop constraint partnerships_ended_is_attested`.execute(world.deps.db)
  await sql`update partnerships set state = 'ended', ended_at = now()
    where provider_id = ${provider.organizationId} and reseller_id = ${reseller.organizationId}`.execute(world.deps.db)
}

test('S48 a reseller does not learn of another reseller, neither on the page nor in the history', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { reseller: true })
  const other = await givenReseller(world.deps, { name: 'Ege Yazılım' })
  await givenPartnership(world.deps, sold.provider, other)
  const agent = await user(world, sold.reseller, 'admin_agent', 'reseller')
  const rival = await user(world, other, 'admin_agent', 'reseller')

  await changeSubscription(
    world.deps,
    sold.agent.actor,
    change(sold, { quantity: 11, supportContactId: other.organizationId }),
  )
  const seen = JSON.stringify([await detail(world, agent, sold), await historyOf(world, agent, sold)])
  const rivalSees = JSON.stringify([await detail(world, rival, sold), await historyOf(world, rival, sold)])
  await changeSubscription(
    world.deps,
    sold.agent.actor,
    change(sold, { version: 2, resellerPartnerId: other.partnerId }),
  )
  const replaced = JSON.stringify([await detail(world, rival, sold), await historyOf(world, rival, sold)])

  assert.doesNotMatch(seen, /Ege/)
  assert.match(seen, /"quantity":11/)
  assert.doesNotMatch(rivalSees, new RegExp(sold.reseller.partnerId))
  assert.doesNotMatch(replaced, new RegExp(sold.reseller.partnerId))
})

test('B22 S48 what one reseller did to a subscription another one sees without its name', async () => {
  await using world = await testWorld()
  const sold = await givenSold(world, { reseller: true })
  const other = await givenReseller(world.deps, { name: 'Ege Yazılım' })
  await givenPartnership(world.deps, sold.provider, other)
  await changeSubscription(world.deps, sold.agent.actor, change(sold, { supportContactId: other.organizationId }))
  const agent = await user(world, sold.reseller, 'admin_agent', 'reseller')
  const supporter = await user(world, other, 'helpdesk_agent', 'reseller')

  await changeSubscription(world.deps, agent.actor, change(sold, { version: 2, quantity: 12 }))

  const [own] = await historyOf(world, agent, sold)
  const [rivals] = await historyOf(world, supporter, sold)
  const [providers] = await historyOf(world, sold.agent, sold)
  assert.deepEqual([own?.by.name, providers?.by.name], [agent.actor.userName, agent.actor.userName])
  assert.deepEqual([rivals?.by, rivals?.after], [{ name: '', organization: '' }, { quantity: 12 }])
})

test('A31 a suspended provider upgrades nothing, and its page says why; licenses may still be added', async () => {
  await using world = await testWorld()
  const big = await givenOffer(world.deps)
  const sold = await givenSold(world, { conversions: [big.key] })
  await sql`update organizations set status = 'suspended' where id = ${sold.provider.organizationId}`.execute(
    world.deps.db,
  )
  const target = { version: 1, productId: big.productId, skuId: big.skuId, quantity: 10 }

  const refused = await world.request<Refused>(sold.agent.actor, 'POST', `${path(sold)}/upgrade`, target)

  assert.equal(refused.body.name, 'partnerSuspended')
  assert.deepEqual((await detail(world, sold.agent, sold)).allowed.upgrade, { ok: false, reason: 'partnerSuspended' })
  const added = await changeSubscription(world.deps, sold.agent.actor, change(sold, { quantity: 11 }))
  assert.deepEqual(added.changed, ['quantity'])
})
