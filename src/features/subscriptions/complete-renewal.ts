import { sql } from 'kysely'
import type { CustomerId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/context.ts'
import { readDriven, storeSteps } from './advance-subscriptions.ts'
import type { Life } from './rules/life.ts'
import { takeStep } from './rules/time.ts'

/**
 * Completes renewals, and conversions of trials, whose fulfilment took its time: the term begins where the last one ended, and
 * its window to cancel or reduce begins now. Called in the transaction that notes the success. What was completed already is
 * left alone.
 */
export async function completeRenewals(
  tx: Tx,
  at: Date,
  renewed: readonly { readonly customerId: CustomerId; readonly subscriptionId: string }[],
): Promise<void> {
  if (renewed.length === 0) return
  const due = await readDriven(
    tx,
    at,
    sql`s.status = 'renewing' and (s.customer_id, s.id) in (
      select * from unnest(${renewed.map(({ customerId }) => customerId)}::uuid[],
        ${renewed.map(({ subscriptionId }) => subscriptionId)}::uuid[]))
      order by s.customer_id, s.id for update of s`,
  )
  const steps = due.flatMap((one) => {
    const life: Life = { ...one.life, status: 'active' }
    const taken = takeStep(life, one.next, one.own, at)
    return taken ? [{ ...one, life, taken: { ...taken, job: null } }] : []
  })
  await storeSteps(tx, at, steps)
}
