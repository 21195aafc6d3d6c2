import { type RawBuilder, sql } from 'kysely'
import type { OrganizationId } from '../../kernel/ids.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import { itself, record } from '../audit/record.ts'
import { aboutWebhook, hostOf } from './subject.ts'
import type { DeliveryStatus } from './rules.ts'
import type { NewNotification } from '../notifications/notify.ts'

/** A webhook held until the transaction ends. */
export interface HeldWebhook {
  readonly id: string
  readonly organizationId: OrganizationId
  readonly organizationKind: 'provider' | 'reseller' | 'customer'
  readonly url: string
  readonly description: string
  readonly types: readonly string[]
  readonly enabled: boolean
  readonly secret: Buffer
  readonly version: number
}

/** Reads a webhook of the actor's organization and holds it; undefined when there is none, or it is somebody else's. */
export async function lockWebhook(tx: Tx, actor: Actor, id: string): Promise<HeldWebhook | undefined> {
  const { rows } = await sql<HeldWebhook>`
    select id, organization_id as "organizationId", organization_kind as "organizationKind", url, description, types, enabled,
      secret, version
    from webhooks where id = ${id.toLowerCase()} and organization_id = ${actor.organizationId} for update`.execute(tx)
  return rows[0]
}

/** How many webhooks the actor's organization has; others that would add one wait until the transaction ends. */
export async function holdCount(tx: Tx, actor: Actor): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks of ${actor.organizationId}`}, 0))`.execute(tx)
  const { count } = await tx
    .selectFrom('webhooks')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('organization_id', '=', actor.organizationId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export interface NewWebhook {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly types: readonly string[]
  readonly secret: Buffer
}

/** Adds a webhook that gets what is committed after this transaction. */
export async function insertWebhook(tx: Tx, actor: Actor, at: Date, webhook: NewWebhook): Promise<void> {
  await tx
    .insertInto('webhooks')
    .values({
      ...webhook,
      types: [...webhook.types],
      organization_id: actor.organizationId,
      // Operators have no events, and no right to webhooks.
      organization_kind: actor.organizationKind as HeldWebhook['organizationKind'],
      enabled: true,
      created_at: at,
      changed_at: at,
    })
    .execute()
}

export interface WebhookChanges {
  readonly url: string
  readonly description: string
  readonly types: readonly string[]
  readonly enabled: boolean
}

/** Changes a held webhook. Switched on, or led elsewhere, it begins without earlier failures. */
export async function updateWebhook(tx: Tx, at: Date, held: HeldWebhook, changes: WebhookChanges): Promise<void> {
  const isFresh = changes.url !== held.url || (changes.enabled && !held.enabled)
  await tx
    .updateTable('webhooks')
    .set({
      url: changes.url,
      description: changes.description,
      types: [...changes.types],
      enabled: changes.enabled,
      ...(changes.enabled === held.enabled ? {} : { disabled_because: changes.enabled ? null : 'person' }),
      ...(isFresh ? { failures: 0, failing_since: null } : {}),
      version: held.version + 1,
      changed_at: at,
    })
    .where('id', '=', held.id)
    .execute()
}

/** Gives a webhook a new secret; the one before it signs too until an instant. */
export async function replaceSecret(tx: Tx, at: Date, held: HeldWebhook, secret: Buffer, until: Date): Promise<void> {
  await tx
    .updateTable('webhooks')
    .set({
      secret,
      previous_secret: held.secret,
      previous_until: until,
      version: held.version + 1,
      changed_at: at,
    })
    .where('id', '=', held.id)
    .execute()
}

/** Removes a webhook and what waits for it. Its log ages out, and nobody can read it any more. */
export async function deleteWebhook(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('webhooks').where('id', '=', id).execute()
  await tx.deleteFrom('webhook_lanes').where('webhook_id', '=', id).execute()
}

/** Where deliveries of one subject wait for each other. A test waits for nobody. */
const subject = sql`wanted.subject_kind || ':' || wanted.subject_id`

/**
 * Holds the lanes of what is queued again, before `insertDeliveries`: who settles a delivery holds its lane first, too, so that
 * neither waits for the other in a circle.
 */
export async function holdLanes(tx: Tx, at: Date, wanted: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into webhook_lanes as l (webhook_id, subject, due_at)
    select distinct webhook_id, ${subject} as subject, ${at}::timestamptz from (${wanted}) wanted order by webhook_id, subject
    on conflict (webhook_id, subject) do update set due_at = l.due_at`.execute(tx)
}

/**
 * Queues events for webhooks. One that waits already goes on waiting; one that was delivered or given up is sent again from the
 * start, under the same id.
 *
 * @param wanted Rows of webhook_id, event_id, customer_id, xact, type, subject_kind and subject_id, each pair once.
 * @returns how many wait now that did not before.
 */
export async function insertDeliveries(tx: Tx, at: Date, wanted: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ queued: number }>`
    with wanted as materialized (${wanted}), queued as (
      insert into webhook_deliveries as d (webhook_id, event_id, customer_id, xact, type, subject, status, queued_at)
      select webhook_id, event_id, customer_id, xact, type, ${subject}, 'waiting', ${at} from wanted
      on conflict (webhook_id, event_id) do update set status = 'waiting', attempts = 0, queued_at = ${at}, next_at = null,
        error = null, response_code = null, latency_ms = null
      where d.status <> 'waiting'
      returning d.webhook_id, d.subject
    ), lanes as (
      insert into webhook_lanes as l (webhook_id, subject, due_at)
      select distinct webhook_id, subject, ${at}::timestamptz from queued order by webhook_id, subject
      -- Holds the lane, so that whoever empties it just now sees what was added.
      on conflict (webhook_id, subject) do update set due_at = l.due_at
    )
    select count(*)::int as queued from queued`.execute(tx)
  return rows[0]?.queued ?? 0
}

/** What became of one delivery, or nothing for a lane that turned out to be empty. */
export interface Settled {
  readonly webhookId: string
  readonly subject: string
  readonly delivery?: {
    readonly eventId: string
    readonly status: DeliveryStatus
    readonly attempts: number
    readonly nextAt: Date | null
    readonly responseCode: number | null
    readonly latencyMs: number
    readonly error: string | null
  }
}

/**
 * Writes what became of deliveries, each of its own lane, and lets the next of each lane go; an empty lane goes away. A delivery
 * that was queued anew or given up meanwhile keeps waiting, or stays.
 */
export async function settleDeliveries(tx: Tx, at: Date, settled: readonly Settled[]): Promise<void> {
  const lanes = sql`unnest(${settled.map(({ webhookId }) => webhookId)}::uuid[], ${settled.map((one) => one.subject)}::text[])`
  await sql`
    select from webhook_lanes where (webhook_id, subject) in (select * from ${lanes})
    order by webhook_id, subject for update`.execute(tx)
  const tried = settled.flatMap(({ webhookId, delivery }) => (delivery ? [{ webhookId, ...delivery }] : []))
  await sql`
    update webhook_deliveries d set status = t.status, attempts = t.attempts, next_at = t.next_at, attempted_at = ${at},
      response_code = t.response_code, latency_ms = t.latency_ms, error = t.error
    from unnest(${tried.map(({ webhookId }) => webhookId)}::uuid[], ${tried.map(({ eventId }) => eventId)}::uuid[],
      ${tried.map(({ status }) => status)}::text[], ${tried.map(({ attempts }) => attempts)}::int[],
      ${tried.map(({ nextAt }) => nextAt)}::timestamptz[], ${tried.map(({ responseCode }) => responseCode)}::int[],
      ${tried.map(({ latencyMs }) => latencyMs)}::int[], ${tried.map(({ error }) => error)}::text[])
      as t (webhook_id, event_id, status, attempts, next_at, response_code, latency_ms, error)
    where d.webhook_id = t.webhook_id and d.event_id = t.event_id and d.status = 'waiting'`.execute(tx)
  // A statement of its own: it sees what was added before the lanes were held.
  await sql`
    with held as (select * from ${lanes} as l (webhook_id, subject)),
    first as materialized (
      select held.webhook_id, held.subject, d.event_id, d.next_at from held left join lateral (
        select d.event_id, d.next_at from webhook_deliveries d
        where d.webhook_id = held.webhook_id and d.subject = held.subject and d.status = 'waiting'
        order by d.xact, d.event_id limit 1) d on true
    ), emptied as (
      delete from webhook_lanes l using first f
      where l.webhook_id = f.webhook_id and l.subject = f.subject and f.event_id is null
    )
    update webhook_lanes l set due_at = coalesce(f.next_at, ${at})
    from first f where l.webhook_id = f.webhook_id and l.subject = f.subject and f.event_id is not null`.execute(tx)
}

/** Counts how a webhook fares. `failed` attempts since the last success among `fresh`, or since ever when there was none. */
export async function countFailures(
  tx: Tx,
  at: Date,
  {
    webhookId,
    failed,
    succeeded,
  }: { readonly webhookId: string; readonly failed: number; readonly succeeded: boolean },
): Promise<void> {
  const before = succeeded ? sql`0` : sql`failures`
  const since = succeeded ? sql`${at}::timestamptz` : sql`coalesce(failing_since, ${at})`
  await sql`
    update webhooks set failures = ${before} + ${failed}, failing_since = ${failed === 0 ? null : since}
    where id = ${webhookId}`.execute(tx)
}

/**
 * Switches a webhook off because nobody answers there any more. What waits goes on waiting until it is switched on again, or
 * too old.
 *
 * @returns what its organization's Global admins are told; undefined when it was off already.
 */
export async function disableWebhook(
  tx: Tx,
  at: Date,
  webhookId: string,
  because: 'gone' | 'failing',
): Promise<Omit<NewNotification<'webhookGone'>, 'kind'> | undefined> {
  const { rows } = await sql<Pick<HeldWebhook, 'organizationId' | 'organizationKind' | 'url'>>`
    update webhooks set enabled = false, disabled_because = ${because}, version = version + 1, changed_at = ${at}
    where id = ${webhookId} and enabled
    returning organization_id as "organizationId", organization_kind as "organizationKind", url`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  const { organizationId, organizationKind, url } = row
  await record(tx, itself, at, {
    action: 'webhook.disabled',
    ...aboutWebhook(row, webhookId),
    ...(organizationKind === 'provider' ? { providerId: organizationId } : {}),
    ...(organizationKind === 'reseller' ? { resellerId: organizationId } : {}),
    before: { enabled: true },
    after: { enabled: false, host: hostOf(url) },
  })
  return {
    organizationId,
    audienceRoles: ['global_admin'],
    class: 'recommended',
    params: { host: hostOf(url) },
    link: `/webhooks/${webhookId}`,
  }
}
