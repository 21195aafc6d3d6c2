import type { DueWork } from '../../platform/due-work.ts'
import { type Job, job } from '../../platform/jobs.ts'
import { forgetFiles } from './forget-files.ts'
import { nextResponseDue, noteOverdue } from './note-overdue.ts'

/** What becomes due in a provider's world: first responses. */
export const supportDueWorks: readonly DueWork[] = [
  { name: 'first-responses', nextDue: nextResponseDue, run: noteOverdue },
]

/** Background work of service requests. */
export const supportJobs: readonly Job[] = [job({ name: 'forget-files', every: '41 * * * *', run: forgetFiles })]
