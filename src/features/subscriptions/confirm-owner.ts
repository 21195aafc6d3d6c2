import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { type HeldSubscription, holdSubscription } from './hold-subscription.ts'
import { whyNot } from './rules.ts'
import type { OwnerGrant } from './wire.ts'

/**
 * Notes that a reseller was made an owner of a usage-based service in the service's own portal. Kanal cannot give that right
 * nor see it, so a person says that it was given. Safe to repeat.
 *
 * @throws Refusal notFound, also for a subscription that is not usage-based and for a reseller that is neither associated with
 *   the customer nor reseller of record; subscriptionNotActive
 */
export async function confirmOwner(deps: Deps, actor: Actor, input: OwnerGrant): Promise<void> {
  await write(deps, actor, async (tx) => {
    const subscription = await holdUsage(tx, actor, input)
    const barred = whyNot('confirmOwner', subscription)
    if (barred) throw new Refusal(barred)
    const reseller = await readReseller(tx, subscription, input)
    if (!reseller) throw new Refusal('notFound', { data: [input.resellerId] })

    const at = deps.now()
    const { rows } = await sql`
      insert into service_owner_grants (customer_id, subscription_id, reseller_id, confirmed_at, confirmed_by, confirmed_by_name)
      values (${input.customerId}, ${input.subscriptionId}, ${input.resellerId}, ${at}, ${actor.userId}, ${actor.userName})
      on conflict do nothing returning reseller_id`.execute(tx)
    if (rows.length > 0) await recordOwner(tx, actor, at, subscription, input, 'subscription.owner_confirmed', reseller)
  })
}

/**
 * Takes back that a reseller is an owner of a usage-based service. Safe to repeat.
 *
 * @throws Refusal notFound
 */
export async function withdrawOwner(deps: Deps, actor: Actor, input: OwnerGrant): Promise<void> {
  await write(deps, actor, async (tx) => {
    const subscription = await holdUsage(tx, actor, input)
    const { rows } = await sql<{ name: string }>`
      delete from service_owner_grants g using organizations o
      where g.customer_id = ${input.customerId} and g.subscription_id = ${input.subscriptionId} and g.reseller_id = ${input.resellerId}
        and o.id = g.reseller_id
      returning o.trading_name as name`.execute(tx)
    const [gone] = rows
    if (gone) await recordOwner(tx, actor, deps.now(), subscription, input, 'subscription.owner_withdrawn', gone.name)
  })
}

async function holdUsage(tx: Tx, actor: Actor, input: OwnerGrant): Promise<HeldSubscription> {
  const subscription = await holdSubscription(tx, actor, input)
  if (subscription.kind !== 'usage') throw new Refusal('notFound')
  return subscription
}

async function readReseller(tx: Tx, { providerId }: HeldSubscription, input: OwnerGrant): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    select o.trading_name as name from organizations o
    where o.id = ${input.resellerId} and (
      exists (select from customer_reseller_associations a where a.customer_id = ${input.customerId} and a.provider_id = ${providerId}
        and a.reseller_id = o.id and a.ended_at is null)
      or exists (select from resellers_of_record r where r.customer_id = ${input.customerId}
        and r.subscription_id = ${input.subscriptionId} and r.reseller_id = o.id and r.valid_to is null))`.execute(tx)
  return rows[0]?.name
}

async function recordOwner(
  tx: Tx,
  actor: Actor,
  at: Date,
  { customerId, id, title }: HeldSubscription,
  { resellerId }: OwnerGrant,
  action: 'subscription.owner_confirmed' | 'subscription.owner_withdrawn',
  reseller: string,
): Promise<void> {
  await record(tx, actor, at, {
    action,
    subjectKind: 'subscription',
    subjectId: id,
    customerId,
    resellerId,
    after: { title, reseller },
  })
}
