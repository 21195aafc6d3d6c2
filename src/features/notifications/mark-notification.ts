import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { findNotification } from './queries.ts'
import { isArchivable } from './rules.ts'

interface MarkNotification {
  readonly notificationId: string
}

/**
 * Notes that the actor has seen a notification. Its own mark only, so it is not recorded in the activity log. Safe to repeat.
 *
 * @throws Refusal notFound
 */
export async function readNotification(deps: Deps, actor: Actor, { notificationId }: MarkNotification): Promise<void> {
  await mark(deps, actor, notificationId, false)
}

/**
 * Puts a notification away for the actor, and nobody else. Safe to repeat.
 *
 * @throws Refusal notFound, mandatoryAction while a mandatory action is to be done
 */
export async function archiveNotification(
  deps: Deps,
  actor: Actor,
  { notificationId }: MarkNotification,
): Promise<void> {
  await mark(deps, actor, notificationId, true)
}

async function mark(deps: Deps, actor: Actor, id: string, archive: boolean): Promise<void> {
  await write(deps, actor, async (tx) => {
    const found = await findNotification(tx, actor, id)
    if (!found) throw new Refusal('notFound')
    if (archive && !isArchivable({ class: found.class, completed: found.completedAt !== null })) {
      throw new Refusal('mandatoryAction')
    }
    const at = deps.now()
    await sql`
      insert into notification_states (user_id, notification_id, read_at, archived_at)
      values (${actor.userId}, ${found.id}, ${at}, ${archive ? at : null})
      on conflict (user_id, notification_id) do update
      set read_at = coalesce(notification_states.read_at, excluded.read_at),
        archived_at = coalesce(notification_states.archived_at, excluded.archived_at)`.execute(tx)
  })
}
