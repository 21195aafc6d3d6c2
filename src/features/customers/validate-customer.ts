import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { checkNewCustomer } from './check-new-customer.ts'
import type { NameWarning } from './rules.ts'
import type { NewCustomer } from './wire.ts'

/**
 * Checks the first step of the wizard without storing anything: what is accepted here can still lose its domain to somebody
 * quicker.
 *
 * @throws Refusal as `checkNewCustomer`.
 */
export async function validateCustomer(
  deps: Deps,
  actor: Actor,
  details: NewCustomer,
): Promise<{ readonly warnings: readonly NameWarning[]; readonly domain: string }> {
  const { warnings, domain } = await checkNewCustomer(deps.db, actor, worldNow(deps, actor), details)
  return { warnings, domain }
}
