import { sql } from 'kysely'
import { addDays, type Term, termEnd, utcDay } from '../../kernel/time.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { quantityRange, type SkuKind } from '../catalog/rules.ts'
import { readAlignmentPeers } from './alignment-peers.ts'
import { type HeldSubscription, lookAtSubscription } from './hold-subscription.ts'
import { priced, whatSees } from './queries.ts'
import { alignmentsFor } from './rules/alignment.ts'
import type { NextTerms, NextTermsQuestion } from './wire.ts'

interface Row {
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly kind: SkuKind
  readonly minQuantity: number
  readonly maxQuantity: number
  readonly term: Term
  readonly billingPlan: NextTerms['products'][number]['options'][number]['billingPlan']
  readonly unitCost: string
  readonly unitRetail: string
}

/** Far more than a product has conversions, terms and billing frequencies. */
const mostOptions = 200

/**
 * What a subscription's next term may be: its own product and those the catalog names as conversions, each with the terms and
 * billing frequencies that have a price now for so many licenses, and the last days a term may be cut short to. For a trial,
 * what it may be converted to.
 *
 * @throws Refusal notFound
 */
export async function readNextTerms(
  deps: Deps,
  actor: Actor,
  { quantity, ...which }: NextTermsQuestion,
): Promise<NextTerms> {
  const subscription = await lookAtSubscription(deps.db, actor, which)
  const { life } = subscription
  const at = worldNow(deps, subscription)
  const rows = await readOptions(deps.db, at, subscription, quantity ?? life.quantity)
  const startOn = life.endOn === null ? null : addDays(life.endOn, 1)
  const peers =
    startOn === null
      ? []
      : await readAlignmentPeers(deps.db, { ...subscription, exceptId: subscription.id, seenBy: actor })
  const terms = [...new Set(rows.map(({ term }) => term))]
  return {
    startOn,
    currency: life.currency,
    products: productsOf(rows, subscription, whatSees(actor)),
    terms: terms.map((term) => ({
      term,
      endOn: startOn === null ? null : (termEnd(startOn, term) ?? null),
      alignments: startOn === null ? [] : alignmentsFor(startOn, term, peers).map((one) => ({ ...one })),
    })),
  }
}

async function readOptions(
  db: Db,
  at: Date,
  { country, segment, currency, productId, skuId, kind, conversions }: HeldSubscription,
  quantity: number,
): Promise<readonly Row[]> {
  // A trial does not renew as a trial.
  const own = `${productId}/${skuId}`
  const keys = kind === 'trial' ? conversions : [own, ...conversions.filter((key) => key !== own)]
  const { rows } = await sql<Row>`
    select k.product_id as "productId", k.sku_id as "skuId", k.title, k.kind, k.min_quantity as "minQuantity",
      k.max_quantity as "maxQuantity", p.term, p.billing_plan as "billingPlan", p.unit_cost as "unitCost",
      p.unit_retail as "unitRetail"
    from unnest(${[...keys]}::text[]) with ordinality as v (key, position)
    join skus k on k.product_id = split_part(v.key, '/', 1) and k.sku_id = split_part(v.key, '/', 2)
    join lateral (
      select distinct on (i.term, i.billing_plan) i.term, i.billing_plan, i.unit_cost, i.unit_retail from price_items i
      where i.market = ${country} and i.product_id = k.product_id and i.sku_id = k.sku_id and i.segment = ${segment}
        and i.currency = ${currency} and i.term <> '' and i.billing_plan <> ''
        and i.tier_min <= ${quantity} and (i.tier_max is null or i.tier_max >= ${quantity})
        and i.effective_from <= ${at} and i.effective_until > ${at}
      order by i.term, i.billing_plan, i.tier_min desc, i.effective_from desc) p on true
    where v.key = ${own}
      or ((k.end_of_sale_on is null or k.end_of_sale_on >= ${utcDay(at)}::date)
        and (k.allowed_countries is null or ${country} = any(k.allowed_countries)))
    order by v.position, p.term, p.billing_plan limit ${mostOptions}`.execute(db)
  return rows
}

function productsOf(
  rows: readonly Row[],
  { productId: ownProduct, skuId: ownSku }: HeldSubscription,
  sees: ReturnType<typeof whatSees>,
): NextTerms['products'] {
  const keys = [...new Set(rows.map(({ productId, skuId }) => `${productId}/${skuId}`))]
  return keys.flatMap((key) => {
    const options = rows.filter(({ productId, skuId }) => `${productId}/${skuId}` === key)
    const [first] = options
    if (!first) return []
    const { productId, skuId, title } = first
    const { min, max } = quantityRange(first)
    return {
      productId,
      skuId,
      title,
      isOwn: productId === ownProduct && skuId === ownSku,
      minQuantity: min,
      maxQuantity: max,
      options: options.map(({ term, billingPlan, unitCost, unitRetail }) =>
        priced({ term, billingPlan, unitCost, unitRetail }, sees),
      ),
    }
  })
}
