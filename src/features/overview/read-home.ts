import { type RawBuilder, sql } from 'kysely'
import { addDays, dayMs, utcDay } from '../../kernel/time.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { managesCustomer, seesSubscription } from '../customers/sql.ts'
import { type Card, cardsFor, countLimit, horizonDays, setupSteps, type SetupStep } from './rules.ts'
import type { Home } from './wire.ts'

/** What the actor's home page shows: each number only to those who may see the things it counts. */
export async function readHome(deps: Deps, actor: Actor): Promise<Home> {
  const at = worldNow(deps, actor)
  const [checklist, cards, renewals, failures] = await Promise.all([
    readChecklist(deps.db, actor),
    readCards(deps.db, actor, at),
    readRenewals(deps.db, actor, at),
    readFailures(deps.db, actor),
  ])
  return { checklist, cards, renewals, failures }
}

async function readChecklist(db: Db, actor: Actor): Promise<Home['checklist']> {
  if (actor.organizationKind !== 'provider') return null
  const own = actor.organizationId
  const { rows } = await sql<Record<SetupStep, boolean>>`
    select
      exists (select from setup_marks where organization_id = ${own} and step = 'profile') as profile,
      exists (select from partnerships where provider_id = ${own}) as resellers,
      exists (select from customer_relationships where partner_id = ${own} and state = 'active') as customers`.execute(
    db,
  )
  return setupSteps.map((step) => ({ step, done: rows[0]?.[step] ?? false }))
}

async function readCards(db: Db, actor: Actor, at: Date): Promise<Home['cards']> {
  const shown = cardsFor(actor.organizationKind, actor.permissions)
  if (shown.length === 0) return []
  const counts = shown.map(
    (card) =>
      sql`(select count(*)::int from (${counted(card, actor, at)} limit ${countLimit + 1}) counted) as ${sql.ref(card)}`,
  )
  const { rows } = await sql<Record<string, number>>`select ${sql.join(counts)}`.execute(db)
  return shown.map((card) => {
    const count = rows[0]?.[card] ?? 0
    return { card, count: Math.min(count, countLimit), more: count > countLimit }
  })
}

/** The rows a card counts. */
function counted(card: Card, actor: Actor, at: Date): RawBuilder<unknown> {
  const own = actor.organizationId
  const today = utcDay(at)
  const soon = addDays(today, horizonDays)
  const ending = sql`s.status = 'active' and s.end_on between ${today} and ${soon}`
  switch (card) {
    case 'ordersToday':
      return sql`select from orders o where o.provider_id = ${own} and o.submitted_at >= ${`${today}T00:00:00Z`}
        and ${managesCustomer(actor, sql.ref('o.customer_id'))}`
    case 'failedProvisioning':
      return sql`select from subscriptions s where ${seesSubscription(actor, 's')} and s.provisioning_status = 'failed'`
    case 'renewals':
      return sql`select from subscriptions s where ${seesSubscription(actor, 's')} and ${ending}`
    case 'pendingInvitations':
      return sql`select from partnership_invitations
        where provider_id = ${own} and status in ('issued', 'opened') and expires_at > ${at}`
    case 'customersWithoutAgreement':
      return sql`select from customer_relationships where partner_id = ${own} and state = 'active' and agreement = 'missing'`
    case 'customersWithoutReseller':
      return sql`select from customer_relationships where partner_id = ${own} and state = 'active' and not has_reseller`
    case 'expiringPrivileges':
      return sql`select from admin_relationships where partner_id = ${own} and status = 'active'
        and ends_at between ${at} and ${new Date(at.getTime() + horizonDays * dayMs)}`
    case 'resellers':
      return sql`select from partnerships where provider_id = ${own} and state = 'active'`
    case 'customers':
      return sql`select from customer_relationships where partner_id = ${own} and state = 'active'`
    case 'sharedCustomers':
      return sql`select distinct customer_id from customer_reseller_associations where reseller_id = ${own} and ended_at is null`
    case 'sharedRenewals':
      return sql`select from customer_reseller_associations a
        join subscriptions s on s.customer_id = a.customer_id and s.provider_id = a.provider_id
        where a.reseller_id = ${own} and a.ended_at is null and ${ending}`
    case 'supportedSubscriptions':
      return sql`select from support_contacts where partner_id = ${own} and valid_to is null`
    case 'resoldSubscriptions':
      return sql`select from resellers_of_record where reseller_id = ${own} and valid_to is null`
    case 'providers':
      return sql`select from partnerships where reseller_id = ${own} and state = 'active'`
    case 'mySubscriptions':
      return sql`select from subscriptions where customer_id = ${own} and status in ('pending', 'active', 'suspended', 'renewing')`
    case 'myRenewals':
      return sql`select from subscriptions s where s.customer_id = ${own} and ${ending}`
    case 'myPartners':
      return sql`select from customer_relationships where customer_id = ${own} and state = 'active'`
    case 'programProviders':
      return sql`select from organizations where kind = 'provider'`
    case 'programResellers':
      return sql`select from organizations where kind = 'reseller'`
    case 'pendingEnrollments':
      return sql`select from program_enrollments where status in ('draft', 'pending', 'rejected')`
    case 'unsignedAgreements':
      return sql`select from program_enrollments where status = 'qualified'`
    case 'unlistedProfiles':
      return sql`select from directory_profiles where not listed`
    case 'offers':
      return sql`select from skus`
  }
}

