import { sql } from 'kysely'
import type { OrganizationId } from '../../kernel/ids.ts'
import type { Deps } from '../../platform/context.ts'

/** A lane that this process may send from, with the first that waits in it and all that sending takes. */
export interface Claimed {
  readonly webhookId: string
  readonly subject: string
  readonly organizationId: OrganizationId
  readonly organizationKind: 'provider' | 'reseller' | 'customer'
  readonly url: string
  readonly secret: Buffer
  readonly previousSecret: Buffer | null
  readonly previousUntil: Date | null
  readonly failures: number
  /** None when the lane is empty. */
  readonly delivery?: ClaimedDelivery
}

export interface ClaimedDelivery {
  readonly id: string
  readonly type: string
  readonly attempts: number
  readonly queuedAt: Date
  readonly customerId: string
  /** Of its event; a test has none. */
  readonly event: {
    readonly at: Date
    readonly subjectKind: string
    readonly subjectId: string
    readonly actorOrganizationId: string | null
    readonly resellerId: string | null
    readonly payload: Readonly<Record<string, unknown>>
  } | null
}

interface Bounds {
  readonly inFlight: { readonly usual: number; readonly troubled: number }
  readonly troubledAfter: number
  readonly leaseMs: number
}

interface Row {
  readonly eventId: string | null
  readonly type: string
  readonly attempts: number
  readonly queuedAt: Date
  readonly customerId: string
  readonly at: Date | null
  readonly subjectKind: string
  readonly subjectId: string
  readonly actorOrganizationId: string | null
  readonly resellerId: string | null
  readonly payload: Readonly<Record<string, unknown>>
}

/**
 * Takes lanes that are due, of each enabled webhook as many as it may have under way beside those that are: oldest first. Until
 * the lease ends nobody else takes them.
 */
export async function claimLanes(
  deps: Deps,
  underWay: readonly Claimed[],
  bounds: Bounds,
): Promise<readonly Claimed[]> {
  const at = deps.now()
  const busy = Map.groupBy(underWay, ({ webhookId }) => webhookId)
  const { rows } = await sql<Omit<Claimed, 'delivery'> & Row>`
    with busy as (
      select * from unnest(${[...busy.keys()]}::uuid[], ${[...busy.values()].map(({ length }) => length)}::int[]) as b (id, count)
    ), due as (
      select l.webhook_id, l.subject from webhooks w left join busy on busy.id = w.id
      cross join lateral (
        select webhook_id, subject from webhook_lanes
        where webhook_id = w.id and due_at <= ${at}
        order by due_at
        limit greatest(0, case when w.failures >= ${bounds.troubledAfter} then ${bounds.inFlight.troubled}::int
          else ${bounds.inFlight.usual}::int end - coalesce(busy.count, 0))
        for update skip locked) l
      where w.enabled
    ), leased as (
      update webhook_lanes l set due_at = ${new Date(at.getTime() + bounds.leaseMs)}
      from due where l.webhook_id = due.webhook_id and l.subject = due.subject
      returning l.webhook_id, l.subject
    )
    select l.webhook_id as "webhookId", l.subject, w.organization_id as "organizationId",
      w.organization_kind as "organizationKind", w.url, w.secret, w.previous_secret as "previousSecret",
      w.previous_until as "previousUntil", w.failures, d.event_id as "eventId", d.type, d.attempts, d.queued_at as "queuedAt",
      d.customer_id as "customerId", e.at, e.subject_kind as "subjectKind", e.subject_id as "subjectId",
      e.actor_organization_id as "actorOrganizationId", e.reseller_id as "resellerId", e.payload
    from leased l
    join webhooks w on w.id = l.webhook_id
    left join lateral (
      select event_id, type, attempts, queued_at, customer_id from webhook_deliveries
      where webhook_id = l.webhook_id and subject = l.subject and status = 'waiting'
      order by xact, event_id limit 1) d on true
    left join events e on e.customer_id = d.customer_id and e.id = d.event_id`.execute(deps.db)
  return rows.map(({ eventId, type, attempts, queuedAt, customerId, at: happenedAt, ...row }) => {
    const {
      webhookId,
      subject,
      organizationId,
      organizationKind,
      url,
      secret,
      previousSecret,
      previousUntil,
      failures,
    } = row
    const { subjectKind, subjectId, actorOrganizationId, resellerId, payload } = row
    const lane = {
      webhookId,
      subject,
      organizationId,
      organizationKind,
      url,
      secret,
      previousSecret,
      previousUntil,
      failures,
    }
    if (eventId === null) return lane
    const event = happenedAt && { at: happenedAt, subjectKind, subjectId, actorOrganizationId, resellerId, payload }
    return { ...lane, delivery: { id: eventId, type, attempts, queuedAt, customerId, event } }
  })
}
