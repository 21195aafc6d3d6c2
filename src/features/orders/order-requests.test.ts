import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Refusal } from '../../kernel/errors.ts'
import {
  type CustomerId,
  newId,
  type OrderRequestId,
  type PartnershipId,
  type SubscriptionId,
} from '../../kernel/ids.ts'
import type { Actor } from '../../platform/context.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenCustomer } from '../customers/test-customers.ts'
import { removePartnership } from '../partnerships/remove-partnership.ts'
import { givenProvider, givenReseller } from '../program/test-organizations.ts'
import { provision } from '../subscriptions/test-subscriptions.ts'
import { acceptOrderRequest } from './accept-order-request.ts'
import { declineOrderRequest } from './decline-order-request.ts'
import { changeOrderRequest, draftOrderRequest } from './draft-order-request.ts'
import { listOrderRequests } from './list-order-requests.ts'
import { listAskableOffers, listSellers, readOrderRequest } from './read-order-request.ts'
import { decideOnRequest } from './rules/requests.ts'
import { sendOrderRequest } from './send-order-request.ts'
import {
  attestation,
  givenMarket,
  givenOffer,
  type GivenOffer,
  givenOrder,
  type Market,
  withRequestId,
} from './test-orders.ts'
import { withdrawOrderRequest } from './withdraw-order-request.ts'
import type { RequestedLineInput } from './wire/requests.ts'

interface Asking extends Market {
  readonly asker: Actor
  readonly which: (id: string) => { readonly customerId: CustomerId; readonly orderRequestId: OrderRequestId }
}

async function givenAsking(world: TestWorld): Promise<Asking> {
  const market = await givenMarket(world)
  const { actor } = await givenUser(world.deps, {
    organizationId: market.reseller.organizationId,
    kind: 'reseller',
    roles: ['sales_agent'],
    name: 'Rana Bayi',
  })
  const { customerId } = market.customer
  return { ...market, asker: actor, which: (id) => ({ customerId, orderRequestId: id as OrderRequestId }) }
}

async function lineOf(world: TestWorld, quantity = 10, given: GivenOffer = {}): Promise<RequestedLineInput> {
  const { resellerPartnerId: _, ...line } = (await givenOffer(world.deps, given)).line(quantity)
  return line
}

async function ask(
  world: TestWorld,
  { asker, customer, provider }: Asking,
  lines: readonly RequestedLineInput[],
  given: { readonly send?: boolean; readonly actor?: Actor } = {},
) {
  return await draftOrderRequest(world.deps, given.actor ?? asker, {
    customerId: customer.customerId,
    providerId: provider.organizationId,
    kind: 'new',
    lines: [...lines],
    wishOn: '2026-12-20',
    note: 'PO 4711',
    send: given.send ?? true,
  })
}

function acceptance(asking: Asking, id: string, total: number, resellers: (string | null)[]) {
  return { ...asking.which(id), resellers, attestation, expectedTotalRetail: total }
}

test('an act on a request is allowed in its states only; what is so already is nothing', () => {
  assert.equal(decideOnRequest('send', { status: 'draft' }), 'go')
  assert.equal(decideOnRequest('send', { status: 'sent' }), 'nothing')
  assert.equal(decideOnRequest('withdraw', { status: 'withdrawn' }), 'nothing')
  assert.deepEqual(decideOnRequest('change', { status: 'sent' }), { refuse: 'requestSent' })
  assert.deepEqual(decideOnRequest('withdraw', { status: 'accepted' }), { refuse: 'requestAnswered' })
  assert.deepEqual(decideOnRequest('accept', { status: 'withdrawn' }), { refuse: 'requestWithdrawn' })
  assert.deepEqual(decideOnRequest('decline', { status: 'accepted' }), { refuse: 'requestAnswered' })
})

