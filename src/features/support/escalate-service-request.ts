import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { holdServiceRequest, type OneServiceRequest } from './hold-service-request.ts'
import { recordChange } from './record-change.ts'
import { decideEscalation } from './rules.ts'
import { addParties, insertMessage, updateServiceRequest } from './store.ts'
import { tell } from './tell.ts'

/**
 * A reseller passes a request on to the provider, who owns it from now on, with its whole history; the reseller goes on reading
 * it. The reason is for the provider, not for the customer. The clock of the first response runs on. Safe to repeat.
 * Source: F200, SM-14.
 *
 * @throws Refusal notFound, serviceRequestNotYours, serviceRequestClosed
 */
export async function escalateServiceRequest(
  deps: Deps,
  actor: Actor,
  input: OneServiceRequest & { readonly reason: string },
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const request = await holdServiceRequest(tx, actor, input)
    const decision = decideEscalation(actor.organizationId, request)
    if (decision === 'nothing') return
    if (decision !== 'escalate') throw new Refusal(decision.refuse)

    const at = worldNow(deps, request)
    const { providerId, number } = request
    await updateServiceRequest(tx, at, request, {
      owner_id: providerId,
      escalated_by: actor.organizationId,
      escalated_at: at,
    })
    await addParties(tx, request, [providerId])
    await insertMessage(tx, actor, at, request, { kind: 'escalation', body: input.reason, attachments: [] })
    const escalated = { ...request, ownerId: providerId, escalatedBy: actor.organizationId }
    await recordChange(tx, actor, at, escalated, 'service_request.escalated', {
      before: { owner: request.ownerName },
      after: { owner: request.providerName },
    })
    await tell(tx, at, request, providerId, 'serviceRequestEscalated', {
      number,
      customer: request.customerName,
      reseller: actor.organizationName,
    })
  })
}
