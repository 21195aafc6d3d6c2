import en from '../../strings/en/notifications.json' with { type: 'json' }
import tr from '../../strings/tr/notifications.json' with { type: 'json' }
import type { Locale } from '../../platform/context.ts'
import { fillFor } from '../../platform/sentences.ts'
import type { NotificationKind } from './rules.ts'

// Typed by kind, so that a notification without a sentence in either language does not compile.
const sentences: Readonly<Record<Locale, Readonly<Record<NotificationKind, string>>>> = { en: en.kind, tr: tr.kind }

/** What a notification says to its reader; numbers and days `YYYY-MM-DD` are written in the reader's way. */
export function sentenceOf(
  locale: Locale,
  kind: NotificationKind,
  params: Readonly<Record<string, string | number>>,
): string {
  return fillFor(locale, sentences[locale][kind], params)
}
