import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { newId, noCustomer } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { sendSweep, testType } from './rules.ts'
import { holdLanes, insertDeliveries, lockWebhook } from './store.ts'
import { aboutWebhook, hostOf } from './subject.ts'

interface OfWebhook {
  readonly webhookId: string
}

/**
 * Queues an event that tells of nothing, to see whether it arrives. It is tried once.
 *
 * @throws Refusal notFound; webhookDisabled
 */
export async function sendTest(
  deps: Deps,
  actor: Actor,
  { webhookId }: OfWebhook,
): Promise<{ readonly eventId: string }> {
  const { result } = await write(deps, actor, async (tx) => {
    const held = await lockWebhook(tx, actor, webhookId)
    if (!held) throw new Refusal('notFound')
    if (!held.enabled) throw new Refusal('webhookDisabled')
    const at = deps.now()
    const eventId = newId()
    await insertDeliveries(
      tx,
      at,
      sql`select ${held.id}::uuid as webhook_id, ${eventId}::uuid as event_id, ${noCustomer}::uuid as customer_id,
        pg_current_xact_id() as xact, ${testType}::text as type, 'test' as subject_kind, ${eventId}::text as subject_id`,
    )
    await record(tx, actor, at, {
      action: 'webhook.tested',
      ...aboutWebhook(actor, held.id),
      after: { host: hostOf(held.url) },
    })
    return { eventId }
  })
  deps.nudge(sendSweep)
  return result
}

/**
 * Sends one event again, under the same id and with all its tries, whatever became of it before. One that waits goes on waiting.
 *
 * @throws Refusal notFound; webhookDisabled
 */
export async function redeliver(
  deps: Deps,
  actor: Actor,
  { webhookId, eventId }: OfWebhook & { readonly eventId: string },
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const held = await lockWebhook(tx, actor, webhookId)
    if (!held) throw new Refusal('notFound')
    const delivery = await tx
      .selectFrom('webhook_deliveries')
      .select(['type', 'status'])
      .where('webhook_id', '=', held.id)
      .where('event_id', '=', eventId.toLowerCase())
      .executeTakeFirst()
    if (!delivery) throw new Refusal('notFound')
    if (!held.enabled) throw new Refusal('webhookDisabled')
    if (delivery.status === 'waiting') return

    const at = deps.now()
    const again = sql`
      select webhook_id, event_id, customer_id, xact, type, split_part(subject, ':', 1) as subject_kind,
        substr(subject, strpos(subject, ':') + 1) as subject_id
      from webhook_deliveries where webhook_id = ${held.id} and event_id = ${eventId.toLowerCase()}`
    await holdLanes(tx, at, again)
    await insertDeliveries(tx, at, again)
    await record(tx, actor, at, {
      action: 'webhook.redelivered',
      ...aboutWebhook(actor, held.id),
      after: { host: hostOf(held.url), type: delivery.type },
    })
  })
  deps.nudge(sendSweep)
}
