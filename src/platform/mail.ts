import { sql } from 'kysely'
import { newId } from '../kernel/ids.ts'
import type { MailKind } from '../kernel/mails.ts'
import { searchKey } from '../kernel/text.ts'
import { dayMs } from '../kernel/time.ts'
import type { Locale, Tx } from './context.ts'
import type { MailContent } from './mail-layout.ts'

/** A mail to be sent once the transaction commits. */
export interface NewMail {
  readonly kind: MailKind
  readonly to: { readonly address: string; readonly name: string }
  readonly language: Locale
  readonly subject: string
  readonly content: MailContent
}

/** How long a mail is tried, in days; then it is given up. */
export const triedDays = 3

/** How long mails are kept, in days, whatever became of them. */
export const keptDays = 90

/**
 * Puts mails into the outbox, in the transaction of what they tell: rolled back they never were, committed they are sent soon.
 * Nothing is sent here, and nothing about an address is refused here: a bad one is found by sending.
 *
 * @param now The installation's clock, also for what happens in a sandbox: mail is sent in the real world.
 */
export async function queueMails(tx: Tx, now: Date, mails: readonly NewMail[]): Promise<void> {
  const giveUpAt = new Date(now.getTime() + triedDays * dayMs)
  for (let start = 0; start < mails.length; start += 500) {
    const rows = mails.slice(start, start + 500).map(({ kind, to, language, subject, content }) => ({
      id: newId(),
      kind,
      language,
      address: oneLine(to.address, 320),
      name: oneLine(to.name, 200),
      subject: oneLine(subject, 300),
      content,
      searchKey: searchKey(`${to.address} ${to.name} ${subject}`),
    }))
    await sql`
      insert into mails (id, kind, language, to_address, to_name, subject, content, next_try_at, give_up_at, search_key, created_at)
      select id, kind, language, address, name, subject, content, ${now}, ${giveUpAt}, "searchKey", ${now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as mail (id uuid, kind text, language text, address text, name text,
        subject text, content jsonb, "searchKey" text)`.execute(tx)
  }
}

/** A text that cannot begin another header, and is not longer than a header should be. */
function oneLine(text: string, most: number): string {
  return text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()
}
