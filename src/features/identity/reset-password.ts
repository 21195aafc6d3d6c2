import { Refusal } from '../../kernel/errors.ts'
import type { UserId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { refuse } from './objections.ts'
import { hashPassword, temporaryPassword } from './passwords.ts'
import { whyNotChangeCredentials } from './rules.ts'
import { lockUser, putTemporaryPassword } from './store.ts'
import { aboutUser } from './subject.ts'

/**
 * Gives a colleague a temporary password, which is in this one answer; a repeat of the same request gets an answer without it.
 * The old password stops working, and the user's sessions end.
 *
 * @throws Refusal notFound; ownAccount for oneself; globalAdminNeeded; userNotActive
 */
export async function resetPassword(
  deps: Deps,
  actor: Actor,
  { userId }: { readonly userId: UserId },
): Promise<{ readonly temporaryPassword?: string }> {
  if (userId === actor.userId) throw new Refusal('ownAccount')
  const password = temporaryPassword()
  const passwordHash = await hashPassword(password)
  const { replayed } = await write(deps, actor, async (tx) => {
    const user = await lockUser(tx, actor, userId)
    if (!user) throw new Refusal('notFound')
    refuse(whyNotChangeCredentials(actor.organizationKind, { id: actor.userId, roles: actor.roles }, user))
    if (user.status !== 'active') throw new Refusal('userNotActive')

    const at = deps.now()
    await putTemporaryPassword(tx, at, userId, passwordHash)
    const about = { ...aboutUser(actor, userId), after: { name: user.name, username: user.username } }
    await record(tx, actor, at, { action: 'user.password_reset', ...about })
    await record(tx, actor, at, { action: 'user.password_shown', ...about })
  })
  return replayed ? {} : { temporaryPassword: password }
}
