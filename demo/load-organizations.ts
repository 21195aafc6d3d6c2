import { sql } from 'kysely'
import type { EnrollmentStatus } from '../src/features/program/rules.ts'
import { newId, type OrganizationId } from '../src/kernel/ids.ts'
import { searchKey, sortKey } from '../src/kernel/text.ts'
import { loadUsers } from './load-users.ts'
import { type DemoParty, operator, providers, type ResellerState, resellers } from './parties.ts'
import { type DemoTenant, type Stage, tenantOf } from './stage.ts'

/** Organizations enroll outside of the product as it is, so their rows are written here. */
type Row = Omit<DemoParty, 'globalId' | 'locationIds' | 'registrationNumber'> & Partial<DemoParty>

const enrollments: Readonly<Record<ResellerState, EnrollmentStatus | null>> = {
  partner: 'active',
  unsigned: 'active',
  suspended: 'active',
  invited: 'active',
  ended: 'active',
  pending: 'pending',
  notEnrolled: null,
  otherRegion: 'active',
}

const notes: Readonly<Record<ResellerState, string>> = {
  partner: 'active partner',
  unsigned: 'partner, agreement not signed',
  suspended: 'partner, suspended',
  invited: 'has an open invitation',
  ended: 'partnership ended',
  pending: 'enrollment pending',
  notEnrolled: 'not enrolled',
  otherRegion: 'another region',
}

/** Loads the operator, the providers and the resellers, with a person for every role at each. */
export async function loadOrganizations(stage: Stage): Promise<void> {
  await loadOrganization(stage, 'operator', operator, 'platform operator', null, 400)
  for (const provider of providers) {
    await loadOrganization(stage, 'provider', provider, `sells in ${provider.country}`, 'active', 390)
    await listInDirectory(stage, provider)
  }
  for (const reseller of resellers) {
    const began = reseller.standing === 'pending' ? 6 : reseller.standing === 'invited' ? 40 : 380
    await loadOrganization(stage, 'reseller', reseller, notes[reseller.standing], enrollments[reseller.standing], began)
  }
}

/** Loads an organization with its accounts, its signature when it is enrolled, and a person for every role. */
export async function loadOrganization(
  stage: Stage,
  kind: 'operator' | 'provider' | 'reseller',
  party: Row,
  note: string,
  enrollment: EnrollmentStatus | null,
  daysAgo: number,
): Promise<void> {
  const at = stage.at(daysAgo, 8)
  const id = newId<'organization'>()
  const tenant: DemoTenant = {
    key: party.key,
    tenantId: id,
    kind,
    name: party.name,
    domain: party.domain,
    note,
    users: [],
  }
  stage.tenants.set(party.key, tenant)
  await insertOrganization(stage, id, kind, party, at)
  if (enrollment !== null) await enroll(stage, id, kind, enrollment, at)
  if (party.globalId !== undefined && party.locationIds?.length)
    await addAccounts(stage, id, party, party.globalId, party.locationIds)
  await loadUsers(stage, tenant, party.locale, at)
  if (enrollment === 'active') await sign(stage, tenant, at)
}

