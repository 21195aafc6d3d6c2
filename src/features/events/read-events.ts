import { sql } from 'kysely'
import { fieldRefusal } from '../../kernel/errors.ts'
import { isUuid, noCustomer } from '../../kernel/ids.ts'
import { packCursor, unpackCursor } from '../../kernel/paging.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import { isOfTypes, visibleEvents } from './visibility.ts'

/** Where the reader stands in commit order. */
export interface Position {
  readonly xact: string
  readonly id: string
}

/** Comes before every event. */
export const beginning: Position = { xact: '0', id: noCustomer }

/** An event as stored. */
export interface EventRow extends Position {
  readonly customerId: string
  readonly at: Date
  readonly type: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly actorOrganizationId: string | null
  readonly resellerId: string | null
  readonly payload: Readonly<Record<string, unknown>>
}

export interface EventsRead {
  readonly items: readonly EventRow[]
  /** Behind everything looked at, also what was not asked for; there is always one. */
  readonly next: string
  /** Whether there may be more already. */
  readonly more: boolean
}

/** Events looked at for one page: of those only the chosen types are given. */
const windowSize = 1000

/**
 * What happened and concerns the actor's organization, in the order in which it was committed. Only events that no running
 * transaction can still precede are given, so whoever goes on from `next` misses none and gets none twice.
 *
 * @throws Refusal invalidRequest for a position this feed did not give.
 */
export async function readEvents(
  deps: Deps,
  actor: Actor,
  input: { readonly after?: string | undefined; readonly types: readonly string[]; readonly size: number },
): Promise<EventsRead> {
  const after = input.after === undefined ? beginning : unpackPosition(input.after)
  const horizon = await readHorizon(deps.db)
  const behind = sql`(e.xact, e.id) > (${after.xact}::xid8, ${after.id}::uuid) and e.xact < ${horizon}::xid8`
  const { rows } = await sql<
    EventRow & { readonly examined: number; readonly lastXact: string; readonly lastId: string }
  >`
    with seen as materialized ${visibleEvents(actor, behind, windowSize)},
    last as (select xact::text as xact, id from seen order by xact desc, id desc limit 1)
    select e.customer_id as "customerId", e.id, e.xact::text as xact, e.at, e.type, e.subject_kind as "subjectKind",
      e.subject_id as "subjectId", e.actor_organization_id as "actorOrganizationId", e.reseller_id as "resellerId", e.payload,
      (select count(*)::int from seen) as examined, last.xact as "lastXact", last.id as "lastId"
    from last left join lateral (select * from seen s where ${isOfTypes(sql`s.type`, sql`${input.types}::text[]`)}
      order by s.xact, s.id limit ${input.size + 1}) e on true
    order by e.xact, e.id`.execute(deps.db)
  const found = rows.filter(({ id }) => id !== null)
  const items = found.slice(0, input.size)
  const last = items.at(-1)
  if (found.length > input.size && last) return { items, next: packPosition(last), more: true }
  const [first] = rows
  // The window was full: behind it is more, of whatever type.
  if (first && first.examined === windowSize) {
    return { items, next: packPosition({ xact: first.lastXact, id: first.lastId }), more: true }
  }
  // A position of this feed never goes back, even when the database's oldest transaction is older than it.
  const end = BigInt(horizon) > BigInt(after.xact) ? { xact: horizon, id: noCustomer } : after
  return { items, next: packPosition(end), more: false }
}

/** The oldest transaction that may still write: whatever comes later sorts behind everything below it. */
export async function readHorizon(db: Db): Promise<string> {
  const { rows } = await sql<{ xact: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xact`.execute(db)
  return rows[0]?.xact ?? '0'
}

export function packPosition({ xact, id }: Position): string {
  return packCursor([xact, id])
}

/** @throws Refusal invalidRequest for a text that is no position. */
export function unpackPosition(cursor: string): Position {
  const [xact = '', id = ''] = unpackCursor(cursor, 2) ?? []
  if (!/^\d{1,19}$/.test(xact) || !isUuid(id)) throw fieldRefusal('after', 'invalid')
  return { xact, id }
}
