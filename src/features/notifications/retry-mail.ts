import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { dayMs } from '../../kernel/time.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { triedDays } from '../../platform/mail.ts'
import { mailSweepName } from '../../platform/send-mails.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { decideRetry } from './rules.ts'

/**
 * Has a mail tried again at once, and for three days from now if need be. The recipient's address is not recorded. A mail that
 * a process is sending at this moment may then be sent twice, under one Message-ID.
 *
 * @throws Refusal notFound, mailSent, mailServerMissing
 */
export async function retryMail(deps: Deps, actor: Actor, { mailId }: { readonly mailId: string }): Promise<void> {
  await write(deps, actor, async (tx) => {
    const mail = await tx
      .selectFrom('mails')
      .select(['id', 'state', 'kind'])
      .where('id', '=', mailId)
      .forUpdate()
      .executeTakeFirst()
    if (!mail) throw new Refusal('notFound')
    const refusal = decideRetry({ state: mail.state as 'waiting' }, deps.config.smtpUrl !== undefined)
    if (refusal) throw new Refusal(refusal)

    const at = deps.now()
    await sql`
      update mails set state = 'waiting', next_try_at = ${at}, give_up_at = ${new Date(at.getTime() + triedDays * dayMs)},
        finished_at = null
      where id = ${mail.id}`.execute(tx)
    await record(tx, actor, at, {
      action: 'mail.retried',
      subjectKind: 'mail',
      subjectId: mail.id,
      before: { state: mail.state },
      after: { state: 'waiting' },
    })
  })
  deps.nudge(mailSweepName)
}
