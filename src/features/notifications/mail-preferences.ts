import { sql } from 'kysely'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'

/** What the actor wants to have by mail. */
export async function readMailPreferences(deps: Deps, actor: Actor): Promise<{ readonly reminders: boolean }> {
  const { rows } = await sql`select from reminder_opt_outs where user_id = ${actor.userId}`.execute(deps.db)
  return { reminders: rows.length === 0 }
}

/** Keeps what the actor wants to have by mail: its own affair, so it is not in the activity log. Safe to repeat. */
export async function changeMailPreferences(
  deps: Deps,
  actor: Actor,
  { reminders }: { readonly reminders: boolean },
): Promise<void> {
  await write(deps, actor, async (tx) => {
    await (
      reminders
        ? sql`delete from reminder_opt_outs where user_id = ${actor.userId}`
        : sql`insert into reminder_opt_outs (user_id, at) values (${actor.userId}, ${deps.now()}) on conflict do nothing`
    ).execute(tx)
  })
}
