import { type RawBuilder, sql } from 'kysely'
import type { Deps } from '../../platform/context.ts'
import { notify } from '../notifications/notify.ts'
import { failingForMs, keptMs, triedForMs } from './rules.ts'
import { disableWebhook } from './store.ts'

const batch = 5_000

/**
 * Ends what took too long: a delivery that was not even tried in its time, because its webhook is off or far behind, is dead, and a
 * webhook that only failed for days is switched off. Safe to repeat.
 */
export async function giveUpWebhooks(deps: Deps): Promise<void> {
  const at = deps.now()
  const until = new Date(at.getTime() - triedForMs)
  await repeat(
    deps,
    sql`update webhook_deliveries set status = 'dead', error = coalesce(error, 'late'), next_at = null
      where (webhook_id, event_id) in (select webhook_id, event_id from webhook_deliveries
        where status = 'waiting' and queued_at < ${until} order by queued_at limit ${batch} for update skip locked)`,
  )
  await deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from webhooks where enabled and failing_since < ${new Date(at.getTime() - failingForMs)}
      order by id for update`.execute(tx)
    for (const { id } of rows) {
      const disabled = await disableWebhook(tx, at, id, 'failing')
      if (disabled) await notify(tx, at, { ...disabled, kind: 'webhookFailing' })
    }
  })
}

/** Deletes the log of deliveries and replays after its time, and what removed webhooks left. */
export async function forgetDeliveries(deps: Deps): Promise<void> {
  const until = new Date(deps.now().getTime() - keptMs)
  await repeat(
    deps,
    sql`delete from webhook_deliveries where (webhook_id, event_id) in (select webhook_id, event_id from webhook_deliveries
      where queued_at < ${until} order by queued_at limit ${batch})`,
  )
  await repeat(
    deps,
    sql`delete from webhook_replays where id in (select id from webhook_replays where requested_at < ${until} limit ${batch})`,
  )
  await repeat(
    deps,
    sql`delete from webhook_lanes where (webhook_id, subject) in (select l.webhook_id, l.subject from webhook_lanes l
      where not exists (select from webhooks w where w.id = l.webhook_id) limit ${batch})`,
  )
  // The last mark before that time still says what a replay from it begins behind.
  await sql`
    delete from webhook_marks where at < (select max(at) from webhook_marks where at < ${until})`.execute(deps.db)
}

async function repeat({ db }: Deps, statement: RawBuilder<unknown>): Promise<void> {
  let changed: bigint
  do {
    changed = (await statement.execute(db)).numAffectedRows ?? 0n
  } while (changed === BigInt(batch))
}
