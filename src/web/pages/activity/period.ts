/** The day a month before today where the person is, `YYYY-MM-DD`: where the log starts unless told. */
export function aMonthAgo(): string {
  const day = new Date()
  day.setMonth(day.getMonth() - 1)
  return dayOf(day)
}

/**
 * The instants between which days lie where the person is: the start of the first, and the start of the day after the last. A
 * day that is none is left out.
 */
export function instantsOf(from: string, to: string): { readonly from?: string; readonly to?: string } {
  const start = startOf(from, 0)
  const end = startOf(to, 1)
  return { ...(start === undefined ? {} : { from: start }), ...(end === undefined ? {} : { to: end }) }
}

function startOf(day: string, later: number): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!match) return undefined
  const [, year, month, date] = match.map(Number)
  return new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + later).toISOString()
}

function dayOf(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
