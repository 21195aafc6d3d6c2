import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId } from '../../kernel/ids.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { rolesThatFile } from './rules.ts'
import { mayFileFor } from './sql.ts'

/**
 * Lets only those speak for a customer who may: the customer itself, or a partner with a live privilege that covers support.
 *
 * @throws Refusal noDelegatedAccess
 */
export async function requireDelegation(tx: Tx, deps: Deps, actor: Actor, customerId: CustomerId): Promise<void> {
  if (actor.organizationKind === 'customer') return
  const { rows } = await sql<{ delegated: boolean }>`
    select ${mayFileFor(actor, sql`${customerId}::uuid`, deps.now(), rolesThatFile)} as delegated`.execute(tx)
  if (!rows[0]?.delegated) throw new Refusal('noDelegatedAccess')
}
