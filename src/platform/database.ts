import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import pg from 'pg'
import type { Connection } from './embedded-postgres.ts'
import type { Schema } from './schema.ts'

/** Where a database is: parts of an address, or a URL such as DATABASE_URL. */
export type DatabaseAddress = Connection | { readonly url: string }

export interface PoolOptions {
  /** Sessions at most; 20 unless told. */
  readonly max?: number
  /** Told of sessions that broke; the pool replaces them by itself. May be told twice of one. */
  readonly onError?: (error: Error) => void
}

const { builtins } = pg.types
const asText = (text: string): string => text

const parsers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [builtins.INT8, BigInt],
  [builtins.NUMERIC, asText],
  [builtins.DATE, asText],
  // Arrays: int8[], numeric[], date[].
  [1016, (text) => readArray(text).map(BigInt)],
  [1231, readArray],
  [1182, readArray],
])

/** Numbers and dates need no quotes in an array's text; nested arrays and null elements do not occur. */
function readArray(text: string): string[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',')
}

/** Values as the program wants them: int8 is a bigint, numeric and date are strings, timestamptz is a Date. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (...[oid, format]: Parameters<typeof pg.types.getTypeParser>) =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format),
}

/**
 * Opens a pool of sessions. Statements given to one session without waiting are sent at once (pipelined) and run in order;
 * cursors and `rows` portions do not work on it.
 *
 * No statement runs longer than 30 s, waits for a lock longer than 10 s, or leaves a transaction idle longer than 30 s.
 */
export function openPool(address: DatabaseAddress, { max = 20, onError = () => {} }: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    ...connectionConfig(address),
    max,
    types,
    pipeline: true,
    application_name: 'kanal',
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
  })
  pool.on('error', onError)
  // A session that breaks between two statements of a transaction is nobody's else to hear; its next statement fails.
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}

/** Typed queries over a pool, each planned once a session. Destroying it ends the pool. */
export function openDatabase(pool: pg.Pool): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: namingPool(pool) }) })
}

/**
 * A query's text is known before its values, so a session can keep its plan: planning a list takes longer than running it.
 * Filters make a few hundred texts at most; should there ever be more, the rest is planned each time, and memory stays flat.
 */
const mostNames = 1_000
const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= mostNames) return known
  const name = `q${names.size}`
  names.set(text, name)
  return name
}

function namingPool(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect()
      const query = (text: unknown, values?: readonly unknown[]): unknown => {
        const name = typeof text === 'string' && values && values.length > 0 ? nameOf(text) : undefined
        if (name === undefined) return client.query(text as string, values as unknown[])
        return client.query({ name, text: text as string, values: values as unknown[] })
      }
      return { query: query as PostgresPoolClient['query'], release: () => client.release() }
    },
    options: pool.options,
    end: () => pool.end(),
  }
}

/** The address as `pg` takes it, for sessions outside the pool. */
export function connectionConfig(address: DatabaseAddress): pg.ClientConfig {
  return 'url' in address ? { connectionString: address.url } : { ...address }
}

/**
 * Whether an error says that the database is not there just now: it is starting, stopping, or was killed. What was asked may
 * have happened or not; a repeat with the same `MS-RequestId` finds out.
 */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  if (/^(57P0[1-3]|08...|53300|ECONNRESET|EPIPE)$/.test(code)) return true
  if (/^(ECONNREFUSED|ENOENT)$/.test(code)) return 'syscall' in error && error.syscall === 'connect'
  // The driver gives these no code.
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  )
}
