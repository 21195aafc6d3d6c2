import type { Actor, Deps } from '../../platform/context.ts'
import { actOnSubscription } from './act-on-subscription.ts'
import type { Acted, ActOn, Suspend } from './wire.ts'

/**
 * Shuts the users of a subscription and of its add-ons out at once. It goes on being charged, auto-renew is off from now on, and
 * what was planned for the next term is dropped. Safe to repeat.
 *
 * @throws Refusal notFound, accessDenied, partnershipRequired, stale, previewStale, renewalRunning, subscriptionNotActive,
 *   trialNoStatus
 */
export async function suspendSubscription(deps: Deps, actor: Actor, input: Suspend): Promise<Acted> {
  const { reason, note, ...which } = input
  return await actOnSubscription(deps, actor, { ...which, act: { type: 'suspend', reason, note } })
}

/**
 * Lets the users of a suspended subscription in again, while its term lasts, and those of the add-ons that were suspended with
 * it. Auto-renew stays off. Safe to repeat.
 *
 * @throws Refusal notFound, accessDenied, partnershipRequired, stale, previewStale, renewalRunning, reactivationOver,
 *   baseNotActive
 */
export async function reactivateSubscription(deps: Deps, actor: Actor, input: ActOn): Promise<Acted> {
  return await actOnSubscription(deps, actor, { ...input, act: { type: 'reactivate' } })
}
