import type { Actor, Deps } from '../../platform/context.ts'
import { actOnSubscription } from './act-on-subscription.ts'
import type { Acted, ConvertTrial } from './wire.ts'

/**
 * Makes a trial a paid subscription at once, of a product the catalog converts it to, with at least 25 licenses. It stays the
 * same subscription; its term begins today.
 *
 * @throws Refusal notFound, accessDenied, stale, previewStale, renewalRunning, notATrial, subscriptionNotActive,
 *   upgradeNotPossible, offerNotAvailable, quantityOutOfRange
 */
export async function convertTrial(deps: Deps, actor: Actor, input: ConvertTrial): Promise<Acted> {
  const { productId, skuId, quantity, term, billingPlan, ...which } = input
  const act = { type: 'convertTrial', productId, skuId, quantity, term, billingPlan } as const
  return await actOnSubscription(deps, actor, { ...which, act })
}
