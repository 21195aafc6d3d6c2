import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import { connectionConfig } from './database.ts'
import type { DatabaseAddress } from './database.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import type { Connection } from './embedded-postgres.ts'
import { lockFolder } from './folder-lock.ts'
import { migrateJobs } from './jobs.ts'
import { migrate } from './migrate.ts'
import { OperatorError } from './operator-error.ts'

/** The database an operator's configuration means, up and reachable. */
export interface Installation extends AsyncDisposable {
  readonly address: DatabaseAddress
  /** Stops the embedded server if this process started it. Safe to repeat. */
  close(): Promise<void>
}

export interface OpenOptions {
  /**
   * A command that works beside a running server uses that server's embedded database. Without it the data folder must be
   * nobody else's.
   */
  readonly besideServer?: boolean
  /** Told when the embedded server died and could not be started again. */
  readonly onLost?: (error: Error) => void
}

/**
 * Opens the database of the configuration: that of DATABASE_URL, else the embedded one in the data folder, which it starts.
 *
 * @throws OperatorError when the folder is taken or not writable, or the database does not answer.
 */
export async function openInstallation(
  config: Pick<Config, 'databaseUrl' | 'dataFolder'>,
  { besideServer = false, onLost = () => {} }: OpenOptions = {},
): Promise<Installation> {
  prepareFolder(config.dataFolder)
  if (config.databaseUrl !== undefined) {
    const address = { url: config.databaseUrl }
    await expectAnswer(address)
    return installation(address, async () => {})
  }

  const addressFile = join(config.dataFolder, 'database.json')
  const lock = lockFolder(config.dataFolder)
  if (!lock) {
    const running = besideServer ? readAddress(addressFile) : undefined
    if (!running) {
      throw new OperatorError(
        `Kanal is already running on ${config.dataFolder}: stop it first, or set KANAL_DATA to another folder.`,
      )
    }
    await expectAnswer(running)
    return installation(running, async () => {})
  }
  try {
    const server = await startEmbeddedPostgres({ folder: config.dataFolder, onLost })
    writeFileSync(addressFile, JSON.stringify(server.connection), { mode: 0o600 })
    return installation(server.connection, async () => {
      await server.stop()
      rmSync(addressFile, { force: true })
      lock.release()
    })
  } catch (error) {
    lock.release()
    throw error
  }
}

/**
 * Brings the database to this program's schema, the tables of the job runner included.
 *
 * @returns the names of the migrations applied now.
 * @throws OperatorError when the database is newer than the program; see `migrate`.
 */
export async function migrateAll(address: DatabaseAddress): Promise<readonly string[]> {
  const applied = await migrate(address)
  await migrateJobs(address)
  return applied
}

function installation(address: DatabaseAddress, stop: () => Promise<void>): Installation {
  let closed: Promise<void> | undefined
  const close = (): Promise<void> => (closed ??= stop())
  return { address, close, [Symbol.asyncDispose]: close }
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new OperatorError(
      `The data folder ${folder} cannot be written by this account: make it writable, or set KANAL_DATA to another folder.`,
      { cause: error },
    )
  }
}

function readAddress(file: string): Connection | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Connection
  } catch {
    // The other program is only just starting, or stopping.
    return undefined
  }
}

async function expectAnswer(address: DatabaseAddress): Promise<void> {
  const client = new pg.Client({ ...connectionConfig(address), connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
  } catch (error) {
    throw unreachable(error)
  } finally {
    await client.end().catch(() => {
      // It never was connected; the first error is the one to tell.
    })
  }
}

/** The driver's messages name hosts, databases and roles, never the password. */
function unreachable(error: unknown): OperatorError {
  const reasons = error instanceof AggregateError ? error.errors : [error]
  const reason = reasons.map((each) => (each instanceof Error ? each.message : String(each))).join('; ')
  return new OperatorError(
    `The database at DATABASE_URL does not let us in (${reason}): start it, or correct DATABASE_URL.`,
    { cause: error },
  )
}
