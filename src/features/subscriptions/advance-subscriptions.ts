import { type RawBuilder, sql } from 'kysely'
import { type CustomerId, newId, type OrganizationId, type SubscriptionId } from '../../kernel/ids.ts'
import { utcDay } from '../../kernel/time.ts'
import type { Db, Deps, Tx } from '../../platform/context.ts'
import type { DueCounts, DueWork } from '../../platform/due-work.ts'
import type { AuditAction } from '../audit/actions.ts'
import { itself } from '../audit/record.ts'
import { notify } from '../notifications/notify.ts'
import { type Cascaded, cascadeOf } from './cascade.ts'
import { carryLicenses } from './license-pools.ts'
import { lifeColumns, lifeOf, type LifeRow, micros } from './life-rows.ts'
import type { Life, Step } from './rules/life.ts'
import { type NextProduct, type Taken, takeStep } from './rules/time.ts'
import { readSimulation } from './simulated-fulfilment.ts'
import { type OutcomeOf, type StoredOutcome, storeOutcomes } from './store/outcomes.ts'

/** Subscriptions taken at a time: memory stays flat, and a process that dies loses no more than this. */
export const batch = 500

/** What time does to subscriptions by itself: charges period by period, renewals, conversions of trials, ends and deletions. */
export const subscriptionLife: DueWork = {
  name: 'subscription-life',
  async nextDue(db, providerId, until) {
    const { rows } = await sql<{ at: Date | null }>`
      select min(next_due_at) as at from subscriptions s
      where s.provider_id = ${providerId} and s.next_due_at <= ${until} and ${isDriven}`.execute(db)
    return rows[0]?.at ?? undefined
  },
  async run(deps, providerId, at, stopping) {
    const counts: Record<string, number> = {}
    const takesTime = (await readSimulation(deps, providerId)) !== undefined
    for (let more = true; more && !stopping.aborted;) {
      const steps = await advanceBatch(deps, providerId, at, takesTime)
      for (const step of steps) counts[countedAs[step]] = (counts[countedAs[step]] ?? 0) + 1
      more = steps.length > 0
    }
    return counts satisfies DueCounts
  },
}

/** States that time changes; it never wakes those whose provisioning or renewal is under way. */
const isDriven = sql<boolean>`s.status in ('active', 'suspended', 'expired', 'disabled', 'canceled')`

const actionOf: Readonly<Record<Exclude<Step, 'charge'>, AuditAction>> = {
  renew: 'subscription.renewed',
  convert: 'subscription.trial_converted',
  expire: 'subscription.expired',
  disable: 'subscription.disabled',
  disableFurther: 'subscription.disabled',
  delete: 'subscription.deleted',
}
const countedAs: Readonly<Record<Step, string>> = { ...actionOf, charge: 'charge.written' }

/**
 * Takes one step of each subscription whose time has come, as many as a batch holds. A term whose fulfilment takes its time
 * begins when that is done; until then the subscription is renewing.
 *
 * @returns the steps that were taken.
 */
async function advanceBatch(
  deps: Deps,
  providerId: OrganizationId,
  at: Date,
  takesTime: boolean,
): Promise<readonly Step[]> {
  return await deps.db.transaction().execute(async (tx) => {
    const due = await readDriven(
      tx,
      at,
      sql`s.provider_id = ${providerId} and s.next_due_at <= ${at} and ${isDriven}
      order by s.next_due_at, s.customer_id, s.id limit ${batch} for update of s skip locked`,
    )
    const taken = due.flatMap((one) => {
      const step = takeStep(one.life, one.next, one.own, at)
      return step ? [{ ...one, taken: step }] : []
    })
    const later = taken.filter(({ taken: { step } }) => takesTime && (step === 'renew' || step === 'convert'))
    await beginRenewals(tx, at, later)
    await storeSteps(tx, at, later.length === 0 ? taken : taken.filter((one) => !later.includes(one)))
    return taken.map(({ taken: { step } }) => step)
  })
}

/** A subscription that time drives, as it is read. */
export interface Driven {
  readonly of: OutcomeOf & { readonly customerName: string; readonly addOnIds: readonly SubscriptionId[] }
  readonly life: Life
  readonly next: NextProduct | undefined
  readonly own: NextProduct | undefined
}

interface Row extends LifeRow, OutcomeOf {
  readonly customerName: string
  readonly addOnIds: readonly SubscriptionId[]
  readonly next: ProductRow | null
  readonly own: ProductRow | null
}

interface ProductRow extends Omit<NextProduct, 'price'> {
  readonly unitCost: string
  readonly unitRetail: string
}

