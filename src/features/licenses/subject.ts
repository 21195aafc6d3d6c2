import type { Actor } from '../../platform/context.ts'
import type { ReachedCustomer } from './access.ts'

/** What a change of a customer's user is about, as the audit record names it: partners act on the customer's behalf. */
export function aboutPerson(actor: Actor, customer: ReachedCustomer, userId: string) {
  return {
    subjectKind: 'user',
    subjectId: userId,
    customerId: customer.id,
    ...onBehalfOf(actor, customer),
    ...(actor.organizationKind === 'reseller' ? { resellerId: actor.organizationId } : {}),
  }
}

/** The customer's name when a partner acts for it. */
export function onBehalfOf(actor: Actor, customer: Pick<ReachedCustomer, 'name'>) {
  return actor.organizationKind === 'customer' ? {} : { onBehalfOf: customer.name }
}
