import { sql } from 'kysely'
import en from '../../strings/en/mails.json' with { type: 'json' }
import tr from '../../strings/tr/mails.json' with { type: 'json' }
import type { CustomerId } from '../../kernel/ids.ts'
import type { Actor, Locale, Tx } from '../../platform/context.ts'
import { queueMails } from '../../platform/mail.ts'
import { fillFor } from '../../platform/sentences.ts'
import { subjectIn } from '../notifications/sandbox-mark.ts'

const texts = { en, tr }

interface Facts {
  readonly customer: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly language: Locale
  readonly provider: string
  readonly world: 'production' | 'sandbox'
}

/**
 * Writes to a customer's primary contact, in the customer's language, that the acting provider attested its acceptance of the
 * customer agreement, with the name of who accepted. Source: F79.
 *
 * @param now The installation's clock.
 */
export async function mailAttestation(
  tx: Tx,
  now: Date,
  actor: Actor,
  customerId: CustomerId,
  accepted: { readonly acceptedBy: string; readonly acceptedOn: string },
): Promise<void> {
  const { rows } = await sql<Facts>`
    select c.legal_name as customer, c.contact_first_name as "firstName", c.contact_last_name as "lastName",
      c.contact_email as email, c.language, p.trading_name as provider, p.world
    from customers c, organizations p where c.id = ${customerId} and p.id = ${actor.organizationId}`.execute(tx)
  for (const { language, customer, provider, world, firstName, lastName, email } of rows) {
    const words = texts[language].customerAgreementAttested
    const say = (sentence: string) => fillFor(language, sentence, { provider, customer, ...accepted })
    await queueMails(tx, now, [
      {
        kind: 'customerAgreementAttested',
        to: { address: email, name: `${firstName} ${lastName}` },
        language,
        subject: subjectIn({ name: provider, world }, language, say(words.subject)),
        content: {
          paragraphs: [say(words.told), say(words.wrong)],
          action: { label: words.action, path: '/my-partners' },
          footer: say(words.footer),
        },
      },
    ])
  }
}
