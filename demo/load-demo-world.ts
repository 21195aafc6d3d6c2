import { sql } from 'kysely'
import { temporaryPassword, hashPassword } from '../src/features/identity/passwords.ts'
import { provisionSubscriptions } from '../src/features/subscriptions/provision-subscriptions.ts'
import type { Deps } from '../src/platform/context.ts'
import { readAccounts, writeAccounts } from './accounts-file.ts'
import { describeAccounts } from './describe-accounts.ts'
import { loadCatalog } from './load-catalog.ts'
import { changesOf } from './load-changes.ts'
import { loadCustomers } from './load-customers.ts'
import { livesOf } from './load-lives.ts'
import { loadOrderRequests } from './load-order-requests.ts'
import { applyStandings, loadOrganizations } from './load-organizations.ts'
import { loadPeople } from './load-people.ts'
import { endPartnerships, loadPartnerships } from './load-partnerships.ts'
import { loadLatestOrders, loadSubscriptions } from './load-subscriptions.ts'
import { loadSandbox } from './load-sandbox.ts'
import { loadSupport } from './load-support.ts'
import { inOneTransaction } from './one-transaction.ts'
import { makeStage } from './stage.ts'
import { happen } from './timeline.ts'

/** Any number will do; it must not change between versions. */
const demoLock = 5_262_061

/**
 * Loads the demo world into a database without any organization, and leaves every other database as it is. Whole or not at
 * all; several processes may try at once. Everybody gets one password, made anew for each data folder.
 *
 * @returns whether it was loaded now.
 */
export async function loadDemoWorld(deps: Deps): Promise<boolean> {
  if (await hasOrganizations(deps)) return false
  await loadCatalog(deps)
  const password = temporaryPassword()
  const passwordHash = await hashPassword(password)
  return await inOneTransaction(deps, async (inside) => {
    await sql`select pg_advisory_xact_lock(${demoLock})`.execute(inside.db)
    if (await hasOrganizations(inside)) return false

    const stage = makeStage(inside, passwordHash)
    await loadOrganizations(stage)
    await loadPartnerships(stage)
    await loadCustomers(stage)
    await loadSubscriptions(stage)
    await happen(stage, [...(await changesOf(stage)), ...(await livesOf(stage))])
    await provisionSubscriptions(stage.deps, new AbortController().signal)
    await loadPeople(stage)
    await loadOrderRequests(stage)
    await loadLatestOrders(stage)
    await loadSupport(stage)
    await applyStandings(stage)
    await endPartnerships(stage)
    await loadSandbox(stage)
    // Before the commit: a world that nobody can sign in to would be worse than a file without a world.
    writeAccounts(deps.config, stage.tenants.values(), password)
    return true
  })
}

/** Who can sign in to the demo world of this data folder; undefined when there is none. */
export function whoCanSignIn({ config }: Pick<Deps, 'config'>): string | undefined {
  const accounts = readAccounts(config)
  return accounts && describeAccounts(accounts)
}

async function hasOrganizations({ db }: Pick<Deps, 'db'>): Promise<boolean> {
  return (await db.selectFrom('organizations').select('id').limit(1).executeTakeFirst()) !== undefined
}
