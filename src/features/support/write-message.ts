import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { holdServiceRequest } from './hold-service-request.ts'
import { recordChange } from './record-change.ts'
import { requireDelegation } from './require-delegation.ts'
import { sideOf, statusAfterReply, whyNotWrite } from './rules.ts'
import { insertMessage, updateServiceRequest } from './store.ts'
import { tell } from './tell.ts'
import type { WriteMessage } from './wire.ts'

/**
 * Adds a reply or a note to a request. The first reply of the answering side stops the clock of the first response; its
 * `needsAnswer` leaves the request to the customer, whose reply opens it again. A note is for the own organization only and
 * changes nothing else. Source: F199, SM-14.
 *
 * @returns the message's id.
 * @throws Refusal notFound; serviceRequestNotYours; serviceRequestClosed for a reply; noDelegatedAccess for a partner that
 *   filed it and has no live privilege any more; invalidRequest for a file that is not there
 */
export async function writeMessage(deps: Deps, actor: Actor, input: WriteMessage): Promise<{ id: string }> {
  const { result } = await write(deps, actor, async (tx) => {
    const request = await holdServiceRequest(tx, actor, input)
    const side = sideOf(actor.organizationId, request)
    const refused = whyNotWrite(input.kind, side, request)
    if (refused) throw new Refusal(refused)
    if (side === 'customer') await requireDelegation(tx, deps, actor, request.customerId)

    const at = worldNow(deps, request)
    const id = await insertMessage(tx, actor, at, request, input)
    if (input.kind === 'note') {
      await recordChange(tx, actor, at, request, 'service_request.noted')
      return { id }
    }
    const status = statusAfterReply(side, input.needsAnswer)
    const isFirstResponse = side === 'owner' && request.firstResponseAt === null
    await updateServiceRequest(tx, at, request, { status, ...(isFirstResponse ? { first_response_at: at } : {}) })
    await recordChange(tx, actor, at, request, 'service_request.replied', {
      ...(status === request.status ? {} : { before: { status: request.status } }),
      after: { ...(status === request.status ? {} : { status }), attachments: input.attachments.length },
    })
    const { number } = request
    if (side === 'owner')
      await tell(tx, at, request, request.customerId, 'serviceRequestAnswered', {
        number,
        partner: actor.organizationName,
      })
    else
      await tell(tx, at, request, request.ownerId, 'serviceRequestReplied', { number, customer: request.customerName })
    return { id }
  })
  return result
}
