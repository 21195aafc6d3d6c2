import { type Job, job } from '../../platform/jobs.ts'
import { forgetEndedSessions } from './forget-ended-sessions.ts'
import { removeDeletedUsers } from './remove-deleted-users.ts'

/** Background work around users and their sign-in. */
export const identityJobs: readonly Job[] = [
  job({ name: 'forget-ended-sessions', every: '23 * * * *', run: forgetEndedSessions }),
  job({ name: 'remove-deleted-users', every: '37 * * * *', run: removeDeletedUsers }),
]
