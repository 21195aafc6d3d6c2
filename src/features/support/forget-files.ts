import { sql } from 'kysely'
import { dayMs } from '../../kernel/time.ts'
import type { Deps } from '../../platform/context.ts'
import { objectStore } from '../../platform/object-store.ts'

const batch = 100

/** Deletes files that nobody can reach any more: those that went into no message within a day, and those whose message is gone. */
export async function forgetFiles(deps: Deps): Promise<void> {
  await forgetUnsent(deps)
  await forgetOrphans(deps)
}

async function forgetUnsent(deps: Deps): Promise<void> {
  const before = new Date(deps.now().getTime() - dayMs)
  for (;;) {
    const { rows } = await sql<{ id: string }>`
      select id from service_request_uploads where uploaded_at <= ${before} order by uploaded_at limit ${batch}`.execute(
      deps.db,
    )
    for (const { id } of rows) {
      // One statement: whoever puts it into a message at this moment is either before it, and keeps the bytes, or too late.
      await sql`
        with gone as (delete from service_request_uploads where id = ${id} returning object_key)
        insert into forgotten_objects (key, forgotten_at) select object_key, ${deps.now()} from gone on conflict do nothing`.execute(
        deps.db,
      )
    }
    if (rows.length < batch) return
  }
}

/** The bytes go before the row that knows them, so that nothing is left behind when this is cut off in between. */
async function forgetOrphans(deps: Deps): Promise<void> {
  const store = objectStore(deps)
  for (;;) {
    const { rows } = await sql<{ key: string }>`
      select key from forgotten_objects order by key limit ${batch}`.execute(deps.db)
    for (const { key } of rows) {
      await store.remove(key)
      await sql`delete from forgotten_objects where key = ${key}`.execute(deps.db)
    }
    if (rows.length < batch) return
  }
}
