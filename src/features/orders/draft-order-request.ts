import { fieldRefusal, Refusal } from '../../kernel/errors.ts'
import {
  type CustomerId,
  newId,
  type OrderRequestId,
  type OrganizationId,
  type SubscriptionId,
} from '../../kernel/ids.ts'
import { formatMicros, parseMicros } from '../../kernel/money.ts'
import { searchKey } from '../../kernel/text.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { lookAtSubscription } from '../subscriptions/hold-subscription.ts'
import { holdRequest, requireSeller, type Seller } from './hold-order-request.ts'
import { priceRequest } from './price-request.ts'
import { decideOnRequest, whatRequestLacks } from './rules/requests.ts'
import { sendRequest } from './send-order-request.ts'
import { insertRequest, type RequestContentRow, updateRequest } from './store/requests.ts'
import type {
  ChangeOrderRequest,
  DraftOrderRequest,
  RequestedLine,
  RequestedLineInput,
  StoredOrderRequest,
} from './wire/requests.ts'

/**
 * Drafts what a reseller asks of its provider for a customer they share, and sends it at once if wanted.
 *
 * @throws Refusal notFound, invalidRequest, partnershipRequired, ownAgreementMissing, offerNotAvailable; when it is sent, those
 *   of `sendOrderRequest`.
 */
export async function draftOrderRequest(
  deps: Deps,
  actor: Actor,
  input: DraftOrderRequest,
): Promise<StoredOrderRequest> {
  refuseLacking(input)
  const { result } = await write(deps, actor, async (tx) => {
    const seller = await requireSeller(tx, actor, input.customerId, input.providerId)
    const at = worldNow(deps, seller)
    const id: OrderRequestId = newId()
    const content = await contentOf(tx, actor, input.customerId, seller, input, at)
    await insertRequest(tx, actor, at, { customerId: input.customerId, id, providerId: seller.id }, content)
    await recordContent(tx, actor, at, { customerId: input.customerId, id, seller }, 'order_request.drafted', content)
    if (!input.send) return { id, status: 'draft' as const, version: 1 }
    return await sendRequest(tx, actor, at, await holdRequest(tx, actor, { ...input, orderRequestId: id }))
  })
  return result
}

/**
 * Changes a draft, and sends it if wanted. What was sent stays as it is: withdraw it and ask anew.
 *
 * @throws Refusal notFound, stale, requestSent, requestAnswered, requestWithdrawn, and those of `draftOrderRequest`
 */
export async function changeOrderRequest(
  deps: Deps,
  actor: Actor,
  input: ChangeOrderRequest,
): Promise<StoredOrderRequest> {
  refuseLacking(input)
  const { result } = await write(deps, actor, async (tx) => {
    const held = await holdRequest(tx, actor, input)
    const decision = decideOnRequest('change', held)
    if (typeof decision === 'object') throw new Refusal(decision.refuse)
    if (held.version !== input.version) throw new Refusal('stale')
    const seller = await requireSeller(tx, actor, held.customerId, held.providerId)
    const at = worldNow(deps, held)
    const content = await contentOf(tx, actor, held.customerId, seller, input, at)
    await updateRequest(tx, held, content)
    await recordContent(tx, actor, at, { ...held, seller }, 'order_request.changed', content)
    if (!input.send) return { id: held.id, status: held.status, version: held.version + 1 }
    return await sendRequest(tx, actor, at, await holdRequest(tx, actor, input))
  })
  return result
}

function refuseLacking(input: DraftOrderRequest | ChangeOrderRequest): void {
  const fields = whatRequestLacks(input)
  if (fields.length > 0) throw new Refusal('invalidRequest', { fields })
}

async function contentOf(
  tx: Tx,
  actor: Actor,
  customerId: CustomerId,
  seller: Seller,
  input: DraftOrderRequest | ChangeOrderRequest,
  at: Date,
): Promise<RequestContentRow> {
  const { kind, lines, subscriptionId, wishOn, note } = input
  const kept =
    kind === 'new' || subscriptionId === undefined
      ? await keptLines(tx, customerId, seller.id, lines, at)
      : [await changedLine(tx, actor, { customerId, subscriptionId }, seller, input)]
  const words = [seller.customerName, ...kept.map(({ title }) => title)].join(' ')
  return {
    kind,
    lines: kept,
    subscriptionId: kind === 'new' ? null : (subscriptionId ?? null),
    wishOn,
    note,
    searchKey: searchKey(words),
  }
}

/** The subscription as it is to become. @throws Refusal notFound for one the provider did not sell; invalidRequest for no change */
async function changedLine(
  tx: Tx,
  actor: Actor,
  which: { readonly customerId: CustomerId; readonly subscriptionId: SubscriptionId },
  seller: Seller,
  { kind, quantity }: DraftOrderRequest | ChangeOrderRequest,
): Promise<RequestedLine> {
  const subscription = await lookAtSubscription(tx, actor, which)
  if (subscription.providerId !== seller.id || !subscription.manages) throw new Refusal('notFound')
  if (kind === 'quantity' && quantity === subscription.quantity) throw fieldRefusal('quantity', 'sameQuantity')
  return {
    productId: subscription.productId,
    skuId: subscription.skuId,
    title: subscription.title,
    kind: subscription.kind,
    term: subscription.term,
    billingPlan: subscription.billingPlan,
    quantity: kind === 'quantity' && quantity !== undefined ? quantity : subscription.quantity,
    formerQuantity: subscription.quantity,
    friendlyName: subscription.friendlyName,
    currency: subscription.currency,
    unitRetail: subscription.unitRetail,
  }
}

/** Lines with what the catalog says of them now. @throws Refusal offerNotAvailable for a product nobody knows */
async function keptLines(
  tx: Tx,
  customerId: CustomerId,
  providerId: OrganizationId,
  lines: readonly RequestedLineInput[],
  at: Date,
): Promise<readonly RequestedLine[]> {
  const priced = await priceRequest(tx, customerId, providerId, lines, at)
  const fields = priced.flatMap(({ offer }, index) =>
    offer.sku ? [] : [{ field: `lines.${index}.skuId`, rule: 'offerNotAvailable' }],
  )
  if (fields.length > 0) throw new Refusal('offerNotAvailable', { fields })
  return priced.map(({ wanted, offer }) => ({
    productId: wanted.productId,
    skuId: wanted.skuId,
    title: offer.sku?.title ?? '',
    kind: offer.sku?.kind ?? null,
    term: wanted.term,
    billingPlan: wanted.billingPlan,
    quantity: wanted.quantity,
    formerQuantity: null,
    friendlyName: wanted.friendlyName,
    currency: offer.price?.currency ?? '',
    unitRetail: offer.price && formatMicros(parseMicros(offer.price.unitRetail) ?? 0n),
  }))
}

async function recordContent(
  tx: Tx,
  actor: Actor,
  at: Date,
  { customerId, id, seller }: { readonly customerId: CustomerId; readonly id: string; readonly seller: Seller },
  action: 'order_request.drafted' | 'order_request.changed',
  { kind, lines, wishOn, note }: RequestContentRow,
): Promise<void> {
  await record(tx, actor, at, {
    action,
    subjectKind: 'orderRequest',
    subjectId: id,
    customerId,
    // A draft is its reseller's own affair.
    resellerId: actor.organizationId,
    onBehalfOf: seller.customerName,
    after: {
      provider: seller.name,
      kind,
      lines: lines.map(({ title, quantity }) => ({ title, quantity })),
      ...(wishOn ? { wishOn } : {}),
      ...(note ? { note } : {}),
    },
  })
}
