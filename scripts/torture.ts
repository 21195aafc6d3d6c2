/**
 * npm run torture -- --kills 200
 *
 * Orders without pause while the server and its database are killed at random moments, then counts what was acknowledged
 * and is gone (must be none) and what one request did twice (must be none). Exits 1 when there is either.
 */
import { randomInt, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { ids, loadWorld } from '../bench/world.ts'
import { readConfig } from '../src/config.ts'
import { givenUser } from '../src/features/identity/test-users.ts'
import type { OrganizationId } from '../src/kernel/ids.ts'
import { connectionConfig, openDatabase, openPool } from '../src/platform/database.ts'
import { migrateAll, openInstallation } from '../src/platform/installation.ts'
import { withSecret } from '../src/platform/secret.ts'
import { type KanalProcess, startKanal } from './kanal-process.ts'

const { values: given } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, clients: { type: 'string', default: '8' } },
})
const kills = Number(given.kills)
const clients = Number(given.clients)

const customers = 40
const folder = mkdtempSync(join(tmpdir(), 'kanal-torture-'))
const config = withSecret(readConfig({ KANAL_DATA: folder }))

/** One order that a client wants, sent again with the same id until it is acknowledged. */
interface Wanted {
  readonly requestId: string
  readonly customerId: string
  orderId?: string
}

const wanted: Wanted[] = []
let sent = 0
let ordersWanted = true
let lastAnswer = ''
let unanswered = 0
let server: KanalProcess | undefined

try {
  const { cookie, attestation } = await prepare()
  server = await startKanal(folder)
  const ordering = Array.from({ length: clients }, () => order(cookie, attestation))
  for (let kill = 1; kill <= kills; kill++) await disturb(kill)
  ordersWanted = false
  await Promise.all(ordering)
  await server.stop()
  await report()
} finally {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** Makes a small world with a sales agent. */
async function prepare(): Promise<{ cookie: string; attestation: string }> {
  await using installation = await openInstallation(config)
  await migrateAll(installation.address)
  const pool = openPool(installation.address)
  try {
    await loadWorld(pool, { resellers: 4, customers, subscriptions: 100 })
    const deps = { db: openDatabase(pool), pool, config, now: () => new Date(), nudge: () => {} }
    const agent = await givenUser(deps, {
      organizationId: ids.provider as OrganizationId,
      kind: 'provider',
      roles: ['admin_agent'],
    })
    const { rows } = await pool.query<{ version: string }>(
      "select max(version) as version from agreement_templates where kind = 'order_attestation'",
    )
    return { cookie: agent.cookie, attestation: rows[0]?.version ?? '' }
  } finally {
    await pool.end()
  }
}

/** A client: one order after the other, each repeated with its id until there is an answer. */
async function order(cookie: string, attestation: string): Promise<void> {
  while (ordersWanted) {
    const one: Wanted = { requestId: randomUUID(), customerId: ids.customer(1 + randomInt(customers)) }
    wanted.push(one)
    while (one.orderId === undefined) {
      const answer = await send(one, cookie, attestation)
      if (answer === undefined) await sleep(50)
      else one.orderId = answer
    }
  }
}

/** @returns the order's id; undefined when there was no answer, or one that says to come again. */
async function send(one: Wanted, cookie: string, attestation: string): Promise<string | undefined> {
  sent++
  let response: Response
  try {
    response = await fetch(`${server?.url ?? ''}/portal/v1/customers/${one.customerId}/orders`, {
      method: 'POST',
      // The server gives up long before: 5 s for a session, 10 s for a lock, 30 s for a statement.
      signal: AbortSignal.timeout(45_000),
      headers: { cookie, 'content-type': 'application/json', 'x-kanal': '1', 'ms-requestid': one.requestId },
      body: JSON.stringify({
        lines: [{ productId: 'CFQ7BENCH000', skuId: '0001', term: 'P1Y', billingPlan: 'monthly', quantity: 1 }],
        attestation,
        expectedTotalRetail: 1_200,
      }),
    })
    const body = (await response.json()) as { readonly order?: { readonly id: string }; readonly name?: string }
    if (body.order) return body.order.id
    if (response.status < 500 && body.name !== 'conflict')
      throw new Error(`An order was refused: ${JSON.stringify(body)}`)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('An order was refused')) throw error
    // Killed while answering, or not up yet.
    lastAnswer = String(error)
    if (error instanceof Error && error.name === 'TimeoutError') unanswered++
  }
  return undefined
}

/** Waits a moment, kills something, and sees that orders are acknowledged again. */
async function disturb(kill: number): Promise<void> {
  await sleep(randomInt(20, 400))
  const what = (['server', 'database', 'both'] as const)[kill % 3] ?? 'both'
  if (what !== 'server') killDatabase()
  if (what !== 'database') {
    await server?.kill()
    server = await startKanal(folder)
  }
  const before = acknowledged()
  const deadline = Date.now() + 60_000
  while (acknowledged() === before) {
    if (Date.now() > deadline)
      throw new Error(`After kill ${kill} (${what}) no order was acknowledged for a minute: ${lastAnswer}`)
    await sleep(10)
  }
  if (kill % 10 === 0 || kill === kills) console.log(`${kill} kills, ${acknowledged()} orders acknowledged`)
}

function acknowledged(): number {
  return wanted.filter(({ orderId }) => orderId !== undefined).length
}

function killDatabase(): void {
  try {
    const [pid] = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(pid), 'SIGKILL')
  } catch {
    // It is just starting again after the last kill.
  }
}

/** Compares what was acknowledged with what is in the database. */
async function report(): Promise<void> {
  await using installation = await openInstallation(config)
  const client = new pg.Client(connectionConfig(installation.address))
  await client.connect()
  try {
    const acknowledgedIds = wanted.map(({ orderId }) => orderId)
    const lost = await count(
      client,
      `select from unnest($1::uuid[]) as wanted (id)
        where not exists (select from orders o where o.id = wanted.id)
           or not exists (select from order_lines l where l.order_id = wanted.id)
           or not exists (select from audit_records a where a.subject_id = wanted.id::text and a.action = 'order.submitted')
           or not exists (select from events e where e.subject_id = wanted.id::text)`,
      [acknowledgedIds],
    )
    const twice = await count(
      client,
      `select from audit_records where action = 'order.submitted' and subject_id <> all($1::text[])`,
      [acknowledgedIds],
    )
    const orders = acknowledgedIds.length
    const outcome = `${lost} lost, ${twice} done twice, ${unanswered} never answered`
    console.log(`${kills} kills, ${sent} requests sent, ${orders} orders acknowledged: ${outcome}`)
    if (lost > 0 || twice > 0 || unanswered > 0 || orders < kills) process.exitCode = 1
  } finally {
    await client.end()
  }
}

async function count(client: pg.Client, query: string, values: unknown[]): Promise<number> {
  return (await client.query(query, values)).rowCount ?? 0
}
