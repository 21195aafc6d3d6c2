import type { Deps } from './context.ts'

/** Whoever lives by a provider's clock: the provider's users, and what it sold. */
export interface InWorld {
  /** How far the provider's clock is ahead of the installation's; absent or 0 in production. */
  readonly clockOffsetMs?: number
}

/**
 * The time in a provider's world, UTC. What happens to orders, subscriptions and charges happens at this time; `deps.now()`
 * stays the installation's clock, for sessions, passwords and everything else outside a provider's world.
 */
export function worldNow(deps: Pick<Deps, 'now'>, { clockOffsetMs = 0 }: InWorld): Date {
  return clockOffsetMs === 0 ? deps.now() : new Date(deps.now().getTime() + clockOffsetMs)
}