/** Reads subscriptions with what the catalog says about their next term, where one may begin. */
export async function readDriven(db: Db, at: Date, which: RawBuilder<unknown>): Promise<readonly Driven[]> {
  const isTermOver = sql<boolean>`s.end_on < ${utcDay(at)}::date`
  const price = (columns: RawBuilder<unknown>, from: RawBuilder<unknown>) => sql`(
    select jsonb_build_object('productId', k.product_id, 'skuId', k.sku_id, 'title', k.title, 'kind', k.kind,
      'incentiveEligible', k.incentive_eligible, 'unitCost', i.unit_cost::text, 'unitRetail', i.unit_retail::text)
    from ${from}
    join price_items i on i.market = c.country and i.product_id = k.product_id and i.sku_id = k.sku_id
      and (i.term, i.billing_plan) = ${columns} and i.segment = s.segment and i.currency = s.currency
      and i.effective_from <= ${at} and i.effective_until > ${at}`
  const first = sql`order by i.tier_min desc, i.effective_from desc limit 1)`
  const { rows } = await sql<Row>`
    select s.customer_id as "customerId", s.id, s.provider_id as "providerId", c.legal_name as "customerName", ${lifeColumns},
      (select jsonb_build_object('id', r.reseller_id, 'partnerId', r.partner_id) from resellers_of_record r
        where r.customer_id = s.customer_id and r.subscription_id = s.id and r.valid_to is null) as reseller,
      case when s.status <> 'active' and (s.kind <> 'addon') then (
        select coalesce(array_agg(a.id order by a.id), '{}') from subscriptions a
        where a.customer_id = s.customer_id and a.base_subscription_id = s.id and a.status = 'active') else '{}' end as "addOnIds",
      case when s.auto_renew and ${isTermOver} then
        case when h.id is not null then ${price(sql`(h.term, h.billing_plan)`, sql`skus k`)}
          where k.product_id = h.product_id and k.sku_id = h.sku_id
            and i.tier_min <= h.quantity and (i.tier_max is null or i.tier_max >= h.quantity) ${first}
        when s.kind = 'trial' then ${price(
          sql`('P1Y', 'monthly')`,
          sql`skus o cross join unnest(o.conversions) with ordinality as v (key, position)
            join skus k on k.product_id = split_part(v.key, '/', 1) and k.sku_id = split_part(v.key, '/', 2) and k.kind <> 'trial'`,
        )}
          where o.product_id = s.product_id and o.sku_id = s.sku_id
            and i.tier_min <= 25 and (i.tier_max is null or i.tier_max >= 25)
          order by v.position, i.tier_min desc, i.effective_from desc limit 1) end end as next,
      case when s.auto_renew and s.kind <> 'trial' and ${isTermOver} then
        ${price(sql`(s.term, s.billing_plan)`, sql`skus k`)}
          where k.product_id = s.product_id and k.sku_id = s.sku_id
            and i.tier_min <= s.quantity and (i.tier_max is null or i.tier_max >= s.quantity) ${first} end as own
    from subscriptions s
    join customers c on c.id = s.customer_id
    left join scheduled_changes h on h.customer_id = s.customer_id and h.subscription_id = s.id and h.status = 'open'
    where ${which}`.execute(db)
  return rows.map((row) => ({
    of: {
      customerId: row.customerId,
      id: row.id,
      providerId: row.providerId,
      reseller: row.reseller,
      customerName: row.customerName,
      addOnIds: row.addOnIds,
    },
    life: lifeOf(row, []),
    next: row.next ? productOf(row.next) : undefined,
    own: row.own ? productOf(row.own) : undefined,
  }))
}

function productOf({ unitCost, unitRetail, ...product }: ProductRow): NextProduct {
  return { ...product, price: { unitCostMicros: micros(unitCost), unitRetailMicros: micros(unitRetail) } }
}

type Stepped = Driven & { readonly taken: Taken }

/** Stores steps and what goes along with them, and records them. */
export async function storeSteps(tx: Tx, at: Date, steps: readonly Stepped[]): Promise<void> {
  await storeOutcomes(
    tx,
    at,
    steps.map(({ of, life, taken }) => storedStep(of, life, taken)),
  )
  await recordSteps(
    tx,
    at,
    steps.flatMap(({ of, life, taken }) =>
      taken.step === 'charge' ? [] : [{ of, action: actionOf[taken.step], before: life, after: taken.life, taken }],
    ),
  )
  for (const { of, life, taken } of steps) {
    await carryLicenses(tx, of.customerId, life, taken.life)
    if (of.addOnIds.length > 0) await suspendAddOns(tx, at, of, life, taken.life)
    if (taken.scheduleFailed) await tellFailedSchedule(tx, at, of, life)
  }
}

/** Hands the renewal to the fulfilment; the term begins when it says that it is done. */
async function beginRenewals(tx: Tx, at: Date, steps: readonly Stepped[]): Promise<void> {
  await storeOutcomes(
    tx,
    at,
    steps.map(({ of, life }) => ({
      of,
      life: { ...life, status: 'renewing' as const, stateSince: at },
      charges: [],
      job: 'renew' as const,
      jobStatus: 'queued' as const,
      resetsLots: false,
      isNewVersion: true,
      closesSchedule: null,
    })),
  )
}

