import { type RawBuilder, sql } from 'kysely'
import { noCustomer, type OrganizationId } from '../../kernel/ids.ts'
import type { OrganizationKind } from '../../kernel/permissions.ts'
import { partnerInternalActions } from '../audit/rules.ts'

/**
 * Who sees which events, once, for the feed and for webhooks: `e` is an event, `own` the organization. The rules are those of
 * the activity log, and a reseller also sees what names it and what Kanal itself did on its customers.
 */

type Sql = RawBuilder<unknown>

/** A provider sees its own world; of a customer that is no longer its own, only what its own people did. */
export function providerSees(own: Sql): Sql {
  return sql`(e.provider_id = ${own} and (e.customer_id = ${noCustomer} or e.actor_organization_id = ${own}
    or exists (select from customer_relationships x
      where x.customer_id = e.customer_id and x.partner_id = ${own} and x.state = 'active')))`
}

/** What an organization's own people did in nobody's world or in a provider's; a provider's own acts are in its world. */
export function didItself(own: Sql): Sql {
  return sql`(e.actor_organization_id = ${own} and e.provider_id is distinct from e.actor_organization_id)`
}

/** What others did that names the reseller. */
export function namesReseller(own: Sql): Sql {
  return sql`(e.reseller_id = ${own} and e.actor_organization_id is distinct from ${own})`
}

/** What the provider, the customer or Kanal did on a customer shared by an association `a`, and no other reseller. */
export const onShared: Sql = sql`(e.provider_id = a.provider_id and e.reseller_id is null
  and e.actor_organization_id in (a.provider_id, a.customer_id, ${noCustomer}))`

/** A customer sees what was done on itself, but not what partners settle among themselves. */
export function customerSees(own: Sql): Sql {
  return sql`(e.customer_id = ${own} and e.type <> all(${[...partnerInternalActions]}::text[]))`
}

/** What a customer's people did on themselves. */
export function customerDid(own: Sql): Sql {
  return sql`(e.customer_id = ${noCustomer} and ${didItself(own)})`
}

/** Whether an event is of the chosen types; none chosen are all. `type` is a column, `types` a text[]. */
export function isOfTypes(type: Sql, types: Sql): Sql {
  return sql`(cardinality(${types}) = 0 or ${type} = any(${types}) or split_part(${type}, '.', 1) || '.*' = any(${types}))`
}

export interface Reader {
  readonly organizationId: OrganizationId
  readonly organizationKind: OrganizationKind
}

/** An event's columns as the feed and deliveries need them. */
export const eventColumns = sql`e.customer_id, e.id, e.xact, e.at, e.type, e.subject_kind, e.subject_id,
  e.actor_organization_id, e.reseller_id, e.payload`

/**
 * What an organization sees behind a position and before an end, in commit order: at most `limit` events, each found by an
 * index, whatever else there is. `from events e` in disjoint sources.
 *
 * @param where What further holds of an event `e`, as far as its index knows it: the position and the end.
 */
export function visibleEvents({ organizationId, organizationKind }: Reader, where: Sql, limit: number): Sql {
  const own = sql`${organizationId}::uuid`
  const inOrder = sql`order by e.xact, e.id limit ${limit}`
  const source = (sees: Sql): Sql => sql`(select ${eventColumns} from events e where ${sees} and ${where} ${inOrder})`
  const sources: readonly Sql[] = (() => {
    switch (organizationKind) {
      case 'provider':
        return [source(providerSees(own))]
      case 'customer':
        return [source(customerSees(own)), source(customerDid(own))]
      case 'reseller':
        return [
          source(didItself(own)),
          source(namesReseller(own)),
          sql`(select e.* from customer_reseller_associations a
            cross join lateral (select ${eventColumns} from events e
              where e.customer_id = a.customer_id and ${onShared} and ${where} ${inOrder}) e
            where a.reseller_id = ${own} and a.ended_at is null ${inOrder})`,
        ]
      case 'operator':
        return []
    }
  })()
  return sql`(select * from (${sql.join(sources, sql` union all `)}) e ${inOrder})`
}
