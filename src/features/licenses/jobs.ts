import { dayMs } from '../../kernel/time.ts'
import type { Deps } from '../../platform/context.ts'
import { type Job, job } from '../../platform/jobs.ts'
import { createListedJob, createListedUsers } from './save-upload.ts'
import { deleteOldUploads } from './upload-store.ts'
import { OfUpload } from './wire.ts'

/** Background work around a customer's people. */
export const licenseJobs: readonly Job[] = [
  job({ name: createListedJob, input: OfUpload, run: createListedUsers }),
  job({ name: 'forget-user-uploads', every: '53 * * * *', run: forgetUserUploads }),
]

/** Forgets lists of users: those never saved after a day, the others after 30. */
export async function forgetUserUploads({ db, now }: Deps): Promise<void> {
  const ago = (days: number) => new Date(now().getTime() - days * dayMs)
  let deleted: number
  do {
    deleted = await deleteOldUploads(db, ago(1), ago(30))
  } while (deleted > 0)
}
