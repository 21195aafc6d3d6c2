import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, UserId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { refuse } from './objections.ts'
import { whyNotChangeCredentials } from './rules.ts'
import { lockUser, removeSecondFactor } from './store.ts'
import { aboutUser } from './subject.ts'

/**
 * Demands a second factor of everybody in the actor's organization, or no longer. Who has none is led to set it up at the next
 * request. Safe to repeat.
 */
export async function requireSecondFactor(
  deps: Deps,
  actor: Actor,
  { required }: { readonly required: boolean },
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const isCustomer = actor.organizationKind === 'customer'
    const changed = await sql`
      update ${sql.table(isCustomer ? 'customers' : 'organizations')} set second_factor_required = ${required}
      where id = ${actor.organizationId} and second_factor_required <> ${required}`.execute(tx)
    if (changed.numAffectedRows === 0n) return
    await record(tx, actor, deps.now(), {
      action: 'user.second_factor_changed',
      subjectKind: isCustomer ? 'customer' : 'organization',
      subjectId: actor.organizationId,
      ...(isCustomer ? { customerId: actor.organizationId as string as CustomerId } : {}),
      before: { required: !required },
      after: { required },
    })
  })
}

/**
 * Takes the second factor of a colleague who lost it; where one is demanded, the next sign-in sets up another.
 *
 * @throws Refusal notFound; ownAccount for oneself; globalAdminNeeded
 */
export async function takeSecondFactor(
  deps: Deps,
  actor: Actor,
  { userId }: { readonly userId: UserId },
): Promise<void> {
  if (userId === actor.userId) throw new Refusal('ownAccount')
  await write(deps, actor, async (tx) => {
    const user = await lockUser(tx, actor, userId)
    if (!user) throw new Refusal('notFound')
    refuse(whyNotChangeCredentials(actor.organizationKind, { id: actor.userId, roles: actor.roles }, user))
    if (!user.twoFactorEnabled) return

    const at = deps.now()
    await removeSecondFactor(tx, at, userId)
    await record(tx, actor, at, {
      action: 'user.second_factor_changed',
      ...aboutUser(actor, userId),
      after: { name: user.name, enabled: false },
    })
  })
}