async function readRenewals(db: Db, actor: Actor, at: Date): Promise<Home['renewals']> {
  if (!actor.permissions.has('subscriptions.read')) return null
  const today = utcDay(at)
  const { rows } = await sql<{
    customerId: string
    customerName: string
    subscriptionId: string
    name: string
    quantity: number
    endOn: string
    autoRenew: boolean
  }>`
    select s.customer_id as "customerId", c.legal_name as "customerName", s.id as "subscriptionId",
      coalesce(nullif(s.friendly_name, ''), s.title) as name, s.quantity, s.end_on as "endOn", s.auto_renew as "autoRenew"
    from subscriptions s join customers c on c.id = s.customer_id
    where ${concerns(actor)} and s.status = 'active' and s.end_on between ${today} and ${addDays(today, horizonDays)}
    order by s.end_on, s.customer_id, s.id
    limit 5`.execute(db)
  return rows.map(({ customerId, customerName, ...renewal }) => ({
    customer: { id: customerId, name: customerName },
    ...renewal,
  }))
}

async function readFailures(db: Db, actor: Actor): Promise<Home['failures']> {
  if (actor.organizationKind !== 'provider' || !actor.permissions.has('subscriptions.read')) return null
  const { rows } = await sql<{
    customerId: string
    customerName: string
    subscriptionId: string
    name: string
    orderedAt: Date
  }>`
    select s.customer_id as "customerId", c.legal_name as "customerName", s.id as "subscriptionId",
      coalesce(nullif(s.friendly_name, ''), s.title) as name, s.created_at as "orderedAt"
    from subscriptions s join customers c on c.id = s.customer_id
    where ${seesSubscription(actor, 's')} and s.provisioning_status = 'failed'
    order by s.created_at desc, s.id
    limit 5`.execute(db)
  return rows.map(({ customerId, customerName, orderedAt, ...failure }) => ({
    customer: { id: customerId, name: customerName },
    ...failure,
    orderedAt: orderedAt.toISOString(),
  }))
}

/** Subscriptions `s` whose renewal is the actor's business: for a reseller those of customers it is associated with. */
function concerns(actor: Actor): RawBuilder<unknown> {
  if (actor.organizationKind !== 'reseller') return seesSubscription(actor, 's')
  return sql`exists (select from customer_reseller_associations a where a.customer_id = s.customer_id
    and a.provider_id = s.provider_id and a.reseller_id = ${actor.organizationId} and a.ended_at is null)`
}
