import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { readTestDatabaseUrl } from '../config.ts'
import { connectionConfig } from './database.ts'
import type { DatabaseAddress } from './database.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import type { Connection } from './embedded-postgres.ts'
import { lockFolder } from './folder-lock.ts'
import { migrateJobs } from './jobs.ts'
import { migrate, readMigrations } from './migrate.ts'

/** A database for one test; disposing drops it. */
export interface TestDatabase extends AsyncDisposable {
  readonly address: DatabaseAddress
}

/**
 * Makes a database of its own with the program's schema, a clone of a template that is migrated once.
 *
 * It lies on the server of DATABASE_URL (whose role must be allowed to create databases), else on an embedded server that
 * all test processes of this clone share: the first starts it, and it ends by itself a minute after the last.
 */
export async function cloneDatabase(): Promise<TestDatabase> {
  session ??= openSession()
  template ??= prepareTemplate(await session)
  const source = await template
  return await makeDatabase(async (admin, name) => {
    await admin.query(`create database ${name} template ${source} strategy file_copy`)
  })
}

/** As `cloneDatabase`, but with nothing in it: for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return await makeDatabase(async (admin, name) => {
    await admin.query(`create database ${name}`)
  })
}

let session: Promise<Session> | undefined
let template: Promise<string> | undefined

interface Session {
  /** Idle sessions of it do not keep the test process alive, but keep the shared server. */
  readonly admin: pg.Pool
  addressOf(database: string): DatabaseAddress
}

async function makeDatabase(make: (admin: pg.Pool, name: string) => Promise<void>): Promise<TestDatabase> {
  session ??= openSession()
  const { admin, addressOf } = await session
  const name = `kanal_test_${hourOf(Date.now())}_${randomBytes(6).toString('hex')}`
  await make(admin, name)
  return {
    address: addressOf(name),
    async [Symbol.asyncDispose]() {
      await drop(admin, name)
    },
  }
}

/** Autovacuum, which belongs to the server, may be in a database that its owner drops; it leaves within moments. */
async function drop(admin: pg.Pool, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await admin.query(`drop database if exists ${name} with (force)`)
      return
    } catch (error) {
      const isBusy = error instanceof pg.DatabaseError && ['42501', '55006'].includes(error.code ?? '')
      if (!isBusy || attempt === 100) throw error
      await sleep(100)
    }
  }
}

function openAdmin(config: pg.ClientConfig): pg.Pool {
  const admin = new pg.Pool({ ...config, max: 3, idleTimeoutMillis: 0, allowExitOnIdle: true })
  // An idle session may break when the server ends; the next query tells.
  admin.on('error', () => {})
  return admin
}

/** Makes the migrated template unless it is there. Its name carries the migrations' hash, so versions do not disturb each other. */
async function prepareTemplate({ admin, addressOf }: Session): Promise<string> {
  const migrations = readMigrations()
  const hash = createHash('sha256').update(migrations.map(({ name, checksum }) => `${name} ${checksum}\n`).join(''))
  const name = `kanal_template_${hash.digest('hex').slice(0, 12)}`
  const one = await admin.connect()
  try {
    await one.query('select pg_advisory_lock(hashtext($1))', [name])
    const found = await one.query('select from pg_database where datname = $1', [name])
    if (found.rowCount === 0) {
      const building = `${name}_new`
      await one.query(`drop database if exists ${building} with (force)`)
      await one.query(`create database ${building}`)
      await migrate(addressOf(building), migrations)
      await migrateJobs(addressOf(building))
      await one.query(`alter database ${building} rename to ${name}`)
    }
    return name
  } finally {
    await one.query('select pg_advisory_unlock(hashtext($1))', [name])
    one.release()
  }
}

async function openSession(): Promise<Session> {
  const url = readTestDatabaseUrl()
  if (url === undefined) return await openEmbeddedSession()
  const admin = openAdmin(connectionConfig({ url }))
  await dropForgotten(admin)
  return {
    admin,
    addressOf(database) {
      const address = new URL(url)
      address.pathname = `/${database}`
      return { url: address.href }
    },
  }
}

