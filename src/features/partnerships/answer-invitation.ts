import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { newId, type OrganizationId, type PartnershipId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import type { Actor, Db, Deps, Tx } from '../../platform/context.ts'
import { linkTokenHash } from '../../platform/link-token.ts'
import { refusalSentence } from '../../platform/sentences.ts'
import type { Visitor } from '../../platform/route.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { notify } from '../notifications/notify.ts'
import { readNamesHolding, readTemplate, readTradingParty, type Template } from '../program/queries.ts'
import type { TradingParty } from '../program/rules.ts'
import { type Answering, decideAcceptance, invitationStatusAt, whyInvitationIsClosed } from './rules.ts'
import {
  closeInvitation,
  findActivePartnership,
  insertAttestation,
  insertPartnership,
  type LockedInvitation,
  lockInvitationByToken,
} from './store.ts'
import type { AcceptedInvitation, AcceptInvitationInput, InvitationLanding } from './wire.ts'

const providerAudience: readonly Role[] = ['global_admin', 'user_management_admin', 'admin_agent', 'sales_agent']
const resellerAudience: readonly Role[] = ['global_admin', 'admin_agent', 'sales_agent']

/**
 * Shows what a link leads to: to visitors the provider and its place, to signed-in people also whether they can accept and,
 * when not, why and who can. Notes that the link was opened, unless the provider itself looks.
 *
 * @throws Refusal invitationInvalid when the link leads nowhere.
 */
export async function openInvitation(
  deps: Deps,
  visitor: Visitor,
  input: { readonly token: string },
): Promise<InvitationLanding> {
  const hash = linkTokenHash(input.token)
  const at = deps.now()
  const { rows } = await sql<LockedInvitation & { readonly partnershipId: PartnershipId | null }>`
    select i.id, i.provider_id as "providerId", i.status, i.expires_at as "expiresAt",
      i.accepted_by_organization_id as "acceptedByOrganizationId", p.id as "partnershipId"
    from partnership_invitations i
    left join partnerships p on p.provider_id = i.provider_id and p.state = 'active'
      and p.reseller_id = ${visitor.actor?.organizationId ?? null}
    where i.token_hash = ${hash}`.execute(deps.db)
  const invitation = rows[0]
  if (!invitation) throw new Refusal('invitationInvalid')

  const { provider, authorization } = await readProviderSide(deps.db, invitation, visitor.locale, at)
  const { actor } = visitor
  if (actor?.organizationId !== invitation.providerId) await noteOpened(deps, invitation, at)
  return {
    status: invitationStatusAt(invitation, at),
    provider: {
      name: provider.name,
      city: provider.city,
      country: provider.country,
      regionName: visitor.locale === 'tr' ? provider.regionNameTr : provider.regionNameEn,
    },
    expiresAt: invitation.expiresAt.toISOString(),
    authorization: { version: authorization.version, text: authorization.text },
    viewer: actor ? await viewerOf(deps, actor, at, invitation, provider) : null,
  }
}

/**
 * Makes the invited reseller a partner: the invitation is used up and the partnership begins for both sides at once, each is
 * told, and what was authorized is kept word for word. Repeated by the same reseller it gives the same result.
 *
 * @throws Refusal invitationInvalid, invitationExpired, invitationRevoked, invitationUsed, invitationDeclined; ownInvitation,
 *   customerCannotPartner, notEnrolledReseller, partnerSuspended, wrongRegion, ownAgreementMissing, alreadyPartners,
 *   globalAdminNeeded (names who can); authorizationRequired.
 */
export async function acceptInvitation(
  deps: Deps,
  actor: Actor,
  input: AcceptInvitationInput,
): Promise<AcceptedInvitation> {
  const { result } = await write(deps, actor, async (tx) => {
    const at = deps.now()
    const { invitation, provider, authorization, party, partnershipId } = await loadForAnswer(
      tx,
      actor,
      input.token,
      at,
    )
    const decision = decideAcceptance(factsOf(actor, at, invitation, provider, party, partnershipId !== undefined))
    if (decision === 'done' && partnershipId) return { partnershipId, providerName: provider.name }
    if (typeof decision === 'object') {
      const names =
        decision.refuse === 'globalAdminNeeded' ? await readNamesHolding(tx, actor.organizationId, 'global_admin') : []
      throw new Refusal(decision.refuse, { data: names })
    }
    if (!input.authorized) throw new Refusal('authorizationRequired')
    if (!party?.location) throw new Error(`Reseller ${actor.organizationId} passed its rules without a location.`)

    const id = newId<'partnership'>()
    await closeInvitation(tx, actor, at, invitation.id, 'accepted')
    await insertPartnership(tx, at, {
      id,
      providerId: invitation.providerId,
      resellerId: actor.organizationId,
      resellerLocationId: party.location.id,
      regionId: party.regionId,
      invitationId: invitation.id,
      adminAccess: input.grantAdminAccess,
    })
    await insertAttestation(tx, actor, at, { template: authorization, subjectId: id })
    await tellBoth(tx, at, id, provider, party)
    await record(tx, actor, at, {
      action: 'partnership.accepted',
      subjectKind: 'partnership',
      subjectId: id,
      providerId: invitation.providerId,
      resellerId: actor.organizationId,
      after: {
        provider: provider.name,
        reseller: party.name,
        adminAccess: input.grantAdminAccess,
        invitationId: invitation.id,
      },
    })
    return { partnershipId: id, providerName: provider.name }
  })
  return result
}

/**
 * Declines an invitation for good and tells the provider. Safe to repeat.
 *
 * @throws Refusal invitationInvalid, ownInvitation; invitationExpired, invitationRevoked, invitationUsed when it is closed.
 */
export async function declineInvitation(deps: Deps, actor: Actor, input: { readonly token: string }): Promise<void> {
  await write(deps, actor, async (tx) => {
    const at = deps.now()
    const invitation = await lockInvitationByToken(tx, linkTokenHash(input.token))
    if (!invitation) throw new Refusal('invitationInvalid')
    if (invitation.providerId === actor.organizationId) throw new Refusal('ownInvitation')
    if (invitation.status === 'declined') return
    const closed = whyInvitationIsClosed(invitationStatusAt(invitation, at))
    if (closed !== null) throw new Refusal(closed)

    await closeInvitation(tx, actor, at, invitation.id, 'declined')
    await notify(tx, at, {
      organizationId: invitation.providerId,
      audienceRoles: providerAudience,
      class: 'transactional',
      kind: 'invitationDeclined',
      params: { recipient: actor.organizationName },
      link: '/resellers/requests?state=all',
    })
    await record(tx, actor, at, {
      action: 'partnership.invitation_declined',
      subjectKind: 'invitation',
      subjectId: invitation.id,
      providerId: invitation.providerId,
      resellerId: actor.organizationId,
    })
  })
}

async function loadForAnswer(tx: Tx, actor: Actor, token: string, at: Date) {
  const invitation = await lockInvitationByToken(tx, linkTokenHash(token))
  if (!invitation) throw new Refusal('invitationInvalid')
  const side = await readProviderSide(tx, invitation, actor.locale, at)
  const party = await readTradingParty(tx, actor.organizationId)
  const partnershipId = await findActivePartnership(tx, invitation.providerId, actor.organizationId)
  return { invitation, ...side, party, partnershipId }
}

async function readProviderSide(
  db: Db,
  invitation: Pick<LockedInvitation, 'providerId'>,
  locale: 'en' | 'tr',
  at: Date,
): Promise<{ readonly provider: TradingParty; readonly authorization: Template }> {
  const provider = await readTradingParty(db, invitation.providerId)
  if (!provider) throw new Error(`Invitation of an unknown provider ${invitation.providerId}.`)
  const template = await readTemplate(db, 'partnership_authorization', locale, at)
  return { provider, authorization: { ...template, text: template.text.replaceAll('{provider}', provider.name) } }
}

function factsOf(
  actor: Actor,
  at: Date,
  invitation: Pick<LockedInvitation, 'status' | 'expiresAt' | 'providerId' | 'acceptedByOrganizationId'>,
  provider: TradingParty,
  party: TradingParty | undefined,
  partners: boolean,
): Answering {
  return {
    status: invitationStatusAt(invitation, at),
    providerId: invitation.providerId,
    providerRegionId: provider.regionId,
    acceptedByOrganizationId: invitation.acceptedByOrganizationId,
    organizationId: actor.organizationId,
    organizationKind: actor.organizationKind,
    party,
    isGlobalAdmin: actor.permissions.has('partnerships.accept'),
    partners,
  }
}

async function viewerOf(
  deps: Deps,
  actor: Actor,
  at: Date,
  invitation: LockedInvitation & { readonly partnershipId: PartnershipId | null },
  provider: TradingParty,
): Promise<NonNullable<InvitationLanding['viewer']>> {
  const party = await readTradingParty(deps.db, actor.organizationId)
  const facts = factsOf(actor, at, invitation, provider, party, invitation.partnershipId !== null)
  const decision = decideAcceptance(facts)
  const reason = decision === 'accept' ? null : decision === 'done' ? 'alreadyPartners' : decision.refuse
  return {
    organizationName: actor.organizationName,
    organizationKind: actor.organizationKind,
    canAccept: decision === 'accept',
    reason,
    reasonText: reason && refusalSentence(actor.locale, reason, {}),
    globalAdmins:
      reason === 'globalAdminNeeded'
        ? [...(await readNamesHolding(deps.db, actor.organizationId, 'global_admin'))]
        : [],
    partnershipId: invitation.partnershipId,
  }
}

/** That a link was opened is a hint for the provider, not an act of anybody known: it has no audit record. */
async function noteOpened(deps: Deps, invitation: LockedInvitation, at: Date): Promise<void> {
  if (invitationStatusAt(invitation, at) !== 'issued') return
  await deps.db
    .updateTable('partnership_invitations')
    .set({ status: 'opened', opened_at: at })
    .where('id', '=', invitation.id)
    .where('status', '=', 'issued')
    .execute()
}

async function tellBoth(
  tx: Tx,
  at: Date,
  id: PartnershipId,
  provider: TradingParty,
  reseller: TradingParty,
): Promise<void> {
  const to = (organizationId: OrganizationId, audienceRoles: readonly Role[], link: string) =>
    ({ organizationId, audienceRoles, class: 'transactional', link }) as const
  await notify(tx, at, {
    ...to(provider.organizationId, providerAudience, `/resellers/${id}`),
    kind: 'partnershipAccepted',
    params: { reseller: reseller.name },
  })
  await notify(tx, at, {
    ...to(reseller.organizationId, resellerAudience, '/providers'),
    kind: 'partnershipStarted',
    params: { provider: provider.name },
  })
}
