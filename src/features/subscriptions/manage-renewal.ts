import type { Actor, Deps } from '../../platform/context.ts'
import { actOnSubscription } from './act-on-subscription.ts'
import type { Acted, ActOn, ScheduleChange, SetAutoRenew } from './wire.ts'

/**
 * Says whether the term is followed by the next one. Off, it ends with its last day, and what was planned for the next term is
 * dropped. Safe to repeat.
 *
 * @throws Refusal notFound, accessDenied, partnershipRequired, stale, previewStale, renewalRunning, suspendedNoChange,
 *   subscriptionNotActive, noTerm
 */
export async function setAutoRenew(deps: Deps, actor: Actor, input: SetAutoRenew): Promise<Acted> {
  const { autoRenew, ...which } = input
  return await actOnSubscription(deps, actor, { ...which, act: { type: 'setAutoRenew', autoRenew } })
}

/**
 * Plans what the next term will be like, in place of what was planned before. It is charged when that term begins, at the price
 * of then. Safe to repeat.
 *
 * @throws Refusal notFound, accessDenied, partnershipRequired, stale, previewStale, renewalRunning, suspendedNoChange,
 *   subscriptionNotActive, noTerm, autoRenewOff, upgradeNotPossible, offerNotAvailable, quantityOutOfRange, endOutsideTerm,
 *   endNotAligned
 */
export async function scheduleChange(deps: Deps, actor: Actor, input: ScheduleChange): Promise<Acted> {
  const { productId, skuId, quantity, term, billingPlan, endOn, ...which } = input
  const act = { type: 'scheduleChange', productId, skuId, quantity, term, billingPlan, endOn } as const
  return await actOnSubscription(deps, actor, { ...which, act })
}

/**
 * Takes back what was planned for the next term. Safe to repeat.
 *
 * @throws Refusal notFound, accessDenied, partnershipRequired, stale, previewStale, renewalRunning, suspendedNoChange,
 *   subscriptionNotActive
 */
export async function removeScheduledChange(deps: Deps, actor: Actor, input: ActOn): Promise<Acted> {
  return await actOnSubscription(deps, actor, { ...input, act: { type: 'removeScheduledChange' } })
}
