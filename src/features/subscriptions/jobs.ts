import type { Sweep } from '../../platform/sweep.ts'
import { provisionSubscriptions } from './provision-subscriptions.ts'
import { provisioningSweep } from './rules.ts'

export const subscriptionSweeps: readonly Sweep[] = [
  { name: provisioningSweep, everySeconds: 5, run: (deps, stopping) => provisionSubscriptions(deps, stopping) },
]
