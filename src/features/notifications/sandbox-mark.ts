import en from '../../strings/en/mails.json' with { type: 'json' }
import tr from '../../strings/tr/mails.json' with { type: 'json' }
import type { Locale } from '../../platform/context.ts'
import { fillFor } from '../../platform/sentences.ts'

const texts = { en, tr }

/** The world a mail tells of. */
export interface MailWorld {
  readonly name: string
  readonly world: 'production' | 'sandbox'
}

/** A mail's subject, marked with the sandbox's name when what it tells of happened in one. */
export function subjectIn({ name, world }: MailWorld, locale: Locale, subject: string): string {
  return world === 'sandbox' ? fillFor(locale, texts[locale].sandbox, { name, subject }) : subject
}
