import { type RawBuilder, sql } from 'kysely'
import { fieldRefusal, Refusal } from '../../kernel/errors.ts'
import { type CustomerId, isUuid, type SubscriptionId } from '../../kernel/ids.ts'
import { page, type Page, unpackCursor } from '../../kernel/paging.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { iso } from '../../platform/sql.ts'
import { seesCustomer, seesSubscription } from '../customers/sql.ts'
import { disabledDays } from './rules/life.ts'
import { endedStatuses, type Tab, tabs } from './rules.ts'
import type { SubscriptionListItem } from './wire.ts'

/** Cost is the provider's own affair; retail prices are for the provider's readers of prices and for resellers. */
export function whatSees(actor: Actor): { readonly cost: boolean; readonly retail: boolean } {
  const isProvider = actor.organizationKind === 'provider'
  const retail = isProvider ? actor.permissions.has('prices.read') : actor.organizationKind === 'reseller'
  return { cost: isProvider && retail, retail }
}

interface ListRow extends Omit<SubscriptionListItem, 'unitCost' | 'unitRetail'> {
  readonly unitCost: string
  readonly unitRetail: string
  readonly counts: Partial<Record<Tab, number>>
}

/**
 * A page of a customer's subscriptions, newest first, as far as the actor sees them, with the number in each tab. Those that
 * wait for provisioning are among them.
 *
 * @throws Refusal notFound when the actor may not know of the customer; invalidRequest for a foreign cursor.
 */
export async function listSubscriptions(
  deps: Deps,
  actor: Actor,
  input: {
    readonly customerId: CustomerId
    readonly tab: Tab
    readonly cursor?: string | undefined
    readonly size: number
  },
): Promise<Page<SubscriptionListItem> & { readonly counts: Record<Tab, number> }> {
  const { customerId, tab, size } = input
  const after = input.cursor === undefined ? null : (unpackCursor(input.cursor, 1)?.[0] ?? '')
  if (after !== null && !isUuid(after)) throw fieldRefusal('cursor', 'invalid')

  const { rows } = await sql<ListRow>`
    with seen as materialized (
      select s.* from subscriptions s where s.customer_id = ${customerId}::uuid and ${seesSubscription(actor, 's')}
    ), counted as (
      select jsonb_object_agg(tab, number) as counts from (
        select case when s.status = any(${[...endedStatuses]}::text[]) then 'ended' else s.kind end as tab, count(*) as number
        from seen s group by 1) t
    ), paged as (
      select s.* from seen s
      where ${inTab(tab)} and (${after}::uuid is null or s.id < ${after}::uuid)
      order by s.id desc limit ${size + 1}::int
    )
    select ${shownColumns}, ${resellerJson(actor)} as reseller, ${supportContactJson(actor)} as "supportContact", counted.counts,
      ${daysLeft(deps.now())} as "daysLeft"
    from counted left join paged s on true left join organizations p on p.id = s.provider_id
    order by s.id desc`.execute(deps.db)
  const counted = rows[0]?.counts ?? null
  const found = rows.filter(({ id }) => id !== null)
  if (counted === null) await requireKnown(deps, actor, customerId)
  const sees = whatSees(actor)
  const cut = page(found, size, ({ id }) => [id])
  return {
    items: cut.items.map(({ counts: _, ...row }) => priced(row, sees)),
    next: cut.next,
    counts: countsOf(counted ?? {}),
  }
}

/** Takes the prices out that the reader may not see. */
export function priced<Row extends { readonly unitCost: string; readonly unitRetail: string }>(
  { unitCost, unitRetail, ...row }: Row,
  sees: ReturnType<typeof whatSees>,
): Omit<Row, 'unitCost' | 'unitRetail'> & { unitCost?: string; unitRetail?: string } {
  return { ...row, ...(sees.cost ? { unitCost } : {}), ...(sees.retail ? { unitRetail } : {}) }
}

function countsOf(counts: Partial<Record<Tab, number>>): Record<Tab, number> {
  const byTab = Object.fromEntries(tabs.map((tab) => [tab, counts[tab] ?? 0])) as Record<Tab, number>
  byTab.all = tabs.reduce((sum, tab) => sum + (counts[tab] ?? 0), 0)
  return byTab
}

