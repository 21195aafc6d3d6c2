import { type RawBuilder, sql } from 'kysely'
import { type CustomerId, noCustomer } from '../../kernel/ids.ts'
import { page, type Page, unpackTimeCursor } from '../../kernel/paging.ts'
import { addMonths, dayMs, utcDay } from '../../kernel/time.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import type { AuditAction } from './actions.ts'
import { partnerInternalActions, securityActions } from './rules.ts'

/** What of the log is asked for. Instants as ISO text, or days `YYYY-MM-DD` of UTC, both ends included. */
export interface ActivityFilters {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly customer?: string | undefined
  readonly action?: AuditAction | undefined
  /** A user's id, or a part of the name. */
  readonly user?: string | undefined
}

/** The last row of the page before. */
interface After {
  readonly at: Date
  readonly id: string
}

/** A record as stored, with the customer's name of today. */
export interface ActivityRow {
  readonly id: string
  readonly at: Date
  readonly action: AuditAction
  readonly customerId: CustomerId
  readonly customerName: string | null
  readonly subjectKind: string
  readonly subjectId: string
  readonly actorUserId: string
  readonly actorName: string
  readonly actorOrganizationId: string
  readonly actorOrganization: string
  readonly onBehalfOf: string | null
  readonly resellerId: string | null
  readonly before: Readonly<Record<string, unknown>> | null
  readonly after: Readonly<Record<string, unknown>> | null
  readonly requestId: string | null
}

/**
 * A page of what the actor may see of the log, newest first. A provider sees its own world; a reseller its own actions and
 * those on customers associated with it now; a customer what was done on itself; the operator its own actions and security
 * events. Whoever may not read all sees only what they did themselves.
 *
 * @throws Refusal invalidRequest for a cursor this list did not give.
 */
export async function listActivity(
  deps: Deps,
  actor: Actor,
  { cursor, size, ...filters }: ActivityFilters & { readonly cursor?: string | undefined; readonly size: number },
): Promise<Page<ActivityRow>> {
  const after = unpackTimeCursor(cursor)
  const rows = await readActivity(deps, actor, filters, after, size + 1)
  return page(rows, size, (row) => [row.at.toISOString(), row.id])
}

/** Everything `listActivity` would page through, newest first, in portions that fit into memory. */
export async function* streamActivity(deps: Deps, actor: Actor, filters: ActivityFilters): AsyncGenerator<ActivityRow> {
  const portion = 1000
  let after: After | undefined
  for (;;) {
    const rows = await readActivity(deps, actor, filters, after, portion)
    yield* rows
    const last = rows.at(-1)
    if (rows.length < portion || !last) return
    after = { at: last.at, id: last.id }
  }
}

async function readActivity(
  deps: Deps,
  actor: Actor,
  filters: ActivityFilters,
  after: After | undefined,
  limit: number,
): Promise<readonly ActivityRow[]> {
  const wanted = conditions(filters, after, worldNow(deps, actor))
  const sources = visibleTo(actor).map(
    ({ from, where }) => sql`(
      select r.customer_id, r.id, r.at, r.action, r.subject_kind, r.subject_id, r.actor_user_id, r.actor_name,
        r.actor_organization_id, r.actor_organization, r.on_behalf_of, r.reseller_id, r.before, r.after, r.request_id
      from ${from}
      where ${sql.join([where, ...wanted], sql` and `)}
      order by r.at desc, r.id desc
      limit ${limit})`,
  )
  const { rows } = await sql<ActivityRow>`
    select r.id, r.at, r.action, r.customer_id as "customerId", c.legal_name as "customerName",
      r.subject_kind as "subjectKind", r.subject_id as "subjectId", r.actor_user_id as "actorUserId",
      r.actor_name as "actorName", r.actor_organization_id as "actorOrganizationId",
      r.actor_organization as "actorOrganization", r.on_behalf_of as "onBehalfOf", r.reseller_id as "resellerId",
      r.before, r.after, r.request_id as "requestId"
    from (${sql.join(sources, sql` union all `)}) r
    left join customers c on c.id = r.customer_id
    order by r.at desc, r.id desc
    limit ${limit}`.execute(deps.db)
  return rows
}

function conditions(filters: ActivityFilters, after: After | undefined, now: Date): RawBuilder<unknown>[] {
  const from = filters.from === undefined ? startOf(addMonths(utcDay(now), -1)) : startOf(filters.from)
  const list = [sql`r.at >= ${from}`]
  if (filters.to !== undefined) list.push(sql`r.at < ${endOf(filters.to)}`)
  if (filters.customer !== undefined) list.push(sql`r.customer_id = ${filters.customer.toLowerCase()}`)
  if (filters.action !== undefined) list.push(sql`r.action = ${filters.action}`)
  if (filters.user !== undefined) list.push(byUser(filters.user))
  if (after !== undefined) list.push(sql`(r.at, r.id) < (${after.at}, ${after.id}::uuid)`)
  return list
}

function byUser(user: string): RawBuilder<unknown> {
  if (/^[0-9a-f-]{36}$/i.test(user)) return sql`r.actor_user_id::text = ${user.toLowerCase()}`
  return sql`r.actor_name ilike ${`%${user.replaceAll(/[\\%_]/g, (letter) => `\\${letter}`)}%`}`
}

function startOf(text: string): Date {
  return new Date(text.length === 10 ? `${text}T00:00:00Z` : text)
}

function endOf(text: string): Date {
  return text.length === 10 ? new Date(startOf(text).getTime() + dayMs) : new Date(text)
}

interface Source {
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<unknown>
}

const records = sql`audit_records r`

/** Which records the actor may see, as sources that do not overlap, each in the order of an index. */
function visibleTo(actor: Actor): Source[] {
  const own = actor.organizationId
  if (!actor.permissions.has('activity.read_all')) {
    return [{ from: records, where: sql`r.actor_user_id = ${actor.userId} and r.actor_organization_id = ${own}` }]
  }
  switch (actor.organizationKind) {
    case 'provider':
      // Of a customer that is no longer its own, a provider keeps only what its own people did.
      return [
        {
          from: records,
          where: sql`r.provider_id = ${own} and (r.customer_id = ${noCustomer} or r.actor_organization_id = ${own}
            or exists (select from customer_relationships x
              where x.customer_id = r.customer_id and x.partner_id = ${own} and x.state = 'active'))`,
        },
      ]
    case 'reseller':
      // On a shared customer it sees what the provider, the customer and itself did, and no other reseller; of requests for
      // support those that it answered.
      return [
        { from: records, where: sql`r.actor_organization_id = ${own}` },
        {
          from: sql`customer_reseller_associations a
            join audit_records r on r.customer_id = a.customer_id and r.provider_id = a.provider_id`,
          where: sql`a.reseller_id = ${own} and a.ended_at is null
            and r.actor_organization_id in (a.provider_id, a.customer_id)
            and (r.reseller_id = ${own} or (r.reseller_id is null and r.subject_kind <> 'serviceRequest'))`,
        },
      ]
    case 'customer':
      return [
        {
          from: records,
          where: sql`r.customer_id = ${own} and r.action <> all(${[...partnerInternalActions]}::text[])`,
        },
        { from: records, where: sql`r.customer_id = ${noCustomer} and r.actor_organization_id = ${own}` },
      ]
    case 'operator':
      return [
        { from: records, where: sql`r.actor_organization_id = ${own}` },
        {
          from: records,
          where: sql`r.action = any(${[...securityActions]}::text[]) and r.actor_organization_id <> ${own}`,
        },
      ]
  }
}
