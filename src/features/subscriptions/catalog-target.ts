import { sql } from 'kysely'
import { type Term, utcDay } from '../../kernel/time.ts'
import type { Db } from '../../platform/context.ts'
import type { BillingPlan } from '../billing/charge.ts'
import { quantityRange, type SkuKind } from '../catalog/rules.ts'
import type { HeldSubscription } from './hold-subscription.ts'
import { micros } from './life-rows.ts'
import type { Target } from './rules/acts.ts'

/** What a subscription is asked to become. */
export interface WantedProduct {
  readonly productId: string
  readonly skuId: string
  readonly quantity: number
  readonly term: Term
  readonly billingPlan: BillingPlan
}

interface Row {
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly kind: SkuKind
  readonly minQuantity: number
  readonly maxQuantity: number
  readonly incentiveEligible: boolean
  readonly isOnSale: boolean
  readonly unitCost: string | null
  readonly unitRetail: string | null
}

/**
 * Reads what the catalog says at an instant about a product for a subscription's customer; undefined for an unknown one. What
 * the subscription has already may go on after its end of sale, anything else may not begin. Source: F173.
 */
export async function readTarget(
  db: Db,
  at: Date,
  { country, segment, currency, productId, skuId, conversions }: HeldSubscription,
  wanted: WantedProduct,
): Promise<Target | undefined> {
  const { rows } = await sql<Row>`
    select k.product_id as "productId", k.sku_id as "skuId", k.title, k.kind, k.min_quantity as "minQuantity",
      k.max_quantity as "maxQuantity", k.incentive_eligible as "incentiveEligible",
      (k.end_of_sale_on is null or k.end_of_sale_on >= ${utcDay(at)}::date)
        and (k.allowed_countries is null or ${country} = any(k.allowed_countries)) as "isOnSale",
      p.unit_cost as "unitCost", p.unit_retail as "unitRetail"
    from skus k
    left join lateral (
      select i.unit_cost, i.unit_retail from price_items i
      where i.market = ${country} and i.product_id = k.product_id and i.sku_id = k.sku_id and i.term = ${wanted.term}
        and i.billing_plan = ${wanted.billingPlan} and i.segment = ${segment} and i.currency = ${currency}
        and i.tier_min <= ${wanted.quantity} and (i.tier_max is null or i.tier_max >= ${wanted.quantity})
        and i.effective_from <= ${at} and i.effective_until > ${at}
      order by i.tier_min desc, i.effective_from desc limit 1) p on true
    where k.product_id = ${wanted.productId} and k.sku_id = ${wanted.skuId}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const isOwn = row.productId === productId && row.skuId === skuId
  const hasPrice = row.unitCost !== null && row.unitRetail !== null && (isOwn || row.isOnSale)
  return {
    productId: row.productId,
    skuId: row.skuId,
    title: row.title,
    kind: row.kind,
    incentiveEligible: row.incentiveEligible,
    ...quantityRange(row),
    price: hasPrice
      ? { unitCostMicros: micros(row.unitCost ?? ''), unitRetailMicros: micros(row.unitRetail ?? '') }
      : null,
    isOwn,
    isConversion: conversions.includes(`${row.productId}/${row.skuId}`),
  }
}
