import en from '../../strings/en/notifications.json' with { type: 'json' }
import tr from '../../strings/tr/notifications.json' with { type: 'json' }
import type { Locale } from '../../platform/context.ts'
import type { NotificationKind } from './rules.ts'

// Typed by kind, so that a notification without a sentence in either language does not compile.
const sentences: Readonly<Record<Locale, Readonly<Record<NotificationKind, string>>>> = { en: en.kind, tr: tr.kind }

/** British English, because its dates cannot be read two ways. */
const formatLocales: Readonly<Record<Locale, string>> = { en: 'en-GB', tr: 'tr-TR' }

/** What a notification says to its reader; numbers and days `YYYY-MM-DD` are written in the reader's way. */
export function sentenceOf(
  locale: Locale,
  kind: NotificationKind,
  params: Readonly<Record<string, string | number>>,
): string {
  return sentences[locale][kind].replaceAll(/\{(\w+)\}/g, (_, name: string) => written(locale, params[name] ?? ''))
}

function written(locale: Locale, value: string | number): string {
  if (typeof value === 'number') return new Intl.NumberFormat(formatLocales[locale]).format(value)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return value
  return new Intl.DateTimeFormat(formatLocales[locale], { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(value),
  )
}
