import { type RawBuilder, sql } from 'kysely'
import { page, type Page, unpackTimeCursor } from '../../kernel/paging.ts'
import { likePattern, searchKey } from '../../kernel/text.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { responseStateOf, type ServiceRequestStatus, type Severity } from './rules.ts'
import type { ListServiceRequests, ServiceRequestFilters, ServiceRequestListItem } from './wire.ts'

/** What a list and a request's page show, as it is stored. */
export interface ServiceRequestRow {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly customer: { readonly id: string; readonly name: string }
  readonly subscription: { readonly id: string; readonly name: string } | null
  readonly severity: Severity
  readonly status: ServiceRequestStatus
  readonly owner: { readonly id: string; readonly name: string }
  readonly escalated: boolean
  readonly filedAt: Date
  readonly changedAt: Date
  readonly responseDueAt: Date
  readonly firstResponseAt: Date | null
  readonly closedAt: Date | null
  /** bigint as text. */
  readonly clockOffsetMs: string
}

/** Those columns of a request `r` of a customer `c`, in the world of `p`, owned by `o`, about the subscription `s` or none. */
export const rowColumns: RawBuilder<unknown> = sql`r.id, r.number, r.title,
  jsonb_build_object('id', c.id, 'name', c.legal_name) as customer,
  case when s.id is not null then jsonb_build_object('id', s.id, 'name', coalesce(nullif(s.friendly_name, ''), s.title)) end
    as subscription,
  r.severity, r.status, jsonb_build_object('id', o.id, 'name', o.trading_name) as owner,
  r.escalated_by is not null as escalated, r.filed_at as "filedAt", r.changed_at as "changedAt",
  r.response_due_at as "responseDueAt", r.first_response_at as "firstResponseAt", r.closed_at as "closedAt",
  p.clock_offset_ms as "clockOffsetMs"`

/** The tables behind `rowColumns`, but for the request itself. */
export const rowJoins: RawBuilder<unknown> = sql`
  join customers c on c.id = r.customer_id
  join organizations p on p.id = r.provider_id
  join organizations o on o.id = r.owner_id
  left join subscriptions s on s.customer_id = r.customer_id and s.id = r.subscription_id`

/**
 * A page of the requests the actor's organization takes part in, newest first.
 *
 * @throws Refusal invalidRequest for a cursor this list did not give.
 */
export async function listServiceRequests(
  deps: Deps,
  actor: Actor,
  { cursor, size, ...filters }: ListServiceRequests,
): Promise<Page<ServiceRequestListItem>> {
  const rows = await readRows(deps, actor, filters, unpackTimeCursor(cursor), size + 1)
  const cut = page(rows, size, ({ filedAt, id }) => [filedAt.toISOString(), id])
  return { items: cut.items.map((row) => toListItem(deps, row)), next: cut.next }
}

/** Everything the list would page through, in portions that fit into memory. */
export async function* streamServiceRequests(
  deps: Deps,
  actor: Actor,
  filters: ServiceRequestFilters,
): AsyncGenerator<ServiceRequestListItem> {
  const portion = 1000
  let after: { readonly at: Date; readonly id: string } | undefined
  for (;;) {
    const rows = await readRows(deps, actor, filters, after, portion)
    for (const row of rows) yield toListItem(deps, row)
    const last = rows.at(-1)
    if (rows.length < portion || !last) return
    after = { at: last.filedAt, id: last.id }
  }
}

/** Every party's list walks its own index of `service_request_parties`; the requests are looked up for its rows. */
async function readRows(
  deps: Deps,
  actor: Actor,
  { status, severity, customerId, overdue, search }: ServiceRequestFilters,
  after: { readonly at: Date; readonly id: string } | undefined,
  limit: number,
): Promise<readonly ServiceRequestRow[]> {
  const where = [sql`party.party_id = ${actor.organizationId}::uuid`]
  if (status !== undefined) where.push(sql`party.closed = ${status === 'closed'}`, sql`r.status = ${status}`)
  else if (overdue === 'true') where.push(sql`not party.closed`)
  if (severity !== undefined) where.push(sql`r.severity = ${severity}`)
  if (customerId !== undefined) where.push(sql`party.customer_id = ${customerId}`)
  if (overdue === 'true') where.push(isOverdue(deps))
  const key = searchKey(search)
  if (search !== '') where.push(key === '' ? sql`false` : sql`party.search_key like ${likePattern(key)}`)
  if (after) where.push(sql`(party.filed_at, party.request_id) < (${after.at}, ${after.id}::uuid)`)
  const { rows } = await sql<ServiceRequestRow>`
    select ${rowColumns}
    from service_request_parties party
    join service_requests r on r.customer_id = party.customer_id and r.id = party.request_id
    ${rowJoins}
    where ${sql.join(where, sql` and `)}
    order by party.filed_at desc, party.request_id desc
    limit ${limit}`.execute(deps.db)
  return rows
}

/** Whether the first response to a request `r` is overdue in the world of its provider `p`. */
function isOverdue({ now }: Deps): RawBuilder<boolean> {
  return sql<boolean>`(r.status <> 'closed' and r.first_response_at is null
    and r.response_due_at <= ${now()}::timestamptz + p.clock_offset_ms * interval '1 millisecond')`
}

/**
 * How many requests wait for the actor's organization: for a partner those it has to answer, for a customer its own that are not
 * closed.
 */
export async function countServiceRequests(
  deps: Deps,
  actor: Actor,
): Promise<{ readonly open: number; readonly overdue: number }> {
  const own =
    actor.organizationKind === 'customer'
      ? sql`r.customer_id = ${actor.organizationId}`
      : sql`r.owner_id = ${actor.organizationId}`
  const { rows } = await sql<{ open: number; overdue: number }>`
    select count(*)::int as open, count(*) filter (where ${isOverdue(deps)})::int as overdue
    from service_requests r join organizations p on p.id = r.provider_id
    where ${own} and r.status <> 'closed'`.execute(deps.db)
  return rows[0] ?? { open: 0, overdue: 0 }
}

/** A row as the reader sees it now, by the clock of the provider's world. */
export function toListItem(deps: Deps, row: ServiceRequestRow): ServiceRequestListItem {
  const { clockOffsetMs, firstResponseAt: _, closedAt: __, ...shown } = row
  const now = worldNow(deps, { clockOffsetMs: Number(clockOffsetMs) })
  const state = responseStateOf(row, now)
  const isWaiting = state === 'waiting' || state === 'overdue'
  return {
    ...shown,
    filedAt: row.filedAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    responseDueAt: row.responseDueAt.toISOString(),
    responseState: state,
    minutesLeft: isWaiting ? Math.floor((row.responseDueAt.getTime() - now.getTime()) / 60_000) : null,
  }
}
