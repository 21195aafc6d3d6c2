import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { refuse } from '../identity/objections.ts'
import { changeRoles, lockPerson } from '../identity/people.ts'
import { reachPeople } from './access.ts'
import { refuseCountry } from './create-person.ts'
import { whyNotRoles } from './rules.ts'
import { holdDetails, type PersonDetails, putDetails } from './store.ts'
import { aboutPerson } from './subject.ts'
import type { EditPerson, SetPersonRoles } from './wire.ts'

/**
 * Changes what a customer's user is called, where it works and what it reads. Licenses stay, also when the location goes. Safe to
 * repeat: what is so already is no change.
 *
 * @throws Refusal as `reachPeople`; notFound; invalidRequest for an unknown country
 */
export async function editPerson(deps: Deps, actor: Actor, input: EditPerson): Promise<void> {
  const { customerId, userId, ...details } = input
  await write(deps, actor, async (tx) => {
    const at = deps.now()
    const customer = await reachPeople(tx, actor, customerId, 'manage', at)
    const person = await holdDetails(tx, customerId, userId)
    if (!person) throw new Refusal('notFound')
    await refuseCountry(tx, details.usageLocation)
    const names = (Object.keys(details) as (keyof PersonDetails)[]).filter((name) => details[name] !== person[name])
    if (names.length === 0) return
    await putDetails(tx, at, person, details)
    const pick = (from: PersonDetails) => Object.fromEntries(names.map((name) => [name, from[name]]))
    await record(tx, actor, at, {
      action: 'user.changed',
      ...aboutPerson(actor, customer, userId),
      before: { username: person.username, ...pick(person) },
      after: { username: person.username, ...pick(details) },
    })
  })
}

/**
 * Gives a customer's user exactly these roles, from its next request on. A partner gives and takes none of an administrator.
 *
 * @throws Refusal as `reachPeople`; notFound, globalAdminNeeded, roleNotAssignable, lastGlobalAdmin, ownAccess
 */
export async function setPersonRoles(deps: Deps, actor: Actor, input: SetPersonRoles): Promise<void> {
  const { customerId, userId, roles } = input
  await write(deps, actor, async (tx) => {
    const at = deps.now()
    const customer = await reachPeople(tx, actor, customerId, 'manage', at)
    const person = await lockPerson(tx, customerId, userId)
    if (!person) throw new Refusal('notFound')
    refuse(whyNotRoles(actor.organizationKind, { id: actor.userId, roles: actor.roles }, person, roles))
    const taken = person.roles.filter((role) => !roles.includes(role))
    const given = roles.filter((role) => !person.roles.includes(role))
    if (taken.length + given.length === 0) return
    await changeRoles(tx, actor, at, userId, { taken, given })
    await record(tx, actor, at, {
      action: 'user.roles_changed',
      ...aboutPerson(actor, customer, userId),
      before: { name: person.name, roles: person.roles },
      after: { name: person.name, roles },
    })
  })
}
