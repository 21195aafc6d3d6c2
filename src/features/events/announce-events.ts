import { type RawBuilder, sql } from 'kysely'
import type { Deps, Tx } from '../../platform/context.ts'
import { type Position, readHorizon } from './read-events.ts'
import { sendSweep } from './rules.ts'
import { insertDeliveries } from './store.ts'
import {
  customerDid,
  customerSees,
  didItself,
  eventColumns,
  isOfTypes,
  namesReseller,
  onShared,
  providerSees,
} from './visibility.ts'

/** Events of one transaction. */
export const batchSize = 1000

/** How far apart the marks are that replays begin at. */
const markEveryMs = 10 * 60_000

/**
 * Puts each event that became final into the queues of the webhooks that want it, once: the position behind it moves in the
 * same transaction. Processes take turns; where another one is at it, nothing is done.
 */
export async function announceEvents(deps: Deps, stopping?: AbortSignal): Promise<void> {
  for (;;) {
    const batch = await deps.db.transaction().execute((tx) => announceBatch(tx, deps.now()))
    if (batch.queued > 0) deps.nudge(sendSweep)
    if (batch.events < batchSize || stopping?.aborted) return
  }
}

async function announceBatch(tx: Tx, at: Date): Promise<{ readonly events: number; readonly queued: number }> {
  const { rows } =
    await sql<Position>`select xact::text as xact, id from webhook_position for update skip locked`.execute(tx)
  const [after] = rows
  if (!after) return { events: 0, queued: 0 }
  const horizon = await readHorizon(tx)
  await sql`
    insert into webhook_marks (at, xact) select ${at}, ${horizon}::xid8
    where not exists (select from webhook_marks where at > ${new Date(at.getTime() - markEveryMs)})
    on conflict do nothing`.execute(tx)

  const end = await endOfBatch(tx, after, horizon)
  if (!end) return { events: 0, queued: 0 }
  const queued = await insertDeliveries(tx, at, wanted(after, end.last))
  await sql`update webhook_position set xact = ${end.last.xact}::xid8, id = ${end.last.id}::uuid`.execute(tx)
  return { events: end.count, queued }
}

async function endOfBatch(
  tx: Tx,
  after: Position,
  horizon: string,
): Promise<{ readonly last: Position; readonly count: number } | undefined> {
  const { rows } = await sql<Position & { readonly count: number }>`
    select xact::text as xact, id, (count(*) over ())::int as count from (
      select xact, id from events e
      where (e.xact, e.id) > (${after.xact}::xid8, ${after.id}::uuid) and e.xact < ${horizon}::xid8
      order by e.xact, e.id limit ${batchSize}) e
    order by e.xact desc, e.id desc limit 1`.execute(tx)
  const [row] = rows
  return row && { last: row, count: row.count }
}

/** Which events behind one position and up to another go to which webhooks. */
function wanted(after: Position, last: Position): RawBuilder<unknown> {
  const own = sql`w.organization_id`
  const enabled = sql`w.enabled and e.xact > w.since_xact and ${isOfTypes(sql`e.type`, sql`w.types`)}`
  const to = (kind: string, joined: RawBuilder<unknown>) => sql`
    select w.id as webhook_id, e.id as event_id, e.customer_id, e.xact, e.type, e.subject_kind, e.subject_id
    from batch e ${joined} and w.organization_kind = ${kind} and ${enabled}`
  return sql`
    with batch as materialized (
      select ${eventColumns}, e.provider_id from events e
      where (e.xact, e.id) > (${after.xact}::xid8, ${after.id}::uuid)
        and (e.xact, e.id) <= (${last.xact}::xid8, ${last.id}::uuid)
    )
    ${to('provider', sql`join webhooks w on w.organization_id = e.provider_id and ${providerSees(own)}`)}
    union all ${to('customer', sql`join webhooks w on w.organization_id = e.customer_id and ${customerSees(own)}`)}
    union all ${to('customer', sql`join webhooks w on w.organization_id = e.actor_organization_id and ${customerDid(own)}`)}
    union all ${to('reseller', sql`join webhooks w on w.organization_id = e.actor_organization_id and ${didItself(own)}`)}
    union all ${to('reseller', sql`join webhooks w on w.organization_id = e.reseller_id and ${namesReseller(own)}`)}
    union all ${to(
      'reseller',
      sql`join customer_reseller_associations a on a.customer_id = e.customer_id and a.ended_at is null and ${onShared}
        join webhooks w on w.organization_id = a.reseller_id`,
    )}`
}