function storedStep(of: OutcomeOf, before: Life, { step, life, charges, job, scheduleFailed }: Taken): StoredOutcome {
  const isNewTerm = life.termNumber !== before.termNumber
  const closesSchedule = scheduleFailed ? 'failed' : isNewTerm ? 'executed' : 'dropped'
  return {
    of,
    life,
    charges,
    job,
    jobStatus: 'success',
    resetsLots: isNewTerm,
    isNewVersion: step !== 'charge',
    closesSchedule: before.scheduled === life.scheduled ? null : closesSchedule,
  }
}

/** Add-ons do not outlive their base: when its users are shut out, so are theirs. */
async function suspendAddOns(tx: Tx, at: Date, base: Driven['of'], before: Life, after: Life): Promise<void> {
  await storeCascade(tx, at, await cascadeOf(tx, { ...base, status: before.status }, after.status, at))
}

async function storeCascade(tx: Tx, at: Date, along: readonly Cascaded[]): Promise<void> {
  await storeOutcomes(
    tx,
    at,
    along.map(({ subscription, outcome: { life, charges, job } }) => ({
      of: subscription,
      life,
      charges,
      job,
      jobStatus: 'success' as const,
      resetsLots: false,
      isNewVersion: true,
      closesSchedule: 'dropped' as const,
    })),
  )
  await recordSteps(
    tx,
    at,
    along.map(({ subscription, outcome }) => ({
      of: subscription,
      action: 'subscription.suspended',
      before: undefined,
      after: outcome.life,
      taken: undefined,
    })),
  )
}

/**
 * Suspends add-ons that became active only after their base's users were shut out: they were being provisioned or renewed while
 * that happened. Source: invariant 32.
 */
export async function suspendWithoutBase(
  tx: Tx,
  at: Date,
  which: readonly { readonly customerId: CustomerId; readonly subscriptionId: string }[],
): Promise<void> {
  const { rows } = await sql<{ customerId: CustomerId; id: SubscriptionId; baseStatus: Life['status'] }>`
    select a.customer_id as "customerId", a.id, b.status as "baseStatus"
    from subscriptions a
    join subscriptions b on b.customer_id = a.customer_id and b.id = a.base_subscription_id
    where (a.customer_id, a.id) in (
      select * from unnest(${which.map(({ customerId }) => customerId)}::uuid[],
        ${which.map(({ subscriptionId }) => subscriptionId)}::uuid[]))
      and a.status = 'active' and b.status in ('suspended', 'disabled', 'canceled')`.execute(tx)
  for (const { customerId, id, baseStatus } of rows) {
    await storeCascade(tx, at, await cascadeOf(tx, { customerId, addOnIds: [id], status: 'active' }, baseStatus, at))
  }
}

async function tellFailedSchedule(
  tx: Tx,
  at: Date,
  { providerId, customerId, id, customerName }: Driven['of'],
  life: Life,
) {
  await notify(tx, at, {
    organizationId: providerId,
    audienceRoles: ['global_admin', 'admin_agent', 'sales_agent'],
    class: 'recommended',
    kind: 'scheduledChangeFailed',
    params: { subscription: life.title, customer: customerName, planned: life.scheduled?.title ?? '' },
    link: `/customers/${customerId}/subscriptions/${id}`,
  })
}

const { userId: nobody, userName: product } = itself

interface Recorded {
  readonly of: OutcomeOf
  readonly action: AuditAction
  readonly before: Life | undefined
  readonly after: Life
  readonly taken: Taken | undefined
}

/** An audit record and an event for each step but the charges of periods, which are a record of their own. */
async function recordSteps(tx: Tx, at: Date, steps: readonly Recorded[]): Promise<void> {
  if (steps.length === 0) return
  const rows = steps.map(({ of, action, before, after, taken }) => ({
    customer_id: of.customerId,
    audit_id: newId(),
    event_id: newId(),
    action,
    subject_id: of.id,
    provider_id: of.providerId,
    reseller_id: of.reseller?.id ?? null,
    before: before ? valuesOf(before) : null,
    after: {
      title: after.title,
      ...valuesOf(after),
      ...(taken?.scheduleFailed ? { scheduleFailed: true } : {}),
    },
  }))
  await sql`
    with step as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as t (customer_id uuid, audit_id uuid, event_id uuid,
        action text, subject_id text, provider_id uuid, reseller_id uuid, before jsonb, after jsonb)
    ), audit as (
      insert into audit_records (customer_id, id, at, action, subject_kind, subject_id, actor_user_id, actor_name,
        actor_organization_id, actor_organization, provider_id, reseller_id, before, after, ip)
      select customer_id, audit_id, ${at}, action, 'subscription', subject_id, ${nobody}, ${product}, ${nobody}, ${product},
        provider_id, reseller_id, before, after, '' from step
    )
    insert into events (customer_id, id, at, type, subject_kind, subject_id, actor_organization_id, provider_id, reseller_id,
      payload)
    select customer_id, event_id, ${at}, action, 'subscription', subject_id, ${nobody}, provider_id, reseller_id, after
    from step`.execute(tx)
}

function valuesOf({ status, quantity, endOn, autoRenew }: Life): Record<string, unknown> {
  return { status, quantity, endOn, autoRenew }
}