test('B15 a draft is its reseller’s own until it is sent; then the provider sees it, is told, and can do nothing to its lines', async () => {
  await using world = await testWorld()
  const asking = await givenAsking(world)
  const line = await lineOf(world)
  const draft = await ask(world, asking, [line], { send: false })

  assert.equal(draft.status, 'draft')
  await assert.rejects(readOrderRequest(world.deps, asking.agent.actor, asking.which(draft.id)), { reason: 'notFound' })
  const filters = { state: 'all', size: 50 } as const
  assert.deepEqual((await listOrderRequests(world.deps, asking.agent.actor, filters)).items, [])
  assert.equal((await listOrderRequests(world.deps, asking.asker, filters)).items.length, 1)

  const changed = await changeOrderRequest(world.deps, asking.asker, {
    ...asking.which(draft.id),
    kind: 'new',
    lines: [{ ...line, quantity: 12 }],
    wishOn: null,
    note: '',
    send: false,
    version: 1,
  })
  const again = changeOrderRequest(world.deps, asking.asker, {
    ...asking.which(draft.id),
    kind: 'new',
    lines: [line],
    wishOn: null,
    note: '',
    send: false,
    version: 1,
  })
  await assert.rejects(again, { reason: 'stale' })
  const sent = await sendOrderRequest(world.deps, asking.asker, asking.which(draft.id))
  const twice = await sendOrderRequest(world.deps, asking.asker, asking.which(draft.id))

  assert.deepEqual([changed.version, sent.version, twice.version], [2, 3, 3])
  const seen = await readOrderRequest(world.deps, asking.agent.actor, asking.which(draft.id))
  assert.deepEqual([seen.status, seen.lines[0]?.quantity, seen.lines[0]?.unitRetail], ['sent', 12, '100.250000'])
  assert.equal(await count(world, "notifications where kind = 'orderRequestSent'"), 1)
  assert.equal(await count(world, "audit_records where action = 'order_request.sent'"), 1)
  assert.equal(await count(world, "events where type = 'order_request.sent'"), 1)
})

test('B22 a reseller sees retail prices of what it may ask for, and nothing of cost', async () => {
  await using world = await testWorld()
  const asking = await givenAsking(world)
  const line = await lineOf(world, 5, { cost: '71.234567', retail: '99.99' })
  const { customerId } = asking.customer
  const providerId = asking.provider.organizationId

  const offers = await listAskableOffers(world.deps, asking.asker, { customerId, providerId, size: 50 })
  const { id } = await ask(world, asking, [line], { send: false })
  const draft = await readOrderRequest(world.deps, asking.asker, asking.which(id))

  assert.equal(offers.items[0]?.options[0]?.unitRetail, '99.990000')
  assert.equal(draft.offers[0]?.options[0]?.unitRetail, '99.990000')
  assert.ok(!/71\.23|cost/i.test(JSON.stringify([offers, draft])))
  const { items } = await listSellers(world.deps, asking.asker, { customerId })
  assert.deepEqual(items, [{ id: providerId, name: asking.provider.name, reason: null, reasonText: null }])
})

test('A24 accepting orders the lines and answers the request in one step, with the asking reseller of record', async () => {
  await using world = await testWorld()
  const asking = await givenAsking(world)
  const { id } = await ask(world, asking, [await lineOf(world, 10), await lineOf(world, 2)])
  const { partnerId } = asking.reseller
  const actor = withRequestId(asking.agent.actor, 'accept-1')

  const input = acceptance(asking, id, 12 * 10_025, [partnerId, null])
  const [one, other] = await Promise.all([
    acceptOrderRequest(world.deps, actor, input),
    acceptOrderRequest(world.deps, actor, input),
  ])

  assert.deepEqual(one, other)
  assert.equal(one.order?.lines.length, 2)
  assert.equal(await count(world, 'orders'), 1)
  const seen = await readOrderRequest(world.deps, asking.asker, asking.which(id))
  assert.deepEqual([seen.status, seen.order?.id, seen.order?.number], ['accepted', one.order?.id, one.order?.number])
  assert.equal(await count(world, 'order_lines where reseller_partner_id is not null'), 1)
  assert.equal(await count(world, "notifications where kind = 'orderRequestAccepted'"), 1)
  assert.equal(await count(world, "notifications where kind = 'orderRequestSent' and completed_at is null"), 0)
})

test('two agents who accept at once come to one order; the second is told that the request is answered', async () => {
  await using world = await testWorld()
  const asking = await givenAsking(world)
  const { id } = await ask(world, asking, [await lineOf(world, 1)])
  const { actor } = await givenUser(world.deps, {
    organizationId: asking.provider.organizationId,
    kind: 'provider',
    roles: ['admin_agent'],
    name: 'Aslı Aracı',
  })
  const input = acceptance(asking, id, 10_025, [null])

  const answers = await Promise.allSettled([
    acceptOrderRequest(world.deps, asking.agent.actor, input),
    acceptOrderRequest(world.deps, actor, input),
  ])

  assert.deepEqual(answers.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Refusal] : []))
  assert.equal(refusals[0]?.reason, 'requestAnswered')
  assert.equal(await count(world, 'orders'), 1)
})

