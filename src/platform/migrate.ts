import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { connectionConfig } from './database.ts'
import type { DatabaseAddress } from './database.ts'
import { OperatorError } from './operator-error.ts'

export interface Migration {
  /** File name, e.g. `0001_organizations.sql`; the number in front orders them. */
  readonly name: string
  readonly text: string
  /** SHA-256 of the text, hex; line endings do not count. */
  readonly checksum: string
}

export const migrationsFolder = join(import.meta.dirname, '..', '..', 'migrations')

/** Reads the migrations of a folder in their order. */
export function readMigrations(folder: string = migrationsFolder): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .toSorted()
    .map((name) => {
      const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
    })
}

/** Any number will do; it must not change between versions. */
const migrationLock = 5_262_001

/**
 * Brings a database to this program's schema. Programs that start together wait for each other; each migration is one
 * transaction, so a kill in the middle leaves a database that the next start carries on from.
 *
 * @returns the names applied now; empty when there was nothing to do.
 * @throws OperatorError when the database is newer than the program, older than PostgreSQL 15, or a migration was edited.
 */
export async function migrate(address: DatabaseAddress, migrations = readMigrations()): Promise<readonly string[]> {
  const client = new pg.Client({ ...connectionConfig(address), application_name: 'kanal migrate' })
  client.on('error', () => {})
  await client.connect()
  try {
    await refuseOldServer(client)
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    await client.query(`
      create table if not exists schema_migrations (
        name       text primary key,
        checksum   text not null,
        applied_at timestamptz not null default now()
      )`)
    const pending = await pendingMigrations(client, migrations)
    for (const migration of pending) await apply(client, migration)
    return pending.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/**
 * What `migrate` would apply, without applying it.
 *
 * @throws OperatorError as `migrate` does.
 */
export async function pendingMigrations(
  client: pg.ClientBase | pg.Pool,
  migrations = readMigrations(),
): Promise<readonly Migration[]> {
  const applied = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations order by name',
  )
  for (const { name, checksum } of applied.rows) {
    const ours = migrations.find((migration) => migration.name === name)
    if (!ours) {
      throw new OperatorError(
        `The database is newer than this program (it has ${name}): start the newer Kanal, or use another database.`,
      )
    }
    if (ours.checksum !== checksum) {
      throw new OperatorError(
        `The database was made with another text of migrations/${name}: put the released file back, or use another database.`,
      )
    }
  }
  const done = new Set(applied.rows.map(({ name }) => name))
  return migrations.filter(({ name }) => !done.has(name))
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const found = await client.query<{ version: string; number: number }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number`,
  )
  const server = found.rows[0]
  if (!server || server.number >= 150_000) return
  throw new OperatorError(`Kanal needs PostgreSQL 15 or newer; the server at DATABASE_URL is ${server.version}.`)
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(migration.text)
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {
      // The session is gone, and the transaction with it; the first error is the one to tell.
    })
    throw new Error(`Migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}
