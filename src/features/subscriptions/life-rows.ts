import { type RawBuilder, sql } from 'kysely'
import { parseMicros } from '../../kernel/money.ts'
import { iso } from '../../platform/sql.ts'
import type { Life, SeatLot } from './rules/life.ts'

/** A `Life` as `lifeColumns` reads it. */
export interface LifeRow extends Omit<Life, 'lots' | 'anchorOn' | 'unitCostMicros' | 'unitRetailMicros' | 'scheduled'> {
  readonly anchorOn: string | null
  readonly unitCost: string
  readonly unitRetail: string
  readonly scheduled: Life['scheduled']
}

/** Everything of a subscription `s` that acts and time change, but its lots. */
export const lifeColumns: RawBuilder<unknown> = sql`s.status, s.state_since as "stateSince", s.disabled_stage as "disabledStage",
  s.ended_reason as "endedReason", s.suspension_reason as "suspensionReason", s.suspension_note as "suspensionNote", s.kind,
  s.product_id as "productId", s.sku_id as "skuId", s.title, s.incentive_eligible as "incentiveEligible", s.quantity, s.term,
  s.billing_plan as "billingPlan", s.start_on as "startOn", s.end_on as "endOn", s.term_number as "termNumber",
  s.period_anchor_on as "anchorOn", s.charged_until as "chargedUntil", s.auto_renew as "autoRenew",
  s.cancel_until as "cancelUntil", s.currency, s.unit_cost as "unitCost", s.unit_retail as "unitRetail",
  (select jsonb_build_object('productId', h.product_id, 'skuId', h.sku_id, 'title', h.title, 'quantity', h.quantity,
      'term', h.term, 'billingPlan', h.billing_plan, 'endOn', h.end_on)
    from scheduled_changes h
    where h.customer_id = s.customer_id and h.subscription_id = s.id and h.status = 'open') as scheduled`

export interface LotRow extends Omit<SeatLot, 'addedAt' | 'reducibleUntil'> {
  readonly addedAt: string
  readonly reducibleUntil: string
}

/** The lots of a subscription `s` that still hold licenses, as JSON for `lotsOf`. */
export const lotsJson: RawBuilder<unknown> = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'quantity', l.quantity, 'source', l.source,
      'addedAt', ${iso('l.added_at')}, 'reducibleUntil', ${iso('l.reducible_until')}) order by l.added_at, l.id), '[]')
  from seat_lots l where l.customer_id = s.customer_id and l.subscription_id = s.id and l.quantity > 0)`

/** Reads what `lifeColumns` and, where they matter, `lotsJson` selected. */
export function lifeOf(row: LifeRow, lots: readonly LotRow[]): Life {
  return {
    status: row.status,
    stateSince: row.stateSince,
    disabledStage: row.disabledStage,
    endedReason: row.endedReason,
    suspensionReason: row.suspensionReason,
    suspensionNote: row.suspensionNote,
    kind: row.kind,
    productId: row.productId,
    skuId: row.skuId,
    title: row.title,
    incentiveEligible: row.incentiveEligible,
    quantity: row.quantity,
    lots: lots.map((lot) => ({
      ...lot,
      addedAt: new Date(lot.addedAt),
      reducibleUntil: new Date(lot.reducibleUntil),
    })),
    term: row.term,
    billingPlan: row.billingPlan,
    startOn: row.startOn,
    endOn: row.endOn,
    termNumber: row.termNumber,
    anchorOn: row.anchorOn ?? row.startOn,
    chargedUntil: row.chargedUntil,
    autoRenew: row.autoRenew,
    cancelUntil: row.cancelUntil,
    currency: row.currency,
    unitCostMicros: micros(row.unitCost),
    unitRetailMicros: micros(row.unitRetail),
    scheduled: row.scheduled,
  }
}

/** A stored price in millionths. */
export function micros(decimal: string): bigint {
  const value = parseMicros(decimal)
  if (value === undefined) throw new Error(`Not a price: ${decimal}`)
  return value
}
