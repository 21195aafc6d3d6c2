import { sql } from 'kysely'
import { type CustomerId, newId, type PartnershipId, type SubscriptionId } from '../../kernel/ids.ts'
import { searchKey, sortKey } from '../../kernel/text.ts'
import type { Deps } from '../../platform/context.ts'
import type { TestOrganization } from '../program/test-organizations.ts'

export interface TestCustomer {
  readonly customerId: CustomerId
  readonly subscriptionIds: readonly SubscriptionId[]
}

/**
 * For tests of this feature: a customer as other features would leave it, by rows: associated with the reseller, with
 * subscriptions that have it as reseller of record and support contact, and an admin privilege that it holds.
 */
export async function givenSharedCustomer(
  deps: Deps,
  provider: TestOrganization,
  reseller: TestOrganization,
  partnershipId: PartnershipId,
  given: { readonly name: string; readonly subscriptions?: number; readonly via?: 'created' | 'invited' },
): Promise<TestCustomer> {
  const id = newId<'customer'>()
  const at = deps.now()
  const key = sortKey(given.name)
  const by = newId()
  await sql`
    insert into customers (id, legal_name, country, culture, language, primary_domain, address_line1, city,
      contact_first_name, contact_last_name, contact_email, sort_key, created_at)
    values (${id}, ${given.name}, 'TR', 'tr-TR', 'tr', ${`c${id.slice(-12)}.example`}, '1 Street', 'Ankara', 'Ada', 'Kaya',
      'ada@customer.example', ${key}, ${at})`.execute(deps.db)
  await sql`
    with relationship as (
      insert into customer_relationships (customer_id, id, partner_id, type, via, state, started_at, country, sort_key, search_key)
      values (${id}, ${newId()}, ${provider.organizationId}, 'provider', ${given.via ?? 'created'}, 'active', ${at}, 'TR', ${key},
        ${searchKey(given.name)})
    ), privilege as (
      insert into admin_relationships (customer_id, id, partner_id, name, roles, duration_days, status, granted_via, activated_at, ends_at)
      values (${id}, ${newId()}, ${reseller.organizationId}, 'Default', ${['helpdesk']}, 730, 'active', 'default', ${at}, '2028-12-01')
    )
    insert into customer_reseller_associations (customer_id, id, provider_id, reseller_id, partnership_id, created_at, created_by,
      created_by_name, sort_key, search_key)
    values (${id}, ${newId()}, ${provider.organizationId}, ${reseller.organizationId}, ${partnershipId}, ${at}, ${by}, 'Selin',
      ${key}, ${searchKey(given.name)})`.execute(deps.db)
  const subscriptionIds: SubscriptionId[] = []
  for (let number = 1; number <= (given.subscriptions ?? 1); number++) {
    subscriptionIds.push(await givenSubscription(deps, id, provider, reseller, number))
  }
  return { customerId: id, subscriptionIds }
}

async function givenSubscription(
  deps: Deps,
  customerId: CustomerId,
  provider: TestOrganization,
  reseller: TestOrganization,
  number: number,
): Promise<SubscriptionId> {
  const id = newId<'subscription'>()
  const at = deps.now()
  await sql`
    with subscription as (
      insert into subscriptions (customer_id, id, provider_id, order_id, line_number, product_id, sku_id, title, kind, quantity,
        term, billing_plan, segment, status, provisioning_status, start_on, end_on, auto_renew, currency, unit_cost, unit_retail,
        incentive_eligible, created_at, changed_at)
      values (${customerId}, ${id}, ${provider.organizationId}, ${newId()}, ${number}, 'P', 'S', ${`Office ${number}`}, 'license', 5,
        'P1Y', 'annual', 'commercial', 'active', 'success', '2026-12-01', '2027-11-30', true, 'TRY', 1, 2, true, ${at}, ${at})
    ), of_record as (
      insert into resellers_of_record (customer_id, subscription_id, id, reseller_id, location_account_id, partner_id, reseller_name,
        valid_from, set_by, set_by_name)
      values (${customerId}, ${id}, ${newId()}, ${reseller.organizationId}, ${reseller.locationId}, ${reseller.partnerId},
        ${reseller.name}, ${at}, ${newId()}, 'Selin')
    )
    insert into support_contacts (customer_id, subscription_id, id, partner_id, name, email, phone, website, valid_from, set_by,
      set_by_name)
    values (${customerId}, ${id}, ${newId()}, ${reseller.organizationId}, ${reseller.name}, 's@r.example', '', '', ${at}, ${newId()},
      'Selin')`.execute(deps.db)
  return id
}
