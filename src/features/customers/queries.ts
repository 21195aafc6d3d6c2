import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, OrganizationId } from '../../kernel/ids.ts'
import type { Actor, Db, Tx } from '../../platform/context.ts'
import { type AgreementStatus, seesCompanyDetails } from './rules.ts'
import { isPartnerOf, managesCustomer, seesCustomer } from './sql.ts'

/** A customer as one actor may know it. */
export interface VisibleCustomer {
  readonly id: CustomerId
  readonly name: string
  readonly country: string
  readonly segment: string
  readonly primaryDomain: string
  /** The customer agreement, as the partner concerned may count on it. */
  readonly agreement: AgreementStatus
  /** How the relationship came about; null for a reseller without one and for the customer itself. */
  readonly via: 'created' | 'invited' | null
  readonly grants: {
    /** The account and all subscriptions sold by the provider; otherwise single subscriptions only, and the name. */
    readonly account: boolean
    /** The company's details: they take more than a relationship. */
    readonly details: boolean
  }
  /** The providers through whom a reseller manages the customer; for a provider itself. */
  readonly providerIds: readonly OrganizationId[]
  /** For a reseller: whether one of those providers is still its partner, so that it may change something. Else true. */
  readonly mayWrite: boolean
}

/**
 * A customer if the actor may know of it: a provider by an active relationship, a reseller by an association or by single
 * subscriptions, a customer itself. Undefined otherwise, also when there is no such customer. One round trip.
 *
 * @param at Privileges that ended before this instant do not count for `grants.details`; without it all active ones do.
 */
export async function customerForActor(
  db: Db,
  actor: Actor,
  id: CustomerId,
  at?: Date,
): Promise<VisibleCustomer | undefined> {
  const own = actor.organizationId
  const live = at === undefined ? sql`true` : sql`g.ends_at > ${at}`
  const customerId = sql.ref('c.id')
  const { rows } = await sql<Omit<VisibleCustomer, 'grants'> & { account: boolean; livePrivileges: boolean }>`
    select c.id, c.legal_name as name, c.country, c.segment, c.primary_domain as "primaryDomain",
      ${managesCustomer(actor, customerId)} as account,
      (select r.via from customer_relationships r
        where r.customer_id = c.id and r.partner_id = ${own} and r.state = 'active') as via,
      exists (select from admin_relationships g where g.customer_id = c.id and g.partner_id = ${own}
        and g.status = 'active' and ${live}) as "livePrivileges",
      coalesce((select a.method from customer_agreement_acceptances a
        where a.customer_id = c.id and a.superseded_at is null
          and (a.provider_id is null or a.provider_id = any(providers.ids))
        order by (a.method = 'direct') desc limit 1), 'missing') as agreement,
      providers.ids as "providerIds", providers."mayWrite"
    from customers c
    cross join lateral (
      select coalesce(array_agg(p.id), '{}') as ids, coalesce(bool_or(p.may_write), false) as "mayWrite"
      from (${providersOf(actor)}) p (id, may_write)
    ) providers
    where c.id = ${id} and ${seesCustomer(actor, customerId)}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { account, livePrivileges, ...customer } = row
  const isItself = actor.organizationKind === 'customer'
  const details = account && (isItself || seesCompanyDetails({ via: row.via ?? 'invited', livePrivileges }))
  return { ...customer, grants: { account, details } }
}

/** The providers an actor works with the customer `c` through, and whether something new may be done with each. */
function providersOf(actor: Actor) {
  if (actor.organizationKind !== 'reseller') return sql`select ${actor.organizationId}::uuid, true`
  return sql`
    select a.provider_id, ${isPartnerOf(actor, sql.ref('a.provider_id'))}
    from customer_reseller_associations a
    where a.customer_id = c.id and a.reseller_id = ${actor.organizationId} and a.ended_at is null`
}

/**
 * As `customerForActor`, for whoever manages the account.
 *
 * @throws Refusal notFound, also for somebody who has single subscriptions only: the account does not exist for them.
 */
export async function requireCustomer(db: Db, actor: Actor, id: CustomerId, at: Date): Promise<VisibleCustomer> {
  const customer = await customerForActor(db, actor, id, at)
  if (!customer?.grants.account) throw new Refusal('notFound')
  return customer
}

/**
 * As `requireCustomer`, and holds the customer until the transaction ends, so that whoever changes its ties meets no other who
 * does. The lock comes first: what is read after it is what stands. Only who manages the customer may hold it, so that a stranger
 * neither waits for others nor makes them wait.
 */
export async function holdCustomer(tx: Tx, actor: Actor, id: CustomerId, at: Date): Promise<VisibleCustomer> {
  const { rows } = await sql`
    select from customers c where c.id = ${id} and ${managesCustomer(actor, sql.ref('c.id'))} for update of c`.execute(
    tx,
  )
  if (rows.length === 0) throw new Refusal('notFound')
  return await requireCustomer(tx, actor, id, at)
}

/** E-mail domains that people of a customer may not use: the vendor's, these providers', and those of their resellers for it. */
export async function readPartnerDomains(
  db: Db,
  customerId: CustomerId,
  providerIds: readonly OrganizationId[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ domain: string }>`
    select email_domain as domain from organizations o
    where email_domain is not null and (kind = 'operator' or id = any(${[...providerIds]}::uuid[])
      or id in (select reseller_id from customer_reseller_associations a
        where a.customer_id = ${customerId} and a.provider_id = any(${[...providerIds]}::uuid[]) and a.ended_at is null))`.execute(
    db,
  )
  return rows.map((row) => row.domain)
}
