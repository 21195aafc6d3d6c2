import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { holdServiceRequest, type OneServiceRequest } from './hold-service-request.ts'
import { recordChange } from './record-change.ts'
import { requireDelegation } from './require-delegation.ts'
import { firstResponseDue, type Severity, sideOf, whyNotChange } from './rules.ts'
import { updateServiceRequest } from './store.ts'

/**
 * Changes how severe a request is, by the customer or by who answers. While the first response is waited for, it is due by
 * the new severity, counted from when its clock began. Safe to repeat.
 *
 * @throws Refusal notFound, serviceRequestNotYours, serviceRequestClosed, noDelegatedAccess
 */
export async function changeSeverity(
  deps: Deps,
  actor: Actor,
  input: OneServiceRequest & { readonly severity: Severity },
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const request = await holdServiceRequest(tx, actor, input)
    const side = sideOf(actor.organizationId, request)
    const refused = whyNotChange('severity', side, request)
    if (refused) throw new Refusal(refused)
    if (side === 'customer') await requireDelegation(tx, deps, actor, request.customerId)
    if (request.severity === input.severity) return

    const at = worldNow(deps, request)
    const began = request.responseDueAt.getTime() - firstResponseDue(request.severity, new Date(0)).getTime()
    await updateServiceRequest(tx, at, request, {
      severity: input.severity,
      ...(request.firstResponseAt === null
        ? { response_due_at: firstResponseDue(input.severity, new Date(began)) }
        : {}),
    })
    await recordChange(tx, actor, at, request, 'service_request.severity_changed', {
      before: { severity: request.severity },
      after: { severity: input.severity },
    })
  })
}
