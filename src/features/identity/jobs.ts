import { type Job, job } from '../../platform/jobs.ts'
import { forgetEndedSessions } from './forget-ended-sessions.ts'

/** Background work of sign-in. */
export const identityJobs: readonly Job[] = [
  job({ name: 'forget-ended-sessions', every: '23 * * * *', run: forgetEndedSessions }),
]
