import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, UserId } from '../../kernel/ids.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { resetAdminPassword } from '../customers/reset-admin-password.ts'
import { refuse } from '../identity/objections.ts'
import { lockPerson, putTemporaryPassword } from '../identity/people.ts'
import { whyNotChangeCredentials } from '../identity/rules.ts'
import { reachPeople, requireReach } from './access.ts'
import { makePassword } from './passwords.ts'
import { aboutPerson } from './subject.ts'
import type { PersonPassword } from './wire.ts'

interface OfPerson {
  readonly customerId: CustomerId
  readonly userId: UserId
}

/**
 * Gives a customer's user a temporary password, which is in this one answer; a repeat of the same request gets an answer without
 * it. The old password stops working, and the user's sessions end.
 *
 * There are two ways to it. As long as nobody of a customer has signed in, whoever created the customer may replace the password
 * of its first administrator, which was shown once and may be lost. Otherwise it takes a delegated privilege.
 *
 * @throws Refusal notFound, also to somebody whose role reaches the first administrator only; as `reachPeople`; ownAccount,
 *   globalAdminNeeded, userNotActive
 */
export async function resetPersonPassword(deps: Deps, actor: Actor, input: OfPerson): Promise<PersonPassword> {
  if (input.userId === actor.userId) throw new Refusal('ownAccount')
  const { password, hash } = await makePassword()
  const { result, replayed } = await write(deps, actor, async (tx) => {
    const at = deps.now()
    const first = await resetAdminPassword(tx, actor, at, { ...input, passwordHash: hash })
    return first ?? (await resetByPrivilege(tx, actor, at, input, hash))
  })
  return replayed ? { ...result, alreadyShown: true } : { ...result, temporaryPassword: password, alreadyShown: false }
}

async function resetByPrivilege(
  tx: Tx,
  actor: Actor,
  at: Date,
  { customerId, userId }: OfPerson,
  hash: string,
): Promise<Omit<PersonPassword, 'temporaryPassword' | 'alreadyShown'>> {
  const customer = await reachForReset(tx, actor, customerId, at)
  const person = await lockPerson(tx, customerId, userId)
  if (!person) throw new Refusal('notFound')
  if (person.roles.includes('global_admin')) requireReach(customer.reach, 'resetAdminPassword')
  if (actor.organizationKind === 'customer') {
    refuse(whyNotChangeCredentials('customer', { id: actor.userId, roles: actor.roles }, person))
  }
  if (person.status !== 'active') throw new Refusal('userNotActive')

  await putTemporaryPassword(tx, at, userId, hash)
  const { name, username } = person
  const about = { ...aboutPerson(actor, customer, userId), after: { name, username } }
  await record(tx, actor, at, { action: 'user.password_reset', ...about })
  await record(tx, actor, at, { action: 'user.password_shown', ...about })
  return { userId, name, username }
}

/** To a role that reaches the first administrator only, nobody else is there. */
async function reachForReset(tx: Tx, actor: Actor, customerId: CustomerId, at: Date) {
  try {
    return await reachPeople(tx, actor, customerId, 'resetPassword', at)
  } catch (error) {
    if (error instanceof Refusal && error.reason === 'accessDenied') throw new Refusal('notFound')
    throw error
  }
}
