import { sql } from 'kysely'
import { fieldRefusal, Refusal } from '../../kernel/errors.ts'
import { type CustomerId, newId, newServiceRequestNumber, type ServiceRequestId } from '../../kernel/ids.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { seesCustomer } from '../customers/sql.ts'
import { findAskedAbout, findProviders, type Recipient } from './find-recipient.ts'
import { recordChange } from './record-change.ts'
import { firstResponseDue, rolesThatFile, whyNotFile } from './rules.ts'
import { mayFileFor } from './sql.ts'
import { insertMessage, insertServiceRequest } from './store.ts'
import { tell } from './tell.ts'
import type { FileServiceRequest } from './wire.ts'

/**
 * Files a service request about a subscription, which goes to its designated support contact, or about the account as a whole,
 * which goes to a provider. A customer asks for itself; a partner asks on its behalf, with a live delegated privilege.
 * Source: F197, F200–F202.
 *
 * @throws Refusal notFound; noDelegatedAccess; askYourProvider for a reseller about what is metered by usage; invalidRequest
 */
export async function fileServiceRequest(
  deps: Deps,
  actor: Actor,
  input: FileServiceRequest,
): Promise<{ customerId: CustomerId; id: ServiceRequestId; number: string }> {
  const { result } = await write(deps, actor, async (tx) => {
    const { customerId, subscriptionId, providerId, severity, title } = input
    const customer = await readCustomer(tx, actor, customerId, deps.now())
    const subscription =
      subscriptionId === null ? null : first(await findAskedAbout(tx, actor, customerId, subscriptionId))
    const refused = whyNotFile({ kind: actor.organizationKind, delegated: customer.delegated }, subscription)
    if (refused) throw new Refusal(refused)
    if (!subscription && providerId === null) throw fieldRefusal('providerId', 'required')
    const to: Recipient = subscription ?? first(await findProviders(tx, actor, customerId, providerId ?? undefined))

    const at = worldNow(deps, to)
    const id = newId<'serviceRequest'>()
    const request = {
      id,
      customerId,
      customerName: customer.name,
      number: newServiceRequestNumber(),
      providerId: to.providerId,
      subscriptionId,
      ownerId: to.ownerId,
      escalatedBy: null,
      severity,
      title,
      contact: input.contact,
      responseDueAt: firstResponseDue(severity, at),
    }
    await insertServiceRequest(tx, actor, at, request)
    await insertMessage(tx, actor, at, request, {
      kind: 'reply',
      body: input.description,
      attachments: input.attachments,
    })
    await recordChange(tx, actor, at, request, 'service_request.filed', {
      after: { title, severity, ...(subscriptionId === null ? {} : { subscriptionId }) },
    })
    await tell(tx, at, request, to.ownerId, 'serviceRequestFiled', { number: request.number, customer: customer.name })
    if (actor.organizationKind !== 'customer') {
      await tell(tx, at, request, customerId, 'serviceRequestFiledForYou', {
        number: request.number,
        partner: actor.organizationName,
      })
    }
    return { customerId, id, number: request.number }
  })
  return result
}

function first<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Refusal('notFound')
  return row
}

/**
 * A customer the actor may know of, and whether it granted the actor's organization a live privilege that covers support.
 *
 * @param at Installation's clock: privileges are the customer's own affair, in nobody's world.
 * @throws Refusal notFound
 */
export async function readCustomer(
  db: Db,
  actor: Actor,
  customerId: CustomerId,
  at: Date,
): Promise<{ readonly id: CustomerId; readonly name: string; readonly delegated: boolean }> {
  const { rows } = await sql<{ id: CustomerId; name: string; delegated: boolean }>`
    select c.id, c.legal_name as name, ${mayFileFor(actor, sql.ref('c.id'), at, rolesThatFile)} as delegated
    from customers c where c.id = ${customerId} and ${seesCustomer(actor, sql.ref('c.id'))}`.execute(db)
  return first(rows)
}
