import { type RawBuilder, sql } from 'kysely'
import type { CustomerId, OrganizationId } from '../../kernel/ids.ts'
import type { Actor, Db } from '../../platform/context.ts'
import { isPartnerOf, managesCustomer, seesSubscription } from '../customers/sql.ts'

/** Who gets a request, and in whose world. */
export interface Recipient {
  readonly ownerId: OrganizationId
  readonly ownerName: string
  readonly providerId: OrganizationId
  readonly clockOffsetMs: number
}

/** A subscription somebody asks about. */
export interface AskedAbout extends Recipient {
  readonly id: string
  readonly title: string
  readonly friendlyName: string
  readonly kind: string
}

/** At most so many subscriptions are offered to ask about, the newest first; the rest are reached from their own pages. */
const mostOffered = 500

/**
 * The subscriptions of a customer that the actor may ask about, newest first: all, or the one with an id. A request goes to the
 * designated support contact; to the provider when that contact is a reseller it no longer has a partnership with.
 */
export async function findAskedAbout(
  db: Db,
  actor: Actor,
  customerId: CustomerId,
  subscriptionId?: string,
): Promise<readonly AskedAbout[]> {
  const { rows } = await sql<Omit<AskedAbout, 'clockOffsetMs'> & { clockOffsetMs: string }>`
    select s.id, s.title, s.friendly_name as "friendlyName", s.kind, s.provider_id as "providerId",
      p.clock_offset_ms as "clockOffsetMs", coalesce(contact.id, p.id) as "ownerId",
      coalesce(contact.trading_name, p.trading_name) as "ownerName"
    from subscriptions s
    join organizations p on p.id = s.provider_id
    left join lateral (
      select o.id, o.trading_name
      from support_contacts t join organizations o on o.id = t.partner_id
      where t.customer_id = s.customer_id and t.subscription_id = s.id and t.valid_to is null
        and exists (select from partnerships w
          where w.provider_id = s.provider_id and w.reseller_id = t.partner_id and w.state = 'active')
    ) contact on true
    where s.customer_id = ${customerId} and s.status <> 'deleted' and ${seesSubscription(actor, 's')}
      and ${servedBy(sql.ref('s.customer_id'), sql.ref('s.provider_id'))}
      and ${subscriptionId === undefined ? sql`true` : sql`s.id = ${subscriptionId}`}
    order by s.id desc limit ${mostOffered}`.execute(db)
  return rows.map((row) => ({ ...row, clockOffsetMs: Number(row.clockOffsetMs) }))
}

/** The providers whom the actor may ask about a customer's account as a whole, by name: all, or the one with an id. */
export async function findProviders(
  db: Db,
  actor: Actor,
  customerId: CustomerId,
  providerId?: string,
): Promise<readonly Recipient[]> {
  const { rows } = await sql<Omit<Recipient, 'clockOffsetMs'> & { clockOffsetMs: string }>`
    select p.id as "ownerId", p.trading_name as "ownerName", p.id as "providerId", p.clock_offset_ms as "clockOffsetMs"
    from customer_relationships r
    join organizations p on p.id = r.partner_id
    where r.customer_id = ${customerId} and r.type = 'provider' and r.state = 'active'
      and ${managesCustomer(actor, sql.ref('r.customer_id'))} and ${through(actor)}
      and ${providerId === undefined ? sql`true` : sql`p.id = ${providerId}`}
    order by p.sort_key, p.id limit ${mostOffered}`.execute(db)
  return rows.map((row) => ({ ...row, clockOffsetMs: Number(row.clockOffsetMs) }))
}

/** A provider asks itself, a reseller the providers it manages the customer for, a customer each of its own. */
function through(actor: Actor): RawBuilder<boolean> {
  switch (actor.organizationKind) {
    case 'provider':
      return sql<boolean>`p.id = ${actor.organizationId}`
    case 'reseller':
      return sql<boolean>`(exists (select from customer_reseller_associations a where a.customer_id = r.customer_id
        and a.provider_id = p.id and a.reseller_id = ${actor.organizationId} and a.ended_at is null)
        and ${isPartnerOf(actor, sql.ref('p.id'))})`
    case 'customer':
    case 'operator':
      return sql<boolean>`true`
  }
}

/** Whether a provider still has a relationship with a customer. */
function servedBy(customerId: RawBuilder<unknown>, providerId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from customer_relationships served where served.customer_id = ${customerId}
    and served.partner_id = ${providerId} and served.state = 'active')`
}
