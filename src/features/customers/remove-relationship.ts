import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId } from '../../kernel/ids.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { notify } from '../notifications/notify.ts'
import { holdCustomer, requireCustomer } from './queries.ts'
import { blockingStatuses } from './rules.ts'
import { endAssociations, endPrivileges, endRelationship } from './store.ts'
import type { Removal } from './wire.ts'

interface RemoveRelationship {
  readonly customerId: CustomerId
}

const mostBlockers = 50

/**
 * What stands in the way of removing the reseller relationship with a customer: the subscriptions this provider sold that are
 * active or about to be.
 *
 * @throws Refusal notFound
 */
export async function readRemoval(deps: Deps, actor: Actor, { customerId }: RemoveRelationship): Promise<Removal> {
  await requireCustomer(deps.db, actor, customerId, worldNow(deps, actor))
  return await readBlockers(deps.db, actor, customerId)
}

/**
 * Ends the acting provider's relationship with a customer: the customer leaves its list, its privileges and its associations
 * of resellers end. Orders, subscriptions and charges stay as history. A new request can bring the relationship back.
 *
 * @throws Refusal notFound; activeSubscriptions, naming them
 */
export async function removeRelationship(deps: Deps, actor: Actor, { customerId }: RemoveRelationship): Promise<void> {
  await write(deps, actor, async (tx) => {
    const at = worldNow(deps, actor)
    const customer = await holdCustomer(tx, actor, customerId, at)
    const { blockers, total } = await readBlockers(tx, actor, customerId)
    if (total > 0)
      throw new Refusal('activeSubscriptions', { data: blockers.map(({ subscriptionId }) => subscriptionId) })

    const providerId = actor.organizationId
    const privileges = await endPrivileges(tx, at, customerId, providerId)
    const resellers = await endAssociations(tx, at, { customerId, providerId }, 'customer_removed')
    await endRelationship(tx, at, customerId, providerId)
    await record(tx, actor, at, {
      action: 'customer.relationship_removed',
      subjectKind: 'customer',
      subjectId: customerId,
      customerId,
      before: { name: customer.name, relationship: customer.via, privileges, resellers },
    })
    await notify(tx, at, {
      organizationId: customerId,
      audienceRoles: ['global_admin'],
      class: 'transactional',
      kind: 'relationshipEnded',
      params: { customer: actor.organizationName },
      link: '/my-partners',
    })
  })
}

async function readBlockers(db: Db, actor: Actor, customerId: CustomerId): Promise<Removal> {
  const { rows } = await sql<Removal['blockers'][number] & { total: number }>`
    select id as "subscriptionId", title, friendly_name as "friendlyName", quantity, status, count(*) over ()::int as total
    from subscriptions
    where customer_id = ${customerId} and provider_id = ${actor.organizationId} and status = any(${[...blockingStatuses]}::text[])
    order by title, id
    limit ${mostBlockers}`.execute(db)
  return { blockers: rows.map(({ total: _, ...blocker }) => blocker), total: rows[0]?.total ?? 0 }
}
