import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, UserId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { refuse } from '../identity/objections.ts'
import { lockPerson, markDeleted } from '../identity/people.ts'
import { reachPeople } from './access.ts'
import { whyNotDelete } from './rules.ts'
import { aboutPerson } from './subject.ts'

/**
 * Deletes a customer's user: it is signed out, its sign-in name and its licenses are free at once, and for 30 days it can be
 * restored.
 *
 * @throws Refusal as `reachPeople`; notFound, also for a user that is deleted already; lastGlobalAdmin, ownAccess,
 *   globalAdminNeeded
 */
export async function deletePerson(
  deps: Deps,
  actor: Actor,
  { customerId, userId }: { readonly customerId: CustomerId; readonly userId: UserId },
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const at = deps.now()
    const customer = await reachPeople(tx, actor, customerId, 'manage', at)
    const person = await lockPerson(tx, customerId, userId)
    if (!person) throw new Refusal('notFound')
    refuse(whyNotDelete(actor.organizationKind, { id: actor.userId, roles: actor.roles }, person))
    await markDeleted(tx, at, userId)
    const { name, username, roles } = person
    await record(tx, actor, at, {
      action: 'user.deleted',
      ...aboutPerson(actor, customer, userId),
      before: { name, username, roles },
    })
  })
}
