import { type Job, job } from '../../platform/jobs.ts'
import type { Sweep } from '../../platform/sweep.ts'
import { announceEvents } from './announce-events.ts'
import { replayJob } from './replay-events.ts'
import { sendSweep } from './rules.ts'
import { sendWebhooks } from './send-webhooks.ts'
import { forgetDeliveries, giveUpWebhooks } from './tidy-webhooks.ts'

/** Looking costs a fraction of a millisecond, so it is done often: an event is on its way within a second of its commit. */
export const eventSweeps: readonly Sweep[] = [
  { name: 'announce-events', everySeconds: 0.2, run: announceEvents },
  { name: sendSweep, everySeconds: 1, run: sendWebhooks },
]

export const eventJobs: readonly Job[] = [
  replayJob,
  job({ name: 'give-up-webhooks', every: '*/15 * * * *', run: giveUpWebhooks }),
  job({ name: 'forget-deliveries', every: '47 2 * * *', run: forgetDeliveries }),
]
