import { sql } from 'kysely'
import type { CustomerId, UserId } from '../../kernel/ids.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import { record } from '../audit/record.ts'
import { putTemporaryPassword } from './store.ts'

/**
 * Puts a new temporary password in place of one that was lost on the way to the first administrator of a customer, in the
 * caller's transaction. Once anybody of the customer has signed in, its people help each other, and nobody else may.
 *
 * Whether the actor may is the caller's question.
 *
 * @returns who the user is; undefined when there is no such user, or somebody of the customer has signed in.
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
): Promise<{ readonly userId: UserId; readonly name: string; readonly username: string } | undefined> {
  const { rows } = await sql<{ name: string; username: string }>`
    select display_name as name, username from users
    where id = ${waiting.userId} and organization_id = ${waiting.customerId} and must_change_password and status = 'active'
      and exists (select from role_assignments r
        where r.user_id = users.id and r.role = 'global_admin' and r.revoked_at is null)
      and not exists (select from users other
        where other.organization_id = ${waiting.customerId} and other.last_sign_in_at is not null)
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
      after: { username: user.username },
    })
  }
  return { userId: waiting.userId, ...user }
}
