import { readConfig } from '../config.ts'
import { newId, type OrganizationId, type UserId } from '../kernel/ids.ts'
import { permissionsOf } from '../kernel/permissions.ts'
import type { Actor, Db, Deps } from '../platform/context.ts'
import { openDatabase, openPool } from '../platform/database.ts'
import { migrateAll, openInstallation } from '../platform/installation.ts'
import { withSecret } from '../platform/secret.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Who the audit log names: the operator's organization, by way of this machine. Without one, nobody's world is entered.
 *
 * @param command What stands for the person's name, such as `kanal import`.
 */
async function commandLine(db: Db, command: string): Promise<Actor> {
  const organization = await db
    .selectFrom('organizations')
    .select(['id', 'trading_name'])
    .where('kind', '=', 'operator')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  return {
    userId: nobody as UserId,
    userName: command,
    organizationId: (organization?.id ?? nobody) as OrganizationId,
    organizationName: organization?.trading_name ?? 'Kanal',
    organizationKind: 'operator',
    roles: ['platform_operator'],
    permissions: permissionsOf('operator', ['platform_operator']),
    locale: 'en',
    request: { hash: '', correlationId: newId(), ip: 'local' },
  }
}

/**
 * Runs a command on the installation, also while a server runs on it: migrated, with database sessions of its own that end with
 * the command, and the command's author for the record.
 *
 * @param command As for `commandLine`.
 * @param sessions Database sessions at most.
 */
export async function onInstallation<Result>(
  command: string,
  sessions: number,
  work: (deps: Deps, actor: Actor) => Promise<Result>,
): Promise<Result> {
  const given = readConfig()
  await using installation = await openInstallation(given, { besideServer: true })
  await migrateAll(installation.address)
  const pool = openPool(installation.address, { max: sessions })
  try {
    const db = openDatabase(pool)
    const deps: Deps = { db, pool, config: withSecret(given), now: () => new Date(), nudge: () => {} }
    return await work(deps, await commandLine(db, command))
  } finally {
    await pool.end()
  }
}

/** Whether an actor from `commandLine` acts for an operator that is there. */
export function hasOperator(actor: Actor): boolean {
  return actor.organizationId !== nobody
}
