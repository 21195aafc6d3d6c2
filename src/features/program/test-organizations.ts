import { sql } from 'kysely'
import { newId, type LocationAccountId, type OrganizationId } from '../../kernel/ids.ts'
import { searchKey, sortKey } from '../../kernel/text.ts'
import type { Deps } from '../../platform/context.ts'
import type { EnrollmentStatus } from './rules.ts'

export interface GivenOrganization {
  readonly name?: string
  readonly country?: string
  readonly city?: string
  /** `active` unless told; null: not enrolled at all. */
  readonly enrollment?: EnrollmentStatus | null
  /** Whether it signed the partner agreement for its region; true unless told. */
  readonly signed?: boolean
  readonly status?: 'active' | 'suspended'
  /** Whether it has a location account; true unless told. */
  readonly located?: boolean
  readonly emailDomain?: string
  readonly registrationNumber?: string
}

export interface TestOrganization {
  readonly organizationId: OrganizationId
  readonly name: string
  /** The location's id, the one to trade under. */
  readonly partnerId: string
  readonly globalPartnerId: string
  readonly locationId: LocationAccountId
  readonly globalAccountId: string
}

let lastPartnerId = 4_000_000

/** For tests: an indirect provider that may trade; in Türkiye unless told. */
export async function givenProvider(deps: Deps, given: GivenOrganization = {}): Promise<TestOrganization> {
  return await givenOrganization(deps, 'provider', { name: 'Anadolu Dağıtım', ...given })
}

/** For tests: an indirect reseller that may trade; in Türkiye unless told. */
export async function givenReseller(deps: Deps, given: GivenOrganization = {}): Promise<TestOrganization> {
  return await givenOrganization(deps, 'reseller', { name: 'Boğaziçi Bilişim', ...given })
}

/** For tests: the platform operator. */
export async function givenOperator(deps: Deps): Promise<TestOrganization> {
  return await givenOrganization(deps, 'operator', {
    name: 'Kanal Operator',
    enrollment: null,
    signed: false,
    located: false,
  })
}

async function givenOrganization(
  deps: Deps,
  kind: 'operator' | 'provider' | 'reseller',
  given: GivenOrganization,
): Promise<TestOrganization> {
  const { name = kind, country = 'TR', city = 'İstanbul', enrollment = 'active', signed = true, located = true } = given
  const organizationId = newId<'organization'>()
  const locationId = newId<'locationAccount'>()
  const globalAccountId = newId()
  const globalPartnerId = String(++lastPartnerId)
  const partnerId = String(++lastPartnerId)
  const at = deps.now()
  await sql`
    insert into organizations (id, kind, legal_name, trading_name, country, region_id, culture, status, city, address_line1,
      postal_code, email_domain, registration_number, support_email, sort_key, search_key, created_at)
    select ${organizationId}, ${kind}, ${`${name} Ltd.`}, ${name}, code, region_id, culture, ${given.status ?? 'active'}, ${city},
      '1 Test Street', '34394', ${given.emailDomain ?? null}, ${given.registrationNumber ?? null}, 'support@test.example',
      ${sortKey(name)}, ${searchKey(`${name} ${city} ${located ? partnerId : ''}`)}, ${at}
    from countries where code = ${country}`.execute(deps.db)
  if (enrollment !== null) {
    await deps.db
      .insertInto('program_enrollments')
      .values({
        organization_id: organizationId,
        tier: kind === 'provider' ? 'indirect_provider' : 'indirect_reseller',
        status: enrollment,
        activated_at: enrollment === 'active' ? at : null,
        changed_at: at,
      })
      .execute()
  }
  if (located) {
    await sql`
      with ids as (
        insert into partner_ids (partner_id, kind) values (${globalPartnerId}, 'global'), (${partnerId}, 'location')
      ), global_account as (
        insert into partner_global_accounts (id, partner_id, legal_name, country)
        values (${globalAccountId}, ${globalPartnerId}, ${`${name} Ltd.`}, ${country})
      )
      insert into partner_location_accounts (id, global_account_id, partner_id, name, country, city, organization_id)
      values (${locationId}, ${globalAccountId}, ${partnerId}, ${name}, ${country}, ${city}, ${organizationId})`.execute(
      deps.db,
    )
  }
  if (signed && located) {
    await sql`
      insert into partner_agreement_signatures (organization_id, region_id, version, location_account_id, signer_user_id,
        signer_name, signed_at, ip)
      select id, region_id, '2026-01', ${locationId}, ${newId()}, 'Signer', ${at}, '127.0.0.1'
      from organizations where id = ${organizationId}`.execute(deps.db)
  }
  return { organizationId, name, partnerId, globalPartnerId, locationId, globalAccountId }
}

/** For tests: another location of the same company, which nobody came to the portal with. Returns its id. */
export async function givenUnusedLocation(deps: Deps, organization: TestOrganization, country = 'TR'): Promise<string> {
  const partnerId = String(++lastPartnerId)
  await sql`insert into partner_ids (partner_id, kind) values (${partnerId}, 'location')`.execute(deps.db)
  await sql`
    insert into partner_location_accounts (id, global_account_id, partner_id, name, country)
    values (${newId()}, ${organization.globalAccountId}, ${partnerId}, ${organization.name}, ${country})`.execute(
    deps.db,
  )
  return partnerId
}
