import { sql } from 'kysely'
import type { SubscriptionId } from '../../kernel/ids.ts'
import type { Db } from '../../platform/context.ts'
import type { HeldSubscription } from './hold-subscription.ts'
import { lifeColumns, lifeOf, type LifeRow, type LotRow, lotsJson } from './life-rows.ts'
import { cancel, reactivate, suspend } from './rules/acts.ts'
import type { Life, Outcome } from './rules/life.ts'
import type { OutcomeOf } from './store/outcomes.ts'

/** An add-on that goes along with its base. */
export interface Cascaded {
  readonly subscription: OutcomeOf & { readonly title: string }
  readonly outcome: Outcome
}

/**
 * What happens to the add-ons of a subscription that an act changes: suspended with it, reactivated with it if they were
 * suspended because of it, canceled with it while they can be, else suspended. Nothing, as long as the base lives on.
 * Source: F149, invariant 32.
 */
export async function cascadeOf(
  db: Db,
  base: Pick<HeldSubscription, 'customerId' | 'addOnIds' | 'status'>,
  after: Life['status'],
  at: Date,
): Promise<readonly Cascaded[]> {
  if (base.addOnIds.length === 0 || after === base.status) return []
  const addOns = await readAddOns(db, base)
  return addOns.flatMap(({ life, ...subscription }) => {
    const outcome = alongWith(after, life, at)
    return outcome ? [{ subscription: { ...subscription, title: life.title }, outcome }] : []
  })
}

function alongWith(base: Life['status'], addOn: Life, at: Date): Outcome | undefined {
  if (base === 'active') {
    if (addOn.suspensionReason !== 'base') return undefined
    return outcomeOf(reactivate(addOn, base, at))
  }
  if (base === 'canceled') return outcomeOf(cancel(addOn, at)) ?? outcomeOf(suspend(addOn, 'base', '', at))
  const isOut = base === 'suspended' || base === 'disabled'
  return isOut ? outcomeOf(suspend(addOn, 'base', '', at)) : undefined
}

function outcomeOf(decision: ReturnType<typeof cancel>): Outcome | undefined {
  return decision === 'keep' || 'refuse' in decision ? undefined : decision
}

interface Row extends LifeRow, OutcomeOf {
  readonly lots: readonly LotRow[]
}

/** The add-ons, held until the transaction ends when there is one. */
async function readAddOns(
  db: Db,
  { customerId, addOnIds }: { readonly customerId: string; readonly addOnIds: readonly SubscriptionId[] },
): Promise<readonly (OutcomeOf & { readonly life: Life })[]> {
  const { rows } = await sql<Row>`
    select s.customer_id as "customerId", s.id, s.provider_id as "providerId", ${lifeColumns}, ${lotsJson} as lots,
      (select jsonb_build_object('id', r.reseller_id, 'partnerId', r.partner_id) from resellers_of_record r
        where r.customer_id = s.customer_id and r.subscription_id = s.id and r.valid_to is null) as reseller
    from subscriptions s
    where s.customer_id = ${customerId} and s.id = any(${[...addOnIds]}::uuid[]) order by s.id
    ${db.isTransaction ? sql`for update of s` : sql``}`.execute(db)
  return rows.map(({ lots, ...row }) => ({
    customerId: row.customerId,
    id: row.id,
    providerId: row.providerId,
    reseller: row.reseller,
    life: lifeOf(row, lots),
  }))
}
