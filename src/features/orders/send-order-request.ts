import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { notify } from '../notifications/notify.ts'
import { decideAct } from '../subscriptions/decide-act.ts'
import { lookAtSubscription } from '../subscriptions/hold-subscription.ts'
import { type HeldRequest, holdRequest, requirePartnership } from './hold-order-request.ts'
import { priceRequest } from './price-request.ts'
import { decideOnRequest } from './rules/requests.ts'
import { markSent } from './store/requests.ts'
import type { StoredOrderRequest, WhichOrderRequest } from './wire/requests.ts'

/** Who of a provider answers requests. */
export const answeringRoles = ['global_admin', 'user_management_admin', 'admin_agent', 'sales_agent'] as const

/**
 * Sends a draft to its provider, who sees it from now on. What could not be ordered now is refused line by line. Safe to repeat.
 *
 * @throws Refusal notFound, partnershipRequired, ownAgreementMissing, requestAnswered, requestWithdrawn; offerNotAvailable,
 *   quantityOutOfRange, prerequisiteMissing, trialUsed, ownershipLimit, each with its lines in `fields`
 */
export async function sendOrderRequest(
  deps: Deps,
  actor: Actor,
  input: WhichOrderRequest,
): Promise<StoredOrderRequest> {
  const { result } = await write(deps, actor, async (tx) => {
    const held = await holdRequest(tx, actor, input)
    return await sendRequest(tx, actor, worldNow(deps, held), held)
  })
  return result
}

/** As `sendOrderRequest`, within a transaction that holds the request. */
export async function sendRequest(tx: Tx, actor: Actor, at: Date, held: HeldRequest): Promise<StoredOrderRequest> {
  const { id, customerId, providerId, version } = held
  const decision = decideOnRequest('send', held)
  if (decision === 'nothing') return { id, status: held.status, version }
  if (decision !== 'go') throw new Refusal(decision.refuse)
  await requirePartnership(tx, actor, providerId)
  if (held.kind === 'new') await refuseUnorderable(tx, held, at)
  else await refuseImpossible(tx, actor, held, at)

  await markSent(tx, at, held)
  await record(tx, actor, at, {
    action: 'order_request.sent',
    subjectKind: 'orderRequest',
    subjectId: id,
    customerId,
    providerId,
    resellerId: actor.organizationId,
    onBehalfOf: held.customerName,
    after: {
      provider: held.providerName,
      kind: held.kind,
      lines: held.lines.map(({ title, quantity }) => ({ title, quantity })),
    },
  })
  await notify(tx, at, {
    organizationId: providerId,
    audienceRoles: answeringRoles,
    class: 'recommended',
    kind: 'orderRequestSent',
    params: { reseller: held.resellerName, customer: held.customerName },
    link: linkTo(held),
  })
  return { id, status: 'sent', version: version + 1 }
}

async function refuseUnorderable(tx: Tx, { customerId, providerId, lines }: HeldRequest, at: Date): Promise<void> {
  const priced = await priceRequest(tx, customerId, providerId, lines, at)
  const problems = priced.flatMap((line, index) => line.problems.map((problem) => ({ index, ...problem })))
  const [first] = problems
  if (!first) return
  throw new Refusal(first.reason, {
    params: first.params,
    fields: problems.map(({ index, field, reason, params }) => ({
      field: `lines.${index}.${field === 'quantity' ? 'quantity' : 'skuId'}`,
      rule: reason,
      params,
    })),
  })
}

/** What could not be done with the subscription now is not asked for. */
async function refuseImpossible(
  tx: Tx,
  actor: Actor,
  { kind, customerId, subscriptionId, lines }: HeldRequest,
  at: Date,
): Promise<void> {
  if (subscriptionId === null) throw new Error('A change is of one subscription.')
  const subscription = await lookAtSubscription(tx, actor, { customerId, subscriptionId })
  const act =
    kind === 'cancel'
      ? ({ type: 'cancel' } as const)
      : ({ type: 'changeQuantity', quantity: lines[0]?.quantity ?? 0 } as const)
  if ((await decideAct(tx, subscription, act, at)) === 'keep') throw new Refusal('conflict')
}

/** Where both sides look at a request. */
export function linkTo({ customerId, id }: Pick<HeldRequest, 'customerId' | 'id'>): string {
  return `/customers/${customerId}/order-requests/${id}`
}
