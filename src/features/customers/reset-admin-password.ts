import { sql } from 'kysely'
import type { CustomerId, UserId } from '../../kernel/ids.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import { resetFirstPassword } from '../identity/reset-first-password.ts'
import { managesCustomer } from './sql.ts'

/**
 * Gives the first administrator of a customer that the provider created a new temporary password, as long as nobody of the customer
 * has signed in yet: the first one was shown once and may be lost. From the first sign-in on, it takes a delegated privilege.
 *
 * @returns who that is; undefined when this is not the case, or not the actor's to do.
 */
export async function resetAdminPassword(
  tx: Tx,
  actor: Actor,
  at: Date,
  input: { readonly customerId: CustomerId; readonly userId: UserId; readonly passwordHash: string },
): Promise<{ readonly userId: UserId; readonly name: string; readonly username: string } | undefined> {
  if (actor.organizationKind !== 'provider' || !actor.permissions.has('customers.add')) return undefined
  const { rows } = await sql<{ name: string }>`
    select c.legal_name as name from customers c
    where c.id = ${input.customerId} and ${managesCustomer(actor, sql.ref('c.id'))}
      and exists (select from customer_relationships r where r.customer_id = c.id and r.partner_id = ${actor.organizationId}
        and r.state = 'active' and r.via = 'created')
    for update of c`.execute(tx)
  const [customer] = rows
  return customer && (await resetFirstPassword(tx, actor, at, { ...input, customerName: customer.name }))
}
