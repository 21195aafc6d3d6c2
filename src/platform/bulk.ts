import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Deps } from './context.ts'
import type { Schema } from './schema.ts'

/** Sends rows in PostgreSQL's text form (`\t` between columns, `\n` after each row) into `target`, such as `prices (a, b)`. */
export type CopyIn = (target: string, rows: string) => Promise<void>

/**
 * Runs `work` on one database session of its own, for loads of many rows: `deps.db` and `copyIn` speak on that same session,
 * so that COPY takes part in the transaction that `deps.db` opens. Statements may take long there. The session ends with
 * `work`, whatever happens.
 *
 * Do not run a query while a `copyIn` is under way.
 */
export async function withBulkSession<Result>(
  deps: Deps,
  work: (deps: Deps, copyIn: CopyIn) => Promise<Result>,
): Promise<Result> {
  const { options } = deps.pool
  // Not of the pool: its sessions are pipelined, which COPY cannot be. `password` does not spread.
  const client = new pg.Client({
    ...options,
    password: options.password,
    pipeline: false,
    application_name: 'kanal bulk',
    statement_timeout: 900_000,
    idle_in_transaction_session_timeout: 300_000,
    lock_timeout: 300_000,
  } as pg.ClientConfig)
  // A session that breaks fails the statement under way, which tells.
  client.on('error', () => {})
  await client.connect()
  const session = { query: client.query.bind(client), release: () => {} }
  const pool = { connect: async () => session, end: async () => {}, options: {} } as unknown as pg.Pool
  try {
    const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
    return await work({ ...deps, db }, (target, rows) => copyIn(client, target, rows))
  } finally {
    await client.end()
  }
}

interface CopyConnection {
  query(text: string): void
  sendCopyFromChunk(bytes: Uint8Array): void
  endCopyFrom(): void
}

/** The part of COPY that `pg` leaves to its callers: it asks, sends all bytes at once, and waits until they are taken. */
function copyIn(client: pg.Client, target: string, rows: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const copy = {
      submit: (connection: CopyConnection) => connection.query(`copy ${target} from stdin`),
      handleCopyInResponse(connection: CopyConnection) {
        connection.sendCopyFromChunk(Buffer.from(rows))
        connection.endCopyFrom()
      },
      handleCommandComplete() {},
      handleReadyForQuery: () => resolve(),
      handleError: (error: Error) => reject(error),
    }
    client.query(copy as unknown as pg.Submittable)
  })
}

/** Writes a text as a cell for `CopyIn`; null is PostgreSQL's null. */
export function copyCell(text: string | null): string {
  if (text === null) return '\\N'
  return /[\\\t\n\r]/.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (found) => escapes[found] ?? found) : text
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
