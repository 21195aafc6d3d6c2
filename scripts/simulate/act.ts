import { changeSubscription } from '../../src/features/subscriptions/change-subscription.ts'
import { cancelSubscription } from '../../src/features/subscriptions/cancel-subscription.ts'
import { convertTrial } from '../../src/features/subscriptions/convert-trial.ts'
import { removeScheduledChange, scheduleChange, setAutoRenew } from '../../src/features/subscriptions/manage-renewal.ts'
import { reactivateSubscription, suspendSubscription } from '../../src/features/subscriptions/suspend-subscription.ts'
import { upgradeSubscription } from '../../src/features/subscriptions/upgrade-subscription.ts'
import type { BillingPlan } from '../../src/features/billing/charge.ts'
import { addDays, type Term } from '../../src/kernel/time.ts'
import type { CustomerId, SubscriptionId } from '../../src/kernel/ids.ts'
import type { Actor, Deps } from '../../src/platform/context.ts'
import type { Market } from './market.ts'
import type { ActName, Planned } from './plan.ts'

/** A subscription of the simulation. */
export interface Known {
  readonly customerId: CustomerId
  readonly id: SubscriptionId
}

/** Does one act, through its use case. @returns what was done, and a subscription that came of it. @throws Refusal */
export async function act(
  deps: Deps,
  market: Market,
  actor: Actor,
  { customerId, id }: Known,
  { what, chance }: Planned,
): Promise<{ readonly name: ActName; readonly came?: Known }> {
  const row = await deps.db
    .selectFrom('subscriptions as s')
    .innerJoin('skus as k', (join) =>
      join.onRef('k.product_id', '=', 's.product_id').onRef('k.sku_id', '=', 's.sku_id'),
    )
    .select(['s.version', 's.quantity', 's.term', 's.billing_plan', 's.end_on', 's.product_id', 's.sku_id', 's.kind'])
    .select('k.conversions')
    .where('s.customer_id', '=', customerId)
    .where('s.id', '=', id)
    .executeTakeFirstOrThrow()
  const which = { customerId, subscriptionId: id, version: row.version }
  const { quantity } = row
  const change = (fields: object) => changeSubscription(deps, actor, { ...which, ...fields })
  // Now and then what the product refuses.
  const conversion = row.conversions[chance.between(0, row.conversions.length - 1)] ?? market.plus.offer.key
  const [productId = '', skuId = ''] = conversion.split('/')
  const own = {
    productId: row.product_id,
    skuId: row.sku_id,
    term: row.term as Term,
    billingPlan: row.billing_plan as BillingPlan,
  }
  const acts: Readonly<Record<ActName, () => Promise<unknown>>> = {
    'more licenses': () => change({ quantity: quantity + chance.between(1, 20) }),
    'fewer licenses': () => change({ quantity: Math.max(1, quantity - chance.between(1, 8)) }),
    cancel: () => cancelSubscription(deps, actor, which),
    suspend: () => suspendSubscription(deps, actor, { ...which, reason: 'other', note: '' }),
    reactivate: () => reactivateSubscription(deps, actor, which),
    'auto-renew off': () => setAutoRenew(deps, actor, { ...which, autoRenew: false }),
    'auto-renew on': () => setAutoRenew(deps, actor, { ...which, autoRenew: true }),
    plan: () =>
      scheduleChange(deps, actor, {
        ...which,
        ...own,
        ...(chance.happens(0.3) || row.kind === 'trial' ? { productId, skuId } : {}),
        ...(chance.happens(0.3) ? { ...chance.pick(market.plus.terms) } : {}),
        quantity: chance.between(2, 60),
        endOn: chance.happens(0.3) && row.end_on !== null ? addDays(row.end_on, chance.between(1, 28)) : null,
      }),
    'take the plan back': () => removeScheduledChange(deps, actor, which),
    'convert the trial': () =>
      convertTrial(deps, actor, {
        ...which,
        productId,
        skuId,
        ...chance.pick(market.plus.terms),
        quantity: chance.between(25, 80),
      }),
    'upgrade all': () => upgrade(quantity),
    'upgrade some': () => upgrade(Math.max(1, quantity - chance.between(1, 5))),
    'another reseller': () => change({ resellerPartnerId: market.resellers[chance.between(0, 3)]?.partnerId ?? null }),
  }
  const upgrade = async (licenses: number): Promise<Known> => {
    const { subscriptionId } = await upgradeSubscription(deps, actor, {
      ...which,
      productId,
      skuId,
      quantity: licenses,
    })
    return { customerId, id: subscriptionId as SubscriptionId }
  }
  const name = row.kind === 'trial' ? (insteadForTrials[what as ActName] ?? (what as ActName)) : (what as ActName)
  const came = await acts[name]()
  return name === 'upgrade all' || name === 'upgrade some' ? { name, came: came as Known } : { name }
}

/** What people do with a trial when they would do this with a license. */
const insteadForTrials: Readonly<Partial<Record<ActName, ActName>>> = {
  'upgrade all': 'convert the trial',
  'upgrade some': 'convert the trial',
  'more licenses': 'convert the trial',
  cancel: 'auto-renew off',
}
