import type { Actor, Deps } from '../../platform/context.ts'
import { actOnSubscription } from './act-on-subscription.ts'
import type { Acted, ActOn } from './wire.ts'

/**
 * Cancels a subscription for good within its window, and gives back what was charged: everything in the first 24 hours, then
 * what is left of its days. Its add-ons go along. Its data is kept for 7 days. Safe to repeat.
 *
 * @throws Refusal notFound, accessDenied, stale, previewStale, renewalRunning, subscriptionNotActive, trialNoCancel,
 *   noCancelWindow, cancelWindowOver
 */
export async function cancelSubscription(deps: Deps, actor: Actor, input: ActOn): Promise<Acted> {
  return await actOnSubscription(deps, actor, { ...input, act: { type: 'cancel' } })
}
