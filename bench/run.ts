import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { buildApp, builtPortal, edge } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { givenUser } from '../src/features/identity/test-users.ts'
import type { OrganizationId } from '../src/kernel/ids.ts'
import type { Deps } from '../src/platform/context.ts'
import { type DatabaseAddress, openDatabase, openPool } from '../src/platform/database.ts'
import { migrateAll, openInstallation } from '../src/platform/installation.ts'
import { withSecret } from '../src/platform/secret.ts'
import { captureStatements } from './capture.ts'
import type { Driven, Load } from './drive.ts'
import { measureEventDelay } from './event-delay.ts'
import { pgbenchScript } from './pgbench-script.ts'
import { measureFirstScreen } from './first-screen.ts'
import { renewAll } from './renewals.ts'
import { ids, loadWorld, type WorldSize } from './world.ts'

const { values: given } = parseArgs({
  options: {
    resellers: { type: 'string', default: '100' },
    customers: { type: 'string', default: '20000' },
    subscriptions: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '6' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16' },
    only: { type: 'string' },
  },
})
const size: WorldSize = {
  resellers: Number(given.resellers),
  customers: Number(given.customers),
  subscriptions: Number(given.subscriptions),
}
const seconds = Number(given.seconds)
const rounds = Number(given.rounds)
const connections = Number(given.connections)
const port = 18_080

/** One kind of work: how the load looks, and what the same statements reach without the server in between. */
interface Work {
  readonly name: string
  readonly least: number
  readonly load: Omit<Load, 'url' | 'connections' | 'seconds' | 'headers'> & {
    readonly headers?: Record<string, string>
  }
  /** pgbench lines that choose what varies, with the SQL of the id that varies. */
  readonly vary: { readonly line: string; readonly idPrefix: string }
}

const numbers = (count: number, idOf: (number: number) => string): string[] =>
  Array.from({ length: 997 }, (_, index) => idOf(1 + ((index * 7919) % count)))
const customerIds = numbers(size.customers, ids.customer)
const oneOfTheCustomers = { line: `\\set v random(1, ${size.customers})`, idPrefix: '30000000' }

const works: readonly Work[] = [
  {
    name: 'submit an order of 3 lines',
    least: 0.5,
    load: {
      method: 'POST',
      path: '/portal/v1/customers/{id}/orders',
      ids: customerIds,
      headers: { 'ms-requestid': '{uuid}' },
      body: JSON.stringify({
        lines: ['000', '001', '002'].map((number) => ({
          productId: `CFQ7BENCH${number}`,
          skuId: '0001',
          term: 'P1Y',
          billingPlan: 'monthly',
          quantity: 5,
          resellerPartnerId: '6000001',
        })),
        attestation: '{attestation}',
        expectedTotalRetail: 18_000,
      }),
    },
    vary: oneOfTheCustomers,
  },
  {
    name: 'page of 100 customers of one reseller',
    least: 0.4,
    load: {
      method: 'GET',
      path: '/portal/v1/customers?reseller={id}&size=100',
      ids: numbers(size.resellers, ids.reseller),
    },
    vary: { line: `\\set v random(1, ${size.resellers})`, idPrefix: '20000000' },
  },
  {
    name: "a customer's subscriptions",
    least: 0.4,
    load: { method: 'GET', path: '/portal/v1/customers/{id}/subscriptions', ids: customerIds },
    vary: oneOfTheCustomers,
  },
]

const folder = mkdtempSync(join(tmpdir(), 'kanal-bench-'))
const config = withSecret(
  readConfig({ KANAL_DATA: folder, PORT: String(port), LOG_LEVEL: 'warn', KANAL_SECRET: 'bench-'.repeat(8) }),
)

