import { fieldRefusal, Refusal } from '../../kernel/errors.ts'
import type { OrderId } from '../../kernel/ids.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { completeAction, notify } from '../notifications/notify.ts'
import { actIn } from '../subscriptions/act-on-subscription.ts'
import { changeIn } from '../subscriptions/change-subscription.ts'
import { holdSubscription } from '../subscriptions/hold-subscription.ts'
import { provisioningSweep } from '../subscriptions/rules.ts'
import { askingRoles } from './decline-order-request.ts'
import { type HeldRequest, holdRequest } from './hold-order-request.ts'
import { decideOnRequest } from './rules/requests.ts'
import { linkTo } from './send-order-request.ts'
import { markAnswered } from './store/requests.ts'
import { orderIn } from './submit-order.ts'
import type { SubmittedOrder } from './wire.ts'
import type { AcceptedOrderRequest, AcceptOrderRequest } from './wire/requests.ts'

/**
 * Accepts a reseller's request by doing what it asks for, in one transaction with the answer: new subscriptions are ordered as
 * any order is, changes are made as if the provider had thought of them itself. When two accept at once, the second is told that it is answered.
 *
 * @throws Refusal notFound, requestAnswered, requestWithdrawn, and those of `submitOrder`, `changeSubscription` and
 *   `cancelSubscription`
 */
export async function acceptOrderRequest(
  deps: Deps,
  actor: Actor,
  input: AcceptOrderRequest,
): Promise<AcceptedOrderRequest> {
  const { result } = await write(deps, actor, async (tx) => {
    const held = await holdRequest(tx, actor, input)
    const decision = decideOnRequest('accept', held)
    if (decision !== 'go') {
      const data = held.orderId === null ? [] : [held.orderId]
      throw new Refusal(decision === 'nothing' ? 'requestAnswered' : decision.refuse, { data })
    }
    const at = worldNow(deps, actor)
    const order = held.kind === 'new' ? await orderWhatIsAsked(tx, deps, actor, held, input, at) : null
    if (held.kind !== 'new') await changeWhatIsAsked(tx, deps, actor, held)
    await markAnswered(tx, actor, at, held, { status: 'accepted', orderId: order && (order.id as OrderId) })
    await tell(tx, actor, at, held, order)
    return { id: held.id, order }
  })
  deps.nudge(provisioningSweep)
  return result
}

/** Orders the lines as they were asked for. Who is reseller of record the provider says: usually the one who asked. */
async function orderWhatIsAsked(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  { customerId, lines }: HeldRequest,
  { resellers, attestation, expectedTotalRetail, agreement }: AcceptOrderRequest,
  at: Date,
): Promise<SubmittedOrder> {
  if (resellers.length !== lines.length) throw fieldRefusal('resellers', 'wrongCount', { count: lines.length })
  const wanted = lines.map(({ productId, skuId, term, billingPlan, quantity, friendlyName }, index) => ({
    productId,
    skuId,
    term,
    billingPlan,
    quantity,
    friendlyName,
    resellerPartnerId: resellers[index] ?? null,
  }))
  return await orderIn(tx, deps, actor, {
    customerId,
    lines: wanted,
    attestation,
    expectedTotalRetail,
    agreement,
    at,
  })
}

/** Does with the subscription what was asked for, by the rules and rights that hold for doing it oneself. */
async function changeWhatIsAsked(tx: Tx, deps: Deps, actor: Actor, held: HeldRequest): Promise<void> {
  const { kind, customerId, subscriptionId, lines } = held
  if (subscriptionId === null) throw new Error('A change is of one subscription.')
  const which = { customerId, subscriptionId }
  const { version } = await holdSubscription(tx, actor, which)
  if (kind === 'cancel') await actIn(tx, deps, actor, { ...which, version, act: { type: 'cancel' } })
  else await changeIn(tx, deps, actor, { ...which, version, quantity: lines[0]?.quantity })
}

async function tell(tx: Tx, actor: Actor, at: Date, held: HeldRequest, order: SubmittedOrder | null): Promise<void> {
  const link = linkTo(held)
  await completeAction(tx, at, { organizationId: held.providerId, kind: 'orderRequestSent', link })
  await record(tx, actor, at, {
    action: 'order_request.accepted',
    subjectKind: 'orderRequest',
    subjectId: held.id,
    customerId: held.customerId,
    providerId: held.providerId,
    resellerId: held.resellerId,
    ...(order ? { after: { orderNumber: order.number } } : {}),
  })
  await notify(tx, at, {
    organizationId: held.resellerId,
    audienceRoles: askingRoles,
    class: 'transactional',
    kind: 'orderRequestAccepted',
    params: { provider: held.providerName, customer: held.customerName },
    link,
  })
}
