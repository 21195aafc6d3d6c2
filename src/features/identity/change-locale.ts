import { sql } from 'kysely'
import type { Actor, Deps, Locale } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { aboutUser } from './subject.ts'

/** Keeps the language the actor reads in, on every device and in mails. Safe to repeat. */
export async function changeLocale(deps: Deps, actor: Actor, { locale }: { readonly locale: Locale }): Promise<void> {
  await write(deps, actor, async (tx) => {
    const at = deps.now()
    const changed = await sql`
      update users set locale = ${locale}, changed_at = ${at} where id = ${actor.userId} and locale <> ${locale}`.execute(
      tx,
    )
    if (changed.numAffectedRows === 0n) return
    await record(tx, actor, at, {
      action: 'user.locale_changed',
      ...aboutUser(actor),
      before: { locale: actor.locale },
      after: { locale },
    })
  })
}
