import { addMonths, dayMs, utcDay } from '../../kernel/time.ts'

/** How far a clock may be moved at once. */
export const mostYears = 10

export const clockRunStatuses = ['waiting', 'running', 'done', 'stopped', 'failed'] as const
export type ClockRunStatus = (typeof clockRunStatuses)[number]

/** A period by which a clock is moved: days, weeks, months or years, such as `P7D`, `P1M` or `P1Y`. */
export const periodPattern = /^P(\d{1,4})([DWMY])$/

/**
 * The time one period later, at the same time of day; a day that the month lacks becomes its last one. Undefined for a text
 * that is no period.
 */
export function addPeriod(at: Date, period: string): Date | undefined {
  const [, count = '', unit = ''] = periodPattern.exec(period) ?? []
  if (unit === '') return undefined
  if (unit === 'D' || unit === 'W') return new Date(at.getTime() + Number(count) * (unit === 'W' ? 7 : 1) * dayMs)
  const day = addMonths(utcDay(at), Number(count) * (unit === 'Y' ? 12 : 1))
  return new Date(`${day}T${at.toISOString().slice(11)}`)
}

/** The latest time a clock that stands at `now` may be moved to. */
export function latestTarget(now: Date): Date {
  return addPeriod(now, `P${mostYears}Y`) ?? now
}

/** Why a clock that stands at `now` cannot be moved to `to`; null when it can. */
export function whyNotTo(
  world: 'production' | 'sandbox',
  now: Date,
  to: Date,
): 'productionClock' | 'clockBackwards' | 'clockTooFar' | null {
  if (world === 'production') return 'productionClock'
  if (to <= now) return 'clockBackwards'
  return to > latestTarget(now) ? 'clockTooFar' : null
}
