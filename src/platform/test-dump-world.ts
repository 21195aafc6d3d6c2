import { sql } from 'kysely'
import type { OrganizationId } from '../kernel/ids.ts'
import type { Deps } from './context.ts'

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
}

/** Columns that differ each time: transactions, hashes, what marks a request, and what others are made into for lists. */
const chance = /^(?:xact|token_hash|request_id|text_hash|external_ref|lease_until|sort_key|search_key)$/

/**
 * For tests: everything in a provider's world as text, one line a row, each table sorted. Ids that chance made, and the numbers
 * that the makers of test parties count up, are replaced, ids of organizations, customers and subscriptions by their names: two
 * worlds in which the same happened at the same times give the same text.
 *
 * @param without Tables to leave out, such as `clock_runs`.
 */
export async function dumpWorld(
  deps: Deps,
  providerId: OrganizationId,
  without: readonly string[] = [],
): Promise<string> {
  const names = await readNames(deps)
  const tables = Map.groupBy(await readColumns(deps), ({ table }) => table)
  const lines: string[] = []
  for (const [table, columns] of tables) {
    const where = whoseRows(columns)
    if (where === undefined || without.includes(table)) continue
    const shown = columns.filter(({ column, type }) => !chance.test(column) && type !== 'xid8' && type !== 'bytea')
    const { rows } = await deps.pool.query<Record<string, unknown>>(
      `select ${shown.map(({ column }) => `"${column}"`).join(', ')} from ${table} where ${where}`,
      [providerId],
    )
    lines.push(`-- ${table}`, ...rows.map((row) => plain(asJson(row), names)).toSorted())
  }
  return lines.join('\n')
}

async function readColumns({ db }: Deps): Promise<readonly Column[]> {
  const { rows } = await sql<Column>`
    select c.table_name as "table", c.column_name as "column", c.data_type as type
    from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
    order by c.table_name, c.ordinal_position`.execute(db)
  return rows
}

const ownCustomers = `(select r.customer_id from customer_relationships r where r.type = 'provider' and r.partner_id = $1)`

function whoseRows(columns: readonly Column[]): string | undefined {
  const has = (name: string) => columns.some(({ column, type }) => column === name && type === 'uuid')
  if (columns[0]?.table === 'customers') return `id in ${ownCustomers}`
  if (has('provider_id')) return 'provider_id = $1'
  if (has('customer_id')) return `customer_id in ${ownCustomers}`
  if (columns[0]?.table === 'notifications') return `(organization_id = $1 or organization_id in ${ownCustomers})`
  return undefined
}

/** Ids that stand for something with a name. */
async function readNames({ pool }: Deps): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ id: string; name: string }>(`
    select id, trading_name as name from organizations
    union all select id, legal_name from customers
    union all select id, title from subscriptions`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

function asJson(row: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

function plain(line: string, names: ReadonlyMap<string, string>): string {
  return line
    .replace(uuid, (id) => `<${names.get(id) ?? 'id'}>`)
    .replace(/\bTEST\d{8}\b/g, 'TEST#')
    .replace(/\b(Product|Müşteri|User|user) ?\d+\b/g, '$1 #')
    .replace(/\bc[0-9a-f]{12}\.onkanal\.example/g, 'c#.onkanal.example')
    .replace(/"number":"[^"]*"/g, '"number":"#"')
    .replace(/("(?:partner_id|reseller_partner_id|partnerId)":)"\d+"/g, '$1"#"')
}