test('what bars an order bars the acceptance, and the request stays open', async () => {
  await using world = await testWorld()
  const asking = await givenAsking(world)
  const { id } = await ask(world, asking, [await lineOf(world, 1)])
  const refusals = [
    [acceptance(asking, id, 999, [null]), 'priceChanged'],
    [{ ...acceptance(asking, id, 10_025, [null]), attestation: '1999-01' }, 'attestationRequired'],
    [acceptance(asking, id, 10_025, []), 'invalidRequest'],
    [acceptance(asking, id, 10_025, ['999999999']), 'mpnIdNotFound'],
  ] as const

  for (const [input, reason] of refusals) {
    const accepted = acceptOrderRequest(world.deps, asking.agent.actor, { ...input, resellers: [...input.resellers] })
    await assert.rejects(accepted, { reason }, reason)
  }
  assert.equal((await readOrderRequest(world.deps, asking.asker, asking.which(id))).status, 'sent')
  assert.equal(await count(world, 'orders'), 0)
})

test('declining gives the reason to the reseller, once; after that nothing can be done', async () => {
  await using world = await testWorld()
  const asking = await givenAsking(world)
  const { id } = await ask(world, asking, [await lineOf(world)])
  const input = { ...asking.which(id), reason: 'Kredi sınırı dolu.' }

  await declineOrderRequest(world.deps, asking.agent.actor, input)
  await declineOrderRequest(world.deps, asking.agent.actor, input)

  const seen = await readOrderRequest(world.deps, asking.asker, asking.which(id))
  assert.deepEqual(
    [seen.status, seen.declineReason, seen.answeredBy],
    ['declined', 'Kredi sınırı dolu.', 'Selin Satış'],
  )
  assert.equal(await count(world, "notifications where kind = 'orderRequestDeclined'"), 1)
  await assert.rejects(withdrawOrderRequest(world.deps, asking.asker, asking.which(id)), { reason: 'requestAnswered' })
  const late = acceptOrderRequest(world.deps, asking.agent.actor, acceptance(asking, id, 100_250, [null]))
  await assert.rejects(late, { reason: 'requestAnswered' })
})

test('a withdrawn request cannot be accepted; a withdrawn draft was never the provider’s', async () => {
  await using world = await testWorld()
  const asking = await givenAsking(world)
  const sent = await ask(world, asking, [await lineOf(world)])
  const draft = await ask(world, asking, [await lineOf(world)], { send: false })

  for (const { id } of [sent, sent, draft]) await withdrawOrderRequest(world.deps, asking.asker, asking.which(id))

  const late = acceptOrderRequest(world.deps, asking.agent.actor, acceptance(asking, sent.id, 100_250, [null]))
  await assert.rejects(late, { reason: 'requestWithdrawn' })
  await assert.rejects(readOrderRequest(world.deps, asking.agent.actor, asking.which(draft.id)), { reason: 'notFound' })
  assert.equal(await count(world, "notifications where kind = 'orderRequestWithdrawn'"), 1)
})

test('what could not be ordered cannot be sent, with each line named; a draft may hold it', async () => {
  await using world = await testWorld()
  const asking = await givenAsking(world)
  const many = await lineOf(world, 999, { max: 300 })
  const addOn = await lineOf(world, 1, { kind: 'addon', prerequisites: ['NOTHING/0001'] })
  const { id } = await ask(world, asking, [many, addOn], { send: false })

  await assert.rejects(sendOrderRequest(world.deps, asking.asker, asking.which(id)), (error: unknown) => {
    const { detail } = error as { detail: { fields: { field: string; rule: string }[] } }
    assert.deepEqual(
      detail.fields.map(({ field, rule }) => [field, rule]),
      [
        ['lines.0.quantity', 'quantityOutOfRange'],
        ['lines.1.skuId', 'prerequisiteMissing'],
      ],
    )
    return true
  })
  await assert.rejects(ask(world, asking, []), { reason: 'invalidRequest' })
  await assert.rejects(ask(world, asking, [{ ...many, productId: 'NOSUCH' }], { send: false }), {
    reason: 'offerNotAvailable',
  })
})

