import { sql } from 'kysely'
import { createTransport } from 'nodemailer'
import type { MailAddress } from '../config.ts'
import { hourMs } from '../kernel/time.ts'
import type { Deps, Locale } from './context.ts'
import { layOutMail, type MailContent } from './mail-layout.ts'
import type { Sweep } from './sweep.ts'

/** Name of the sweep that sends what waits in the outbox; whoever queues a mail that somebody waits for may nudge it. */
export const mailSweepName = 'mail'

export const mailSweep: Sweep = { name: mailSweepName, everySeconds: 15, run: sendMails }

/** Mails taken at a time. */
const batch = 20

/** How long a process has for the mails it took; after that another one takes them over. Longer than all time-outs together. */
const leaseMs = 10 * 60_000

const minuteMs = 60_000

/** How long a mail rests after so many tries: a minute at first, twice as long each time, six hours at most. */
export function restAfter(attempts: number): number {
  return Math.min(6 * hourMs, minuteMs * 2 ** Math.min(attempts - 1, 20))
}

interface TakenMail {
  readonly id: string
  readonly attempts: number
  readonly language: Locale
  readonly address: string
  readonly name: string
  readonly subject: string
  readonly content: MailContent
  readonly messageId: string
}

/** What became of one try. `lost`: the server itself cannot be had, so other mails need not be tried now. */
type Outcome =
  | { readonly sent: true }
  | { readonly refused: string }
  | { readonly failed: string; readonly lost: boolean }

/**
 * Sends what waits in the outbox and is due, oldest first; several processes share the work. A process that dies after the
 * server took a mail and before it is noted leaves it to be sent once more, under the same Message-ID: at least once, never
 * silently not. Without a mail server nothing is done, and mails wait.
 */
export async function sendMails(deps: Deps, stopping: AbortSignal): Promise<void> {
  const { smtpUrl, mailFrom } = deps.config
  if (smtpUrl === undefined || mailFrom === undefined) return
  await giveUpTheLate(deps)
  const server = openServer(smtpUrl, mailFrom, deps)
  try {
    let lost = false
    while (!lost && !stopping.aborted) {
      const mails = await takeMails(deps, mailFrom)
      if (mails.length === 0) return
      for (const mail of mails) {
        if (lost || stopping.aborted) {
          await putBack(deps, mail)
          continue
        }
        const outcome = await server.send(mail)
        await note(deps, mail, outcome)
        lost = 'failed' in outcome && outcome.lost
      }
    }
  } finally {
    server.close()
  }
}

/** What nobody could send in its time, perhaps because there was no mail server for long, would only confuse now. */
async function giveUpTheLate({ db, now }: Deps): Promise<void> {
  await sql`
    update mails set state = 'failed', finished_at = ${now()}, last_error = coalesce(last_error, ${'not sent in time'})
    where id in (select id from mails where state = 'waiting' and next_try_at <= ${now()} and give_up_at <= ${now()}
      for update skip locked)`.execute(db)
}

async function takeMails({ db, now }: Deps, from: MailAddress): Promise<readonly TakenMail[]> {
  const at = now()
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
  const { rows } = await sql<TakenMail>`
    with taken as (
      select id from mails where state = 'waiting' and next_try_at <= ${at} order by next_try_at, id limit ${batch}
      for update skip locked
    )
    update mails m set attempts = m.attempts + 1, next_try_at = ${new Date(at.getTime() + leaseMs)},
      message_id = coalesce(m.message_id, '<' || m.id || '@' || ${domain}::text || '>')
    from taken where m.id = taken.id
    returning m.id, m.attempts, m.language, m.to_address as address, m.to_name as name, m.subject, m.content,
      m.message_id as "messageId"`.execute(db)
  return rows
}

/** The mail is as if it had not been taken. */
async function putBack({ db, now }: Deps, { id, attempts }: TakenMail): Promise<void> {
  await sql`
    update mails set attempts = attempts - 1, next_try_at = ${now()}
    where id = ${id} and state = 'waiting' and attempts = ${attempts}`.execute(db)
}

/** Notes what became of a try. A failure counts only for who still has the mail; a delivery counts in any case. */
async function note({ db, now }: Deps, { id, attempts }: TakenMail, outcome: Outcome): Promise<void> {
  const at = now()
  if ('sent' in outcome) {
    await sql`update mails set state = 'sent', finished_at = ${at}, last_error = null where id = ${id} and state <> 'sent'`.execute(
      db,
    )
    return
  }
  if ('refused' in outcome) {
    await sql`
      update mails set state = 'failed', finished_at = ${at}, last_error = ${outcome.refused}
      where id = ${id} and state = 'waiting' and attempts = ${attempts}`.execute(db)
    return
  }
  const next = new Date(at.getTime() + restAfter(attempts))
  await sql`
    update mails set last_error = ${outcome.failed}, next_try_at = ${next},
      state = case when ${next}::timestamptz >= give_up_at then 'failed' else state end,
      finished_at = case when ${next}::timestamptz >= give_up_at then ${at}::timestamptz end
    where id = ${id} and state = 'waiting' and attempts = ${attempts}`.execute(db)
}

interface MailServer {
  send(mail: TakenMail): Promise<Outcome>
  close(): void
}

/** One session to the mail server, used for one mail after another. */
function openServer(smtpUrl: string, from: MailAddress, { config, now }: Deps): MailServer {
  const transport = createTransport({
    pool: true,
    url: smtpUrl,
    maxConnections: 1,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    dnsTimeout: 10_000,
    socketTimeout: 25_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ address, name, subject, content, language, messageId }) {
      if (!isAddress(address)) return { refused: 'this is no email address' }
      try {
        await transport.sendMail({
          from,
          to: { name, address },
          envelope: { from: from.address, to: [address] },
          subject,
          ...layOutMail(config.publicUrl, language, subject, content),
          messageId,
          date: now(),
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { sent: true }
      } catch (error) {
        return outcomeOf(error)
      }
    },
    close: () => transport.close(),
  }
}

/** Whether a text is one address and nothing else; the server decides whether somebody reads it. */
function isAddress(text: string): boolean {
  return /^[^\s@<>,;:"()[\]\\\p{Cc}]{1,64}@[^\s@<>,;:"()[\]\\\p{Cc}]{1,255}$/u.test(text)
}

/** A 5xx about the recipient or the message is final; everything else may be better later. */
function outcomeOf(error: unknown): Outcome {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500)
  const facts = error as { readonly responseCode?: unknown; readonly command?: unknown }
  const command = typeof facts.command === 'string' ? facts.command : ''
  const aboutMail = command === 'RCPT TO' || command === 'DATA'
  if (aboutMail && typeof facts.responseCode === 'number' && facts.responseCode >= 500) return { refused: reason }
  return { failed: reason, lost: !aboutMail }
}
