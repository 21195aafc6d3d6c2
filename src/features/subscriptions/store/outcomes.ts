import { sql } from 'kysely'
import { type CustomerId, newId, type OrganizationId, type SubscriptionId } from '../../../kernel/ids.ts'
import { formatMicros } from '../../../kernel/money.ts'
import type { Actor, Tx } from '../../../platform/context.ts'
import type { Charge } from '../../billing/charge.ts'
import { type Life, nextStep, type ProvisioningAction, type SeatLot } from '../rules/life.ts'

/** Whose outcome it is. */
export interface OutcomeOf {
  readonly customerId: CustomerId
  readonly id: SubscriptionId
  readonly providerId: OrganizationId
  /** Who is reseller of record at this moment; stays on the charges for good. */
  readonly reseller: { readonly id: OrganizationId; readonly partnerId: string } | null
}

/** A subscription as it is after an act or a step, to be stored. */
export interface StoredOutcome {
  readonly of: OutcomeOf
  readonly life: Life
  readonly charges: readonly Charge[]
  readonly job: ProvisioningAction | null
  /** `success` when the service was told in the same breath, else it waits for the provisioning sweep. */
  readonly jobStatus: 'queued' | 'success'
  /** All stored lots are used up: a new term begins with its own. Without it the stored lots of `life` are brought up to it. */
  readonly resetsLots: boolean
  /** What becomes of the planned change; null leaves it. */
  readonly closesSchedule: 'executed' | 'failed' | 'dropped' | 'removed' | null
  /** A period's charge is no new version: whoever looks at the subscription meanwhile decides on what still stands. */
  readonly isNewVersion: boolean
}

/**
 * Stores what became of subscriptions, one or thousands, in one statement: the rows, their lots, their charges, the work for
 * their fulfilment, and the end of what was planned. The caller holds the rows. What must occur once is a constraint: a second
 * charge for a period fails all.
 */
export async function storeOutcomes(tx: Tx, at: Date, outcomes: readonly StoredOutcome[]): Promise<void> {
  if (outcomes.length === 0) return
  await sql`
    with one as materialized (
      select * from json_to_recordset(${JSON.stringify(outcomes.map(rowOf))}::json) as o (
        customer_id uuid, id uuid, status text, state_since timestamptz, disabled_stage smallint, ended_reason text,
        suspension_reason text, suspension_note text, kind text, product_id text, sku_id text, title text,
        incentive_eligible boolean, quantity int, term text, billing_plan text, start_on date, end_on date, term_number int,
        period_anchor_on date, charged_until date, auto_renew boolean, cancel_until timestamptz, unit_cost numeric,
        unit_retail numeric, next_due_at timestamptz, resets_lots boolean, is_new_version boolean, closes_schedule text, job_id uuid, job text,
        job_status text)
    ), changed as (
      update subscriptions s set status = o.status, state_since = o.state_since, disabled_stage = o.disabled_stage,
        ended_reason = o.ended_reason, suspension_reason = o.suspension_reason, suspension_note = o.suspension_note,
        kind = o.kind, product_id = o.product_id, sku_id = o.sku_id, title = o.title, incentive_eligible = o.incentive_eligible,
        quantity = o.quantity, term = o.term, billing_plan = o.billing_plan, start_on = o.start_on, end_on = o.end_on,
        promotion_id = case when o.term_number = s.term_number then s.promotion_id end,
        term_number = o.term_number, period_anchor_on = o.period_anchor_on, charged_until = o.charged_until,
        auto_renew = o.auto_renew, cancel_until = o.cancel_until, unit_cost = o.unit_cost, unit_retail = o.unit_retail,
        next_due_at = o.next_due_at, version = s.version + o.is_new_version::int,
        changed_at = case when o.is_new_version then ${at} else s.changed_at end,
        provisioning_status = case when o.job_status = 'queued' then 'pending' else s.provisioning_status end
      from one o where s.customer_id = o.customer_id and s.id = o.id
    ), used_up as (
      update seat_lots l set quantity = 0
      from one o where o.resets_lots and l.customer_id = o.customer_id and l.subscription_id = o.id and l.quantity > 0
    ), lot_changes as (
      update seat_lots l set quantity = t.quantity, reducible_until = t.reducible_until
      from json_to_recordset(${JSON.stringify(outcomes.flatMap(keptLotRows))}::json) as t (
        customer_id uuid, subscription_id uuid, id uuid, quantity int, reducible_until timestamptz)
      where l.customer_id = t.customer_id and l.subscription_id = t.subscription_id and l.id = t.id
        and (l.quantity, l.reducible_until) <> (t.quantity, t.reducible_until)
    ), lots as (
      insert into seat_lots (customer_id, subscription_id, id, quantity, source, added_at, reducible_until)
      select * from json_to_recordset(${JSON.stringify(outcomes.flatMap(newLotRows))}::json) as t (
        customer_id uuid, subscription_id uuid, id uuid, quantity int, source text, added_at timestamptz,
        reducible_until timestamptz)
    ), charges as (
      insert into charge_lines (customer_id, id, subscription_id, provider_id, type, quantity, charge_start, charge_end, unit_cost,
        unit_retail, cost_minor, retail_minor, currency, reseller_id, reseller_partner_id, written_at)
      select t.*, ${at}::timestamptz from json_to_recordset(${JSON.stringify(outcomes.flatMap(chargeRows))}::json) as t (
        customer_id uuid, id uuid, subscription_id uuid, provider_id uuid, type text, quantity int, charge_start date,
        charge_end date, unit_cost numeric, unit_retail numeric, cost_minor bigint, retail_minor bigint, currency text,
        reseller_id uuid, reseller_partner_id text)
    ), schedules as (
      update scheduled_changes h set status = o.closes_schedule, closed_at = ${at}
      from one o where o.closes_schedule is not null and h.customer_id = o.customer_id and h.subscription_id = o.id
        and h.status = 'open'
    )
    insert into provisioning_jobs (customer_id, id, subscription_id, action, quantity, status, run_after, created_at, finished_at)
    select customer_id, job_id, id, job, quantity, job_status, ${at}, ${at}, case when job_status = 'success' then ${at}::timestamptz end
    from one where job is not null`.execute(tx)
}

