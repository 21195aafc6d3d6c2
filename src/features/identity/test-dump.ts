import { sql } from 'kysely'
import type { Deps } from '../../platform/context.ts'

/** For tests: all rows of all tables as text, which is what a dump or a backup would show. */
export async function everythingStored({ db }: Deps): Promise<string> {
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`.execute(db)
  const texts: string[] = []
  for (const { name } of tables.rows) {
    const rows = await sql<{ text: string }>`select t::text as text from ${sql.table(name)} t`.execute(db)
    texts.push(...rows.rows.map(({ text }) => text))
  }
  return texts.join('\n')
}
