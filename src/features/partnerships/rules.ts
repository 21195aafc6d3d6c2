import type { RefusalName } from '../../kernel/errors.ts'
import { dayMs } from '../../kernel/time.ts'
import { type TradingParty, whyResellerCannotTrade } from '../program/rules.ts'

export type PartnershipState = 'active' | 'ended'

/** Orders of the list: by name, age or number of customers, smallest first; with `-` the other way round. */
export const partnershipSorts = ['name', '-name', 'since', '-since', 'customers', '-customers'] as const
export type PartnershipSort = (typeof partnershipSorts)[number]

/** How long an invitation can be accepted, in days, from its making or its extension on. */
export const invitationDays = 30

/** When an invitation made or extended at an instant ends. */
export function invitationEnd(at: Date): Date {
  return new Date(at.getTime() + invitationDays * dayMs)
}

/** States as stored; an invitation that nobody answered in time counts as expired. */
export type StoredInvitationStatus = 'issued' | 'opened' | 'accepted' | 'declined' | 'revoked'
export const invitationStatuses = ['issued', 'opened', 'accepted', 'declined', 'revoked', 'expired'] as const
export type InvitationStatus = (typeof invitationStatuses)[number]

/** The state of an invitation at an instant; the end itself is too late. */
export function invitationStatusAt(
  invitation: { readonly status: StoredInvitationStatus; readonly expiresAt: Date },
  now: Date,
): InvitationStatus {
  const open = invitation.status === 'issued' || invitation.status === 'opened'
  return open && now >= invitation.expiresAt ? 'expired' : invitation.status
}

const closedBecause = {
  accepted: 'invitationUsed',
  declined: 'invitationDeclined',
  expired: 'invitationExpired',
  revoked: 'invitationRevoked',
} as const satisfies Partial<Record<InvitationStatus, RefusalName>>

/** Why an invitation in this state can no longer be answered; null while it can. */
export function whyInvitationIsClosed(status: InvitationStatus): RefusalName | null {
  return status === 'issued' || status === 'opened' ? null : closedBecause[status]
}

/** What the provider may still do with an invitation: an accepted, declined or revoked one is final. */
export function invitationCan(action: 'revoke' | 'extend' | 'copy', status: InvitationStatus): boolean {
  const open = status === 'issued' || status === 'opened'
  return action === 'copy' ? open : open || status === 'expired'
}

/** Who stands before an invitation, and what is known about both sides. */
export interface Answering {
  readonly status: InvitationStatus
  readonly providerId: string
  readonly providerRegionId: string
  readonly acceptedByOrganizationId: string | null
  /** The signed-in user's organization; `party` is undefined for a customer. */
  readonly organizationId: string
  readonly organizationKind: 'operator' | 'provider' | 'reseller' | 'customer'
  readonly party: TradingParty | undefined
  readonly isGlobalAdmin: boolean
  /** The organization is an active partner of this provider already. */
  readonly partners: boolean
}

/**
 * Decides whether somebody may accept an invitation. Only an enrolled reseller of the provider's region that signed the
 * partner agreement may, through its global admin; the invitation stays usable for it when the refusal can be mended.
 *
 * @returns `accept` to go ahead, `done` when this very organization accepted it before, otherwise the refusal to give.
 */
export function decideAcceptance(facts: Answering): 'accept' | 'done' | { readonly refuse: RefusalName } {
  if (facts.organizationId === facts.providerId) return { refuse: 'ownInvitation' }
  if (facts.organizationKind === 'customer') return { refuse: 'customerCannotPartner' }
  if (facts.partners && facts.acceptedByOrganizationId === facts.organizationId) return 'done'
  if (facts.partners) return { refuse: 'alreadyPartners' }
  const closed = whyInvitationIsClosed(facts.status)
  if (closed !== null) return { refuse: closed }
  if (facts.party === undefined) return { refuse: 'notEnrolledReseller' }
  const why = whyResellerCannotTrade(facts.party, facts.providerRegionId)
  // The reader is the reseller itself.
  if (why !== null) return { refuse: why === 'resellerAgreementMissing' ? 'ownAgreementMissing' : why }
  return facts.isGlobalAdmin ? 'accept' : { refuse: 'globalAdminNeeded' }
}

/**
 * Decides whether the end of a partnership goes ahead, from either side.
 *
 * Ending twice is not an error: the second call changes nothing and asks for nothing. Customers, associations, subscriptions,
 * support contacts and delegated admin privileges are untouched by it, so nothing about them is asked here.
 *
 * @param attested The version of the attestation the user ticked, if any.
 * @param current The version in force.
 * @returns `end` to go ahead, `nothing` when already ended, otherwise the refusal to give.
 */
export function decideRemoval(
  partnership: { readonly state: PartnershipState },
  attested: string | undefined,
  current: string,
): 'end' | 'nothing' | { readonly refuse: RefusalName } {
  if (partnership.state === 'ended') return 'nothing'
  if (attested !== current) return { refuse: 'attestationRequired' }
  return 'end'
}

/** Why a partnership cannot be used for anything new with this reseller; null when it can. */
export function whyPartnershipCannotBeUsed(
  state: PartnershipState | undefined,
  reseller: TradingParty | undefined,
  providerRegionId: string,
): RefusalName | null {
  if (state !== 'active' || reseller === undefined) return 'partnershipRequired'
  return whyResellerCannotTrade(reseller, providerRegionId)
}

/**
 * Whether a draft still carries its personal link, whole: neither cut, nor with something grown onto it.
 * Punctuation that ends a sentence may follow.
 */
export function linkIsIntact(text: string, link: string): boolean {
  return text.split(/\s+/).some((word) => word.replace(/^[<("'«“]+/, '').replace(/[>)"'»”.,;:!?]+$/, '') === link)
}

/**
 * Puts the personal link back into a draft: in the place of what is left of it, else at the end.
 */
export function restoreLink(text: string, link: string): string {
  if (linkIsIntact(text, link)) return text
  const rest = /\S*\/(?:invitation|relationship)\/?\S*/.exec(text)
  if (rest) return `${text.slice(0, rest.index)}${link}${text.slice(rest.index + rest[0].length)}`
  return `${text.trimEnd()}\n\n${link}\n`
}