function rowOf({
  of,
  life,
  job,
  jobStatus,
  resetsLots,
  closesSchedule,
  isNewVersion,
}: StoredOutcome): Record<string, unknown> {
  return {
    customer_id: of.customerId,
    id: of.id,
    status: life.status,
    state_since: life.stateSince,
    disabled_stage: life.disabledStage,
    ended_reason: life.endedReason,
    suspension_reason: life.suspensionReason,
    suspension_note: life.suspensionNote,
    kind: life.kind,
    product_id: life.productId,
    sku_id: life.skuId,
    title: life.title,
    incentive_eligible: life.incentiveEligible,
    quantity: life.quantity,
    term: life.term,
    billing_plan: life.billingPlan,
    start_on: life.startOn,
    end_on: life.endOn,
    term_number: life.termNumber,
    period_anchor_on: life.anchorOn === life.startOn ? null : life.anchorOn,
    charged_until: life.chargedUntil,
    auto_renew: life.autoRenew,
    cancel_until: life.cancelUntil,
    unit_cost: formatMicros(life.unitCostMicros),
    unit_retail: formatMicros(life.unitRetailMicros),
    next_due_at: nextStep(life)?.at ?? null,
    resets_lots: resetsLots,
    is_new_version: isNewVersion,
    closes_schedule: closesSchedule,
    ...(job === null ? {} : { job, job_id: newId(), job_status: jobStatus }),
  }
}

function keptLotRows({ of, life, resetsLots }: StoredOutcome): readonly Record<string, unknown>[] {
  if (resetsLots) return []
  return life.lots.flatMap(({ id, quantity, reducibleUntil }) =>
    id === null
      ? []
      : [
          {
            customer_id: of.customerId,
            subscription_id: of.id,
            id,
            quantity,
            reducible_until: reducibleUntil,
          },
        ],
  )
}

function newLotRows({ of, life }: StoredOutcome): readonly Record<string, unknown>[] {
  return life.lots.flatMap((lot) => (lot.id === null ? [lotRow(of, lot)] : []))
}

function lotRow(of: OutcomeOf, lot: SeatLot): Record<string, unknown> {
  return {
    customer_id: of.customerId,
    subscription_id: of.id,
    id: newId(),
    quantity: lot.quantity,
    source: lot.source,
    added_at: lot.addedAt,
    reducible_until: lot.reducibleUntil,
  }
}

/** Amounts are text, since JSON numbers end at 2^53. */
function chargeRows({ of, charges }: StoredOutcome): readonly Record<string, unknown>[] {
  return charges.map((charge) => ({
    customer_id: of.customerId,
    id: newId(),
    subscription_id: of.id,
    provider_id: of.providerId,
    type: charge.type,
    quantity: charge.quantity,
    charge_start: charge.chargeStart,
    charge_end: charge.chargeEnd,
    unit_cost: formatMicros(charge.unitCostMicros),
    unit_retail: formatMicros(charge.unitRetailMicros),
    cost_minor: String(charge.costMinor),
    retail_minor: String(charge.retailMinor),
    currency: charge.currency,
    reseller_id: of.reseller?.id ?? null,
    reseller_partner_id: of.reseller?.partnerId ?? null,
  }))
}

/** Stores what the next term will be like; what was planned before must have been closed. */
export async function insertScheduledChange(
  tx: Tx,
  actor: Actor,
  at: Date,
  { customerId, id }: Pick<OutcomeOf, 'customerId' | 'id'>,
  change: NonNullable<Life['scheduled']>,
): Promise<void> {
  await tx
    .insertInto('scheduled_changes')
    .values({
      customer_id: customerId,
      subscription_id: id,
      id: newId(),
      status: 'open',
      product_id: change.productId,
      sku_id: change.skuId,
      title: change.title,
      quantity: change.quantity,
      term: change.term,
      billing_plan: change.billingPlan,
      end_on: change.endOn,
      created_at: at,
      created_by: actor.userId,
      created_by_name: actor.userName,
    })
    .execute()
}
