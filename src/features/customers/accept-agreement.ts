import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId } from '../../kernel/ids.ts'
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { completeAction } from '../notifications/notify.ts'
import { readTemplate } from '../program/queries.ts'
import { insertAcceptance } from './store.ts'
import type { AcceptAgreement } from './wire.ts'

/**
 * Accepts the customer agreement as the acting customer. Holds for every partner, whatever one of them attested before.
 *
 * @throws Refusal acceptanceIncomplete without the tick; stale when the text changed since it was read.
 */
export async function acceptAgreement(
  deps: Deps,
  actor: Actor,
  { agreement, version }: AcceptAgreement,
): Promise<void> {
  if (!agreement) throw new Refusal('acceptanceIncomplete')
  await write(deps, actor, async (tx) => {
    const at = deps.now()
    const inForce = await readTemplate(tx, 'customer', actor.locale, at)
    if (inForce.version !== version) throw new Refusal('stale')
    await acceptDirectly(tx, actor, at, version)
    await record(tx, actor, at, {
      action: 'customer.agreement_accepted',
      subjectKind: 'customer',
      subjectId: actor.organizationId,
      customerId: customerOf(actor),
      after: { version, acceptedBy: actor.userName },
    })
  })
}

/** Writes the acting customer's own acceptance inside the caller's transaction, which records what it belongs to. */
export async function acceptDirectly(tx: Tx, actor: Actor, at: Date, version: string): Promise<void> {
  const customerId = customerOf(actor)
  const user = await tx
    .selectFrom('users')
    .select(['first_name as firstName', 'last_name as lastName', 'email'])
    .where('id', '=', actor.userId)
    .executeTakeFirstOrThrow()
  await insertAcceptance(tx, actor, at, {
    customerId,
    providerId: null,
    version,
    acceptor: { ...user, phone: '', acceptedOn: utcDay(at) },
  })
  await completeAction(tx, at, { organizationId: customerId, kind: 'customerAgreementAsked', link: '/my-partners' })
}

/** A customer's user belongs to the customer. */
export function customerOf(actor: Actor): CustomerId {
  return actor.organizationId as string as CustomerId
}
