import pg from 'pg'
import { readConfig } from '../config.ts'
import { connectionConfig } from '../platform/database.ts'
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
      let wrong = 0
      for (const [name, check] of Object.entries(checks)) {
        const complaint = await check(client)
        if (complaint !== undefined) wrong++
        console.log(complaint === undefined ? `ok       ${name}` : `PROBLEM  ${name}: ${complaint}`)
      }
      return wrong === 0 ? 0 : 1
    } finally {
      await client.end()
    }
  },
}

/** Each answers undefined when all is well, else what is wrong and what to do. */
const checks: Readonly<Record<string, (client: pg.Client) => Promise<string | undefined>>> = {
  'the schema is current': async (client) => {
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
