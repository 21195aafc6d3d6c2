import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, UserId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { resetFirstPassword } from '../identity/reset-first-password.ts'
import { makeAdminSecret } from './create-customer.ts'
import { holdCustomer } from './queries.ts'

/**
 * Gives the first administrator of a customer that the provider created a new temporary password, as long as it has not signed
 * in yet: the first one was shown once and may be lost. From the first sign-in on, passwords are the customer's own affair.
 *
 * @returns the password, in the first answer only.
 * @throws Refusal notFound, also when the administrator has signed in already
 */
export async function resetAdminPassword(
  deps: Deps,
  actor: Actor,
  { customerId, userId }: { readonly customerId: CustomerId; readonly userId: UserId },
): Promise<{ readonly adminUserName: string; readonly temporaryPassword?: string; readonly alreadyShown: boolean }> {
  const { password, passwordHash } = await makeAdminSecret()
  const { result, replayed } = await write(deps, actor, async (tx) => {
    const at = deps.now()
    const customer = await holdCustomer(tx, actor, customerId, at)
    if (customer.via !== 'created') throw new Refusal('notFound')
    const user = await resetFirstPassword(tx, actor, at, {
      customerId,
      customerName: customer.name,
      userId,
      passwordHash,
    })
    if (!user) throw new Refusal('notFound')
    return { adminUserName: user.username }
  })
  return replayed ? { ...result, alreadyShown: true } : { ...result, temporaryPassword: password, alreadyShown: false }
}
