import { Refusal } from '../../kernel/errors.ts'
import type { Role } from '../../kernel/permissions.ts'
import type { Actor, Deps, Locale } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { createUser } from './create-user.ts'
import { refuse } from './objections.ts'
import { hashPassword, temporaryPassword } from './passwords.ts'
import { readUser, type UserRow } from './queries.ts'
import { whyNotCreate } from './rules.ts'
import { aboutUser } from './subject.ts'

export interface AddUser {
  readonly firstName: string
  readonly lastName: string
  readonly username: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly locale: Locale
}

/**
 * Adds a user to the actor's organization. Its temporary password is in this one answer; a repeat of the same request gets the
 * user without it.
 *
 * @throws Refusal roleNotAssignable, usernameTaken, emailTaken
 */
export async function addUser(
  deps: Deps,
  actor: Actor,
  input: AddUser,
): Promise<{ readonly user: UserRow; readonly temporaryPassword?: string }> {
  refuse(whyNotCreate(actor.organizationKind, { id: actor.userId, roles: actor.roles }, input.roles))
  const password = temporaryPassword()
  const passwordHash = await hashPassword(password)
  const at = deps.now()

  const { result: userId, replayed } = await write(deps, actor, async (tx) => {
    const { organizationId, organizationKind } = actor
    const id = await createUser(tx, actor, at, {
      ...input,
      organizationId,
      organizationKind,
      passwordHash,
      temporary: true,
    })
    await record(tx, actor, at, { action: 'user.password_shown', ...aboutUser(actor, id) })
    return id
  })
  const user = await readUser(deps.db, actor, userId)
  // A repeat may come after the user was deleted.
  if (!user) throw new Refusal('notFound')
  return { user, ...(replayed ? {} : { temporaryPassword: password }) }
}
