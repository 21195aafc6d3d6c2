import { sql } from 'kysely'
import type { Deps } from '../../platform/context.ts'

const batch = 10_000

/** Deletes sessions, and sign-ins that waited for a code, once they have ended: they open nothing any more. */
export async function forgetEndedSessions({ db, now }: Deps): Promise<void> {
  for (const table of ['sessions', 'verifications']) {
    let deleted: bigint
    do {
      const { numAffectedRows } = await sql`
        delete from ${sql.table(table)} where id in (
          select id from ${sql.table(table)} where expires_at <= ${now()} order by expires_at limit ${batch})`.execute(
        db,
      )
      deleted = numAffectedRows ?? 0n
    } while (deleted === BigInt(batch))
  }
}