function inTab(tab: Tab): RawBuilder<boolean> {
  if (tab === 'all') return sql<boolean>`true`
  const ended = sql<boolean>`s.status = any(${[...endedStatuses]}::text[])`
  return tab === 'ended' ? ended : sql<boolean>`(s.kind = ${tab}::text and not ${ended})`
}

/** Days until the next thing that happens to an ended subscription `s` of a provider `p`; both stages of being disabled are one. */
function daysLeft(now: Date): RawBuilder<unknown> {
  return sql`case when s.status = any(${[...endedStatuses]}::text[]) then greatest(0, ceil(extract(epoch from
      s.next_due_at - (${now}::timestamptz + p.clock_offset_ms * interval '1 millisecond')) / 86400))::int
    + case when s.disabled_stage = 1 then ${disabledDays}::int else 0 end end`
}

async function requireKnown(deps: Deps, actor: Actor, customerId: CustomerId): Promise<void> {
  const { rows } = await sql`
    select from customers c where c.id = ${customerId} and ${seesCustomer(actor, sql.ref('c.id'))}`.execute(deps.db)
  if (rows.length === 0) throw new Refusal('notFound')
}

/** What lists and the detail show of a subscription `s` sold by a provider `p`. */
export const shownColumns: RawBuilder<unknown> = sql`s.id, s.title, s.friendly_name as "friendlyName", s.kind, s.quantity, s.term, s.billing_plan as "billingPlan",
    s.status, s.provisioning_status as provisioning, s.start_on as "startOn", s.end_on as "endOn", s.auto_renew as "autoRenew",
    jsonb_build_object('id', s.provider_id, 'name', p.trading_name) as provider, s.currency,
    s.unit_cost as "unitCost", s.unit_retail as "unitRetail"`

/** The reseller of record of a subscription `s` now, as JSON; null for none, and for a reseller when it is another one. */
export function resellerJson(actor: Actor): RawBuilder<unknown> {
  const only = actor.organizationKind === 'reseller' ? sql`and r.reseller_id = ${actor.organizationId}::uuid` : sql``
  return sql`(
    select jsonb_build_object('id', r.reseller_id, 'name', o.trading_name, 'partnerId', r.partner_id,
      'since', ${iso('r.valid_from')}, 'partnershipActive', ${partnership('r.reseller_id')})
    from resellers_of_record r join organizations o on o.id = r.reseller_id
    where r.customer_id = s.customer_id and r.subscription_id = s.id and r.valid_to is null ${only})`
}

/** The support contact of a subscription `s` now, as JSON; null for a reseller when it is another one. */
export function supportContactJson(actor: Actor): RawBuilder<unknown> {
  const only =
    actor.organizationKind === 'reseller'
      ? sql`and c.partner_id in (s.provider_id, ${actor.organizationId}::uuid)`
      : sql``
  return sql`(
    select jsonb_build_object('id', c.partner_id, 'name', c.name, 'email', c.email, 'phone', c.phone, 'website', c.website,
      'since', ${iso('c.valid_from')}, 'isProvider', c.partner_id = s.provider_id,
      'partnershipActive', c.partner_id = s.provider_id or ${partnership('c.partner_id')})
    from support_contacts c
    where c.customer_id = s.customer_id and c.subscription_id = s.id and c.valid_to is null ${only})`
}

function partnership(resellerId: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from partnerships w
    where w.provider_id = s.provider_id and w.reseller_id = ${sql.ref(resellerId)} and w.state = 'active')`
}

/** Whether the actor sees a subscription. @throws Refusal notFound */
export async function requireSubscription(
  deps: Deps,
  actor: Actor,
  customerId: CustomerId,
  id: SubscriptionId,
): Promise<void> {
  const { rows } = await sql`
    select from subscriptions s where s.customer_id = ${customerId} and s.id = ${id} and ${seesSubscription(actor, 's')}`.execute(
    deps.db,
  )
  if (rows.length === 0) throw new Refusal('notFound')
}
