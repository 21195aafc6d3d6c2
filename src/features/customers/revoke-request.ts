import { Refusal } from '../../kernel/errors.ts'
import type { RelationshipRequestId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { whyInvitationIsClosed } from '../partnerships/rules.ts'
import { requestsOf } from './list-requests.ts'
import { closeRequest, lockRequest } from './store.ts'

/**
 * Takes back a request that nobody answered; its link no longer works. Safe to repeat.
 *
 * @throws Refusal notFound; invitationUsed or invitationDeclined when it was answered.
 */
export async function revokeRequest(
  deps: Deps,
  actor: Actor,
  { requestId }: { readonly requestId: RelationshipRequestId },
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const request = await lockRequest(tx, { id: requestId, where: requestsOf(actor) })
    if (!request) throw new Refusal('notFound')
    if (request.status === 'revoked') return
    const closed = whyInvitationIsClosed(request.status)
    if (closed !== null) throw new Refusal(closed)

    const at = deps.now()
    await closeRequest(tx, at, request.id, 'revoked', null)
    await record(tx, actor, at, {
      action: 'customer.relationship_request_revoked',
      subjectKind: 'relationshipRequest',
      subjectId: request.id,
      providerId: request.providerId,
      ...(request.resellerId ? { resellerId: request.resellerId } : {}),
    })
  })
}
