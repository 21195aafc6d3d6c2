// A throw-away PostgreSQL made with the programs that this machine's distribution installed.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The folder with the programs of the newest version that Debian and Ubuntu installed; undefined when there is none. */
export function findSystemPostgres() {
  const versions = '/usr/lib/postgresql'
  if (!existsSync(versions)) return undefined
  const [newest] = readdirSync(versions)
    .filter((version) => Number(version) >= 15 && existsSync(join(versions, version, 'bin', 'initdb')))
    .sort((one, other) => Number(other) - Number(one))
  return newest && join(versions, newest, 'bin')
}

/** Starts a server on a free port of this machine, with a password, without the care for durability. */
export async function startSystemPostgres(binaries) {
  const folder = mkdtempSync(join(tmpdir(), 'kanal-system-'))
  const cluster = join(folder, 'cluster')
  const password = randomBytes(16).toString('hex')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  const account = ordinaryAccount()
  if (account) for (const path of [folder, passwordFile]) chownSync(path, account.uid, account.gid)

  const run = (program, ...args) => {
    const env = { PATH: '/usr/bin:/bin', PGPASSWORD: password }
    const outcome = spawnSync(join(binaries, program), args, { cwd: folder, encoding: 'utf8', env, ...account })
    if (outcome.status !== 0) throw new Error(`${program} failed: ${outcome.error?.message ?? outcome.stderr}`)
  }
  const port = await freePort()
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=300`
  run(
    'initdb',
    '-D',
    cluster,
    '-U',
    'postgres',
    `--pwfile=${passwordFile}`,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-N',
  )
  run('pg_ctl', 'start', '-w', '-D', cluster, '-o', settings, '-l', join(folder, 'log'))
  // As on an operator's server: the role owns its databases and is no superuser.
  const role = `create role kanal login createdb password '${password}'`
  run(
    'psql',
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    '-U',
    'postgres',
    '-c',
    role,
    '-c',
    'create database kanal owner kanal',
  )
  return {
    url: `postgres://kanal:${password}@127.0.0.1:${port}/kanal`,
    stop() {
      run('pg_ctl', 'stop', '-w', '-m', 'immediate', '-D', cluster)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses root. */
function ordinaryAccount() {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const found = accounts.find(([name]) => name === 'postgres') ?? accounts.find(([name]) => name === 'nobody')
  return found && { uid: Number(found[2]), gid: Number(found[3]) }
}

function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}
