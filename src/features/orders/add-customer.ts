import { sendIn } from '../../platform/batch.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { insertCustomer, makeAdminSecret } from '../customers/create-customer.ts'
import { provisioningSweep } from '../subscriptions/rules.ts'
import { readOrderFacts } from './read-order-facts.ts'
import { decideOrder } from './submit-order.ts'
import type { AddCustomer, AddCustomerReply } from './wire.ts'

/**
 * Adds a customer and places its first order, or only adds it when there are no lines: customer, domain, administrator,
 * agreement, association with the reseller and the whole order come into being together or not at all.
 *
 * The administrator's temporary password is in the reply to the first request that gets through, and nowhere else; a repeat
 * says `alreadyShown`.
 *
 * @throws Refusal as `insertCustomer` and `submitOrder` do.
 */
export async function addCustomer(deps: Deps, actor: Actor, input: AddCustomer): Promise<AddCustomerReply> {
  const { lines, attestation, expectedTotalRetail, ...details } = input
  const at = worldNow(deps, actor)
  const secret = await makeAdminSecret()
  const { result, replayed } = await write(deps, actor, async (tx) => {
    const customer = await insertCustomer(tx, deps, actor, at, details, secret)
    const { customerId, adminUserId, adminUsername: adminUserName } = customer
    // Who gets to see the password, which is told outside of this transaction.
    await record(tx, actor, at, {
      action: 'user.password_shown',
      subjectKind: 'user',
      subjectId: adminUserId,
      customerId,
      onBehalfOf: customer.name,
      after: { username: adminUserName },
    })
    if (lines.length === 0) return { customerId, order: null, adminUserId, adminUserName }

    const send = sendIn(tx)
    const facts = await readOrderFacts(send, actor.organizationId, { id: customerId }, lines, at, { hold: true })
    const committed = { attestation, expectedTotalRetail, acceptsAgreement: false }
    const { order, statement } = decideOrder(actor, facts, lines, customerId, committed, at)
    await send(statement)
    return { customerId, order, adminUserId, adminUserName }
  })
  if (result.order) deps.nudge(provisioningSweep)
  if (replayed) return { ...result, alreadyShown: true }
  return { ...result, temporaryPassword: secret.password, alreadyShown: false }
}
