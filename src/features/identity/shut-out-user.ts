import { Refusal } from '../../kernel/errors.ts'
import type { UserId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { refuse } from './objections.ts'
import { whyNotChangeCredentials, whyNotShutOut } from './rules.ts'
import { lockUser, markDeleted, setStatus } from './store.ts'
import { aboutUser } from './subject.ts'

interface OfUser {
  readonly userId: UserId
}

/**
 * Shuts a user out from its next request until it is unblocked. Safe to repeat.
 *
 * @throws Refusal notFound, lastGlobalAdmin, ownAccess, globalAdminNeeded
 */
export async function blockUser(deps: Deps, actor: Actor, { userId }: OfUser): Promise<void> {
  await write(deps, actor, async (tx) => {
    const user = await lockUser(tx, actor, userId)
    if (!user) throw new Refusal('notFound')
    if (user.status === 'blocked') return
    refuse(whyNotShutOut(actor.organizationKind, { id: actor.userId, roles: actor.roles }, user))

    const at = deps.now()
    await setStatus(tx, at, userId, 'blocked')
    await record(tx, actor, at, { action: 'user.blocked', ...aboutUser(actor, userId), after: { name: user.name } })
  })
}

/**
 * Lets a blocked user sign in again, with the password it had. Safe to repeat; an active user that too many attempts locked is
 * unlocked.
 *
 * @throws Refusal notFound, globalAdminNeeded
 */
export async function unblockUser(deps: Deps, actor: Actor, { userId }: OfUser): Promise<void> {
  await write(deps, actor, async (tx) => {
    const user = await lockUser(tx, actor, userId)
    if (!user) throw new Refusal('notFound')
    refuse(whyNotChangeCredentials(actor.organizationKind, { id: actor.userId, roles: actor.roles }, user))

    const at = deps.now()
    const isLocked = user.lockedUntil !== null && user.lockedUntil > at
    if (user.status === 'active' && !isLocked) return
    await setStatus(tx, at, userId, 'active')
    await record(tx, actor, at, { action: 'user.unblocked', ...aboutUser(actor, userId), after: { name: user.name } })
  })
}

/**
 * Deletes a user. Its user name and address become free; its records stay under its name.
 *
 * @throws Refusal notFound, also for a user that is deleted already; lastGlobalAdmin; ownAccess; globalAdminNeeded
 */
export async function deleteUser(deps: Deps, actor: Actor, { userId }: OfUser): Promise<void> {
  await write(deps, actor, async (tx) => {
    const user = await lockUser(tx, actor, userId)
    if (!user) throw new Refusal('notFound')
    refuse(whyNotShutOut(actor.organizationKind, { id: actor.userId, roles: actor.roles }, user))

    const at = deps.now()
    await markDeleted(tx, at, userId)
    const before = { name: user.name, username: user.username, roles: user.roles }
    await record(tx, actor, at, { action: 'user.deleted', ...aboutUser(actor, userId), before })
  })
}
