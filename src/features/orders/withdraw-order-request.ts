import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { completeAction, notify } from '../notifications/notify.ts'
import { holdRequest } from './hold-order-request.ts'
import { decideOnRequest } from './rules/requests.ts'
import { answeringRoles, linkTo } from './send-order-request.ts'
import { markWithdrawn } from './store/requests.ts'
import type { WhichOrderRequest } from './wire/requests.ts'

/**
 * Takes back a request that nobody answered, or throws a draft away. It stays in the reseller's list. Safe to repeat.
 *
 * @throws Refusal notFound, requestAnswered
 */
export async function withdrawOrderRequest(deps: Deps, actor: Actor, input: WhichOrderRequest): Promise<void> {
  await write(deps, actor, async (tx) => {
    const held = await holdRequest(tx, actor, input)
    const decision = decideOnRequest('withdraw', held)
    if (decision === 'nothing') return
    if (decision !== 'go') throw new Refusal(decision.refuse)

    const at = worldNow(deps, held)
    const wasSent = held.status === 'sent'
    await markWithdrawn(tx, held)
    await record(tx, actor, at, {
      action: 'order_request.withdrawn',
      subjectKind: 'orderRequest',
      subjectId: held.id,
      customerId: held.customerId,
      ...(wasSent ? { providerId: held.providerId } : {}),
      resellerId: held.resellerId,
      onBehalfOf: held.customerName,
    })
    if (!wasSent) return
    const link = linkTo(held)
    await completeAction(tx, at, { organizationId: held.providerId, kind: 'orderRequestSent', link })
    await notify(tx, at, {
      organizationId: held.providerId,
      audienceRoles: answeringRoles,
      class: 'transactional',
      kind: 'orderRequestWithdrawn',
      params: { reseller: held.resellerName, customer: held.customerName },
      link,
    })
  })
}
