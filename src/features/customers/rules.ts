import type { FieldRefusal, RefusalName } from '../../kernel/errors.ts'
import type { OrganizationKind } from '../../kernel/permissions.ts'
import { searchKey, sortKey } from '../../kernel/text.ts'
import { utcDay } from '../../kernel/time.ts'
import { type InvitationStatus, whyInvitationIsClosed } from '../partnerships/rules.ts'
import { whyRegistrationRefused } from '../program/rules.ts'

/** Every new customer gets its first domain below this name: `<prefix>.onkanal.example`. */
export const initialDomainSuffix = 'onkanal.example'

export const domainPrefixLength = { least: 1, most: 27 } as const

/** Days that privileges which come with a new customer last. Source: F97, F99. */
export const defaultPrivilegeDays = 730

/** What a provider may do in the tenant of a customer it created, or that granted it on request: the least that support needs. */
export const defaultPrivileges = [
  'directory_reader',
  'license_admin',
  'user_admin',
  'helpdesk_admin',
  'service_support_admin',
] as const

/** What a customer's country asks of its address and its registration; read from configuration. */
export interface CountryRules {
  readonly code: string
  readonly regionId: string
  readonly postalCodePattern: string | null
  readonly postalCodeExample: string | null
  readonly stateRequired: boolean
  readonly registrationRequired: boolean
  readonly registrationPattern: string | null
  readonly registrationExample: string | null
  readonly phoneRequired: boolean
}

export interface CompanyFacts {
  readonly legalName: string
  readonly addressLine1: string
  readonly city: string
  readonly state: string
  readonly postalCode: string
  readonly registrationNumber: string
}

/** A provider or reseller, as far as it must not be its own customer. */
export interface PartnerIdentity {
  readonly country: string
  readonly emailDomain: string | null
  readonly registrationNumber: string | null
}

/** Something that looks wrong but may be right: the person confirms it and sends again. */
export interface NameWarning {
  readonly field: 'company.legalName'
  readonly rule: 'companyNameLikeDomain' | 'companyNameRepeated' | 'companyNameSpaced'
}

const legalForms = new Set(
  (
    'ltd limited inc incorporated llc llp lp plc corp corporation co company gmbh ag kg ohg ug se sa sas sarl srl spa bv nv ' +
    'oy ab as asa aps kft zrt doo pty pte ooo oao ao as a.s. sti san tic anonim sirketi'
  ).split(' '),
)

/**
 * What makes a company name unacceptable, each with its own sentence: nothing but blanks, one character, signs without a letter
 * or digit, or only the abbreviation of a legal form. Undefined for a name that may stand. Source: F62.
 */
export function whyNameRefused(name: string): string | undefined {
  const text = name.trim()
  if (text === '') return 'companyNameBlank'
  if (Array.from(text.normalize('NFC')).length === 1) return 'companyNameOneCharacter'
  if (!/[\p{L}\p{N}]/u.test(text)) return 'companyNameOnlySigns'
  const words = searchKey(text).replaceAll('.', '').split(' ')
  const onlyForm = words.every((word) => legalForms.has(word)) || legalForms.has(words.join(''))
  return onlyForm ? 'companyNameOnlyLegalForm' : undefined
}

/** What makes a company name look like a slip: it is accepted once confirmed. Source: F63. */
export function whyNameUnusual(name: string): NameWarning['rule'] | undefined {
  const text = name.trim()
  if (/^(.)\1{2,}$/u.test(searchKey(text).replaceAll(' ', ''))) return 'companyNameRepeated'
  const words = text.split(/\s+/)
  if (words.length > 1 && words.every((word) => Array.from(word.normalize('NFC')).length === 1))
    return 'companyNameSpaced'
  const ending = /[a-z0-9]\.([a-z]{2,24})$/i.exec(text)?.[1]
  if (ending !== undefined && !legalForms.has(ending.toLowerCase())) return 'companyNameLikeDomain'
  return undefined
}

/** Folds what was typed as a domain prefix by ASCII rules, never by Turkish casing. */
export function foldDomainPrefix(text: string): string {
  return text.trim().toLowerCase()
}

/** Whether a folded prefix is made of ASCII letters and digits only, 1 to 27 of them. Source: F64. */
export function isDomainPrefix(prefix: string): boolean {
  return /^[a-z0-9]{1,27}$/.test(prefix)
}

