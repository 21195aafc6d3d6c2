/** How long a subscription's term lasts: a month, a year, three or five years; empty for products without a term. */
export type Term = 'P1M' | 'P1Y' | 'P3Y' | 'P5Y' | ''

const terms: Readonly<Record<Term, { months: number }>> = {
  P1M: { months: 1 },
  P1Y: { months: 12 },
  P3Y: { months: 36 },
  P5Y: { months: 60 },
  '': { months: 0 },
}

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** The calendar day of an instant in UTC, as `YYYY-MM-DD`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/**
 * Adds calendar months to a day; a day that the month lacks becomes its last one (31 January + 1 month = 28 or 29 February).
 */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const index = year * 12 + (month - 1) + months
  const toYear = Math.floor(index / 12)
  const toMonth = index - toYear * 12
  const last = new Date(Date.UTC(toYear, toMonth + 1, 0)).getUTCDate()
  return utcDay(new Date(Date.UTC(toYear, toMonth, Math.min(date, last))))
}

/** Adds days to a day; negative goes back. */
export function addDays(day: string, days: number): string {
  return utcDay(new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs))
}

/** Whole days from one day to a later one, counting the first but not the last. */
export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs)
}

/**
 * Last day of a term that starts on `start`, inclusive: a year from 12 March 2027 ends on 11 March 2028.
 * Undefined for products without a term.
 */
export function termEnd(start: string, term: Term): string | undefined {
  const { months } = terms[term]
  return months === 0 ? undefined : addDays(addMonths(start, months), -1)
}
