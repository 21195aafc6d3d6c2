import { Refusal } from '../../kernel/errors.ts'
import type { UserId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { refuse } from './objections.ts'
import { whyNotSetRoles } from './rules.ts'
import { changeRoles, lockUser } from './store.ts'
import { aboutUser } from './subject.ts'

export interface SetRoles {
  readonly userId: UserId
  readonly roles: readonly Role[]
}

/**
 * Gives a user exactly these roles. They count from its next request. Safe to repeat.
 *
 * @throws Refusal notFound, globalAdminNeeded, roleNotAssignable, lastGlobalAdmin, ownAccess
 */
export async function setRoles(deps: Deps, actor: Actor, { userId, roles }: SetRoles): Promise<void> {
  await write(deps, actor, async (tx) => {
    const user = await lockUser(tx, actor, userId)
    if (!user) throw new Refusal('notFound')
    refuse(whyNotSetRoles(actor.organizationKind, { id: actor.userId, roles: actor.roles }, user, roles))

    const taken = user.roles.filter((role) => !roles.includes(role))
    const given = roles.filter((role) => !user.roles.includes(role))
    if (taken.length + given.length === 0) return
    const at = deps.now()
    await changeRoles(tx, actor, at, userId, { taken, given })
    await record(tx, actor, at, {
      action: 'user.roles_changed',
      ...aboutUser(actor, userId),
      before: { name: user.name, roles: user.roles },
      after: { name: user.name, roles },
    })
  })
}
