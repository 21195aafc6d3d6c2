import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../platform/context.ts'

/**
 * Whether the actor's organization takes part in a request, and so may know of it: the customer, those who own it or owned it, and
 * who filed it.
 *
 * @param alias Name of the `service_requests` row in the query.
 */
export function takesPart(actor: Actor, alias: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from service_request_parties party
    where party.customer_id = ${sql.ref(`${alias}.customer_id`)} and party.request_id = ${sql.ref(`${alias}.id`)}
      and party.party_id = ${actor.organizationId}::uuid)`
}

/**
 * Whether the actor may read a message of a request it sees: notes only those of its own organization, what went along with
 * an escalation only partners.
 *
 * @param alias Name of the `service_request_messages` row in the query.
 */
export function readsMessage(actor: Actor, alias: string): RawBuilder<boolean> {
  const kind = sql.ref(`${alias}.kind`)
  const own = sql`${kind} = 'note' and ${sql.ref(`${alias}.author_organization_id`)} = ${actor.organizationId}::uuid`
  return actor.organizationKind === 'customer'
    ? sql<boolean>`${kind} = 'reply'`
    : sql<boolean>`(${kind} in ('reply', 'escalation') or ${own})`
}

/** Whether a live admin relationship lets the actor's organization ask for support in a customer's tenant. */
export function mayFileFor(
  actor: Actor,
  customerId: RawBuilder<unknown>,
  at: Date,
  roles: readonly string[],
): RawBuilder<boolean> {
  return sql<boolean>`exists (select from admin_relationships g
    where g.customer_id = ${customerId} and g.partner_id = ${actor.organizationId}::uuid and g.status = 'active'
      and g.ends_at > ${at} and g.roles && ${[...roles]}::text[])`
}
