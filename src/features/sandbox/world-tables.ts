import { sql } from 'kysely'
import type { Tx } from '../../platform/context.ts'

/** Tables that a reset leaves alone, with the reason: what is not a sandbox's business, or is never taken back. */
export const keptTables: Readonly<Record<string, string>> = {
  audit_records: 'the record of what happened is never taken back',
  events: 'events are announced once, and their readers keep their place',
  webhook_deliveries: 'what was announced is delivered, and the log of it kept',
  directory_profiles: 'the program office writes them',
  partnerships: 'partners of a sandbox stay its partners',
  partnership_invitations: 'as the partnerships that came of them',
}

/** A table, and which of its columns say to whose world a row belongs. */
export interface WorldTable {
  readonly name: string
  readonly columns: ReadonlySet<string>
  /** Rows may only be added: the program itself has no right to delete them. */
  readonly insertOnly: boolean
}

/**
 * Every table with rows that belong to a provider's world, those that refer to others first, so that they can be emptied in
 * this order. Read from the database, so that a table which comes with a later part is not forgotten.
 */
export async function readWorldTables(tx: Tx): Promise<readonly WorldTable[]> {
  const { rows } = await sql<{ name: string; columns: string[]; insertOnly: boolean; refersTo: string[] }>`
    select t.table_name as name, not has_table_privilege(c.oid, 'delete') as "insertOnly",
      array(select l.column_name::text from information_schema.columns l
        where l.table_schema = 'public' and l.table_name = t.table_name and l.data_type = 'uuid') as columns,
      array(select f.confrelid::regclass::text from pg_constraint f
        where f.contype = 'f' and f.conrelid = c.oid and f.confrelid <> c.oid) as "refersTo"
    from information_schema.tables t
    join pg_class c on c.relname = t.table_name and c.relnamespace = 'public'::regnamespace
    where t.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and exists (select from information_schema.columns l where l.table_schema = 'public' and l.table_name = t.table_name
        and l.column_name in ('provider_id', 'customer_id') and l.data_type = 'uuid')
    order by t.table_name`.execute(tx)
  const open = rows.filter(({ name }) => keptTables[name] === undefined)
  const sorted: WorldTable[] = []
  // What orders and customers are known by goes last: the others are found by it.
  const last = ['service_requests', 'orders', 'subscriptions', 'customer_relationships']
  open.sort((a, b) => last.indexOf(a.name) - last.indexOf(b.name))
  while (open.length > 0) {
    const next = open.findIndex(({ name }) => !open.some((other) => other.refersTo.includes(name)))
    const [table] = open.splice(Math.max(next, 0), 1)
    if (table) sorted.push({ name: table.name, columns: new Set(table.columns), insertOnly: table.insertOnly })
  }
  return sorted
}

/** Every table that keeps something of a user, such as sessions; what may only be added to is a record, and stays. */
export async function readTablesOfUsers(tx: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select l.table_name as name from information_schema.columns l
    join pg_class c on c.relname = l.table_name and c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    where l.table_schema = 'public' and l.column_name = 'user_id' and l.data_type = 'uuid'
      and has_table_privilege(c.oid, 'delete')
    order by 1`.execute(tx)
  return rows.map(({ name }) => name)
}
