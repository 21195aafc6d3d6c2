import { sql } from 'kysely'
import { type FieldRefusal, Refusal, type RefusalName } from '../../kernel/errors.ts'
import type { Actor, Db } from '../../platform/context.ts'
import { requireActivePartnership, type UsablePartnership } from '../partnerships/queries.ts'
import { type CountryRow, readCountry, readTradingParty } from '../program/queries.ts'
import { whyProviderCannotTrade } from '../program/rules.ts'
import {
  checkAcceptanceDay,
  checkCompany,
  checkContact,
  initialDomain,
  isInRegion,
  isOwnCustomer,
  type NameWarning,
  whyNameUnusual,
} from './rules.ts'
import type { NewCustomer } from './wire.ts'

/** What stands when a customer's details pass. */
export interface CheckedCustomer {
  readonly domain: string
  readonly country: CountryRow
  /** Null when no indirect reseller takes part. */
  readonly partnership: UsablePartnership | null
  /** What should be confirmed; empty once it is. */
  readonly warnings: readonly NameWarning[]
}

/**
 * Checks everything about a new customer that can be known before it is stored, and names all wrong fields at once.
 *
 * @throws Refusal customerOutsideRegion, ownCustomer, domainTaken, invalidRequest, each with all fields that need attention;
 *   before that, what bars the provider or the reseller from trading.
 */
export async function checkNewCustomer(db: Db, actor: Actor, at: Date, details: NewCustomer): Promise<CheckedCustomer> {
  const domain = initialDomain(details.company.domainPrefix)
  const [provider, country, world, partnership] = await Promise.all([
    readTradingParty(db, actor.organizationId),
    readCountry(db, details.company.country),
    readWorld(db, domain, details),
    details.resellerId === null ? null : requireActivePartnership(db, actor.organizationId, details.resellerId),
  ])
  if (!provider) throw new Error(`Organization ${actor.organizationId} acts without a row.`)
  const barred = whyProviderCannotTrade(provider)
  if (barred !== null) throw new Refusal(barred)
  if (!country) throw new Refusal('invalidRequest', { fields: [{ field: 'company.country', rule: 'notOneOf' }] })

  const partners = [provider, ...(partnership ? [partnership.reseller] : [])]
  const { company, contact, agreement } = details
  const fields: FieldRefusal[] = [
    ...checkCompany(company, country),
    ...checkContact(contact, country, [...partners.map((partner) => partner.emailDomain), ...world.vendorDomains]),
  ]
  if (agreement.method === 'attested') {
    const day = checkAcceptanceDay(agreement.acceptedOn, at, agreement.timeZone)
    if (day) fields.push({ field: 'agreement.acceptedOn', rule: day })
    fields.push(
      ...checkContact(
        agreement,
        { phoneRequired: false },
        partners.map((partner) => partner.emailDomain),
        'agreement.',
      ),
    )
  }

  const reasons: RefusalName[] = []
  if (!isInRegion(country, provider.regionId)) {
    reasons.push('customerOutsideRegion')
    fields.push({ field: 'company.country', rule: 'countryOutsideRegion' })
  }
  const own = { country: company.country, domain, registrationNumber: company.registrationNumber }
  if (world.isPartner || isOwnCustomer(own, partners)) {
    reasons.push('ownCustomer')
    fields.push({ field: 'company.registrationNumber', rule: 'registrationOfPartner' })
  }
  if (world.domainTaken) {
    reasons.push('domainTaken')
    fields.push({ field: 'company.domainPrefix', rule: 'domainTaken' })
  }
  if (fields.length > 0) throw new Refusal(reasons[0] ?? 'invalidRequest', { fields })

  const unusual = details.nameConfirmed ? undefined : whyNameUnusual(company.legalName)
  return { domain, country, partnership, warnings: unusual ? [{ field: 'company.legalName', rule: unusual }] : [] }
}

/** What the rest of the world has to say: is the domain taken, does a partner have this registration number, who is the vendor. */
async function readWorld(
  db: Db,
  domain: string,
  { company }: NewCustomer,
): Promise<{ readonly domainTaken: boolean; readonly isPartner: boolean; readonly vendorDomains: readonly string[] }> {
  const { rows } = await sql<{ domainTaken: boolean; isPartner: boolean; vendorDomains: string[] }>`
    select
      exists (select from domains where name = ${domain}) as "domainTaken",
      exists (select from organizations where country = ${company.country} and registration_number = ${company.registrationNumber}
        and registration_number <> '') as "isPartner",
      array(select email_domain from organizations where kind = 'operator' and email_domain is not null) as "vendorDomains"`.execute(
    db,
  )
  const [row] = rows
  if (!row) throw new Error('A select without a from gives one row.')
  return row
}
