import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId } from '../../kernel/ids.ts'
import { rolesHolding } from '../../kernel/permissions.ts'
import type { Actor, Db } from '../../platform/context.ts'
import { isPartnerOf, seesCustomer, seesSubscription } from '../customers/sql.ts'
import { type PeopleAct, peopleActs, privilegesFor, type Reach, whyNot } from './rules.ts'

/** A customer whose people an actor may reach. */
export interface ReachedCustomer {
  readonly id: CustomerId
  readonly name: string
  readonly country: string
  readonly language: 'en' | 'tr'
  readonly reach: Reach
}

/**
 * The customer, for whoever may do `act` with its people at this instant. Asked on every request: a permission, a tie and a
 * privilege each count from the moment they change.
 *
 * @throws Refusal notFound when the actor may not know of the customer; otherwise what is missing: accessDenied,
 *   partnershipRequired, noDelegatedAccess, privilegeMissing.
 */
export async function reachPeople(
  db: Db,
  actor: Actor,
  customerId: CustomerId,
  act: PeopleAct,
  at: Date,
): Promise<ReachedCustomer> {
  const customer = await findCustomer(db, actor, customerId, at)
  if (!customer) throw new Refusal('notFound')
  requireReach(customer.reach, act)
  return customer
}

/** @throws Refusal as `reachPeople`, of a customer that was found. */
export function requireReach(reach: Reach, act: PeopleAct): void {
  const refused = whyNot(act, reach)
  if (refused === null) return
  if (refused === 'accessDenied')
    throw new Refusal(refused, { data: rolesHolding('customer_users.manage', reach.kind) })
  throw new Refusal(refused, refused === 'privilegeMissing' ? { data: privilegesFor(act) } : {})
}

/** What somebody may do with a customer's people, each with the refusal that it would get; null where it may. */
export function mayDo(reach: Reach) {
  return Object.fromEntries(peopleActs.map((act) => [act, whyNot(act, reach)])) as Record<
    PeopleAct,
    ReturnType<typeof whyNot>
  >
}

/** The customer, for whoever may know of it, with what may be done with its people; undefined for a stranger. */
export async function findCustomer(
  db: Db,
  actor: Actor,
  customerId: CustomerId,
  at: Date,
): Promise<ReachedCustomer | undefined> {
  const isReseller = actor.organizationKind === 'reseller'
  const { rows } = await sql<Omit<ReachedCustomer, 'reach'> & Pick<Reach, 'privileges' | 'isPartner'>>`
    select c.id, c.legal_name as name, c.country, c.language,
      array(select distinct role from admin_relationships g, unnest(g.roles) as role
        where g.customer_id = c.id and g.partner_id = ${actor.organizationId} and g.status = 'active' and g.ends_at > ${at}) as privileges,
      ${
        isReseller
          ? sql`(exists (select from customer_reseller_associations a
                where a.customer_id = c.id and a.reseller_id = ${actor.organizationId} and a.ended_at is null
                  and ${isPartnerOf(actor, sql.ref('a.provider_id'))})
              or exists (select from subscriptions s
                where s.customer_id = c.id and ${seesSubscription(actor, 's')} and ${isPartnerOf(actor, sql.ref('s.provider_id'))}))`
          : sql`true`
      } as "isPartner"
    from customers c
    where c.id = ${customerId} and ${seesCustomer(actor, sql.ref('c.id'))}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { privileges, isPartner, ...customer } = row
  const { organizationKind: kind, roles, permissions } = actor
  return { ...customer, reach: { kind, roles, permissions, privileges, isPartner } }
}