/** Loads the world and a sales agent with a session; returns its cookie. */
async function prepare(): Promise<{ cookie: string; attestation: string }> {
  await using installation = await openInstallation(config)
  await migrateAll(installation.address)
  const deps = openDeps(installation.address)
  await loadWorld(deps.pool, size)
  const agent = await givenUser(deps, {
    organizationId: ids.provider as OrganizationId,
    kind: 'provider',
    roles: ['global_admin', 'admin_agent'],
    username: 'agent@bench.example',
  })
  const found = await deps.pool.query<{ version: string }>(
    "select max(version) as version from agreement_templates where kind = 'order_attestation'",
  )
  await deps.pool.end()
  return { cookie: agent.cookie, attestation: found.rows[0]?.version ?? '' }
}

function openDeps(address: DatabaseAddress): Deps {
  const pool = openPool(address)
  return { db: openDatabase(pool), pool, config, now: () => new Date(), nudge: () => {} }
}

/** Starts the product as an operator does, in a process of its own, and tells how long its first answer took. */
async function startServer(): Promise<{ coldStartMs: number; stop: () => Promise<void> }> {
  const began = performance.now()
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts'), 'serve'], {
    env: {
      ...process.env,
      KANAL_DATA: folder,
      PORT: String(port),
      LOG_LEVEL: 'warn',
      KANAL_SECRET: config.secret,
      KANAL_DEMO: '0',
      KANAL_WEBHOOK_PRIVATE: '1',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error('The server did not start.')
    if (performance.now() - began > 60_000) throw new Error('The server did not answer within a minute.')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return {
    coldStartMs: performance.now() - began,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch(`http://localhost:${port}/readyz`)).ok
  } catch {
    // Not listening yet.
    return false
  }
}

async function drive(load: Load): Promise<Driven> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'drive.ts')], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(load))
  return JSON.parse(Buffer.concat(await child.stdout.toArray()).toString()) as Driven
}

const pgbench = findPgbench()

function findPgbench(): string | undefined {
  const debian = '/usr/lib/postgresql'
  let versions: string[] = []
  try {
    versions = readdirSync(debian)
  } catch {
    // Not a Debian with PostgreSQL; the PATH may still have one.
  }
  for (const command of [...versions.map((version) => join(debian, version, 'bin/pgbench')), 'pgbench']) {
    try {
      execFileSync(command, ['--version'], { stdio: 'ignore' })
      return command
    } catch {
      // Try the next place.
    }
  }
  return undefined
}

/** Where the running server's database is. */
function readAddress(): Extract<DatabaseAddress, { host: string }> {
  return JSON.parse(readFileSync(join(folder, 'database.json'), 'utf8')) as Extract<DatabaseAddress, { host: string }>
}

