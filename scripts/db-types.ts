/**
 * Writes src/platform/schema.ts from a database that has all migrations: `npm run db:types`.
 * With `--check` it writes nothing and exits 1 when the file is stale.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { connectionConfig } from '../src/platform/database.ts'
import { cloneDatabase } from '../src/platform/test-server.ts'

const root = join(import.meta.dirname, '..')
const file = join(root, 'src/platform/schema.ts')

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly nullable: boolean
  readonly generated: 'always' | 'default' | null
  /** The definition of a one-column check, e.g. `CHECK ((state = ANY (ARRAY['a'::text, 'b'::text])))`. */
  readonly check: string | null
}

const head = `// Made by \`npm run db:types\` from the migrations; do not edit.
import type { ColumnType } from 'kysely'

/** Filled by the database unless given. */
export type Generated<T> =
  T extends ColumnType<infer Read, infer Insert, infer Update>
    ? ColumnType<Read, Insert | undefined, Update>
    : ColumnType<T, T | undefined, T>

/** Filled by the database, never by us. */
export type Computed<T> = ColumnType<T, never, never>

/** Read parsed, written as JSON text. */
export type Json = ColumnType<unknown, string, string>

/** An instant, UTC. */
export type Instant = ColumnType<Date, Date | string, Date | string>
`

const simple: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  float8: 'number',
  int8: 'bigint',
  numeric: 'string',
  text: 'string',
  varchar: 'string',
  bpchar: 'string',
  uuid: 'string',
  inet: 'string',
  date: 'string',
  xid8: 'string',
  tsvector: 'string',
  bytea: 'Buffer',
  json: 'Json',
  jsonb: 'Json',
  timestamp: 'Instant',
  timestamptz: 'Instant',
}

function typeOf({ table, column, type, check }: Column): string {
  const [, first] = /^CHECK \(\(\w+ = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(check ?? '') ?? []
  const words = first === undefined ? [] : [...first.matchAll(/'((?:[^']|'')*)'::text/g)].map(([, word]) => `'${word}'`)
  if (type === 'text' && words.length > 0) return words.join(' | ')
  const known = simple[type.replace(/^_/, '')]
  if (known === undefined) throw new Error(`scripts/db-types.ts does not know the type ${type} of ${table}.${column}.`)
  return type.startsWith('_') ? `${known}[]` : known
}

function fieldOf(column: Column): string {
  const type = typeOf(column)
  const full = column.nullable ? `${type} | null` : type
  const wrapped =
    column.generated === null ? full : `${column.generated === 'always' ? 'Computed' : 'Generated'}<${full}>`
  return `  ${nameOf(column.column)}: ${wrapped}`
}

function nameOf(column: string): string {
  return /^[a-zA-Z_]\w*$/.test(column) ? column : `'${column}'`
}

function interfaceOf(table: string): string {
  return table
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

async function readColumns(): Promise<readonly Column[]> {
  await using database = await cloneDatabase()
  const client = new pg.Client(connectionConfig(database.address))
  await client.connect()
  try {
    const { rows } = await client.query<Column>(`
      select c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable,
             case when a.attgenerated <> '' or a.attidentity = 'a' then 'always'
                  when a.atthasdef or a.attidentity = 'd' then 'default' end as generated,
             (select pg_get_constraintdef(k.oid) from pg_constraint k
               where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
                 and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%' order by k.conname limit 1) as check
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
         and not c.relispartition and c.relname <> 'schema_migrations'
       order by c.relname, a.attnum`)
    return rows
  } finally {
    await client.end()
  }
}

function write(columns: readonly Column[]): string {
  const tables = [...Map.groupBy(columns, ({ table }) => table)]
  const interfaces = tables.map(
    ([table, fields]) => `export interface ${interfaceOf(table)} {\n${fields.map(fieldOf).join('\n')}\n}\n`,
  )
  const schema = tables.map(([table]) => `  ${nameOf(table)}: ${interfaceOf(table)}`).join('\n')
  return `${head}\n${interfaces.join('\n')}\n/** Every table of the database. */\nexport interface Schema {\n${schema}\n}\n`
}

function format(text: string): string {
  const oxfmt = join(root, 'node_modules/oxfmt/bin/oxfmt')
  const outcome = spawnSync(process.execPath, [oxfmt, '--stdin-filepath', 'src/platform/schema.ts'], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  })
  if (outcome.status !== 0) throw new Error(`oxfmt failed: ${outcome.stderr}`)
  return outcome.stdout
}

const text = format(write(await readColumns()))
const current = existsSync(file) ? readFileSync(file, 'utf8') : ''
if (!process.argv.includes('--check')) {
  if (text !== current) writeFileSync(file, text)
} else if (text !== current) {
  console.error('src/platform/schema.ts does not match the migrations: run npm run db:types.')
  process.exitCode = 1
}
