import { sql } from 'kysely'
import { z } from 'zod'
import { fieldRefusal, Refusal } from '../../kernel/errors.ts'
import { newId, noCustomer } from '../../kernel/ids.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { enqueue, job } from '../../platform/jobs.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { findReplay, type ReplayRow } from './queries.ts'
import { type Position, readHorizon, unpackPosition } from './read-events.ts'
import { keptMs, replaySize, sendSweep } from './rules.ts'
import { holdLanes, insertDeliveries, lockWebhook } from './store.ts'
import { aboutWebhook, hostOf } from './subject.ts'
import { isOfTypes, type Reader, visibleEvents } from './visibility.ts'

/** Events of one transaction of a replay. */
const portion = 500

export interface ReplayEvents {
  readonly webhookId: string
  readonly from?: string | undefined
  readonly after?: string | undefined
}

/**
 * Asks for all events of a webhook to be sent once more, from an instant or a position of the feed on: those that its organization
 * sees today, of the webhook's types, under their old ids. A job queues them; what happens meanwhile is sent anyhow.
 *
 * @throws Refusal notFound; webhookDisabled; replayRunning; invalidRequest for an instant more than 30 days ago or to come
 */
export async function replayEvents(deps: Deps, actor: Actor, input: ReplayEvents): Promise<ReplayRow> {
  if ((input.from === undefined) === (input.after === undefined)) throw fieldRefusal('from', 'required')
  const { result } = await write(deps, actor, async (tx) => {
    const held = await lockWebhook(tx, actor, input.webhookId)
    if (!held) throw new Refusal('notFound')
    if (!held.enabled) throw new Refusal('webhookDisabled')
    const at = deps.now()
    const begin = input.after === undefined ? await positionAt(tx, input.from ?? '', at) : unpackPosition(input.after)
    const id = newId()
    await tx
      .insertInto('webhook_replays')
      .values({
        id,
        webhook_id: held.id,
        organization_id: actor.organizationId,
        status: 'running',
        xact: begin.xact,
        event_id: begin.id,
        until_xact: await readHorizon(tx),
        requested_at: at,
        requested_by_name: actor.userName,
      })
      .execute()
    await enqueue(tx, replayJob, { replayId: id })
    await record(tx, actor, at, {
      action: 'webhook.replayed',
      ...aboutWebhook(actor, held.id),
      after: { host: hostOf(held.url), ...(input.from === undefined ? {} : { from: input.from }) },
    })
    return { id }
  })
  const replay = await findReplay(deps.db, result.id)
  if (!replay) throw new Refusal('notFound')
  return replay
}

/** The last mark before an instant: what was committed later comes behind it. */
async function positionAt(tx: Tx, from: string, now: Date): Promise<Position> {
  const instant = new Date(from)
  if (instant > now || instant.getTime() < now.getTime() - keptMs) throw fieldRefusal('from', 'replayFrom')
  const { rows } = await sql<{ xact: string }>`
    select xact::text as xact from webhook_marks where at <= ${instant} order by at desc limit 1`.execute(tx)
  return { xact: rows[0]?.xact ?? '0', id: noCustomer }
}

export const replayJob = job({ name: 'replay-events', input: z.object({ replayId: z.uuid() }), run: runReplay })

/** Queues a replay's events, portion by portion; begun again after a crash, it goes on where it stood. */
export async function runReplay(deps: Deps, { replayId }: { readonly replayId: string }): Promise<void> {
  for (;;) {
    const more = await deps.db.transaction().execute((tx) => queuePortion(tx, deps.now(), replayId))
    deps.nudge(sendSweep)
    if (!more) return
  }
}

interface HeldReplay extends Reader {
  readonly webhookId: string
  readonly types: readonly string[]
  readonly xact: string
  readonly eventId: string
  readonly untilXact: string
  readonly queued: number
}

async function queuePortion(tx: Tx, at: Date, replayId: string): Promise<boolean> {
  const { rows } = await sql<HeldReplay>`
    select r.webhook_id as "webhookId", w.organization_id as "organizationId", w.organization_kind as "organizationKind",
      w.types, r.xact::text as xact, r.event_id as "eventId", r.until_xact::text as "untilXact", r.queued
    from webhook_replays r join webhooks w on w.id = r.webhook_id
    where r.id = ${replayId} and r.status = 'running' for update of r`.execute(tx)
  const [replay] = rows
  // Done already, or its webhook was removed.
  if (!replay) return false
  const behind = sql`(e.xact, e.id) > (${replay.xact}::xid8, ${replay.eventId}::uuid) and e.xact < ${replay.untilXact}::xid8`
  const seen = visibleEvents(replay, behind, portion)
  const { rows: ends } = await sql<Position & { readonly count: number }>`
    select xact::text as xact, id, (count(*) over ())::int as count from ${seen} seen order by seen.xact desc, seen.id desc
    limit 1`.execute(tx)
  const [end] = ends
  if (!end) return await finish(tx, at, replayId, 'done')

  const left = replaySize - replay.queued
  const wanted = sql`
    select ${replay.webhookId}::uuid as webhook_id, e.id as event_id, e.customer_id, e.xact, e.type, e.subject_kind, e.subject_id
    from ${seen} e where ${isOfTypes(sql`e.type`, sql`${[...replay.types]}::text[]`)}`
  await holdLanes(tx, at, wanted)
  const queued = await insertDeliveries(tx, at, wanted)
  await sql`
    update webhook_replays set xact = ${end.xact}::xid8, event_id = ${end.id}, queued = queued + ${queued}
    where id = ${replayId}`.execute(tx)
  if (end.count < portion) return await finish(tx, at, replayId, 'done')
  return queued < left ? true : await finish(tx, at, replayId, 'limited')
}

async function finish(tx: Tx, at: Date, replayId: string, status: 'done' | 'limited'): Promise<false> {
  await tx.updateTable('webhook_replays').set({ status, finished_at: at }).where('id', '=', replayId).execute()
  return false
}
