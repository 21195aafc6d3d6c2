import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../platform/context.ts'

/*
 * Who sees which customer, as conditions for a `where`. Reseller of record, support contact, association and privileges are
 * independent facts: none of the conditions infers one from another. What the conditions let through is only read; changing
 * something asks for an active partnership besides.
 */

/**
 * Whether the actor manages or is the customer: a provider by an active relationship, a reseller by an open association, a
 * customer itself.
 *
 * @param customerId Expression of type uuid, such as `sql.ref('o.customer_id')`.
 */
export function managesCustomer(actor: Actor, customerId: RawBuilder<unknown>): RawBuilder<boolean> {
  switch (actor.organizationKind) {
    case 'provider':
      return sql<boolean>`exists (select from customer_relationships tie where tie.customer_id = ${customerId}
        and tie.partner_id = ${actor.organizationId} and tie.state = 'active')`
    case 'reseller':
      return sql<boolean>`exists (select from customer_reseller_associations tie where tie.customer_id = ${customerId}
        and tie.reseller_id = ${actor.organizationId} and tie.ended_at is null)`
    case 'customer':
      return sql<boolean>`${customerId} = ${actor.organizationId}::uuid`
    case 'operator':
      return sql<boolean>`false`
  }
}

/** Whether the actor has at least one subscription of the customer without managing it: as reseller of record or support contact. */
export function hasSubscriptionOf(actor: Actor, customerId: RawBuilder<unknown>): RawBuilder<boolean> {
  if (actor.organizationKind !== 'reseller') return sql<boolean>`false`
  return sql<boolean>`(
    exists (select from resellers_of_record own where own.customer_id = ${customerId}
      and own.reseller_id = ${actor.organizationId} and own.valid_to is null)
    or exists (select from support_contacts own where own.customer_id = ${customerId}
      and own.partner_id = ${actor.organizationId} and own.valid_to is null))`
}

/** Whether the actor may know that the customer exists. */
export function seesCustomer(actor: Actor, customerId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`(${managesCustomer(actor, customerId)} or ${hasSubscriptionOf(actor, customerId)})`
}

/**
 * Whether the actor sees a subscription. A provider those it sold; a reseller those that a provider sold which associated it
 * with the customer, and single ones as reseller of record or support contact; a customer its own, whoever sold them.
 *
 * @param alias Name of the `subscriptions` row in the query: columns customer_id, id and provider_id are read.
 */
export function seesSubscription(actor: Actor, alias: string): RawBuilder<boolean> {
  const customerId = sql.ref(`${alias}.customer_id`)
  const id = sql.ref(`${alias}.id`)
  const providerId = sql.ref(`${alias}.provider_id`)
  switch (actor.organizationKind) {
    case 'provider':
      return sql<boolean>`(${providerId} = ${actor.organizationId}::uuid and ${managesCustomer(actor, customerId)})`
    case 'reseller':
      return sql<boolean>`(
        exists (select from customer_reseller_associations tie where tie.customer_id = ${customerId}
          and tie.provider_id = ${providerId} and tie.reseller_id = ${actor.organizationId} and tie.ended_at is null)
        or exists (select from resellers_of_record own where own.customer_id = ${customerId} and own.subscription_id = ${id}
          and own.reseller_id = ${actor.organizationId} and own.valid_to is null)
        or exists (select from support_contacts own where own.customer_id = ${customerId} and own.subscription_id = ${id}
          and own.partner_id = ${actor.organizationId} and own.valid_to is null))`
    case 'customer':
      return sql<boolean>`${customerId} = ${actor.organizationId}::uuid`
    case 'operator':
      return sql<boolean>`false`
  }
}

/** Whether an active partnership joins a provider and the acting reseller: without one it reads, but changes nothing. */
export function isPartnerOf(actor: Actor, providerId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from partnerships p where p.provider_id = ${providerId}
    and p.reseller_id = ${actor.organizationId} and p.state = 'active')`
}
