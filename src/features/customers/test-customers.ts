import { sql } from 'kysely'
import { type CustomerId, newId, type OrganizationId, type PartnershipId } from '../../kernel/ids.ts'
import type { Deps } from '../../platform/context.ts'
import { listKeys } from './rules.ts'
import type { NewCustomer } from './wire.ts'

interface Party {
  readonly organizationId: OrganizationId
}

export interface GivenCustomer {
  readonly name?: string
  readonly country?: string
  readonly via?: 'created' | 'invited'
  /** `attested` unless told. */
  readonly agreement?: 'attested' | 'direct' | 'missing'
  /** Associated with the customer, by this partnership. */
  readonly reseller?: Party & { readonly partnershipId: PartnershipId }
  readonly registrationNumber?: string
  readonly contactEmail?: string
}

export interface TestCustomer {
  readonly customerId: CustomerId
  readonly name: string
  readonly primaryDomain: string
}

let count = 0

/** For tests: a customer of a provider, written past the rules; in Türkiye unless told. It has no users and no privileges. */
export async function givenCustomer(deps: Deps, provider: Party, given: GivenCustomer = {}): Promise<TestCustomer> {
  const customerId = newId<'customer'>()
  const { name = `Müşteri ${++count}`, country = 'TR', via = 'created', agreement = 'attested', reseller } = given
  const primaryDomain = `c${customerId.replaceAll('-', '').slice(-12)}.onkanal.example`
  const { sortKey, searchKey } = listKeys({ legalName: name, primaryDomain })
  const at = deps.now()
  const providerId = provider.organizationId
  await sql`
    with domain as (
      insert into domains (name, owner_id, owner_kind, is_initial, created_at)
      values (${primaryDomain}, ${customerId}, 'customer', true, ${at})
    ), customer as (
      insert into customers (id, legal_name, tenant_name, country, culture, language, primary_domain, address_line1, city, postal_code,
        registration_number, contact_first_name, contact_last_name, contact_email, contact_phone, sort_key, created_at)
      values (${customerId}, ${name}, ${name}, ${country}, 'tr-TR', 'tr', ${primaryDomain}, '1 Test Street', 'İstanbul', '34394',
        ${given.registrationNumber ?? '1234567890'}, 'Ayşe', 'Işık', ${given.contactEmail ?? `ayse@${primaryDomain}`}, '+90 212 555 0101',
        ${sortKey}, ${at})
    ), acceptance as (
      insert into customer_agreement_acceptances (customer_id, id, provider_id, method, template_version, first_name, last_name,
        email, accepted_on, recorded_by, recorded_by_name, recorded_at)
      select ${customerId}, ${newId()}, case when ${agreement} = 'attested' then ${providerId}::uuid end, ${agreement}, '2026-01',
        'Ayşe', 'Işık', 'ayse@example.com', '2026-01-05', ${newId()}, 'Somebody', ${at}
      where ${agreement} <> 'missing'
    ), association as (
      insert into customer_reseller_associations (customer_id, id, provider_id, reseller_id, partnership_id, created_at, created_by,
        created_by_name, sort_key, search_key)
      select ${customerId}, ${newId()}, ${providerId}, ${reseller?.organizationId ?? null}::uuid, ${reseller?.partnershipId ?? null}::uuid,
        ${at}, ${newId()}, 'Somebody', ${sortKey}, ${searchKey}
      where ${reseller !== undefined}
    )
    insert into customer_relationships (customer_id, id, partner_id, type, via, state, started_at, country, sort_key, search_key,
      agreement, has_reseller)
    select ${customerId}, tie.id, tie.partner_id, tie.type, ${via}, 'active', ${at}, ${country}, ${sortKey}, ${searchKey}, ${agreement},
      tie.type = 'provider' and ${reseller !== undefined}
    from (values (${newId()}::uuid, ${providerId}::uuid, 'provider'), (${newId()}::uuid, ${reseller?.organizationId ?? null}::uuid, 'reseller'))
      as tie (id, partner_id, type)
    where tie.partner_id is not null`.execute(deps.db)
  return { customerId, name, primaryDomain }
}

/** For tests: ties one more provider to a customer, as if the customer had accepted its request. */
export async function givenRelationship(
  deps: Deps,
  customer: TestCustomer,
  provider: Party,
  given: { readonly via?: 'created' | 'invited' } = {},
): Promise<void> {
  const { sortKey, searchKey } = listKeys({ legalName: customer.name, primaryDomain: customer.primaryDomain })
  await sql`
    insert into customer_relationships (customer_id, id, partner_id, type, via, state, started_at, country, sort_key, search_key)
    select id, ${newId()}, ${provider.organizationId}, 'provider', ${given.via ?? 'invited'}, 'active', ${deps.now()}, country,
      ${sortKey}, ${searchKey}
    from customers where id = ${customer.customerId}`.execute(deps.db)
}

/** For tests: the details of a new customer that everything accepts; in Türkiye. */
export function newCustomer(
  given: {
    readonly company?: Partial<NewCustomer['company']>
    readonly contact?: Partial<NewCustomer['contact']>
    readonly resellerId?: OrganizationId | null
    readonly agreement?: NewCustomer['agreement']
    readonly nameConfirmed?: boolean
  } = {},
): NewCustomer {
  return {
    company: {
      legalName: 'Işık Gıda Sanayi A.Ş.',
      country: 'TR',
      addressLine1: 'Barbaros Bulvarı 12',
      addressLine2: '',
      city: 'İstanbul',
      district: 'Beşiktaş',
      state: '',
      postalCode: '34349',
      registrationNumber: '4810538271',
      taxOffice: 'Beşiktaş',
      domainPrefix: 'isikgida',
      segment: 'commercial',
      ...given.company,
    },
    contact: {
      firstName: 'Ayşe',
      lastName: 'Işık',
      email: 'ayse@isikgida.example',
      phone: '+90 212 555 0101',
      ...given.contact,
    },
    language: 'tr',
    nameConfirmed: given.nameConfirmed ?? false,
    resellerId: given.resellerId ?? null,
    agreement: given.agreement ?? {
      method: 'attested',
      firstName: 'Ayşe',
      lastName: 'Işık',
      email: 'ayse@isikgida.example',
      phone: '',
      acceptedOn: '2026-11-30',
    },
  }
}
