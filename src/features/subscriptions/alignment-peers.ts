import { sql } from 'kysely'
import type { CustomerId, OrganizationId } from '../../kernel/ids.ts'
import { addDays, type Term } from '../../kernel/time.ts'
import type { Actor, Db } from '../../platform/context.ts'
import { seesSubscription } from '../customers/sql.ts'
import type { HeldSubscription } from './hold-subscription.ts'
import { type AlignmentPeer, alignmentsFor } from './rules/alignment.ts'

/** More end dates than these nobody chooses from. */
const mostPeers = 200

/**
 * What a subscription of a customer may end together with: its live subscriptions of the same provider that have a term, the
 * soonest to end first. Trials end on their own, and software is bought once. Source: F169.
 *
 * @param given.exceptId The subscription that is to be aligned, if it exists already.
 * @param given.seenBy Only those that somebody sees: their names are told.
 */
export async function readAlignmentPeers(
  db: Db,
  given: {
    readonly customerId: CustomerId
    readonly providerId: OrganizationId
    readonly exceptId?: string
    readonly seenBy?: Actor
  },
): Promise<readonly AlignmentPeer[]> {
  const { customerId, providerId, exceptId, seenBy } = given
  const { rows } = await sql<AlignmentPeer>`
    select case s.friendly_name when '' then s.title else s.friendly_name end as title, s.term, s.end_on as "endOn",
      s.auto_renew as "autoRenew"
    from subscriptions s
    where s.customer_id = ${customerId} and s.provider_id = ${providerId} and s.id is distinct from ${exceptId ?? null}::uuid
      and s.status in ('pending', 'active') and s.kind in ('license', 'addon') and s.end_on is not null
      and ${seenBy ? seesSubscription(seenBy, 's') : sql<boolean>`true`}
    order by s.end_on, s.id limit ${mostPeers}`.execute(db)
  return rows
}

/** Last days that a subscription's next term may be cut short to. */
export async function readNextEnds(
  db: Db,
  { customerId, providerId, id, life }: HeldSubscription,
  term: Term,
): Promise<readonly string[]> {
  if (life.endOn === null) return []
  const peers = await readAlignmentPeers(db, { customerId, providerId, exceptId: id })
  return alignmentsFor(addDays(life.endOn, 1), term, peers).map(({ endOn }) => endOn)
}