/** The domain of a new customer; its administrator signs in as `admin@` it. */
export function initialDomain(prefix: string): string {
  return `${foldDomainPrefix(prefix)}.${initialDomainSuffix}`
}

/** A prefix to begin with, from the company's name: `Işık Gıda A.Ş.` gives `isikgida`. */
export function suggestDomainPrefix(name: string): string {
  const words = searchKey(name).replaceAll('.', '').split(' ')
  const telling = words.filter((word) => !legalForms.has(word))
  return telling
    .join('')
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, domainPrefixLength.most)
}

/** The part of an e-mail address after the `@`, folded by ASCII rules. */
export function domainOfEmail(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase()
}

/** A customer's person may not use an address of the vendor or of one of its partners, also not below their domain. Source: F69. */
export function isPartnerEmail(email: string, partnerDomains: readonly (string | null)[]): boolean {
  const domain = domainOfEmail(email)
  return partnerDomains.some((own) => own !== null && (domain === own || domain.endsWith(`.${own}`)))
}

/** Registration and tax numbers compare without blanks, dots, dashes and case. */
function foldRegistration(number: string): string {
  return number.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase()
}

/**
 * Whether a customer would be one of its own partners: the same domain, or the same registration number in the same country.
 * Source: F36, invariant 13.
 */
export function isOwnCustomer(
  customer: { readonly country: string; readonly domain: string; readonly registrationNumber: string },
  partners: readonly PartnerIdentity[],
): boolean {
  const number = foldRegistration(customer.registrationNumber)
  return partners.some(
    (partner) =>
      partner.emailDomain === customer.domain ||
      (number !== '' &&
        partner.country === customer.country &&
        partner.registrationNumber !== null &&
        foldRegistration(partner.registrationNumber) === number),
  )
}

function matchesWhole(pattern: string | null, text: string): boolean {
  return pattern === null || new RegExp(`^(?:${pattern})$`).test(text)
}

/**
 * What in a company's details its country does not accept. A required number that is missing and one of the wrong form are two
 * different answers. Source: F23, F65, F67.
 *
 * @param prefix Path of the company in the request, such as `company.`.
 */
export function checkCompany(company: CompanyFacts, country: CountryRules, prefix = 'company.'): FieldRefusal[] {
  const found: FieldRefusal[] = []
  const refuse = (field: string, rule: string, format?: string | null): void => {
    found.push({ field: `${prefix}${field}`, rule, ...(format == null ? {} : { params: { format } }) })
  }
  const name = whyNameRefused(company.legalName)
  if (name !== undefined) refuse('legalName', name)
  if (company.addressLine1.trim() === '') refuse('addressLine1', 'required')
  if (company.city.trim() === '') refuse('city', 'required')
  if (country.stateRequired && company.state.trim() === '') refuse('state', 'stateRequired')
  const postalCode = company.postalCode.trim().toUpperCase()
  if (country.postalCodePattern !== null) {
    if (postalCode === '') refuse('postalCode', 'required')
    else if (!matchesWhole(country.postalCodePattern, postalCode)) {
      refuse('postalCode', 'postalCodeFormat', country.postalCodeExample ?? country.postalCodePattern)
    }
  }
  const registration = whyRegistrationRefused(company.registrationNumber, country)
  if (registration) found.push({ field: `${prefix}registrationNumber`, ...registration })
  return found
}

/** Whether a phone number has 4 to 20 digits, a plus only in front, and nothing but the usual signs between. */
export function isPhone(phone: string): boolean {
  return /^\+?[\d\s().\-/]{4,30}$/.test(phone) && /^\d{4,20}$/.test(phone.replaceAll(/\D/g, ''))
}

/**
 * What in a customer's primary contact is not accepted: an address of one of its partners, a missing phone number where the
 * country asks for one. Source: F67–F69.
 *
 * @param partnerDomains E-mail domains of the vendor, the provider and the resellers.
 */
export function checkContact(
  contact: { readonly email: string; readonly phone: string },
  country: Pick<CountryRules, 'phoneRequired'>,
  partnerDomains: readonly (string | null)[],
  prefix = 'contact.',
): FieldRefusal[] {
  const found: FieldRefusal[] = []
  if (isPartnerEmail(contact.email, partnerDomains)) found.push({ field: `${prefix}email`, rule: 'emailPartnerDomain' })
  const phone = contact.phone.trim()
  if (phone === '' && country.phoneRequired) found.push({ field: `${prefix}phone`, rule: 'required' })
  if (phone !== '' && !isPhone(phone)) found.push({ field: `${prefix}phone`, rule: 'phone' })
  return found
}

