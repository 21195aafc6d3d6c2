import type { FieldRefusal, RefusalName } from '../../kernel/errors.ts'
import type { LocationAccountId, OrganizationId } from '../../kernel/ids.ts'

export type EnrollmentTier = 'indirect_provider' | 'indirect_reseller'
export type EnrollmentStatus = 'draft' | 'pending' | 'qualified' | 'active' | 'rejected' | 'suspended' | 'deauthorized'

/** What decides whether an organization may trade, as the program knows it now. */
export interface TradingParty {
  readonly organizationId: OrganizationId
  readonly kind: 'operator' | 'provider' | 'reseller'
  /** The name people know it by. */
  readonly name: string
  readonly legalName: string
  readonly country: string
  readonly city: string
  readonly regionId: string
  readonly regionNameEn: string
  readonly regionNameTr: string
  readonly status: 'active' | 'suspended'
  readonly emailDomain: string | null
  readonly registrationNumber: string | null
  readonly enrollment: { readonly tier: EnrollmentTier; readonly status: EnrollmentStatus } | null
  /** The location account through which it came to the portal; its partner id is the one to trade under. */
  readonly location: {
    readonly id: LocationAccountId
    readonly partnerId: string
    readonly country: string
    readonly status: 'active' | 'closed'
  } | null
  /** Whether it signed the partner agreement for its own region. */
  readonly agreementSigned: boolean
}

/**
 * Why an organization may not take part as an indirect reseller in something new with a provider of a region; null when it
 * may. What matters most comes first: enrollment, suspension, region, agreement.
 *
 * Without a location account it can neither sign nor trade, so it counts as not enrolled.
 */
export function whyResellerCannotTrade(party: TradingParty, providerRegionId: string): RefusalName | null {
  const { enrollment, location } = party
  if (party.kind !== 'reseller' || enrollment?.tier !== 'indirect_reseller') return 'notEnrolledReseller'
  if (party.status === 'suspended' || enrollment.status === 'suspended') return 'partnerSuspended'
  if (enrollment.status !== 'active' && enrollment.status !== 'qualified') return 'notEnrolledReseller'
  if (location === null || location.status !== 'active') return 'notEnrolledReseller'
  if (party.regionId !== providerRegionId) return 'wrongRegion'
  if (enrollment.status === 'qualified' || !party.agreementSigned) return 'resellerAgreementMissing'
  return null
}

/** Why an organization may not sell as an indirect provider; null when it may. */
export function whyProviderCannotTrade(party: TradingParty): RefusalName | null {
  const { enrollment } = party
  if (party.kind !== 'provider' || enrollment?.tier !== 'indirect_provider') return 'notEnrolledProvider'
  if (party.status === 'suspended' || enrollment.status === 'suspended') return 'partnerSuspended'
  if (enrollment.status !== 'active' && enrollment.status !== 'qualified') return 'notEnrolledProvider'
  if (enrollment.status === 'qualified' || !party.agreementSigned) return 'ownAgreementMissing'
  return null
}

/** What a partner id (MPN ID) stands for. */
export interface ResolvedPartnerId {
  readonly partnerId: string
  readonly kind: 'global' | 'location'
  /** The organization that trades under this id; null for a global account and for a location nobody came with. */
  readonly organizationId: OrganizationId | null
  readonly organizationKind: 'operator' | 'provider' | 'reseller' | null
  /** The id to use instead: the location its owner came to the portal with, when there is one. */
  readonly onboardedPartnerId: string | null
  readonly legalName: string
  readonly country: string
  readonly locationStatus: 'active' | 'closed' | null
}

/**
 * Why an id cannot name the reseller of a subscription; null when it can. Global accounts never trade; of the locations only
 * the one the reseller came to the portal with does.
 */
export function whyPartnerIdCannotBeUsed(id: ResolvedPartnerId | undefined): RefusalName | null {
  if (id === undefined) return 'mpnIdNotFound'
  if (id.kind === 'global') return 'globalIdUsed'
  if (id.organizationId === null || id.locationStatus !== 'active') return 'wrongLocationId'
  return id.organizationKind === 'reseller' ? null : 'notAnIndirectReseller'
}

/** What a provider offers to resellers, as its directory entry lists it; words in `strings/<language>/program.json`. */
export const directoryServices = [
  'licensing',
  'migration',
  'managed_services',
  'support',
  'training',
  'security',
  'billing',
  'marketing',
] as const

export type DirectoryService = (typeof directoryServices)[number]

/** What an invited or verified reseller's page says about a party's standing, from most to least able. */
export type Standing = 'active' | 'agreementMissing' | 'notEnrolled' | 'suspended'

/** A party's standing in the program, whoever asks. */
export function standingOf(party: TradingParty): Standing {
  const why = party.kind === 'provider' ? whyProviderCannotTrade(party) : whyResellerCannotTrade(party, party.regionId)
  if (why === null) return 'active'
  if (why === 'partnerSuspended') return 'suspended'
  return why === 'ownAgreementMissing' || why === 'resellerAgreementMissing' ? 'agreementMissing' : 'notEnrolled'
}

/**
 * What in a company's registration or tax number its country does not accept; undefined when it will do. A required number
 * that is missing and one of the wrong form are two different answers. Source: F23, F67.
 */
export function whyRegistrationRefused(
  number: string,
  country: {
    readonly registrationRequired: boolean
    readonly registrationPattern: string | null
    readonly registrationExample: string | null
  },
): Omit<FieldRefusal, 'field'> | undefined {
  const text = number.trim()
  const { registrationPattern: pattern, registrationExample: example } = country
  if (text === '') return country.registrationRequired ? { rule: 'registrationIdMissing' } : undefined
  if (pattern === null || new RegExp(`^(?:${pattern})$`).test(text)) return undefined
  return { rule: 'registrationIdFormat', params: { format: example ?? pattern } }
}
