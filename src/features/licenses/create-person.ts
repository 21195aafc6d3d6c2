import { fieldRefusal } from '../../kernel/errors.ts'
import type { OrganizationId } from '../../kernel/ids.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { createUser } from '../identity/create-user.ts'
import { type ReachedCustomer, reachPeople } from './access.ts'
import { makePassword } from './passwords.ts'
import { readDomains } from './queries.ts'
import { whyNotLogin, whyNotRoles } from './rules.ts'
import { refuse } from '../identity/objections.ts'
import { isCountry } from './store.ts'
import { aboutPerson, onBehalfOf } from './subject.ts'
import type { CreatePerson, PersonPassword } from './wire.ts'

/**
 * Adds a user to a customer. Its temporary password is in this one answer; a repeat of the same request gets the user without it.
 * The sign-in name is at one of the customer's domains, and is its e-mail address too.
 *
 * @throws Refusal as `reachPeople`; invalidRequest for a foreign domain or an unknown country; globalAdminNeeded,
 *   roleNotAssignable; usernameTaken, emailTaken
 */
export async function createPerson(deps: Deps, actor: Actor, input: CreatePerson): Promise<PersonPassword> {
  const { customerId, username, roles } = input
  const { password, hash } = await makePassword()
  const { result, replayed } = await write(deps, actor, async (tx) => {
    const at = deps.now()
    const customer = await reachPeople(tx, actor, customerId, 'manage', at)
    await refuseLogin(tx, customer, username)
    await refuseCountry(tx, input.usageLocation)
    const nobody = { id: '', roles: [], isLastGoverning: false }
    refuse(whyNotRoles(actor.organizationKind, { id: actor.userId, roles: actor.roles }, nobody, roles))

    const userId = await createUser(tx, actor, at, {
      organizationId: customerId as string as OrganizationId,
      organizationKind: 'customer',
      username,
      email: username,
      firstName: input.firstName,
      lastName: input.lastName,
      displayName: input.displayName,
      locale: input.locale,
      roles,
      ...(input.usageLocation === null ? {} : { usageLocation: input.usageLocation }),
      passwordHash: hash,
      temporary: true,
      ...onBehalfOf(actor, customer),
    })
    await record(tx, actor, at, { action: 'user.password_shown', ...aboutPerson(actor, customer, userId) })
    return { userId, name: input.displayName, username }
  })
  return replayed ? { ...result, alreadyShown: true } : { ...result, temporaryPassword: password, alreadyShown: false }
}

async function refuseLogin(db: Db, customer: ReachedCustomer, username: string): Promise<void> {
  const domains = await readDomains(db, customer.id)
  const rule = whyNotLogin(username, domains)
  if (rule !== null) throw fieldRefusal('username', rule, { domains: domains.slice(0, 5).join(', ') })
}

/** @throws Refusal invalidRequest for a country that Kanal does not know. */
export async function refuseCountry(db: Db, code: string | null): Promise<void> {
  if (code !== null && !(await isCountry(db, code))) throw fieldRefusal('usageLocation', 'countryUnknown')
}