/** What killed test runs left on a lasting server more than an hour ago. */
async function dropForgotten(admin: pg.Pool): Promise<void> {
  const found = await admin.query<{ datname: string }>(
    `select datname from pg_database where datname ~ '^kanal_test_\\d+_' and split_part(datname, '_', 3)::bigint < $1`,
    [hourOf(Date.now()) - 1],
  )
  for (const { datname } of found.rows) await admin.query(`drop database if exists ${datname} with (force)`)
}

function hourOf(at: number): number {
  return Math.floor(at / 3_600_000)
}

/* The shared embedded server. */

const startPatienceMs = 60_000
const idleMs = 60_000

const clone = createHash('sha256')
  .update(import.meta.dirname)
  .digest('hex')
  .slice(0, 8)
const folder = join(tmpdir(), `kanal-tests-${userInfo().uid}-${clone}`)
const addressFile = join(folder, 'address.json')

async function openEmbeddedSession(): Promise<Session> {
  const deadline = Date.now() + startPatienceMs
  let attempts = 0
  for (;;) {
    const connection = readAddress()
    const admin = connection && (await tryConnect(connection))
    if (admin) return { admin, addressOf: (database) => ({ ...connection, database }) }
    if (Date.now() > deadline) {
      throw new Error(`The embedded PostgreSQL for tests did not start; see ${join(folder, 'keeper.log')}.`)
    }
    // Once more when the first keeper found a predecessor that was just about to stop.
    if (attempts++ % 100 === 0) startKeeper()
    await sleep(50)
  }
}

function readAddress(): Connection | undefined {
  try {
    return JSON.parse(readFileSync(addressFile, 'utf8')) as Connection
  } catch {
    // Not there yet, or just being written.
    return undefined
  }
}

async function tryConnect(connection: Connection): Promise<pg.Pool | undefined> {
  const admin = openAdmin(connection)
  try {
    await admin.query('select 1')
    return admin
  } catch {
    // Not up, or going down: the caller asks again until its patience ends.
    await admin.end()
    return undefined
  }
}

function startKeeper(): void {
  spawn(process.execPath, [import.meta.filename], { detached: true, stdio: 'ignore' }).unref()
}

/** The process that owns the shared server; it ends when no test has a session for a minute. */
async function keep(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
  const lock = lockFolder(folder)
  if (!lock) return
  const server = await startEmbeddedPostgres({
    folder,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
    mayCreateDatabases: true,
    onLost: () => process.exit(1),
  })
  const client = new pg.Client(server.connection)
  client.on('error', () => process.exit(1))
  await client.connect()
  writeFileSync(`${addressFile}.new`, JSON.stringify(server.connection), { mode: 0o600 })
  renameSync(`${addressFile}.new`, addressFile)

  let stopping = false
  process.once('SIGTERM', () => (stopping = true))
  process.once('SIGINT', () => (stopping = true))
  let lastSeen = Date.now()
  while (!stopping && Date.now() - lastSeen < idleMs) {
    await sleep(1_000)
    const others = await client.query(
      `select from pg_stat_activity where usename = current_user and pid <> pg_backend_pid() limit 1`,
    )
    if (others.rowCount) lastSeen = Date.now()
  }
  rmSync(addressFile, { force: true })
  await client.end()
  await server.stop()
  // The lock goes last and stays a file: removing it would let two keepers hold one each.
  for (const name of ['postgres', 'postgres.log', 'postgres.log.old']) {
    if (existsSync(join(folder, name))) rmSync(join(folder, name), { recursive: true, force: true })
  }
  lock.release()
}

if (import.meta.main) {
  try {
    await keep()
  } catch (error) {
    writeFileSync(join(folder, 'keeper.log'), `${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 1
  }
}
