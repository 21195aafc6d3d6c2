import enFieldRules from '../strings/en/fieldRules.json' with { type: 'json' }
import enRefusals from '../strings/en/refusals.json' with { type: 'json' }
import trFieldRules from '../strings/tr/fieldRules.json' with { type: 'json' }
import trRefusals from '../strings/tr/refusals.json' with { type: 'json' }
import type { FieldRefusal, RefusalName } from '../kernel/errors.ts'
import type { Locale } from './context.ts'

type Params = Readonly<Record<string, string | number>>

// Typed by name, so that a refusal without a sentence in either language does not compile.
const refusalSentences: Readonly<Record<Locale, Readonly<Record<RefusalName, string>>>> = {
  en: enRefusals,
  tr: trRefusals,
}
const fieldSentences: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: enFieldRules,
  tr: trFieldRules,
}

/** What a refusal says to the reader, and what to do about it. */
export function refusalSentence(locale: Locale, name: RefusalName, params: Params): string {
  return fill(refusalSentences[locale][name], params)
}

/** What is wrong with one field; a rule may also be the name of a refusal, such as that of one line of an order. */
export function fieldSentence(locale: Locale, { rule, params = {} }: FieldRefusal): string {
  const refusals: Readonly<Record<string, string>> = refusalSentences[locale]
  const sentences = fieldSentences[locale]
  return fill(sentences[rule] ?? refusals[rule] ?? sentences['wrongFormat'] ?? '', params)
}

/** Making one takes far longer than using it. British English, because its dates cannot be read two ways. */
const formats = { en: formatsOf('en-GB'), tr: formatsOf('tr-TR') } as const satisfies Readonly<Record<Locale, unknown>>

function formatsOf(locale: string) {
  return {
    number: new Intl.NumberFormat(locale),
    day: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
    plural: new Intl.PluralRules(locale),
  }
}

/** Fills a sentence's placeholders; numbers and days `YYYY-MM-DD` are written in the reader's way. */
export function fillFor(locale: Locale, sentence: string, params: Params): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => writtenFor(locale, params[name] ?? ''))
}

/** The sentence for a number of things, which also fills `{count}`. */
export function countedFor(
  locale: Locale,
  sentences: { readonly one: string; readonly other: string },
  count: number,
  params: Params = {},
): string {
  const form = formats[locale].plural.select(count) === 'one' ? 'one' : 'other'
  return fillFor(locale, sentences[form], { ...params, count })
}

function writtenFor(locale: Locale, value: string | number): string {
  if (typeof value === 'number') return formats[locale].number.format(value)
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formats[locale].day.format(new Date(value)) : value
}

function fill(sentence: string, params: Params): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}
