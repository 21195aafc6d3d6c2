import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { MailKind, MailState } from '../../kernel/mails.ts'
import { page, type Page, unpackTimeCursor } from '../../kernel/paging.ts'
import { likePattern, searchKey } from '../../kernel/text.ts'
import type { Actor, Db, Deps, Locale } from '../../platform/context.ts'
import { layOutMail, type MailContent } from '../../platform/mail-layout.ts'
import type { ListMailsInput, Mail, MailDetail } from './wire.ts'

interface MailRow {
  readonly id: string
  readonly kind: MailKind
  readonly state: MailState
  readonly address: string
  readonly name: string
  readonly language: Locale
  readonly subject: string
  readonly content: MailContent
  readonly createdAt: Date
  readonly attempts: number
  readonly nextTryAt: Date
  readonly finishedAt: Date | null
  readonly lastError: string | null
  readonly messageId: string | null
}

/**
 * A page of the outbox, newest first.
 *
 * @throws Refusal invalidRequest for a cursor this list did not give.
 */
export async function listMails(
  deps: Deps,
  _actor: Actor,
  input: ListMailsInput,
): Promise<Page<Mail> & { readonly sending: boolean }> {
  const after = unpackTimeCursor(input.cursor)
  const where: RawBuilder<unknown>[] = [sql`true`]
  if (input.state !== undefined) where.push(sql`m.state = ${input.state}`)
  if (input.kind !== undefined) where.push(sql`m.kind = ${input.kind}`)
  if (input.search !== undefined && input.search !== '')
    where.push(sql`m.search_key like ${likePattern(searchKey(input.search))}`)
  if (after) where.push(sql`(m.created_at, m.id) < (${after.at}, ${after.id}::uuid)`)
  const rows = await readMails(deps.db, where, input.size + 1)
  const { items, next } = page(rows, input.size, (row) => [row.createdAt.toISOString(), row.id])
  return { items: items.map(toMail), next, sending: deps.config.smtpUrl !== undefined }
}

/** One mail as its reader has it. @throws Refusal notFound */
export async function readMail(
  deps: Deps,
  _actor: Actor,
  { mailId }: { readonly mailId: string },
): Promise<MailDetail> {
  const [row] = await readMails(deps.db, [sql`m.id = ${mailId.toLowerCase()}`], 1)
  if (!row) throw new Refusal('notFound')
  return {
    ...toMail(row),
    language: row.language,
    messageId: row.messageId,
    ...layOutMail(deps.config.publicUrl, row.language, row.subject, row.content),
  }
}

async function readMails(db: Db, where: readonly RawBuilder<unknown>[], limit: number): Promise<readonly MailRow[]> {
  const { rows } = await sql<MailRow>`
    select m.id, m.kind, m.state, m.to_address as address, m.to_name as name, m.language, m.subject, m.content,
      m.created_at as "createdAt", m.attempts, m.next_try_at as "nextTryAt", m.finished_at as "finishedAt",
      m.last_error as "lastError", m.message_id as "messageId"
    from mails m where ${sql.join(where, sql` and `)}
    order by m.created_at desc, m.id desc limit ${limit}`.execute(db)
  return rows
}

function toMail({ id, kind, state, address, name, subject, createdAt, attempts, ...row }: MailRow): Mail {
  return {
    id,
    kind,
    state,
    recipient: { address, name },
    subject,
    createdAt: createdAt.toISOString(),
    attempts,
    nextTryAt: state === 'waiting' ? row.nextTryAt.toISOString() : null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    lastError: row.lastError,
  }
}
