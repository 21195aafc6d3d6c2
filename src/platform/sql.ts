import { type RawBuilder, sql } from 'kysely'

/** An instant inside JSON, as the wire has it: ISO 8601, UTC, milliseconds. `column` as for `sql.ref`. */
export function iso(column: string): RawBuilder<string> {
  return sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
