import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { holdServiceRequest, type HeldServiceRequest, type OneServiceRequest } from './hold-service-request.ts'
import { recordChange } from './record-change.ts'
import { requireDelegation } from './require-delegation.ts'
import { decideReopening, firstResponseDue, sideOf, whyNotChange } from './rules.ts'
import { insertMessage, updateServiceRequest } from './store.ts'
import { tell } from './tell.ts'

type Change = OneServiceRequest & { readonly message?: string | undefined }

/**
 * Closes a request, by the customer or by who answers. What is said along with it is a reply. Safe to repeat.
 *
 * @throws Refusal notFound, serviceRequestNotYours, noDelegatedAccess
 */
export async function closeServiceRequest(deps: Deps, actor: Actor, input: Change): Promise<void> {
  await write(deps, actor, async (tx) => {
    const request = await holdServiceRequest(tx, actor, input)
    const side = sideOf(actor.organizationId, request)
    const refused = whyNotChange('close', side, request)
    if (refused) throw new Refusal(refused)
    if (side === 'customer') await requireDelegation(tx, deps, actor, request.customerId)
    if (request.status === 'closed') return

    const at = worldNow(deps, request)
    await say(tx, actor, at, request, input.message)
    const responded = side === 'owner' && input.message !== undefined && request.firstResponseAt === null
    await updateServiceRequest(tx, at, request, {
      status: 'closed',
      closed_at: at,
      ...(responded ? { first_response_at: at } : {}),
    })
    await recordStatus(tx, actor, at, request, 'closed')
    const { number } = request
    const to = side === 'owner' ? request.customerId : request.ownerId
    await tell(tx, at, request, to, 'serviceRequestClosed', { number, by: actor.organizationName })
  })
}

/**
 * Opens a closed request again, by the customer or by who answered it, within 14 days. One that never had a first response gets a
 * new clock for it. Safe to repeat.
 *
 * @throws Refusal notFound, serviceRequestNotYours, reopenTooLate, noDelegatedAccess
 */
export async function reopenServiceRequest(deps: Deps, actor: Actor, input: Change): Promise<void> {
  await write(deps, actor, async (tx) => {
    const request = await holdServiceRequest(tx, actor, input)
    const side = sideOf(actor.organizationId, request)
    const at = worldNow(deps, request)
    const decision = decideReopening(side, request, at)
    if (decision === 'nothing') return
    if (decision !== 'reopen') throw new Refusal(decision.refuse)
    if (side === 'customer') await requireDelegation(tx, deps, actor, request.customerId)

    await say(tx, actor, at, request, input.message)
    const startsAnew = request.firstResponseAt === null
    await updateServiceRequest(tx, at, request, {
      status: 'open',
      closed_at: null,
      ...(startsAnew ? { response_due_at: firstResponseDue(request.severity, at), overdue_noted_at: null } : {}),
    })
    await recordStatus(tx, actor, at, request, 'open')
    const { number } = request
    const to = side === 'owner' ? request.customerId : request.ownerId
    await tell(tx, at, request, to, 'serviceRequestReopened', { number, by: actor.organizationName })
  })
}

async function say(
  tx: Tx,
  actor: Actor,
  at: Date,
  request: HeldServiceRequest,
  message: string | undefined,
): Promise<void> {
  if (message !== undefined)
    await insertMessage(tx, actor, at, request, { kind: 'reply', body: message, attachments: [] })
}

async function recordStatus(
  tx: Tx,
  actor: Actor,
  at: Date,
  request: HeldServiceRequest,
  status: 'open' | 'closed',
): Promise<void> {
  const action = status === 'closed' ? 'service_request.closed' : 'service_request.reopened'
  await recordChange(tx, actor, at, request, action, { before: { status: request.status }, after: { status } })
}
