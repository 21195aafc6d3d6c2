import { newId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { record } from '../audit/record.ts'
import { refuseOtherwise, refuseStale, stored } from './act-on-subscription.ts'
import { refuseUnentitled } from './decide-act.ts'
import { holdSubscription } from './hold-subscription.ts'
import { carryLicenses } from './license-pools.ts'
import { factsOf, foresee } from './preview-act.ts'
import { provisioningSweep } from './rules.ts'
import { storeOutcomes } from './store/outcomes.ts'
import { insertSuccessor } from './store/subscription.ts'
import type { UpgradedSubscription, UpgradeSubscription } from './wire.ts'

/**
 * Upgrades a subscription, or some of its licenses, to a product that the catalog names as a conversion, at today's price. All
 * licenses: the subscription itself gets the new product and keeps its id. Fewer: a new subscription takes them over and ends on
 * the same day. Either way there is no window to cancel in; unused days of the old product are given back.
 *
 * @throws Refusal notFound, partnerSuspended, ownAgreementMissing, stale, previewStale, renewalRunning, subscriptionNotActive,
 *   suspendedNoChange, upgradeNotPossible, offerNotAvailable, quantityOutOfRange
 */
export async function upgradeSubscription(
  deps: Deps,
  actor: Actor,
  { version, seen, productId, skuId, quantity, ...which }: UpgradeSubscription,
): Promise<UpgradedSubscription> {
  const { result } = await write(deps, actor, async (tx) => {
    const subscription = await holdSubscription(tx, actor, which)
    refuseUnentitled(actor, subscription, 'subscriptions.upgrade')
    const at = worldNow(deps, subscription)
    const foreseen = await foresee(tx, subscription, { type: 'upgrade', productId, skuId, quantity }, at)
    const { outcome } = foreseen
    if (!outcome) throw new Error('An upgrade always changes something.')
    await refuseStale(tx, actor, subscription, version)
    refuseOtherwise(seen, factsOf(actor, subscription, foreseen))

    const own = stored(subscription, outcome, subscription.life)
    const { successor } = outcome
    const id = successor ? newId<'subscription'>() : subscription.id
    if (successor) {
      await insertSuccessor(tx, actor, at, subscription, id, successor)
      const charges = outcome.successorCharges ?? []
      const first = stored({ ...subscription, id }, { life: successor, charges, drops: [], job: 'convert' }, undefined)
      await storeOutcomes(tx, at, [own, first])
    } else {
      await storeOutcomes(tx, at, [own])
      await carryLicenses(tx, subscription.customerId, subscription.life, outcome.life)
    }
    await record(tx, actor, at, {
      action: 'subscription.upgraded',
      subjectKind: 'subscription',
      subjectId: subscription.id,
      customerId: subscription.customerId,
      ...(subscription.reseller ? { resellerId: subscription.reseller.id } : {}),
      before: { title: subscription.title, quantity: subscription.quantity },
      after: {
        title: (successor ?? outcome.life).title,
        quantity,
        ...(successor ? { newSubscription: id } : {}),
      },
    })
    return {
      kind: successor ? ('partial' as const) : ('full' as const),
      subscriptionId: id,
      sourceId: subscription.id,
      sourceVersion: subscription.version + 1,
    }
  })
  deps.nudge(provisioningSweep)
  return result
}