test('a provider is asked only for customers it shares with the reseller, and only by a partner', async () => {
  await using world = await testWorld()
  const asking = await givenAsking(world)
  const line = await lineOf(world)
  const stranger = await givenProvider(world.deps)
  const lone = await givenCustomer(world.deps, asking.provider)
  const { actor: other } = await givenUser(world.deps, {
    organizationId: (await givenReseller(world.deps)).organizationId,
    kind: 'reseller',
    roles: ['admin_agent'],
  })
  const { id } = await ask(world, asking, [line], { send: false })

  await assert.rejects(ask(world, { ...asking, provider: stranger }, [line]), { reason: 'notFound' })
  await assert.rejects(ask(world, { ...asking, customer: lone }, [line]), { reason: 'notFound' })
  await assert.rejects(ask(world, asking, [line], { actor: other }), { reason: 'notFound' })
  await assert.rejects(sendOrderRequest(world.deps, other, asking.which(id)), { reason: 'notFound' })

  const { id: partnershipId } = await world.deps.db.selectFrom('partnerships').select('id').executeTakeFirstOrThrow()
  await removePartnership(world.deps, asking.agent.actor, {
    partnershipId: partnershipId as PartnershipId,
    attested: '2026-01',
  })
  await assert.rejects(sendOrderRequest(world.deps, asking.asker, asking.which(id)), { reason: 'partnershipRequired' })
  await assert.rejects(ask(world, asking, [line]), { reason: 'partnershipRequired' })
})

async function askFor(
  world: TestWorld,
  { asker, customer, provider }: Asking,
  change: { readonly kind: 'quantity' | 'cancel'; readonly subscriptionId: SubscriptionId; readonly quantity?: number },
) {
  return await draftOrderRequest(world.deps, asker, {
    customerId: customer.customerId,
    providerId: provider.organizationId,
    lines: [],
    wishOn: null,
    note: '',
    send: true,
    ...change,
  })
}

test('B14 a change of a subscription is asked for, and made when the provider accepts it', async () => {
  await using world = await testWorld()
  const asking = await givenAsking(world)
  const line = (await givenOffer(world.deps)).line(10)
  const [subscriptionId = newId<'subscription'>()] = await givenOrder(world.deps, asking, [line])
  await provision(world.deps)
  const read = async () =>
    await sql<{ quantity: number; status: string }>`select quantity, status from subscriptions`.execute(world.deps.db)

  const more = await askFor(world, asking, { kind: 'quantity', subscriptionId, quantity: 14 })
  assert.deepEqual((await read()).rows, [{ quantity: 10, status: 'active' }])
  await acceptOrderRequest(world.deps, asking.agent.actor, acceptance(asking, more.id, 0, []))
  assert.deepEqual((await read()).rows, [{ quantity: 14, status: 'active' }])
  const again = askFor(world, asking, { kind: 'quantity', subscriptionId, quantity: 14 })
  await assert.rejects(again, { reason: 'invalidRequest' })

  const end = await askFor(world, asking, { kind: 'cancel', subscriptionId })
  const { order } = await acceptOrderRequest(world.deps, asking.agent.actor, acceptance(asking, end.id, 0, []))
  assert.equal(order, null)
  assert.deepEqual((await read()).rows, [{ quantity: 14, status: 'canceled' }])
  const late = askFor(world, asking, { kind: 'quantity', subscriptionId, quantity: 20 })
  await assert.rejects(late, { reason: 'subscriptionNotActive' })
  const unknown = askFor(world, asking, { kind: 'cancel', subscriptionId: newId() })
  await assert.rejects(unknown, { reason: 'notFound' })
})

test('the list pages by keyset, filters by state and finds by customer and product', async () => {
  await using world = await testWorld()
  const asking = await givenAsking(world)
  const special = await lineOf(world, 3, { title: 'Çınar Güvenlik' })
  const ids: string[] = []
  for (let turn = 0; turn < 5; turn += 1)
    ids.unshift((await ask(world, asking, [turn === 2 ? special : await lineOf(world)])).id)
  await withdrawOrderRequest(world.deps, asking.asker, asking.which(ids[0] ?? ''))

  const list = async (filters: object) =>
    await listOrderRequests(world.deps, asking.agent.actor, { state: 'all', size: 2, ...filters })
  const first = await list({})
  const second = await list({ cursor: first.next ?? undefined })

  assert.deepEqual(
    [...first.items, ...second.items].map(({ id }) => id),
    ids.slice(0, 4),
  )
  assert.equal((await list({ state: 'open', size: 50 })).items.length, 4)
  assert.deepEqual(
    (await list({ search: 'cinar' })).items.map(({ id }) => id),
    [ids[2]],
  )
  await assert.rejects(list({ cursor: 'nonsense' }), { reason: 'invalidRequest' })
  const { status, body } = await world.request(asking.agent.actor, 'GET', '/portal/v1/order-requests/export?state=all')
  assert.equal(status, 200)
  assert.equal(String(body).trim().split('\n').length, 6)
})

async function count(world: TestWorld, what: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(what)}`.execute(world.deps.db)
  return rows[0]?.n ?? -1
}
