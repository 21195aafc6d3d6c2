import type { DueWork } from '../../platform/due-work.ts'
import type { Sweep } from '../../platform/sweep.ts'
import { sandboxProvisioning } from './provision-sandbox.ts'
import { subscriptionLife } from './advance-subscriptions.ts'
import { provisionSubscriptions } from './provision-subscriptions.ts'
import { renewalReminders } from './remind-renewals.ts'
import { provisioningSweep } from './rules.ts'

export const subscriptionSweeps: readonly Sweep[] = [
  { name: provisioningSweep, everySeconds: 5, run: (deps, stopping) => provisionSubscriptions(deps, stopping) },
]

/** What falls due by the clock, in the order of one instant: what is bought is there before anything else happens to it. */
export const subscriptionDueWorks: readonly DueWork[] = [sandboxProvisioning, subscriptionLife, renewalReminders]
