import { newId, type OrganizationId, type UserId } from '../kernel/ids.ts'
import { permissionsOf } from '../kernel/permissions.ts'
import type { Actor, Db } from '../platform/context.ts'

const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Who the audit log names: the operator's organization, by way of this machine. Without one, nobody's world is entered.
 *
 * @param command What stands for the person's name, such as `kanal import`.
 */
export async function commandLine(db: Db, command: string): Promise<Actor> {
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

/** Whether an actor from `commandLine` acts for an operator that is there. */
export function hasOperator(actor: Actor): boolean {
  return actor.organizationId !== nobody
}
