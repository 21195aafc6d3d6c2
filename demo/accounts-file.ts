import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Role } from '../src/kernel/permissions.ts'
import type { Config } from '../src/config.ts'
import type { DemoTenant } from './stage.ts'

/** A party as a script finds it. */
export interface AccountsOf {
  readonly tenantId: string
  readonly name: string
  /** What a reader should know about it. */
  readonly note: string
  readonly domain: string
  /** Registrations that call the API. */
  readonly apps: readonly { readonly clientId: string; readonly clientSecret: string }[]
  readonly users: readonly { readonly role: Role; readonly username: string; readonly password: string }[]
}

/** `KANAL_DATA/demo-accounts.json`: all a script needs to work with the demo world. */
export interface DemoAccounts {
  readonly baseUrl: string
  /** `{tenantId}` stands for the id of the party whose application asks. */
  readonly tokenUrl: string
  readonly providers: readonly AccountsOf[]
  readonly resellers: readonly AccountsOf[]
  readonly customers: readonly AccountsOf[]
  readonly operator: AccountsOf
}

function fileIn(config: Pick<Config, 'dataFolder'>): string {
  return join(config.dataFolder, 'demo-accounts.json')
}

/** Writes who can sign in, readable for this account of the machine only. */
export function writeAccounts(config: Config, tenants: Iterable<DemoTenant>, password: string): void {
  const all = [...tenants]
  const of = (kind: DemoTenant['kind']) =>
    all.filter((tenant) => tenant.kind === kind).map((tenant) => accountsOf(tenant, password))
  const [operator] = of('operator')
  if (!operator) throw new Error('The demo world has no operator.')
  save(config, {
    baseUrl: config.publicUrl,
    tokenUrl: `${config.publicUrl}/{tenantId}/oauth2/v2.0/token`,
    providers: of('provider'),
    resellers: of('reseller'),
    customers: of('customer'),
    operator,
  })
}

function accountsOf(tenant: DemoTenant, password: string): AccountsOf {
  return {
    tenantId: tenant.tenantId,
    name: tenant.name,
    note: tenant.note,
    domain: tenant.domain,
    apps: [],
    users: tenant.users.map(({ role, username }) => ({ role, username, password })),
  }
}

/** Reads who can sign in, with the addresses of this start; undefined when this data folder has no demo world. */
export function readAccounts(config: Config): DemoAccounts | undefined {
  let accounts: DemoAccounts
  try {
    accounts = JSON.parse(readFileSync(fileIn(config), 'utf8')) as DemoAccounts
  } catch {
    // Nothing was loaded here: the database is somebody's own.
    return undefined
  }
  if (accounts.baseUrl === config.publicUrl) return accounts
  const moved = { ...accounts, baseUrl: config.publicUrl, tokenUrl: `${config.publicUrl}/{tenantId}/oauth2/v2.0/token` }
  save(config, moved)
  return moved
}

function save(config: Pick<Config, 'dataFolder'>, accounts: DemoAccounts): void {
  mkdirSync(config.dataFolder, { recursive: true })
  const file = fileIn(config)
  writeFileSync(`${file}.new`, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
