import { sql } from 'kysely'
import { type CustomerId, noCustomer, type SubscriptionId } from '../../kernel/ids.ts'
import { page, unpackTimeCursor } from '../../kernel/paging.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import type { AuditAction } from '../audit/actions.ts'
import { visibleValues } from '../audit/rules.ts'
import { requireSubscription } from './queries.ts'
import type { SubscriptionHistory } from './wire.ts'

interface Row {
  readonly id: string
  readonly at: Date
  readonly action: AuditAction
  readonly actorName: string
  readonly actorOrganizationId: string
  readonly actorOrganization: string
  readonly onBehalfOf: string | null
  readonly providerId: string
  readonly resellerId: string | null
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
}

/**
 * What happened to a subscription, newest first, from its order on: who, when, on whose behalf, and the values before and after
 * as far as the reader may know them.
 *
 * @throws Refusal notFound, invalidRequest for a foreign cursor
 */
export async function readHistory(
  deps: Deps,
  actor: Actor,
  input: {
    readonly customerId: CustomerId
    readonly subscriptionId: SubscriptionId
    readonly cursor?: string | undefined
    readonly size: number
  },
): Promise<SubscriptionHistory> {
  const after = unpackTimeCursor(input.cursor)
  await requireSubscription(deps, actor, input.customerId, input.subscriptionId)
  const { rows } = await sql<Row>`
    select a.id, a.at, a.action, a.actor_name as "actorName", a.actor_organization_id as "actorOrganizationId",
      a.actor_organization as "actorOrganization", a.on_behalf_of as "onBehalfOf", a.reseller_id as "resellerId",
      s.provider_id as "providerId", a.before, a.after
    from subscriptions s
    join audit_records a on a.customer_id = s.customer_id
      and a.subject_id = any(array_remove(array[s.id, s.order_id, s.upgraded_from_id]::text[], null))
      and (a.subject_id is distinct from s.upgraded_from_id::text or a.after ->> 'newSubscription' = s.id::text)
    where s.customer_id = ${input.customerId} and s.id = ${input.subscriptionId}
      and ${after ? sql`(a.at, a.id) < (${after.at}, ${after.id}::uuid)` : sql`true`}
    order by a.at desc, a.id desc limit ${input.size + 1}`.execute(deps.db)
  const cut = page(rows, input.size, ({ at, id }) => [at.toISOString(), id])
  return { items: cut.items.map((row) => toWire(actor, row, input)), next: cut.next }
}

function toWire(
  actor: Actor,
  row: Row,
  { customerId, subscriptionId }: { readonly customerId: CustomerId; readonly subscriptionId: SubscriptionId },
): SubscriptionHistory['items'][number] {
  const reader = {
    organizationKind: actor.organizationKind,
    seesCost: actor.permissions.has('prices.read'),
    ownRecord: row.actorOrganizationId === actor.organizationId,
    concernsReader: row.resellerId === actor.organizationId,
  }
  const after = row.action === 'order.submitted' ? ownLine(row.after, subscriptionId) : row.after
  // Of another reseller a reseller learns that something was done, not by whom.
  const known: readonly string[] = [actor.organizationId, row.providerId, customerId, noCustomer]
  const isRival = actor.organizationKind === 'reseller' && !known.includes(row.actorOrganizationId)
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    by: isRival ? { name: '', organization: '' } : { name: row.actorName, organization: row.actorOrganization },
    onBehalfOf: row.onBehalfOf,
    before: visibleValues(row.before, reader),
    after: visibleValues(after, reader),
  }
}

/** Of an order only the line that the subscription came from. */
function ownLine(after: Row['after'], subscriptionId: string): Row['after'] {
  const lines = after?.['lines']
  const line = Array.isArray(lines)
    ? (lines as { subscriptionId?: string }[]).find((one) => one.subscriptionId === subscriptionId)
    : undefined
  const { subscriptionId: _, ...values } = line ?? {}
  return { ...(after?.['number'] === undefined ? {} : { number: after['number'] }), ...values }
}
