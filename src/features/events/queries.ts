import { type RawBuilder, sql } from 'kysely'
import { page, type Page, unpackTimeCursor } from '../../kernel/paging.ts'
import type { Actor, Db } from '../../platform/context.ts'
import type { AttemptError, DeliveryStatus } from './rules.ts'

export interface WebhookRow {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly types: readonly string[]
  readonly enabled: boolean
  readonly disabledBecause: 'person' | 'gone' | 'failing' | null
  readonly failures: number
  readonly failingSince: Date | null
  readonly previousUntil: Date | null
  readonly createdAt: Date
  readonly version: number
}

/** The webhooks of the actor's organization, oldest first: all, since there are at most ten. */
export async function listWebhooks(db: Db, actor: Actor): Promise<readonly WebhookRow[]> {
  return await readWebhooks(db, actor, sql`true`)
}

/** One webhook of the actor's organization; undefined when there is none, or it is somebody else's. */
export async function findWebhook(db: Db, actor: Actor, id: string): Promise<WebhookRow | undefined> {
  const [row] = await readWebhooks(db, actor, sql`id = ${id.toLowerCase()}`)
  return row
}

async function readWebhooks(db: Db, actor: Actor, where: RawBuilder<unknown>): Promise<readonly WebhookRow[]> {
  const { rows } = await sql<WebhookRow>`
    select id, url, description, types, enabled, disabled_because as "disabledBecause", failures,
      failing_since as "failingSince", previous_until as "previousUntil", created_at as "createdAt", version
    from webhooks where organization_id = ${actor.organizationId} and ${where}
    order by created_at, id limit 100`.execute(db)
  return rows
}

export interface DeliveryRow {
  readonly eventId: string
  readonly type: string
  readonly subject: string
  readonly status: DeliveryStatus
  readonly attempts: number
  readonly queuedAt: Date
  readonly attemptedAt: Date | null
  readonly responseCode: number | null
  readonly latencyMs: number | null
  readonly error: AttemptError | 'late' | null
  readonly nextAt: Date | null
}

export interface ListDeliveries {
  readonly webhookId: string
  readonly list: 'all' | 'waiting' | 'dead'
  readonly cursor?: string | undefined
  readonly size: number
}

/**
 * A page of what was sent to one webhook, or shall be: what was queued last comes first.
 *
 * @throws Refusal invalidRequest for a cursor this list did not give.
 */
export async function listDeliveries(db: Db, actor: Actor, input: ListDeliveries): Promise<Page<DeliveryRow>> {
  const after = unpackTimeCursor(input.cursor)
  const where = [sql`d.webhook_id = w.id`]
  if (input.list !== 'all') where.push(sql`d.status = ${input.list} and d.status <> 'delivered'`)
  if (after) where.push(sql`(d.queued_at, d.event_id) < (${after.at}, ${after.id}::uuid)`)
  const { rows } = await sql<DeliveryRow>`
    select d.event_id as "eventId", d.type, d.subject, d.status, d.attempts, d.queued_at as "queuedAt",
      d.attempted_at as "attemptedAt", d.response_code as "responseCode", d.latency_ms as "latencyMs", d.error,
      d.next_at as "nextAt"
    from webhooks w cross join lateral (
      select * from webhook_deliveries d where ${sql.join(where, sql` and `)}
      order by d.queued_at desc, d.event_id desc limit ${input.size + 1}) d
    where w.id = ${input.webhookId.toLowerCase()} and w.organization_id = ${actor.organizationId}
    order by d.queued_at desc, d.event_id desc`.execute(db)
  return page(rows, input.size, (row) => [row.queuedAt.toISOString(), row.eventId])
}

export interface ReplayRow {
  readonly id: string
  readonly status: 'running' | 'done' | 'limited'
  readonly queued: number
  readonly xact: string
  readonly eventId: string
  readonly requestedAt: Date
  readonly requestedBy: string
  readonly finishedAt: Date | null
}

/** The latest replays of a webhook of the actor's organization, newest first; at most 20. */
export async function listReplays(db: Db, actor: Actor, webhookId: string): Promise<readonly ReplayRow[]> {
  return await readReplays(
    db,
    sql`webhook_id = ${webhookId.toLowerCase()} and organization_id = ${actor.organizationId}`,
  )
}

/** One replay, for the one who just asked for it. */
export async function findReplay(db: Db, id: string): Promise<ReplayRow | undefined> {
  const [row] = await readReplays(db, sql`id = ${id}`)
  return row
}

async function readReplays(db: Db, where: RawBuilder<unknown>): Promise<readonly ReplayRow[]> {
  const { rows } = await sql<ReplayRow>`
    select id, status, queued, xact::text as xact, event_id as "eventId", requested_at as "requestedAt",
      requested_by_name as "requestedBy", finished_at as "finishedAt"
    from webhook_replays where ${where} order by requested_at desc, id desc limit 20`.execute(db)
  return rows
}
