import { sql } from 'kysely'
import type { BillingPlan, SkuKind } from '../src/features/catalog/rules.ts'
import type { Db } from '../src/platform/context.ts'
import type { Term } from '../src/kernel/time.ts'

/** One way to buy a SKU in a market. */
export interface Offer {
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly kind: SkuKind
  readonly term: Term
  readonly billingPlan: BillingPlan
  readonly min: number
  readonly max: number
  readonly prerequisites: readonly string[]
  readonly conversions: readonly string[]
}

/** What is sold in a market to a kind of customer, in a fixed order. */
export async function readOffers(db: Db, market: string, segment: string, at: Date): Promise<readonly Offer[]> {
  const { rows } = await sql<Offer>`
    select distinct k.product_id as "productId", k.sku_id as "skuId", k.title, k.kind, p.term, p.billing_plan as "billingPlan",
      k.min_quantity as min, k.max_quantity as max, k.prerequisites, k.conversions
    from skus k join price_items p on p.product_id = k.product_id and p.sku_id = k.sku_id
    where p.market = ${market} and p.segment = ${segment} and p.effective_from <= ${at} and p.effective_until > ${at}
      and p.tier_min <= 1 and (k.end_of_sale_on is null or k.end_of_sale_on > ${at}::date)
      and (k.allowed_countries is null or ${market} = any(k.allowed_countries))
    order by 1, 2, 5, 6`.execute(db)
  return rows
}

export function keyOf({ productId, skuId }: { readonly productId: string; readonly skuId: string }): string {
  return `${productId}/${skuId}`
}
