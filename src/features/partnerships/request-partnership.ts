import { newId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { linkToken, linkTokenHash } from '../../platform/link-token.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { composeDraft } from './compose-draft.ts'
import { invitationEnd } from './rules.ts'
import { insertInvitation } from './store.ts'
import type { InvitationDraft, RequestPartnershipInput } from './wire.ts'

/**
 * Makes an invitation that one reseller can use once, and the draft of the message that carries its link. Nothing is sent:
 * the person sends the message with a mail program of their own.
 */
export async function requestPartnership(
  deps: Deps,
  actor: Actor,
  input: RequestPartnershipInput,
): Promise<InvitationDraft> {
  const { result } = await write(deps, actor, async (tx) => {
    const at = deps.now()
    const id = newId<'invitation'>()
    const invitation = {
      id,
      tokenHash: linkTokenHash(linkToken(deps.config, 'partnership-invitation', id)),
      recipientEmail: input.recipientEmail ?? null,
      language: input.language,
      expiresAt: invitationEnd(at),
    }
    await insertInvitation(tx, actor, at, invitation)
    await record(tx, actor, at, {
      action: 'partnership.requested',
      subjectKind: 'invitation',
      subjectId: id,
      after: { recipientEmail: invitation.recipientEmail, expiresAt: invitation.expiresAt },
    })
    return {
      id,
      recipientEmail: invitation.recipientEmail,
      language: input.language,
      expiresAt: invitation.expiresAt.toISOString(),
    }
  })
  // The link is a secret of its kind, so it is made anew instead of being kept with the reply.
  return composeDraft(deps, actor, { ...result, expiresAt: new Date(result.expiresAt) })
}
