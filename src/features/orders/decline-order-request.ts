import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { completeAction, notify } from '../notifications/notify.ts'
import { holdRequest } from './hold-order-request.ts'
import { decideOnRequest } from './rules/requests.ts'
import { linkTo } from './send-order-request.ts'
import { markAnswered } from './store/requests.ts'
import type { DeclineOrderRequest } from './wire/requests.ts'

/** Who of a reseller follows its requests. */
export const askingRoles = ['global_admin', 'admin_agent', 'sales_agent'] as const

/**
 * Declines a reseller's request with a reason, which the reseller reads. Safe to repeat.
 *
 * @throws Refusal notFound, requestAnswered, requestWithdrawn
 */
export async function declineOrderRequest(
  deps: Deps,
  actor: Actor,
  { reason, ...which }: DeclineOrderRequest,
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const held = await holdRequest(tx, actor, which)
    const decision = decideOnRequest('decline', held)
    if (decision === 'nothing') return
    if (decision !== 'go') throw new Refusal(decision.refuse)

    const at = worldNow(deps, held)
    const link = linkTo(held)
    await markAnswered(tx, actor, at, held, { status: 'declined', reason })
    await completeAction(tx, at, { organizationId: held.providerId, kind: 'orderRequestSent', link })
    await record(tx, actor, at, {
      action: 'order_request.declined',
      subjectKind: 'orderRequest',
      subjectId: held.id,
      customerId: held.customerId,
      providerId: held.providerId,
      resellerId: held.resellerId,
      after: { reason },
    })
    await notify(tx, at, {
      organizationId: held.resellerId,
      audienceRoles: askingRoles,
      class: 'transactional',
      kind: 'orderRequestDeclined',
      params: { provider: held.providerName, customer: held.customerName },
      link,
    })
  })
}
