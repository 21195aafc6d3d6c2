import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { newId, type SubscriptionId } from '../../kernel/ids.ts'
import { parseMicros } from '../../kernel/money.ts'
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { chargesForUpgrade } from '../billing/charge.ts'
import { quantityRange, type SkuKind } from '../catalog/rules.ts'
import { readTradingParty } from '../program/queries.ts'
import { whyProviderCannotTrade } from '../program/rules.ts'
import { chargedAs } from './change-subscription.ts'
import { type HeldSubscription, holdSubscription } from './hold-subscription.ts'
import { decideUpgrade, provisioningSweep, takeFromLots, whyNotCharged } from './rules.ts'
import {
  insertCharge,
  insertJob,
  insertLot,
  insertSuccessor,
  moveToProduct,
  type NewProduct,
  readLots,
  updateLots,
  updateSubscription,
} from './store.ts'
import type { UpgradedSubscription, UpgradeSubscription } from './wire.ts'

/**
 * Upgrades a subscription, or some of its licenses, to a product that the catalog names as a conversion, at today's price. All
 * licenses: the subscription itself gets the new product and keeps its id. Fewer: a new subscription takes them over and ends on
 * the same day. Either way there is no window to cancel in; unused days of the old product are given back.
 *
 * @throws Refusal notFound, partnerSuspended, ownAgreementMissing, stale, subscriptionNotActive, suspendedNoChange, upgradeNotPossible, offerNotAvailable,
 *   quantityOutOfRange
 */
export async function upgradeSubscription(
  deps: Deps,
  actor: Actor,
  input: UpgradeSubscription,
): Promise<UpgradedSubscription> {
  const { result } = await write(deps, actor, async (tx) => {
    const at = deps.now()
    const subscription = await holdSubscription(tx, actor, input)
    const provider = await readTradingParty(tx, actor.organizationId)
    const barred = (provider && whyProviderCannotTrade(provider)) ?? whyNotCharged('upgrade', subscription, utcDay(at))
    if (barred) throw new Refusal(barred)
    const target = await readTarget(tx, at, subscription, input)
    const decision = decideUpgrade(
      subscription,
      target && { ...target, ...quantityRange(target), isSold: target.unitRetail !== null },
      input.quantity,
    )
    if (typeof decision === 'object') {
      const params = decision.params ?? {}
      const field = decision.refuse === 'quantityOutOfRange' ? 'quantity' : 'skuId'
      throw new Refusal(decision.refuse, { params, fields: [{ field, rule: decision.refuse, params }] })
    }
    if (input.version !== subscription.version) throw new Refusal('stale')
    const product = productOf(target)

    const id = decision === 'full' ? subscription.id : newId<'subscription'>()
    if (decision === 'full') await upgradeWhole(tx, at, subscription, product)
    else await upgradePart(tx, actor, at, subscription, id, product, input.quantity)
    await charge(tx, at, subscription, id, product, input.quantity)
    await record(tx, actor, at, {
      action: 'subscription.upgraded',
      subjectKind: 'subscription',
      subjectId: subscription.id,
      customerId: subscription.customerId,
      ...(subscription.reseller ? { resellerId: subscription.reseller.id } : {}),
      before: { title: subscription.title, quantity: subscription.quantity },
      after: {
        title: product.title,
        quantity: input.quantity,
        ...(id === subscription.id ? {} : { newSubscription: id }),
      },
    })
    return { kind: decision, subscriptionId: id, sourceId: subscription.id, sourceVersion: subscription.version + 1 }
  })
  deps.nudge(provisioningSweep)
  return result
}

interface Target {
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly kind: SkuKind
  readonly minQuantity: number
  readonly maxQuantity: number
  readonly incentiveEligible: boolean
  /** Null when it is not sold now with the subscription's term and billing frequency. */
  readonly unitCost: string | null
  readonly unitRetail: string | null
}

async function readTarget(
  tx: Tx,
  at: Date,
  { country, term, billingPlan, segment, currency }: HeldSubscription,
  { productId, skuId, quantity }: UpgradeSubscription,
): Promise<Target | undefined> {
  const { rows } = await sql<Target>`
    select k.product_id as "productId", k.sku_id as "skuId", k.title, k.kind, k.min_quantity as "minQuantity",
      k.max_quantity as "maxQuantity", k.incentive_eligible as "incentiveEligible", p.unit_cost as "unitCost",
      p.unit_retail as "unitRetail"
    from skus k
    left join lateral (
      select i.unit_cost, i.unit_retail from price_items i
      where i.market = ${country} and i.product_id = k.product_id and i.sku_id = k.sku_id and i.term = ${term}
        and i.billing_plan = ${billingPlan} and i.segment = ${segment} and i.currency = ${currency}
        and i.tier_min <= ${quantity} and (i.tier_max is null or i.tier_max >= ${quantity})
        and i.effective_from <= ${at} and i.effective_until > ${at}
        and (k.end_of_sale_on is null or k.end_of_sale_on >= ${utcDay(at)}::date)
        and (k.allowed_countries is null or ${country} = any(k.allowed_countries))
      order by i.tier_min desc, i.effective_from desc limit 1) p on true
    where k.product_id = ${productId} and k.sku_id = ${skuId}`.execute(tx)
  return rows[0]
}

function productOf(target: Target | undefined): NewProduct {
  if (!target || target.unitCost === null || target.unitRetail === null)
    throw new Error('The target passed its rules without its facts.')
  return { ...target, unitCost: target.unitCost, unitRetail: target.unitRetail }
}

async function upgradeWhole(tx: Tx, at: Date, subscription: HeldSubscription, product: NewProduct): Promise<void> {
  await moveToProduct(tx, at, subscription, product)
  await insertJob(tx, at, subscription, { action: 'convert', quantity: subscription.quantity })
}

async function upgradePart(
  tx: Tx,
  actor: Actor,
  at: Date,
  subscription: HeldSubscription,
  id: SubscriptionId,
  product: NewProduct,
  quantity: number,
): Promise<void> {
  const left = subscription.quantity - quantity
  const successor = { customerId: subscription.customerId, id }
  await updateLots(tx, subscription, takeFromLots(await readLots(tx, subscription), quantity))
  await updateSubscription(tx, at, subscription, { quantity: left, provisions: true })
  await insertSuccessor(tx, actor, at, subscription, id, product, { quantity, startOn: utcDay(at) })
  await insertLot(tx, successor, { quantity, source: 'convert', addedAt: at, reducibleUntil: at })
  await insertJob(tx, at, subscription, { action: 'changeQuantity', quantity: left })
  await insertJob(tx, at, successor, { action: 'convert', quantity })
}

/** What is given back stays with the old subscription, what is charged goes to the one that has the product now. */
async function charge(
  tx: Tx,
  at: Date,
  from: HeldSubscription,
  id: SubscriptionId,
  product: NewProduct,
  quantity: number,
): Promise<void> {
  const old = chargedAs(from)
  const next = {
    ...old,
    kind: product.kind,
    unitCostMicros: micros(product.unitCost),
    unitRetailMicros: micros(product.unitRetail),
  }
  for (const line of chargesForUpgrade(old, next, quantity, utcDay(at))) {
    await insertCharge(tx, at, line.quantity < 0 ? from : { ...from, id }, line)
  }
}

function micros(decimal: string): bigint {
  return parseMicros(decimal) ?? 0n
}
