import { Refusal } from '../../kernel/errors.ts'
import type { InvitationId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { invitationCan, invitationEnd, invitationStatusAt, whyInvitationIsClosed } from './rules.ts'
import { closeInvitation, lockInvitation, updateInvitation } from './store.ts'
import type { ChangeInvitationInput } from './wire.ts'

/**
 * Notes for whom an open invitation is and in which language its message was written. The link stays.
 *
 * @throws Refusal notFound; invitationUsed, invitationDeclined, invitationRevoked, invitationExpired when it is closed.
 */
export async function changeInvitation(deps: Deps, actor: Actor, input: ChangeInvitationInput): Promise<void> {
  await write(deps, actor, async (tx) => {
    const invitation = await lockInvitation(tx, actor, input.invitationId)
    if (!invitation) throw new Refusal('notFound')
    const at = deps.now()
    const closed = whyInvitationIsClosed(invitationStatusAt(invitation, at))
    if (closed !== null) throw new Refusal(closed)
    const before = { recipientEmail: invitation.recipientEmail, language: invitation.language }
    const after = { recipientEmail: input.recipientEmail, language: input.language }
    if (JSON.stringify(before) === JSON.stringify(after)) return

    await updateInvitation(tx, invitation.id, { recipient_email: input.recipientEmail, language: input.language })
    await record(tx, actor, at, {
      action: 'partnership.invitation_changed',
      subjectKind: 'invitation',
      subjectId: invitation.id,
      before,
      after,
    })
  })
}

/**
 * Withdraws an invitation: its link accepts nothing any more. Safe to repeat.
 *
 * @throws Refusal notFound; invitationUsed or invitationDeclined when it was answered before.
 */
export async function revokeInvitation(
  deps: Deps,
  actor: Actor,
  input: { readonly invitationId: InvitationId },
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const invitation = await lockInvitation(tx, actor, input.invitationId)
    if (!invitation) throw new Refusal('notFound')
    if (invitation.status === 'revoked') return
    if (!invitationCan('revoke', invitation.status)) {
      throw new Refusal(whyInvitationIsClosed(invitation.status) ?? 'conflict')
    }

    const at = deps.now()
    await closeInvitation(tx, actor, at, invitation.id, 'revoked')
    await record(tx, actor, at, {
      action: 'partnership.invitation_revoked',
      subjectKind: 'invitation',
      subjectId: invitation.id,
    })
  })
}

/**
 * Gives an open or expired invitation a full span from now on; the link stays the same.
 *
 * @returns its new end.
 * @throws Refusal notFound; invitationUsed, invitationDeclined, invitationRevoked when it is final.
 */
export async function extendInvitation(
  deps: Deps,
  actor: Actor,
  input: { readonly invitationId: InvitationId },
): Promise<{ readonly expiresAt: string }> {
  const { result } = await write(deps, actor, async (tx) => {
    const invitation = await lockInvitation(tx, actor, input.invitationId)
    if (!invitation) throw new Refusal('notFound')
    const at = deps.now()
    const status = invitationStatusAt(invitation, at)
    if (!invitationCan('extend', status)) throw new Refusal(whyInvitationIsClosed(status) ?? 'conflict')

    const expiresAt = invitationEnd(at)
    await updateInvitation(tx, invitation.id, { expires_at: expiresAt })
    await record(tx, actor, at, {
      action: 'partnership.invitation_extended',
      subjectKind: 'invitation',
      subjectId: invitation.id,
      before: { expiresAt: invitation.expiresAt },
      after: { expiresAt },
    })
    return { expiresAt: expiresAt.toISOString() }
  })
  return result
}
