import { addDays, addMonths, type Term, termEnd } from '../../../kernel/time.ts'

/** A live subscription of the same customer and provider that another one may end with. */
export interface AlignmentPeer {
  readonly title: string
  readonly term: Term
  /** Last day of its running term, inclusive. */
  readonly endOn: string
  readonly autoRenew: boolean
}

/** A last day that a term may be cut short to, and what it then ends with. */
export interface Alignment {
  readonly endOn: string
  readonly with: { readonly kind: 'monthEnd' } | { readonly kind: 'subscription'; readonly title: string }
}

const months: Readonly<Record<Term, number>> = { P1M: 1, P1Y: 12, P3Y: 36, P5Y: 60, '': 0 }

/**
 * The last days that a term may have instead of its whole length, soonest first and each once: the ends of the customer's other
 * subscriptions, and the last month's end within it. It only ever becomes shorter. What renews ends again and again; of such
 * ends the last one within the term counts. A term longer than a month does not align to a monthly one, and a monthly one does
 * not end on the 28th, 29th or 30th, unless that is its month's last day. Source: F166, F167, F170, F171.
 *
 * @param startOn First day of the term, UTC.
 */
export function alignmentsFor(startOn: string, term: Term, peers: readonly AlignmentPeer[]): readonly Alignment[] {
  const natural = termEnd(startOn, term)
  if (natural === undefined) return []
  const found = [
    ...peers
      .filter((peer) => term === 'P1M' || peer.term !== 'P1M')
      .flatMap(({ title, ...peer }): readonly Alignment[] => {
        const endOn = lastEndWithin(peer, startOn, natural)
        return endOn === undefined ? [] : [{ endOn, with: { kind: 'subscription', title } }]
      }),
    { endOn: lastMonthEnd(natural), with: { kind: 'monthEnd' } } as const,
  ].filter(({ endOn }) => endOn >= startOn && endOn < natural && !(term === 'P1M' && isOddDay(endOn)))
  return found
    .toSorted((a, b) => (a.endOn < b.endOn ? -1 : a.endOn > b.endOn ? 1 : 0))
    .filter(({ endOn }, at, all) => all[at - 1]?.endOn !== endOn)
}

function lastEndWithin(
  { term, endOn, autoRenew }: Omit<AlignmentPeer, 'title'>,
  from: string,
  until: string,
): string | undefined {
  const step = months[term]
  let last = endOn
  // Counted from its own end each time, so that a 31st does not stay a 28th.
  for (let count = 1; step > 0 && autoRenew && addMonths(endOn, count * step) <= until; count += 1)
    last = addMonths(endOn, count * step)
  return last >= from && last <= until ? last : undefined
}

function lastMonthEnd(until: string): string {
  return isMonthEnd(until) ? until : addDays(`${until.slice(0, 8)}01`, -1)
}

function isMonthEnd(day: string): boolean {
  return addDays(day, 1).endsWith('-01')
}

function isOddDay(day: string): boolean {
  return ['28', '29', '30'].includes(day.slice(8)) && !isMonthEnd(day)
}
