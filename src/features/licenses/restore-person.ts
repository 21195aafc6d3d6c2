import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, UserId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { refuse } from '../identity/objections.ts'
import { markRestored } from '../identity/people.ts'
import { reachPeople } from './access.ts'
import { makePassword } from './passwords.ts'
import { whyNotRestore } from './rules.ts'
import { holdDeleted } from './store.ts'
import { aboutPerson } from './subject.ts'
import type { PersonPassword } from './wire.ts'

/**
 * Brings a customer's deleted user back within 30 days, with its name, its roles and a temporary password, which is in this one
 * answer. Its licenses were given back at the deletion and have to be assigned anew.
 *
 * @throws Refusal as `reachPeople`; notFound, also for a user that is not deleted; restoreTooLate; usernameTaken when somebody
 *   else has the name now; globalAdminNeeded
 */
export async function restorePerson(
  deps: Deps,
  actor: Actor,
  { customerId, userId }: { readonly customerId: CustomerId; readonly userId: UserId },
): Promise<PersonPassword> {
  const { password, hash } = await makePassword()
  const { result, replayed } = await write(deps, actor, async (tx) => {
    const at = deps.now()
    const customer = await reachPeople(tx, actor, customerId, 'manage', at)
    const person = await holdDeleted(tx, customerId, userId)
    if (!person) throw new Refusal('notFound')
    refuse(whyNotRestore(actor.organizationKind, { id: actor.userId, roles: actor.roles }, person, at))
    if (person.nameTaken) throw new Refusal('usernameTaken')

    const { name, username, roles } = person
    await markRestored(tx, actor, at, { userId, roles, passwordHash: hash })
    const about = aboutPerson(actor, customer, userId)
    await record(tx, actor, at, { action: 'user.restored', ...about, after: { name, username, roles } })
    await record(tx, actor, at, { action: 'user.password_shown', ...about })
    return { userId, name, username }
  })
  return replayed ? { ...result, alreadyShown: true } : { ...result, temporaryPassword: password, alreadyShown: false }
}
