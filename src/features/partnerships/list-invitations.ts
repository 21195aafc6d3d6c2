import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { page, type Page, unpackTimeCursor } from '../../kernel/paging.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import type { InvitationId } from '../../kernel/ids.ts'
import { composeDraft } from './compose-draft.ts'
import { invitationStatusAt, type StoredInvitationStatus, whyInvitationIsClosed } from './rules.ts'
import type { InvitationDraft, InvitationRow, ListInvitationsInput } from './wire.ts'

interface Row {
  readonly id: InvitationId
  readonly status: StoredInvitationStatus
  readonly recipientEmail: string | null
  readonly language: 'en' | 'tr'
  readonly createdBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly openedAt: Date | null
  readonly decidedAt: Date | null
  readonly acceptedBy: string | null
}

/**
 * A page of the invitations the acting provider made, newest first.
 *
 * @throws Refusal invalidRequest for a cursor this list did not give.
 */
export async function listInvitations(
  deps: Deps,
  actor: Actor,
  { state, cursor, size }: ListInvitationsInput,
): Promise<Page<InvitationRow>> {
  const after = unpackTimeCursor(cursor)
  const now = deps.now()
  const { rows } = await sql<Row>`
    select i.id, i.status, i.recipient_email as "recipientEmail", i.language, i.created_by_name as "createdBy",
      i.created_at as "createdAt", i.expires_at as "expiresAt", i.opened_at as "openedAt", i.decided_at as "decidedAt",
      o.trading_name as "acceptedBy"
    from partnership_invitations i
    left join organizations o on o.id = i.accepted_by_organization_id
    where i.provider_id = ${actor.organizationId} and ${inState(state, now)}
      ${after ? sql`and (i.created_at, i.id) < (${after.at}, ${after.id}::uuid)` : sql``}
    order by i.created_at desc, i.id desc
    limit ${size + 1}`.execute(deps.db)
  const cut = page(rows, size, (row) => [row.createdAt.toISOString(), row.id])
  return { ...cut, items: cut.items.map((row) => toRow(row, now)) }
}

function inState(state: ListInvitationsInput['state'], now: Date) {
  const open = sql`i.status in ('issued', 'opened')`
  if (state === 'all') return sql`true`
  if (state === 'open') return open
  if (state === 'expired') return sql`${open} and i.expires_at <= ${now}`
  if (state === 'issued' || state === 'opened') return sql`i.status = ${state} and i.expires_at > ${now}`
  return sql`i.status = ${state}`
}

function toRow(row: Row, now: Date): InvitationRow {
  return {
    id: row.id,
    status: invitationStatusAt(row, now),
    recipientEmail: row.recipientEmail,
    language: row.language,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    openedAt: row.openedAt?.toISOString() ?? null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    acceptedBy: row.acceptedBy,
  }
}

/**
 * Writes the message of an open invitation again, with the same link.
 *
 * @throws Refusal notFound; invitationUsed, invitationDeclined, invitationRevoked, invitationExpired when it is closed.
 */
export async function readDraft(
  deps: Deps,
  actor: Actor,
  input: { readonly invitationId: InvitationId; readonly language?: 'en' | 'tr' | undefined },
): Promise<InvitationDraft> {
  const { rows } = await sql<Row>`
    select id, status, recipient_email as "recipientEmail", language, expires_at as "expiresAt"
    from partnership_invitations
    where id = ${input.invitationId} and provider_id = ${actor.organizationId}`.execute(deps.db)
  const invitation = rows[0]
  if (!invitation) throw new Refusal('notFound')
  const closed = whyInvitationIsClosed(invitationStatusAt(invitation, deps.now()))
  if (closed !== null) throw new Refusal(closed)
  return composeDraft(deps, actor, { ...invitation, language: input.language ?? invitation.language })
}
