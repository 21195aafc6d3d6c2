import pg from 'pg'
import { readConfig } from '../config.ts'
import { chargeChecks } from '../features/billing/check-charges.ts'
import { subscriptionChecks } from '../features/subscriptions/check-subscriptions.ts'
import { connectionConfig } from '../platform/database.ts'
import { describeFinding, findBroken } from '../platform/integrity.ts'
import { openInstallation } from '../platform/installation.ts'
import { pendingMigrations } from '../platform/migrate.ts'
import { OperatorError } from '../platform/operator-error.ts'
import type { Command } from './command.ts'

export const doctorCommand: Command = {
  usage: '',
  summary: 'check the database and say what is wrong and what to do; exits 1 when something is',
  async run() {
    await using installation = await openInstallation(readConfig(), { besideServer: true })
    const client = new pg.Client(connectionConfig(installation.address))
    await client.connect()
    try {
      const complaints = [...(await checkDatabase(client))]
      // The data are read as the current schema has them.
      if (!complaints.includes(schemaIsCurrent)) complaints.push(...(await checkData(client)))
      return complaints.length === 0 ? 0 : 1
    } finally {
      await client.end()
    }
  },
}

/** Prints what each check of the database answers. @returns the names of those that complain. */
async function checkDatabase(client: pg.Client): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const [name, check] of Object.entries(checks)) {
    const complaint = await check(client)
    if (complaint !== undefined) wrong.push(name)
    print(name, complaint)
  }
  return wrong
}

/** Prints whether what was bought and charged agrees with itself, as it does after everything the product does. */
async function checkData(client: pg.Client): Promise<readonly string[]> {
  await client.query(`set statement_timeout = '10min'`)
  const wrong: string[] = []
  for (const check of [...subscriptionChecks, ...chargeChecks]) {
    const [finding] = await findBroken(client, [check])
    if (finding) wrong.push(check.name)
    print(check.name, finding && `not for ${describeFinding(finding)}; look at their activity, and report it.`)
  }
  return wrong
}

function print(name: string, complaint: string | undefined): void {
  console.log(complaint === undefined ? `ok       ${name}` : `PROBLEM  ${name}: ${complaint}`)
}

const schemaIsCurrent = 'the schema is current'

/** Each answers undefined when all is well, else what is wrong and what to do. */
const checks: Readonly<Record<string, (client: pg.Client) => Promise<string | undefined>>> = {
  [schemaIsCurrent]: async (client) => {
    try {
      const pending = await pendingMigrations(client)
      return pending.length === 0 ? undefined : `${pending.length} migrations are missing; run npx kanal migrate.`
    } catch (error) {
      if (error instanceof OperatorError) return error.message
      if (error instanceof pg.DatabaseError && error.code === '42P01') return 'it is empty; run npx kanal migrate.'
      throw error
    }
  },
  'writes are durable': async (client) => {
    const off = await names(
      client,
      `select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`,
    )
    return off.length === 0 ? undefined : `${off.join(', ')} is off on the server; set it to on.`
  },
  'every constraint is enforced': async (client) => {
    const broken = await names(
      client,
      `select conname as name from pg_constraint where not convalidated order by 1 limit 20`,
    )
    return broken.length === 0
      ? undefined
      : `not validated: ${broken.join(', ')}; run alter table … validate constraint.`
  },
  'every index is usable': async (client) => {
    const broken = await names(
      client,
      `select indexrelid::regclass::text as name from pg_index where not indisvalid order by 1 limit 20`,
    )
    return broken.length === 0 ? undefined : `unusable: ${broken.join(', ')}; run reindex index ….`
  },
  'the role is bound by what is revoked': async (client) => {
    const superusers = await names(
      client,
      `select rolname as name from pg_roles where rolname = current_user and rolsuper`,
    )
    return superusers.length === 0
      ? undefined
      : 'the role is a superuser, so append-only tables are not protected; use an ordinary role in DATABASE_URL.'
  },
}

async function names(client: pg.Client, query: string): Promise<readonly string[]> {
  return (await client.query<{ name: string }>(query)).rows.map(({ name }) => name)
}