/** Transactions per second that pgbench reaches with a script on the running server's database. */
function ceiling(script: string): number {
  const address = readAddress()
  const file = join(folder, 'script.sql')
  writeFileSync(file, script)
  const output = execFileSync(
    pgbench ?? 'pgbench',
    ['-n', '-M', 'prepared', '-c', String(connections), '-j', '2', '-T', String(seconds), '-f', file].concat([
      '-h',
      address.host,
      '-p',
      String(address.port),
      '-U',
      address.user,
      address.database,
    ]),
    {
      encoding: 'utf8',
      env: { ...process.env, PGPASSWORD: address.password ?? '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  return Number(/tps = ([\d.]+)/.exec(output)?.[1] ?? Number.NaN)
}

/** The statements behind one request of a work, as a pgbench script. */
async function scriptOf(work: Work, cookie: string, attestation: string): Promise<string> {
  const address = JSON.parse(readFileSync(join(folder, 'database.json'), 'utf8')) as DatabaseAddress
  const deps = openDeps(address)
  const app = await buildApp(deps, { edge })
  const fill = (text: string): string =>
    text
      .replaceAll('{id}', work.load.ids[0] ?? '')
      .replaceAll('{uuid}', crypto.randomUUID())
      .replaceAll('{attestation}', attestation)
  const known = new Set<string>()
  for (const { id } of (await deps.pool.query<{ id: string }>('select id from users union select id from partnerships'))
    .rows)
    known.add(id)
  const request = (): Promise<{ statusCode: number; body: string }> =>
    app.inject({
      method: work.load.method,
      url: fill(work.load.path),
      headers: {
        cookie,
        'x-kanal': '1',
        'content-type': 'application/json',
        ...mapValues(work.load.headers ?? {}, fill),
      },
      ...(work.load.body === undefined ? {} : { payload: fill(work.load.body) }),
    })
  try {
    // The first request also fills caches; the second is what a warm server sends.
    const first = await request()
    if (first.statusCode !== 200) throw new Error(`${work.name}: ${first.statusCode} ${first.body}`)
    const statements = await captureStatements(request)
    return pgbenchScript(statements, (id) => idSql(id, work, known), [work.vary.line])
  } finally {
    await app.close()
    await deps.pool.end()
  }
}

/** The world's ids begin with a number and zeros; of them only the kind that varies is taken from the variable. */
function idSql(id: string, { vary }: Work, known: ReadonlySet<string>): string | undefined {
  if (id.startsWith(`${vary.idPrefix}-0000-7000-8000-`)) {
    return `('${vary.idPrefix}-0000-7000-8000-' || lpad(to_hex(:v::bigint), 12, '0'))`
  }
  return known.has(id) || /^\d{8}-0000-[07]000-[08]000-/.test(id) ? `'${id}'` : undefined
}

/** How long a preview takes, of that of looking at the same subscription; both under the same load. @returns failures */
async function comparePreviews(cookie: string): Promise<number> {
  const subscriptions = numbers(
    size.subscriptions,
    (number) => `${ids.customer(((number - 1) % size.customers) + 1)}/subscriptions/${ids.subscription(number)}`,
  )
  const common = { url: `http://localhost:${port}`, connections, seconds, ids: subscriptions }
  const headers = { cookie, 'x-kanal': '1', 'content-type': 'application/json' }
  const look: Load = { ...common, headers, method: 'GET', path: '/portal/v1/customers/{id}' }
  const acts = { 'more licenses': { type: 'changeQuantity', quantity: 60 }, cancel: { type: 'cancel' } }
  await openCancelWindows()
  await drive({ ...look, seconds: 3 })
  let failed = 0
  for (const [name, act] of Object.entries(acts)) {
    const preview: Load = { ...look, method: 'POST', path: `${look.path}/preview`, body: JSON.stringify({ act }) }
    const ratios: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const [seen, foreseen] = [await drive(look), await drive(preview)]
      if (seen.failed + foreseen.failed > 0) console.log(seen.firstFailure ?? foreseen.firstFailure)
      failed += seen.failed + foreseen.failed
      ratios.push(seen.perSecond / foreseen.perSecond)
    }
    if (median(ratios) > 1.5) failed += 1
    console.log(
      `Preview (${name}): ${median(ratios).toFixed(2)} times as long as a look at the subscription (at most 1.5).`,
    )
  }
  return failed
}

async function openCancelWindows(): Promise<void> {
  const deps = openDeps(readAddress())
  await deps.pool.query("update subscriptions set cancel_until = now() + interval '1 day'")
  await deps.pool.end()
}

/** Renews everything on one day, against plain SQL that writes the same rows. @returns failures */
async function measureRenewals(): Promise<number> {
  await using installation = await openInstallation(config)
  const deps = openDeps(installation.address)
  try {
    const { renewed, perSecond, ofCeiling, firstRssMb, lastRssMb } = await renewAll(deps)
    console.log(
      `Renewed ${renewed} subscriptions due on one day: ${Math.round(perSecond)} per second, ${ofCeiling.toFixed(2)} of plain SQL (at least 0.3); memory ${Math.round(firstRssMb)} MB at first, ${Math.round(lastRssMb)} MB at last.`,
    )
    return ofCeiling < 0.3 ? 1 : 0
  } finally {
    await deps.pool.end()
  }
}

function mapValues(record: Readonly<Record<string, string>>, map: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}

function median(numbersOf: readonly number[]): number {
  return numbersOf.toSorted((a, b) => a - b)[Math.floor(numbersOf.length / 2)] ?? Number.NaN
}

/** The portal's script that every page loads before it can be used, compressed. */
function entryScriptKb(): number {
  const html = readFileSync(join(builtPortal, 'index.html'), 'utf8')
  const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '')
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(builtPortal, file))).length, 0) / 1024
}

