import { makeStyles } from '@fluentui/react-components'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage, formatLocale } from '../i18n.ts'
import type { Language } from '../i18n.ts'
import { Tooltip } from './Tooltip.tsx'

function formatsFor(language: Language) {
  const locale = formatLocale[language]
  const number = new Intl.NumberFormat(locale)
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const countries = new Intl.DisplayNames(locale, { type: 'region' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const moneyFormats = new Map<string, Intl.NumberFormat>()
  const moneyFormat = (currency: string, most: number | undefined) => {
    const key = `${currency} ${most ?? ''}`
    let format = moneyFormats.get(key)
    if (!format) {
      const digits = most === undefined ? {} : { maximumFractionDigits: most }
      moneyFormats.set(key, (format = new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits })))
    }
    return format
  }
  return {
    number: (value: number) => number.format(value),
    /** `minor` is in the currency's smallest unit. */
    money(minor: number, currency: string) {
      const format = moneyFormat(currency, undefined)
      return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
    },
    /** `price` is a decimal string of a unit price; up to six decimals are kept. */
    unitPrice: (price: string, currency: string) => moneyFormat(currency, 6).format(Number(price)),
    /** A calendar day `YYYY-MM-DD`, which is the same day everywhere. */
    date: (day: string) => date.format(new Date(`${day}T00:00:00Z`)),
    /** An ISO instant, in the time zone of the person's device. */
    instant: (iso: string) => instant.format(new Date(iso)),
    /** The day of an ISO instant, in the time zone of the person's device. */
    instantDay: (iso: string) =>
      new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso)),
    /** A country's name from its two letters. */
    country: (code: string) => {
      try {
        return countries.of(code) ?? code
      } catch {
        // Not a region code: shown as it came.
        return code
      }
    },
    list: (items: readonly string[]) => list.format(items),
    /** For sorting names as the person's language does. */
    compare: new Intl.Collator(locale, { numeric: true }).compare,
  }
}

export type Formats = ReturnType<typeof formatsFor>

/** Numbers, money, dates, countries and sorting in the language shown. */
export function useFormats(): Formats {
  // Subscribes to language changes.
  useTranslation()
  const language = currentLanguage()
  return useMemo(() => formatsFor(language), [language])
}

const useStyles = makeStyles({
  figures: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  nowrap: { whiteSpace: 'nowrap' },
})

/** An amount in the currency's smallest unit. */
export function Money({ minor, currency }: { minor: number; currency: string }) {
  return <span className={useStyles().figures}>{useFormats().money(minor, currency)}</span>
}

/** A unit price given as a decimal string, with as many decimals as it has. */
export function UnitPrice({ price, currency }: { price: string; currency: string }) {
  return <span className={useStyles().figures}>{useFormats().unitPrice(price, currency)}</span>
}

/** A number with the person's separators, in figures of one width. */
export function NumberText({ value }: { value: number }) {
  return <span className={useStyles().figures}>{useFormats().number(value)}</span>
}

/** A calendar day, `YYYY-MM-DD`. */
export function DateText({ day }: { day: string }) {
  return (
    <time className={useStyles().nowrap} dateTime={day}>
      {useFormats().date(day)}
    </time>
  )
}

/** A moment, ISO: shown in the person's time zone, with UTC in a tooltip. `dayOnly` leaves the time to the tooltip. */
export function InstantText({ at, dayOnly = false }: { at: string; dayOnly?: boolean }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const utc = t('instant.utc', { instant: at.slice(0, 19).replace('T', ' ') })
  return (
    <Tooltip content={utc} relationship="description">
      <time className={useStyles().nowrap} dateTime={at}>
        {dayOnly ? formats.instantDay(at) : formats.instant(at)}
      </time>
    </Tooltip>
  )
}
