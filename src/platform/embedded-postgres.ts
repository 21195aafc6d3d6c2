import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, closeSync, existsSync, lstatSync, mkdirSync, mkdtempSync, openSync } from 'node:fs'
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { OperatorError } from './operator-error.ts'
import { postgresAccount, postgresBinaries } from './postgres-binaries.ts'
import type { Account, Binaries } from './postgres-binaries.ts'

/** How to reach a database of the embedded server; what `openPool` takes. */
export interface Connection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string
  readonly database: string
}

export interface EmbeddedPostgres {
  /** As the role `kanal`, which owns the database `kanal` and is no superuser. */
  readonly connection: Connection
  /** Process id of the postmaster now running; it changes when the server had to be started again. */
  pid(): number | undefined
  /** Ends sessions, writes a checkpoint and waits until the server is gone. Safe to repeat. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Everything of the server lies in here: `postgres/` (the cluster) and `postgres.log`. Made when missing. */
  readonly folder: string
  /** Server settings that differ from ours, e.g. `{ fsync: 'off' }` for tests. */
  readonly settings?: Readonly<Record<string, string>>
  /** Lets the role `kanal` make databases. For tests only. */
  readonly mayCreateDatabases?: boolean
  /** Called when the server died and could not be started again; there is no database from then on. */
  readonly onLost?: (error: Error) => void
}

const settings = {
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  maintenance_work_mem: '128MB',
  // Durability: what was acknowledged survives kill -9 and a power cut.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_buffers: '16MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '10min',
  // Short statements on few cores; parallel workers would also need /dev/shm, which containers keep small.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  random_page_cost: '1.1',
  timezone: 'UTC',
  // The log holds no values of people: neither statements nor the DETAIL of a violated constraint.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
} as const satisfies Record<string, string>

const startPatienceMs = 120_000
const stopPatienceMs = 60_000

/**
 * Starts the PostgreSQL that comes with the program on a data folder, making the cluster on first use.
 *
 * A server that an earlier, killed process left running on the folder is stopped first; one that died is
 * recovered from its log by PostgreSQL itself. When the server dies while we run it is started again.
 * The caller holds the folder's lock (`lockFolder`).
 *
 * @throws OperatorError when the folder cannot be used or the server does not come up.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder)
  const cluster = join(folder, 'postgres')
  mkdirSync(folder, { recursive: true })
  const account = postgresAccount(cluster)
  const binaries = postgresBinaries(account)
  const sockets = socketFolder(cluster, account)
  await stopLeftover(cluster)
  const password = process.platform === 'win32' ? windowsPassword(folder) : undefined
  if (!existsSync(join(cluster, 'PG_VERSION'))) await makeCluster(cluster, binaries, account, password)

  const port = process.platform === 'win32' ? await freePort() : 5432
  const host = process.platform === 'win32' ? '127.0.0.1' : sockets
  const place: Place = {
    folder,
    cluster,
    binaries,
    account,
    sockets,
    port,
    settings: { ...settings, ...options.settings },
  }
  const server = new Postmaster(place, options.onLost ?? (() => {}))
  await server.start()
  const common = { host, port, ...(password === undefined ? {} : { password }) }
  await makeOwner({ ...common, user: 'postgres', database: 'postgres' }, options.mayCreateDatabases ?? false, password)
  return {
    connection: { ...common, user: 'kanal', database: 'kanal' },
    pid: () => server.pid(),
    stop: () => server.stop(),
  }
}

interface Place {
  readonly folder: string
  readonly cluster: string
  readonly binaries: Binaries
  readonly account: Account | undefined
  readonly sockets: string
  readonly port: number
  readonly settings: Readonly<Record<string, string>>
}

/** The running server process, started again when it dies unasked. */
class Postmaster {
  readonly #place: Place
  readonly #onLost: (error: Error) => void
  #process: ChildProcess | undefined
  #gone: Promise<void> = Promise.resolve()
  #stopping = false
  #restarted: Promise<void> = Promise.resolve()
  #deaths: number[] = []

  constructor(place: Place, onLost: (error: Error) => void) {
    this.#place = place
    this.#onLost = onLost
  }

  pid(): number | undefined {
    return this.#process?.pid
  }