console.log(
  `World: ${size.resellers} resellers, ${size.customers} customers, ${size.subscriptions} subscriptions; ${connections} connections, ${rounds} × ${seconds} s each.`,
)
console.log(
  pgbench
    ? `Ceiling: ${pgbench} -M prepared with the statements the server sends, same database, same run.`
    : 'No pgbench on this machine: rates without a ceiling.',
)

const { cookie, attestation } = await prepare()
let failures = 0
// First, while nothing but the world is due: what is ordered later is due at other instants.
if (given.only === undefined || 'renewals'.includes(given.only)) failures += await measureRenewals()
const server = await startServer()
try {
  for (const work of works.filter(({ name }) => given.only === undefined || name.includes(given.only))) {
    const script = pgbench ? await scriptOf(work, cookie, attestation) : undefined
    const load: Load = {
      ...work.load,
      ...(work.load.body === undefined ? {} : { body: work.load.body.replaceAll('{attestation}', attestation) }),
      url: `http://localhost:${port}`,
      connections,
      seconds,
      headers: { cookie, 'x-kanal': '1', 'content-type': 'application/json', ...work.load.headers },
    }
    await drive({ ...load, seconds: 3 })
    const driven: Driven[] = []
    const ratios: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const ours = await drive(load)
      driven.push(ours)
      if (ours.firstFailure !== undefined) console.log(`${work.name}: ${ours.firstFailure}`)
      if (script) ratios.push(ours.perSecond / ceiling(script))
    }
    const failed = driven.reduce((sum, each) => sum + each.failed, 0)
    const ratio = median(ratios)
    if (failed > 0 || ratio < work.least) failures += 1
    console.table([
      {
        work: work.name,
        'per second': Math.round(median(driven.map(({ perSecond }) => perSecond))),
        'p50 ms': median(driven.map(({ p50Ms }) => p50Ms)),
        'p99 ms': median(driven.map(({ p99Ms }) => p99Ms)),
        failed,
        'of the ceiling': script
          ? `${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`
          : '–',
        'at least': work.least,
      },
    ])
  }
  if (given.only === undefined || 'previews'.includes(given.only)) failures += await comparePreviews(cookie)
  const work = works[0]
  if (work !== undefined && 'event delay'.includes(given.only ?? '')) {
    const delay = await measureEventDelay({
      url: `http://localhost:${port}`,
      headers: { cookie, 'x-kanal': '1', 'content-type': 'application/json' },
      orderOf: (turn) => ({
        path: work.load.path.replace('{id}', customerIds[turn % customerIds.length] ?? ''),
        body: (work.load.body ?? '').replaceAll('{attestation}', attestation),
      }),
      perSecond: 200,
      seconds,
    })
    if (delay.failed > 0 || !(delay.p99Ms < 2000)) failures += 1
    console.table([
      {
        work: 'event delay: from an order to its webhook',
        'orders per second': delay.ordersPerSecond,
        delivered: delay.delivered,
        'p50 ms': delay.p50Ms,
        'p99 ms': delay.p99Ms,
        failed: delay.failed,
        'p99 at most': 2000,
      },
    ])
  }
  console.log(`Cold start to the first answer, data present: ${Math.round(server.coldStartMs)} ms (at most 2000).`)
  console.log(`Script before the portal's first page can be used: ${entryScriptKb().toFixed(0)} KB gzip (at most 250).`)
  console.log(
    `Portal's first screen, cold browser: ${Math.round(await measureFirstScreen(`http://localhost:${port}`))} ms (at most 1200).`,
  )
} finally {
  await server.stop()
}
rmSync(folder, { recursive: true, force: true })
process.exitCode = failures === 0 ? 0 : 1
