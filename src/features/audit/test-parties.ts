import { type CustomerId, newId, type OrganizationId } from '../../kernel/ids.ts'
import { sortKey } from '../../kernel/text.ts'
import type { Deps } from '../../platform/context.ts'

/** For tests: an organization with a name and nothing else that matters. */
export async function givenOrganization(
  deps: Deps,
  kind: 'operator' | 'provider' | 'reseller',
  name: string,
): Promise<OrganizationId> {
  const id = newId<'organization'>()
  await deps.db
    .insertInto('organizations')
    .values({
      id,
      kind,
      legal_name: name,
      trading_name: name,
      country: 'TR',
      region_id: 'middle_east_cee',
      culture: 'tr-TR',
      sort_key: sortKey(name),
      search_key: name.toLowerCase(),
      created_at: deps.now(),
    })
    .execute()
  return id
}

/** For tests: a customer with an active relationship to a provider, associated with resellers if any are given. */
export async function givenCustomer(
  deps: Deps,
  name: string,
  providerId: OrganizationId,
  ...resellers: readonly OrganizationId[]
): Promise<CustomerId> {
  const id = newId<'customer'>()
  const at = deps.now()
  const keys = { sort_key: sortKey(name), search_key: name.toLowerCase() }
  const person = { contact_first_name: 'Ada', contact_last_name: 'Deniz', contact_email: 'ada@mail.test.example' }
  await deps.db
    .insertInto('customers')
    .values({
      id,
      legal_name: name,
      country: 'TR',
      culture: 'tr-TR',
      language: 'tr',
      primary_domain: `${id}.test.example`,
      address_line1: 'İstiklal Caddesi 1',
      city: 'İstanbul',
      ...person,
      sort_key: keys.sort_key,
      created_at: at,
    })
    .execute()
  await deps.db
    .insertInto('customer_relationships')
    .values({
      customer_id: id,
      id: newId(),
      partner_id: providerId,
      type: 'provider',
      via: 'created',
      state: 'active',
      started_at: at,
      country: 'TR',
      ...keys,
    })
    .execute()
  for (const reseller of resellers) {
    await deps.db
      .insertInto('customer_reseller_associations')
      .values({
        customer_id: id,
        id: newId(),
        provider_id: providerId,
        reseller_id: reseller,
        partnership_id: newId(),
        created_at: at,
        created_by: newId(),
        created_by_name: 'Test',
        ...keys,
      })
      .execute()
  }
  return id
}