  /** Resolves when the server accepts sessions. */
  async start(): Promise<void> {
    const deadline = Date.now() + startPatienceMs
    for (;;) {
      const outcome = await this.#launch(deadline)
      if (outcome === 'ready' || this.#stopping) return
      // After a kill -9 of the postmaster alone, its sessions hold the shared memory for a moment longer; and one that is
      // killed while it starts says nothing.
      if (!/shared memory block|postmaster\.pid|^killed/.test(outcome) || Date.now() > deadline) {
        throw new OperatorError(
          `The embedded PostgreSQL did not start: ${outcome} See ${join(this.#place.folder, 'postgres.log')}.`,
        )
      }
      await sleep(100)
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#restarted
    const running = this.#process
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    running.ref()
    if (process.platform === 'win32') {
      await run(join(this.#place.binaries.bin, 'pg_ctl'), ['stop', '-m', 'fast', '-w', '-D', this.#place.cluster], {})
    } else {
      running.kill('SIGINT')
    }
    await Promise.race([
      this.#gone,
      sleep(stopPatienceMs, undefined, { ref: false }).then(() => running.kill('SIGQUIT')),
    ])
    await this.#gone
    rmSync(this.#place.sockets, { recursive: true, force: true })
  }

  /** One attempt. @returns `ready`, or the last complaint in the log. */
  async #launch(deadline: number): Promise<string> {
    const { cluster, account, binaries, folder, sockets, port } = this.#place
    const logFile = join(folder, 'postgres.log')
    trimLog(logFile)
    const logStart = existsSync(logFile) ? statSync(logFile).size : 0
    const log = openSync(logFile, 'a', 0o600)
    const listen: Record<string, string> =
      process.platform === 'win32'
        ? { listen_addresses: '127.0.0.1' }
        : { listen_addresses: '', unix_socket_directories: sockets, unix_socket_permissions: '0700' }
    const given = Object.entries({ ...this.#place.settings, ...listen, port: String(port) })
    const child = spawn(
      join(binaries.bin, 'postgres'),
      ['-D', clusterArgument(cluster, account), ...given.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      {
        cwd: cluster,
        // Its own session: Ctrl-C in the terminal is for us; we stop the server after the last request.
        detached: process.platform !== 'win32',
        stdio: ['ignore', log, log],
        env: bareEnvironment(),
        ...asAccount(account),
      },
    )
    closeSync(log)
    this.#process = child
    let exited = false
    this.#gone = new Promise((done) => {
      child.once('error', () => done())
      child.once('exit', () => done())
    })
    void this.#gone.then(() => {
      exited = true
    })
    const pidFile = join(cluster, 'postmaster.pid')
    while (!exited) {
      if (isReady(pidFile, child.pid)) {
        child.unref()
        void this.#gone.then(() => {
          this.#restarted = this.#died()
        })
        return 'ready'
      }
      if (Date.now() > deadline) {
        child.kill('SIGQUIT')
        return 'it was not ready in time.'
      }
      await sleep(5)
    }
    return child.signalCode === 'SIGKILL' ? 'killed while starting.' : lastComplaint(logFile, logStart, child.pid)
  }

  async #died(): Promise<void> {
    if (this.#stopping) return
    const now = Date.now()
    this.#deaths = [...this.#deaths.filter((at) => at > now - 60_000), now]
    try {
      if (this.#deaths.length > 10) throw new OperatorError('The embedded PostgreSQL died ten times within a minute.')
      await this.start()
    } catch (error) {
      this.#onLost(error instanceof Error ? error : new Error(String(error)))
    }
  }
}

/** Status `ready` for this very process; the file of an earlier one may still be lying there. */
function isReady(pidFile: string, pid: number | undefined): boolean {
  const lines = readPidFile(pidFile)
  return lines?.[0]?.trim() === String(pid) && lines[7]?.trim() === 'ready'
}

function readPidFile(pidFile: string): readonly string[] | undefined {
  try {
    return readFileSync(pidFile, 'utf8').split('\n')
  } catch {
    // Absent, or just being replaced: the same to every caller.
    return undefined
  }
}

async function makeCluster(cluster: string, binaries: Binaries, account: Account | undefined, password?: string) {
  const fresh = `${cluster}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  if (account) chownSync(fresh, account.uid, account.gid)
  const passwordFile = join(fresh, '..', 'postgres.password')
  const outcome = await run(
    join(binaries.bin, 'initdb'),
    [
      `--pgdata=${clusterArgument(fresh, account)}`,
      '--username=postgres',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--data-checksums',
      '--no-instructions',
      // On Unix the socket's folder is the protection: only this account can enter it.
      ...(password === undefined ? ['--auth=trust'] : ['--auth=scram-sha-256', `--pwfile=${passwordFile}`]),
    ],
    { cwd: fresh, env: bareEnvironment(), ...asAccount(account) },
  )
  if (outcome.code !== 0) {
    throw new OperatorError(`The embedded PostgreSQL could not make its files in ${fresh}: ${outcome.output.trim()}`)
  }
  // Only a complete cluster gets the name, so a kill in the middle is no harm.
  renameSync(fresh, cluster)
}

async function makeOwner(admin: Connection, mayCreateDatabases: boolean, password?: string): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    const found = await client.query<{ role: boolean; database: boolean }>(
      `select exists (select from pg_roles where rolname = 'kanal') as role,
              exists (select from pg_database where datname = 'kanal') as database`,
    )
    const { role, database } = found.rows[0] ?? { role: false, database: false }
    if (!role) {
      const secret = password === undefined ? '' : ` password ${client.escapeLiteral(password)}`
      await client.query(
        `create role kanal login nosuperuser ${mayCreateDatabases ? 'createdb' : 'nocreatedb'}${secret}`,
      )
    }
    if (!database) await client.query('create database kanal owner kanal')
  } finally {
    await client.end()
  }
}

/** Stops a server that a killed Kanal left running on the cluster. */
async function stopLeftover(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid')
  const lines = readPidFile(pidFile)
  const pid = Number(lines?.[0])
  if (!Number.isInteger(pid) || pid <= 1) return
  // A stale file may name a process id that somebody else has by now: only what answers on its socket is ours.
  if (process.platform !== 'win32' && !(await answers(join(lines?.[4] ?? '', `.s.PGSQL.${lines?.[3] ?? ''}`)))) {
    if (isAnotherProgram(pid)) rmSync(pidFile, { force: true })
    return
  }
  const deadline = Date.now() + stopPatienceMs
  while (isAlive(pid)) {
    if (Date.now() > deadline + stopPatienceMs) {
      throw new OperatorError(
        `A PostgreSQL from an earlier run (process ${pid}) does not stop: end it, then start again.`,
      )
    }
    process.kill(pid, Date.now() > deadline ? 'SIGQUIT' : 'SIGINT')
    await sleep(50)
  }
}

/** After a restarted container the old id often belongs to another process, and PostgreSQL would wait for it. */
function isAnotherProgram(pid: number): boolean {
  const name = `/proc/${pid}/comm`
  return process.platform === 'linux' && existsSync(name) && readFileSync(name, 'utf8').trim() !== 'postgres'
}

function answers(socket: string): Promise<boolean> {
  return new Promise((done) => {
    const attempt = connect(socket)
    attempt.once('connect', () => {
      attempt.destroy()
      done(true)
    })
    attempt.once('error', () => done(false))
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/**
 * A short private folder for the socket, whose path may have about 100 characters: the same at every start
 * of a cluster, so that what a killed process left is found again.
 */
function socketFolder(cluster: string, account: Account | undefined): string {
  const owner = account?.uid ?? process.getuid?.() ?? 0
  const name = `kanal-${owner}-${createHash('sha256').update(cluster).digest('hex').slice(0, 12)}`
  const folder = join(tmpdir().length > 60 ? '/tmp' : tmpdir(), name)
  if (!existsSync(folder)) {
    mkdirSync(folder, { mode: 0o700 })
    if (account) chownSync(folder, account.uid, account.gid)
  }
  const found = lstatSync(folder)
  if (process.platform === 'win32' || (found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0)) {
    return folder
  }
  // Somebody else took the name: a private one of a random name serves as well.
  const own = mkdtempSync(join(tmpdir(), 'kanal-'))
  chmodSync(own, 0o700)
  if (account) chownSync(own, account.uid, account.gid)
  return own
}

/**
 * How the cluster's folder is named to PostgreSQL. When root hands over to another account, that account
 * may be unable to walk to the folder (a clone under /root); it starts inside it, so it names it by that.
 */
function clusterArgument(cluster: string, account: Account | undefined): string {
  return account && process.platform === 'linux' ? '/proc/self/cwd' : cluster
}

function asAccount(account: Account | undefined): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {}
}

/** No HOME and no PG… variables of the caller: the server depends on our settings alone. */
function bareEnvironment(): Record<string, string> {
  const path = process.platform === 'win32' ? 'C:\\Windows\\System32' : '/usr/bin:/bin'
  return { PATH: path, LC_ALL: 'C', TZ: 'UTC' }
}

function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; uid?: number; gid?: number; env?: Record<string, string> },
): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', (error) => done({ code: null, output: error.message }))
    child.once('close', (code) => done({ code, output }))
  })
}

/** Sessions of a server that was killed may write to the same log, so a process's own lines go first. */
function lastComplaint(logFile: string, from: number, pid: number | undefined): string {
  const lines = readFileSync(logFile).subarray(from).toString().split('\n').filter(Boolean)
  const own = lines.filter((line) => line.includes(`[${pid}]`))
  const complaints = (own.length > 0 ? own : lines).filter((line) => /FATAL|PANIC|ERROR|error while|cannot/.test(line))
  return (complaints.at(-1) ?? lines.at(-1) ?? 'it said nothing.').trim()
}

function trimLog(logFile: string): void {
  if (existsSync(logFile) && statSync(logFile).size > 10_000_000) renameSync(logFile, `${logFile}.old`)
}

function windowsPassword(folder: string): string {
  const file = join(folder, 'postgres.password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}
