import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely'
import type { Deps } from '../src/platform/context.ts'
import type { Schema } from '../src/platform/schema.ts'

/**
 * Runs `work` in one transaction: what use cases open as transactions of their own become steps of it. So a demo world is
 * loaded whole or not at all, also when the machine is switched off in the middle, and it is durable with one flush.
 *
 * The steps run one after the other: `work` must not start two at once.
 */
export async function inOneTransaction<Result>(deps: Deps, work: (deps: Deps) => Promise<Result>): Promise<Result> {
  const client = await deps.pool.connect()
  const session = { query: client.query.bind(client), release: () => {} }
  const pool = { connect: async () => session, end: async () => {}, options: {} } as unknown as Deps['pool']
  const dialect = new (class extends PostgresDialect {
    override createDriver() {
      return new StepDriver({ pool })
    }
  })({ pool })
  try {
    await client.query('begin')
    // A second process that starts on the same database waits for the first, however long that takes.
    await client.query('set local statement_timeout = 0; set local lock_timeout = 0')
    const result = await work({ ...deps, db: new Kysely<Schema>({ dialect }) })
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    // Thrown away, and with it all that was not committed.
    client.release(true)
    throw error
  }
}

class StepDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection, _settings: TransactionSettings): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('savepoint step'))
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('release savepoint step'))
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback to savepoint step'))
  }
}
