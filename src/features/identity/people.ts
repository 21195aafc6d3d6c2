/*
 * What the features that look after a customer's people do to users, in transactions of their own. Whether the actor may is their
 * question, and so is the record of it.
 */
import type { CustomerId, UserId } from '../../kernel/ids.ts'
import type { OrganizationId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/context.ts'
import { lockUser, type LockedUser } from './store.ts'

export { changeRoles, markDeleted, markRestored, putTemporaryPassword } from './store.ts'

/** As for colleagues: holds the customer's users until the transaction ends, and reads one of them. Undefined when there is none. */
export async function lockPerson(tx: Tx, customerId: CustomerId, userId: UserId): Promise<LockedUser | undefined> {
  return await lockUser(
    tx,
    { organizationId: customerId as string as OrganizationId, organizationKind: 'customer' },
    userId,
  )
}
