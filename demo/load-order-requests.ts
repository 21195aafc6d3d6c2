import { acceptOrderRequest } from '../src/features/orders/accept-order-request.ts'
import { declineOrderRequest } from '../src/features/orders/decline-order-request.ts'
import { draftOrderRequest } from '../src/features/orders/draft-order-request.ts'
import { readOrderFacts } from '../src/features/orders/read-order-facts.ts'
import { priceOrder } from '../src/features/orders/rules.ts'
import { withdrawOrderRequest } from '../src/features/orders/withdraw-order-request.ts'
import type { WantedLine } from '../src/features/orders/wire.ts'
import type { CustomerId, OrderRequestId, OrganizationId } from '../src/kernel/ids.ts'
import { dayMs, utcDay } from '../src/kernel/time.ts'
import { sendIn } from '../src/platform/batch.ts'
import { customers, type DemoCustomer } from './customers.ts'
import { keyOf, readOffers } from './offers.ts'
import { resellers } from './parties.ts'
import { actorOf, type Stage, tenantOf } from './stage.ts'

/** How the requests of the demo world stand, oldest first: how long ago each was written, and what became of it. */
const plan = [
  { daysAgo: 15, become: 'declined' },
  { daysAgo: 11, become: 'withdrawn' },
  { daysAgo: 9, become: 'declined' },
  { daysAgo: 6, become: 'sent' },
  { daysAgo: 4, become: 'accepted' },
  { daysAgo: 3, become: 'sent' },
  { daysAgo: 2, become: 'accepted' },
  { daysAgo: 2, become: 'draft' },
  { daysAgo: 1, become: 'sent' },
  { daysAgo: 1, become: 'draft' },
  { daysAgo: 0, become: 'sent' },
] as const

const words = {
  TR: {
    notes: ['Yeni şube için gerekiyor.', 'Satın alma numarası 2026-1174.', 'Müşteri ay sonundan önce istiyor.', ''],
    reasons: ['Müşterinin ödemesi gecikmiş; önce onu çözelim.', 'Bu ürün yakında değişiyor, birlikte bakalım.'],
  },
  US: {
    notes: [
      'For the new branch office.',
      'Purchase order 2026-1174.',
      'The customer wants it before the month ends.',
      '',
    ],
    reasons: [
      'The customer has an overdue payment; let us settle that first.',
      'This product changes soon, let us look together.',
    ],
  },
} as const

/** Loads requests of resellers to their providers, in every state. The accepted ones are ordered today. */
export async function loadOrderRequests(stage: Stage): Promise<void> {
  const partners = new Set(resellers.filter(({ standing }) => standing === 'partner').map(({ key }) => key))
  const asking = customers.filter(
    ({ reseller, how, country, segment }) =>
      reseller !== null && partners.has(reseller) && how === 'attested' && country !== 'AZ' && segment === 'commercial',
  )
  for (const [turn, { daysAgo, become }] of plan.entries()) {
    const customer = asking[(turn * 5 + 1) % asking.length]
    if (customer) await ask(stage, customer, turn, daysAgo, become)
  }
}

async function ask(
  stage: Stage,
  customer: DemoCustomer,
  turn: number,
  daysAgo: number,
  become: (typeof plan)[number]['become'],
): Promise<void> {
  const said = customer.country === 'TR' ? words.TR : words.US
  const customerId = tenantOf(stage, customer.prefix).tenantId as CustomerId
  const providerId = tenantOf(stage, customer.provider).tenantId as OrganizationId
  const at = stage.at(daysAgo, 8 + (turn % 7))
  const asker = actorOf(stage, customer.reseller ?? '', turn % 2 === 0 ? 'sales_agent' : 'admin_agent')
  const lines = await chooseLines(stage, customer, customerId, turn, at)
  const { id } = await draftOrderRequest(stage.deps, asker, {
    customerId,
    providerId,
    kind: 'new',
    lines,
    wishOn: turn % 3 === 2 ? null : utcDay(new Date(at.getTime() + (10 + turn) * dayMs)),
    note: said.notes[turn % said.notes.length] ?? '',
    send: become !== 'draft',
  })
  const which = { customerId, orderRequestId: id as OrderRequestId }
  const agent = actorOf(stage, customer.provider, turn % 2 === 0 ? 'admin_agent' : 'sales_agent')
  stage.at(Math.max(daysAgo - 1, 0), 16)
  if (become === 'withdrawn') await withdrawOrderRequest(stage.deps, asker, which)
  if (become === 'declined') {
    const reason = said.reasons[turn % said.reasons.length] ?? ''
    await declineOrderRequest(stage.deps, agent, { ...which, reason })
  }
  if (become !== 'accepted') return
  const partnerId = resellers.find(({ key }) => key === customer.reseller)?.locationIds[0] ?? null
  const now = stage.at(0, 7 + turn / 4)
  const wanted = lines.map((line) => ({ ...line, resellerPartnerId: partnerId }))
  const facts = await factsOf(stage, providerId, customerId, wanted, now)
  await acceptOrderRequest(stage.deps, agent, {
    ...which,
    resellers: wanted.map(() => partnerId),
    attestation: facts.attestationVersion,
    expectedTotalRetail: Number(priceOrder(facts, wanted, now).totalRetailMinor),
  })
}

/** One or two licenses that the customer can buy and does not have. */
async function chooseLines(stage: Stage, customer: DemoCustomer, customerId: CustomerId, turn: number, at: Date) {
  const owned = await stage.deps.db
    .selectFrom('subscriptions')
    .select(['product_id as productId', 'sku_id as skuId'])
    .where('customer_id', '=', customerId)
    .execute()
  const taken = new Set(owned.map(keyOf))
  const offers = (await readOffers(stage.deps.db, customer.country, customer.segment, at)).filter(
    (offer) =>
      offer.kind === 'license' &&
      offer.term === 'P1Y' &&
      offer.min <= 60 &&
      offer.prerequisites.length === 0 &&
      !taken.has(keyOf(offer)),
  )
  const first = offers[(turn * 13) % offers.length]
  const second = turn % 3 === 0 ? offers.find((offer) => first && keyOf(offer) !== keyOf(first)) : undefined
  return [first, second].flatMap((offer, index) =>
    offer
      ? [
          {
            productId: offer.productId,
            skuId: offer.skuId,
            term: offer.term,
            billingPlan: offer.billingPlan,
            quantity: Math.min(Math.max(offer.min, 3 + turn * 2 + index), offer.max),
            friendlyName: '',
          },
        ]
      : [],
  )
}

async function factsOf(
  stage: Stage,
  providerId: OrganizationId,
  customerId: CustomerId,
  wanted: readonly WantedLine[],
  at: Date,
) {
  return await stage.deps.db
    .transaction()
    .execute((tx) => readOrderFacts(sendIn(tx), providerId, { id: customerId }, wanted, at, { hold: false }))
}
