import { sql } from 'kysely'
import { dayMs } from '../kernel/time.ts'
import type { Deps } from './context.ts'
import { type Job, job } from './jobs.ts'
import { keptDays } from './mail.ts'

const batch = 10_000

/** How long the answer of a request id is kept; callers are promised a day. */
const keptMs = 2 * dayMs

/** Background work that belongs to no feature. */
export const housekeepingJobs: readonly Job[] = [
  job({ name: 'forget-request-ids', every: '41 * * * *', run: forgetRequestIds }),
  job({ name: 'forget-mails', every: '17 3 * * *', run: forgetMails }),
]

/** Deletes request ids that nobody will repeat any more. */
export async function forgetRequestIds({ db, now }: Deps): Promise<void> {
  const until = new Date(now().getTime() - keptMs)
  let deleted: bigint
  do {
    const { numAffectedRows } = await sql`
      delete from idempotency_keys where (actor_id, request_id) in (
        select actor_id, request_id from idempotency_keys where created_at < ${until} order by created_at limit ${batch})`.execute(
      db,
    )
    deleted = numAffectedRows ?? 0n
  } while (deleted === BigInt(batch))
}

/** Deletes mails after their time, sent or not: they name people. */
export async function forgetMails({ db, now }: Deps): Promise<void> {
  const until = new Date(now().getTime() - keptDays * dayMs)
  let deleted: bigint
  do {
    const { numAffectedRows } = await sql`
      delete from mails where id in (select id from mails where created_at < ${until} order by created_at limit ${batch})`.execute(
      db,
    )
    deleted = numAffectedRows ?? 0n
  } while (deleted === BigInt(batch))
}
