import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { readOwnAccount } from './queries.ts'
import { passwordLength, whyPasswordIsWeak } from './rules.ts'
import { countFailure } from './sign-in-people.ts'
import { putOwnPassword } from './store.ts'
import { aboutUser } from './subject.ts'

export interface ChangePassword {
  readonly currentPassword: string
  readonly newPassword: string
}

/**
 * Gives the actor a password of its own choice. A temporary one stops working at once, and all other sessions end.
 *
 * @throws Refusal wrongPassword, which counts like a failed sign-in; weakPassword; temporaryPasswordExpired;
 * tooManyRequests while the account is locked; conflict when the password was changed at the same moment.
 */
export async function changePassword(deps: Deps, actor: Actor, input: ChangePassword): Promise<void> {
  const account = await readOwnAccount(deps.db, actor)
  const at = deps.now()
  // Guessing goes no further here than at sign-in.
  if (account.lockedUntil !== null && account.lockedUntil > at) throw new Refusal('tooManyRequests')
  const isRight = await verifyPassword(input.currentPassword, account.passwordHash)
  const next = isRight ? await hashPassword(input.newPassword) : ''
  const weakness = whyPasswordIsWeak(input.newPassword, {
    name: actor.userName,
    username: account.username,
    email: account.email,
    organizationName: actor.organizationName,
  })

  try {
    await write(deps, actor, async (tx) => {
      // Only now: a repeat of a change that went well no longer knows the right password, and is answered before this.
      if (!isRight)
        throw new Refusal('wrongPassword', { fields: [{ field: 'currentPassword', rule: 'wrongPassword' }] })
      if (account.temporaryUntil !== null && account.temporaryUntil <= at) throw new Refusal('temporaryPasswordExpired')
      if (weakness !== undefined) throw weak(weakness)
      if (input.newPassword === input.currentPassword) throw weak('passwordSame')
      if (!(await putOwnPassword(tx, at, actor, { old: account.passwordHash, next }))) throw new Refusal('conflict')
      await record(tx, actor, at, { action: 'user.password_changed', ...aboutUser(actor) })
    })
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'wrongPassword')
      await countFailure(deps, actor.userId, actor.request)
    throw error
  }
}

function weak(rule: string): Refusal {
  const params = { min: passwordLength.least, max: passwordLength.most }
  return new Refusal('weakPassword', { fields: [{ field: 'newPassword', rule, params }] })
}
