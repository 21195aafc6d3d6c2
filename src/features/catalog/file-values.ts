import { addDays, utcDay } from '../../kernel/time.ts'

/** Why a cell, or a whole line, is not accepted: keys of `problems` in `strings/{en,tr}/catalog.json`. */
export type ProblemReason =
  | 'billingPlan'
  | 'brokenQuote'
  | 'columnCount'
  | 'country'
  | 'currency'
  | 'instant'
  | 'lineDiffers'
  | 'ownershipLimitType'
  | 'price'
  | 'priceDiffers'
  | 'productId'
  | 'quantity'
  | 'quantityOrder'
  | 'range'
  | 'required'
  | 'segment'
  | 'skuId'
  | 'skuList'
  | 'term'
  | 'tier'
  | 'tierOrder'
  | 'tooLong'
  | 'unreadable'

/** What is wrong with one cell. `column` is empty when the whole line is wrong. */
export interface CellProblem {
  readonly column: string
  readonly value: string
  readonly reason: ProblemReason
  readonly params?: Readonly<Record<string, string | number>>
}

/** The starts and ends that stand for "since ever" and "until further notice". */
export const openStart = '1753-01-01T00:00:00Z'
export const openEnd = '9999-12-31T00:00:00Z'

/** Product ids are kept in capitals, so that a file's spelling does not make a second product. */
export function readProductId(text: string): string | undefined {
  return /^[A-Za-z0-9-]{1,40}$/.test(text) ? text.toUpperCase() : undefined
}

/** `1`, `01` and `0001` are the same SKU. */
export function readSkuId(text: string): string | undefined {
  return /^[A-Za-z0-9]{1,4}$/.test(text) ? text.toUpperCase().padStart(4, '0') : undefined
}

/** Reads `product/sku` pairs between semicolons; undefined when one of them is none. */
export function readSkuList(text: string): readonly string[] | undefined {
  const list: string[] = []
  for (const entry of listed(text)) {
    const [product = '', sku = '', ...more] = entry.split(/[/:]/)
    const productId = readProductId(product.trim())
    const skuId = readSkuId(sku.trim())
    if (productId === undefined || skuId === undefined || more.length > 0) return undefined
    list.push(`${productId}/${skuId}`)
  }
  return [...new Set(list)].toSorted()
}

/** Reads country codes between semicolons; undefined when one of them is none. */
export function readCountryList(text: string): readonly string[] | undefined {
  const list = listed(text).map((entry) => entry.toUpperCase())
  return list.every((code) => /^[A-Z]{2}$/.test(code)) ? [...new Set(list)].toSorted() : undefined
}

/** The entries of a list between semicolons, commas or bars, without blanks and empty ones. */
export function listed(text: string): readonly string[] {
  return text
    .split(/[;,|]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

/** A whole number from 0 to 2,000,000,000 without separators. */
export function readCount(text: string): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined
  const count = Number(text)
  return count <= 2_000_000_000 ? count : undefined
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** An ISO 3166-1 alpha-2 code in capitals. `UK` is none: it is `GB`. */
export function readCountry(text: string): string | undefined {
  if (!/^[A-Za-z]{2}$/.test(text)) return undefined
  const code = text.toUpperCase()
  return regionNames.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code ? code : undefined
}

/** An ISO 4217 code in capitals. */
export function readCurrency(text: string): string | undefined {
  const code = text.toUpperCase()
  return currencies.has(code) ? code : undefined
}

const isoForm = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i
const americanForm = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: +(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([AP]M))?)?$/i

/** Reads an ISO date or `M/D/YYYY H:mm`, UTC unless it names an offset; undefined when the calendar does not have it. */
export function readInstant(text: string): Date | undefined {
  const iso = isoForm.exec(text)
  if (iso) {
    const [, year, month, day, hour, minute, second, offset] = iso
    const at = instantOf([year, month, day, hour, minute, second])
    return at && new Date(at.getTime() - offsetMs(offset))
  }
  const american = americanForm.exec(text)
  if (!american) return undefined
  const [, month, day, year, hour, minute, second, half] = american
  return instantOf([year, month, day, half ? hour24(Number(hour), half) : hour, minute, second])
}

/** Undefined when the calendar or the clock does not have it, such as 30 February. */
function instantOf(parts: readonly (string | number | undefined)[]): Date | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0))
  const at = new Date(0)
  at.setUTCFullYear(year, month - 1, day)
  const isInCalendar = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  if (!isInCalendar || !(hour <= 23) || minute > 59 || second > 59) return undefined
  at.setUTCHours(hour, minute, second)
  return at
}

function hour24(hour: number, half: string): number {
  if (hour < 1 || hour > 12) return Number.NaN
  return (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
}

function offsetMs(offset: string | undefined): number {
  if (offset === undefined || offset.toUpperCase() === 'Z') return 0
  const digits = offset.slice(1).replace(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000
}

/** When a price begins, as `YYYY-MM-DDTHH:mm:ssZ`; years up to 1753 mean that it always was. */
export function readStart(text: string): string | undefined {
  const at = readInstant(text)
  if (!at) return undefined
  return at.getUTCFullYear() <= 1753 ? openStart : `${at.toISOString().slice(0, 19)}Z`
}

/**
 * When a price ends, exclusive, as `YYYY-MM-DDTHH:mm:ssZ`. The day named still counts, whatever its hour: where the next
 * price starts on that same day, the later start wins anyway. Year 9999 and an empty cell mean no end.
 */
export function readEnd(text: string): string | undefined {
  if (text === '') return openEnd
  const at = readInstant(text)
  if (!at) return undefined
  return at.getUTCFullYear() >= 9999 ? openEnd : `${addDays(utcDay(at), 1)}T00:00:00Z`
}

/** The last day of sale as `YYYY-MM-DD`; null when there is none, undefined when the text is no date. */
export function readLastDay(text: string): string | null | undefined {
  if (text === '') return null
  const at = readInstant(text)
  if (!at) return undefined
  return at.getUTCFullYear() >= 9999 ? null : utcDay(at)
}

/** Bytes that are no UTF-8, and characters no text has. */
export function isReadable(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\uFFFD]/.test(text)
}

/**
 * Remembers what a text was read as: a file says the same few dates, terms and codes half a million times. Forgets all
 * once it knows 2,000 texts, so that a file in which each one differs does not fill the memory.
 */
export function remembering<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined || known.has(text)) return found as Value
    if (known.size >= 2_000) known.clear()
    const value = read(text)
    // A copy of its own: a slice would keep the whole chunk of the file it came from.
    known.set(Buffer.from(text).toString(), value)
    return value
  }
}
