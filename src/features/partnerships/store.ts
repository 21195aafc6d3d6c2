import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type InvitationId, newId, type OrganizationId, type PartnershipId } from '../../kernel/ids.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import type { Template, TemplateKind } from '../program/queries.ts'
import type { PartnershipState, StoredInvitationStatus } from './rules.ts'

/** An invitation, held until the transaction ends. */
export interface LockedInvitation {
  readonly id: InvitationId
  readonly providerId: OrganizationId
  readonly status: StoredInvitationStatus
  readonly recipientEmail: string | null
  readonly language: 'en' | 'tr'
  readonly expiresAt: Date
  readonly acceptedByOrganizationId: OrganizationId | null
}

const invitationColumns = sql`id, provider_id as "providerId", status, recipient_email as "recipientEmail", language,
  expires_at as "expiresAt", accepted_by_organization_id as "acceptedByOrganizationId"`

/** Reads an invitation of the acting provider and holds its row; undefined when there is none, or it is another's. */
export async function lockInvitation(tx: Tx, actor: Actor, id: InvitationId): Promise<LockedInvitation | undefined> {
  const { rows } = await sql<LockedInvitation>`
    select ${invitationColumns} from partnership_invitations
    where id = ${id} and provider_id = ${actor.organizationId}
    for update`.execute(tx)
  return rows[0]
}

/** Reads the invitation behind a link and holds its row, whoever asks: the link is the right to see it. */
export async function lockInvitationByToken(tx: Tx, tokenHash: Buffer): Promise<LockedInvitation | undefined> {
  const { rows } = await sql<LockedInvitation>`
    select ${invitationColumns} from partnership_invitations where token_hash = ${tokenHash} for update`.execute(tx)
  return rows[0]
}

export interface NewInvitation {
  readonly id: InvitationId
  readonly tokenHash: Buffer
  readonly recipientEmail: string | null
  readonly language: 'en' | 'tr'
  readonly expiresAt: Date
}

/** Adds an invitation of the acting provider. */
export async function insertInvitation(tx: Tx, actor: Actor, at: Date, invitation: NewInvitation): Promise<void> {
  await tx
    .insertInto('partnership_invitations')
    .values({
      id: invitation.id,
      provider_id: actor.organizationId,
      token_hash: invitation.tokenHash,
      recipient_email: invitation.recipientEmail,
      language: invitation.language,
      status: 'issued',
      created_by: actor.userId,
      created_by_name: actor.userName,
      created_at: at,
      expires_at: invitation.expiresAt,
    })
    .execute()
}

/** Changes what an invitation says about itself. */
export async function updateInvitation(
  tx: Tx,
  id: InvitationId,
  values: { readonly recipient_email?: string | null; readonly language?: 'en' | 'tr'; readonly expires_at?: Date },
): Promise<void> {
  await tx.updateTable('partnership_invitations').set(values).where('id', '=', id).execute()
}

/** Closes an invitation for good. */
export async function closeInvitation(
  tx: Tx,
  actor: Actor,
  at: Date,
  id: InvitationId,
  status: 'accepted' | 'declined' | 'revoked',
): Promise<void> {
  await tx
    .updateTable('partnership_invitations')
    .set({
      status,
      decided_at: at,
      decided_by: actor.userId,
      accepted_by_organization_id: status === 'accepted' ? actor.organizationId : null,
    })
    .where('id', '=', id)
    .execute()
}

/** Finds the active partnership of a pair; undefined when there is none. */
export async function findActivePartnership(
  tx: Tx,
  providerId: OrganizationId,
  resellerId: OrganizationId,
): Promise<PartnershipId | undefined> {
  const row = await tx
    .selectFrom('partnerships')
    .select('id')
    .where('provider_id', '=', providerId)
    .where('reseller_id', '=', resellerId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return row?.id as PartnershipId | undefined
}

export interface NewPartnership {
  readonly id: PartnershipId
  readonly providerId: OrganizationId
  readonly resellerId: OrganizationId
  readonly resellerLocationId: string
  readonly regionId: string
  readonly invitationId: InvitationId
  readonly adminAccess: boolean
}

/** Begins a partnership. A second active one of the same pair violates `partnerships_one_active_per_pair`. */
export async function insertPartnership(tx: Tx, at: Date, partnership: NewPartnership): Promise<void> {
  await tx
    .insertInto('partnerships')
    .values({
      id: partnership.id,
      provider_id: partnership.providerId,
      reseller_id: partnership.resellerId,
      reseller_location_account_id: partnership.resellerLocationId,
      region_id: partnership.regionId,
      invitation_id: partnership.invitationId,
      state: 'active',
      provider_admin_access: partnership.adminAccess ? 'granted' : 'none',
      started_at: at,
    })
    .execute()
}

export interface LockedPartnership {
  readonly id: PartnershipId
  readonly providerId: OrganizationId
  readonly resellerId: OrganizationId
  readonly state: PartnershipState
  readonly endedAt: Date | null
  readonly adminAccess: 'none' | 'granted' | 'revoked'
}

/**
 * Reads a partnership the actor's organization is a side of, and holds its row until the transaction ends. Undefined when
 * there is none, or it is somebody else's.
 */
export async function lockPartnership(tx: Tx, actor: Actor, id: PartnershipId): Promise<LockedPartnership | undefined> {
  const { rows } = await sql<LockedPartnership>`
    select id, provider_id as "providerId", reseller_id as "resellerId", state, ended_at as "endedAt",
      provider_admin_access as "adminAccess"
    from partnerships
    where id = ${id} and ${actor.organizationId} in (provider_id, reseller_id)
    for update`.execute(tx)
  return rows[0]
}

/** Ends a partnership; it is never opened again. */
export async function endPartnership(
  tx: Tx,
  actor: Actor,
  at: Date,
  end: { readonly id: PartnershipId; readonly side: 'provider' | 'reseller'; readonly attestationId: string },
): Promise<void> {
  await tx
    .updateTable('partnerships')
    .set({
      state: 'ended',
      ended_at: at,
      ended_by: actor.userId,
      ended_by_side: end.side,
      end_attestation_id: end.attestationId,
    })
    .where('id', '=', end.id)
    .execute()
}

/** Takes back the provider's access to the reseller's own account. */
export async function revokeAdminAccess(tx: Tx, id: PartnershipId): Promise<void> {
  await tx.updateTable('partnerships').set({ provider_admin_access: 'revoked' }).where('id', '=', id).execute()
}

/** Keeps what somebody declared: the text's version, language and hash, who, when and from where. Returns its id. */
export async function insertAttestation(
  tx: Tx,
  actor: Actor,
  at: Date,
  declared: { readonly template: Template; readonly subjectId: PartnershipId },
): Promise<string> {
  const id = newId()
  const kind: TemplateKind = declared.template.kind
  await tx
    .insertInto('attestations')
    .values({
      id,
      kind,
      template_version: declared.template.version,
      language: declared.template.language,
      text_hash: createHash('sha256').update(declared.template.text).digest('hex'),
      subject_kind: 'partnership',
      subject_id: declared.subjectId,
      user_id: actor.userId,
      user_name: actor.userName,
      organization_id: actor.organizationId,
      at,
      ip: actor.request.ip,
    })
    .execute()
  return id
}
