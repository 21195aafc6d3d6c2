import { sql } from 'kysely'
import type { CustomerId, UserId } from '../../kernel/ids.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import { record } from '../audit/record.ts'
import { putTemporaryPassword } from './store.ts'

/**
 * Puts a new temporary password in place of one that its user never changed, in the caller's transaction: for the first
 * administrator of a customer, whose password was lost on the way. Whoever has a password of its own keeps it.
 *
 * Whether the actor may is the caller's question.
 *
 * @returns the user's sign-in name; undefined when there is no such user that still waits for its first sign-in.
 */
export async function resetFirstPassword(
  tx: Tx,
  actor: Actor,
  at: Date,
  waiting: {
    readonly customerId: CustomerId
    readonly customerName: string
    readonly userId: UserId
    readonly passwordHash: string
  },
): Promise<{ readonly username: string } | undefined> {
  const { rows } = await sql<{ username: string }>`
    select username from users
    where id = ${waiting.userId} and organization_id = ${waiting.customerId} and must_change_password and status = 'active'
    for update`.execute(tx)
  const [user] = rows
  if (!user) return undefined
  await putTemporaryPassword(tx, at, waiting.userId, waiting.passwordHash)
  for (const action of ['user.password_reset', 'user.password_shown'] as const) {
    await record(tx, actor, at, {
      action,
      subjectKind: 'user',
      subjectId: waiting.userId,
      customerId: waiting.customerId,
      onBehalfOf: waiting.customerName,
      after: user,
    })
  }
  return user
}