/** A customer's country must lie in the provider's region, wherever its people sit. Source: F31, F85, S8. */
export function isInRegion(country: Pick<CountryRules, 'regionId'>, providerRegionId: string): boolean {
  return country.regionId === providerRegionId && country.regionId !== 'unsupported'
}

/**
 * The latest day an acceptance may carry: today in UTC or in the acceptor's time zone, whichever is later. Source: F76,
 * invariant 17.
 *
 * @param timeZone IANA name; one that Intl does not know counts as UTC.
 */
export function latestAcceptanceDay(at: Date, timeZone = 'UTC'): string {
  const today = utcDay(at)
  const there = dayIn(at, timeZone)
  return there > today ? there : today
}

function dayIn(at: Date, timeZone: string): string {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
      .formatToParts(at)
      .map(({ type, value }) => [type, value] as const)
    const part = new Map(parts)
    return `${part.get('year')}-${part.get('month')}-${part.get('day')}`
  } catch {
    // RangeError is how Intl says that there is no such zone.
    return utcDay(at)
  }
}

/** First day an acceptance may carry; earlier ones are slips of the hand. */
export const earliestAcceptanceDay = '2000-01-01'

/** What is wrong with the day somebody is said to have accepted on. */
export function checkAcceptanceDay(
  day: string,
  at: Date,
  timeZone?: string,
): 'dateFuture' | 'dateTooEarly' | undefined {
  if (day > latestAcceptanceDay(at, timeZone)) return 'dateFuture'
  return day < earliestAcceptanceDay ? 'dateTooEarly' : undefined
}

export type AgreementStatus = 'attested' | 'direct' | 'missing'

/**
 * Whether a partner sees the company's details: when it created the customer, which it then described itself, or when it holds
 * live privileges. A relationship alone lets it sell, not look. Source: F84.
 */
export function seesCompanyDetails(tie: {
  readonly via: 'created' | 'invited'
  readonly livePrivileges: boolean
}): boolean {
  return tie.via === 'created' || tie.livePrivileges
}

/** The states of a subscription that stand in the way of ending the relationship with its customer. Source: F93, invariant 20. */
export const blockingStatuses = ['pending', 'active', 'renewing'] as const

/** Order and search text of a customer, as lists keep them beside each tie; made again when the name changes. */
export function listKeys(customer: { readonly legalName: string; readonly primaryDomain: string }): {
  readonly sortKey: string
  readonly searchKey: string
} {
  return {
    sortKey: sortKey(customer.legalName),
    searchKey: `${searchKey(customer.legalName)} ${customer.primaryDomain}`.slice(0, 600),
  }
}

/** Who stands before a relationship request, and what is known about both sides. */
export interface Answering {
  readonly status: InvitationStatus
  readonly organizationId: string
  readonly organizationKind: OrganizationKind
  readonly isGlobalAdmin: boolean
  /** The customer that accepted it; null while nobody did. */
  readonly acceptedBy: string | null
  /** The customer's country lies in the provider's region. */
  readonly inRegion: boolean
  /** The customer is one of the asking partners itself. */
  readonly isPartner: boolean
  /** The customer has what is asked for already. */
  readonly hasAll: boolean
}

/**
 * Decides whether somebody may accept a relationship request: only a customer of the provider's region may, through its global
 * admin. Source: F82, F85, F36.
 *
 * @returns `accept` to go ahead, `done` when this very customer accepted it before, otherwise the refusal to give.
 */
export function decideAcceptance(facts: Answering): 'accept' | 'done' | { readonly refuse: RefusalName } {
  if (facts.organizationKind !== 'customer') return { refuse: 'customerAccountNeeded' }
  if (facts.status === 'accepted' && facts.acceptedBy === facts.organizationId) return 'done'
  const closed = whyInvitationIsClosed(facts.status)
  if (closed !== null) return { refuse: closed }
  if (facts.isPartner) return { refuse: 'ownCustomer' }
  if (!facts.inRegion) return { refuse: 'customerOutsideRegion' }
  if (facts.hasAll) return { refuse: 'relationshipExists' }
  return facts.isGlobalAdmin ? 'accept' : { refuse: 'globalAdminNeeded' }
}