async function insertOrganization(
  { deps }: Stage,
  id: OrganizationId,
  kind: 'operator' | 'provider' | 'reseller',
  party: Row,
  at: Date,
): Promise<void> {
  const found = [party.name, party.legalName, party.city, party.locationIds?.[0] ?? '', party.domain]
  await sql`
    insert into organizations (id, kind, legal_name, trading_name, country, region_id, culture, address_line1, city, state, postal_code,
      registration_number, email_domain, support_email, support_phone, support_website, sort_key, search_key, created_at)
    select ${id}, ${kind}, ${party.legalName}, ${party.name}, code, region_id, culture, ${party.addressLine1}, ${party.city},
      ${party.state}, ${party.postalCode}, ${party.registrationNumber ?? null}, ${party.domain}, ${`support@${party.domain}`},
      ${party.phone}, ${`https://www.${party.domain}`}, ${sortKey(party.name)}, ${searchKey(found.join(' '))}, ${at}
    from countries where code = ${party.country}`.execute(deps.db)
}

async function enroll(
  { deps }: Stage,
  id: OrganizationId,
  kind: 'operator' | 'provider' | 'reseller',
  status: EnrollmentStatus,
  at: Date,
): Promise<void> {
  await deps.db
    .insertInto('program_enrollments')
    .values({
      organization_id: id,
      tier: kind === 'provider' ? 'indirect_provider' : 'indirect_reseller',
      status,
      activated_at: status === 'active' ? at : null,
      changed_at: at,
    })
    .execute()
}

/** One global account, and its locations; the first is the one the organization came to the portal with. */
async function addAccounts(
  { deps }: Stage,
  organizationId: OrganizationId,
  party: Row,
  globalId: string,
  locationIds: readonly string[],
): Promise<void> {
  const globalAccountId = newId()
  await deps.db
    .insertInto('partner_ids')
    .values([
      { partner_id: globalId, kind: 'global' as const },
      ...locationIds.map((id) => ({ partner_id: id, kind: 'location' as const })),
    ])
    .execute()
  await deps.db
    .insertInto('partner_global_accounts')
    .values({ id: globalAccountId, partner_id: globalId, legal_name: party.legalName, country: party.country })
    .execute()
  await deps.db
    .insertInto('partner_location_accounts')
    .values(
      locationIds.map((partnerId, place) => ({
        id: newId(),
        global_account_id: globalAccountId,
        partner_id: partnerId,
        name: place === 0 ? party.name : `${party.name} 2`,
        country: party.country,
        city: party.city,
        organization_id: place === 0 ? organizationId : null,
      })),
    )
    .execute()
}

async function sign({ deps }: Stage, tenant: DemoTenant, at: Date): Promise<void> {
  const signer = tenant.users[0]?.actor
  await sql`
    insert into partner_agreement_signatures (organization_id, region_id, version, location_account_id, signer_user_id, signer_name,
      signed_at, ip)
    select o.id, o.region_id, t.version, l.id, ${signer?.userId ?? null}, ${signer?.userName ?? null}, ${at}, '127.0.0.1'
    from organizations o
    join partner_location_accounts l on l.organization_id = o.id
    join (select max(version) as version from agreement_templates where kind = 'partner') t on true
    where o.id = ${tenant.tenantId}`.execute(deps.db)
}

const descriptions: Readonly<
  Record<string, { readonly en: string; readonly tr: string; readonly services: readonly string[] }>
> = {
  bogazici: {
    en: 'Cloud distributor for Türkiye and its neighbors. We help resellers from the first customer to the thousandth license.',
    tr: 'Türkiye ve komşu ülkeler için bulut distribütörü. Bayilere ilk müşteriden bininci lisansa kadar eşlik ediyoruz.',
    services: ['licensing', 'migration', 'support', 'training', 'billing'],
  },
  cascade: {
    en: 'Two-tier cloud distribution across the United States, with a support desk that never sleeps.',
    tr: 'Amerika Birleşik Devletleri genelinde iki katmanlı bulut dağıtımı ve kesintisiz destek masası.',
    services: ['licensing', 'managed_services', 'security', 'support', 'marketing'],
  },
}

async function listInDirectory(stage: Stage, provider: DemoParty): Promise<void> {
  const text = descriptions[provider.key] ?? { en: '', tr: '', services: [] }
  await stage.deps.db
    .insertInto('directory_profiles')
    .values({
      provider_id: tenantOf(stage, provider.key).tenantId,
      listed: true,
      description_en: text.en,
      description_tr: text.tr,
      services: [...text.services],
      website: `https://www.${provider.domain}`,
      contact_email: `hello@${provider.domain}`,
      contact_phone: provider.phone,
      representative_name: 'Helen Park',
      representative_email: `helen.park@${operator.domain}`,
      representative_phone: operator.phone,
      updated_at: stage.today,
    })
    .execute()
}

/** Brings resellers into standings that only the program, not a partner, can bring about. Once all partnerships are made. */
export async function applyStandings(stage: Stage): Promise<void> {
  for (const { key, standing } of resellers) {
    const id = tenantOf(stage, key).tenantId
    if (standing === 'suspended') {
      await stage.deps.db.updateTable('organizations').set({ status: 'suspended' }).where('id', '=', id).execute()
    }
    if (standing === 'unsigned') {
      await stage.deps.db.deleteFrom('partner_agreement_signatures').where('organization_id', '=', id).execute()
      await stage.deps.db
        .updateTable('program_enrollments')
        .set({ status: 'qualified' })
        .where('organization_id', '=', id)
        .execute()
    }
  }
}
