import { lineTotal } from '../../kernel/money.ts'
import { addDays, addMonths, daysBetween } from '../../kernel/time.ts'

/** How often a subscription is charged; empty for usage, which is charged by what was used. */
export type BillingPlan = 'monthly' | 'annual' | 'triennial' | 'onetime' | ''

/** What of a subscription its charges follow from. Days are UTC and inclusive. */
export interface Charged {
  readonly kind: 'license' | 'addon' | 'trial' | 'usage' | 'software'
  readonly billingPlan: BillingPlan
  readonly startOn: string
  /** null for products without a term. */
  readonly endOn: string | null
  readonly currency: string
  /** Price of one license for a whole billing period, in millionths. */
  readonly unitCostMicros: bigint
  readonly unitRetailMicros: bigint
}

/** A line of what is owed. Amounts are before tax; a negative quantity gives back. */
export interface Charge {
  readonly type: 'new' | 'addQuantity' | 'convert'
  readonly quantity: number
  /** First and last day charged, UTC, inclusive. */
  readonly chargeStart: string
  readonly chargeEnd: string
  readonly unitCostMicros: bigint
  readonly unitRetailMicros: bigint
  readonly costMinor: bigint
  readonly retailMinor: bigint
  readonly currency: string
}

export interface BillingPeriod {
  /** First day, UTC. */
  readonly start: string
  /** Last day, inclusive; never after the term's end. */
  readonly end: string
}

const months: Readonly<Record<BillingPlan, number>> = { monthly: 1, annual: 12, triennial: 36, onetime: 0, '': 0 }

/** The billing period a day falls into; what is paid once has one period, its whole term. The day must be within the term. */
export function billingPeriod(
  { billingPlan, startOn, endOn }: Pick<Charged, 'billingPlan' | 'startOn' | 'endOn'>,
  day: string,
): BillingPeriod {
  const step = months[billingPlan]
  if (step === 0) return { start: startOn, end: endOn ?? startOn }
  // Counted from the start each time: the 31st falls back in short months, and returns in long ones.
  let count = 0
  while (addMonths(startOn, (count + 1) * step) <= day) count += 1
  const start = addMonths(startOn, count * step)
  const end = addDays(addMonths(startOn, (count + 1) * step), -1)
  return { start, end: endOn !== null && endOn < end ? endOn : end }
}

/** Whether anything is charged up front: trials are free, and usage is charged by what was used. */
export function isCharged({ kind, billingPlan }: Pick<Charged, 'kind' | 'billingPlan'>): boolean {
  return kind !== 'trial' && kind !== 'usage' && billingPlan !== ''
}

/** The charge of a new subscription: its whole first billing period. Undefined when nothing is charged up front. */
export function chargeForNew(subscription: Charged, quantity: number): Charge | undefined {
  if (!isCharged(subscription)) return undefined
  return chargeOf('new', subscription, quantity, wholePeriod(subscription, subscription.startOn))
}

/**
 * The charge of licenses added on a day: the rest of the running billing period, that day included, by days.
 * Undefined when nothing is charged up front.
 */
export function chargeForAdded(subscription: Charged, added: number, day: string): Charge | undefined {
  if (!isCharged(subscription)) return undefined
  return chargeOf('addQuantity', subscription, added, restOfPeriod(subscription, day))
}

/**
 * The charges of moving licenses to another product on a day: the old product's unused days are given back, the new one's are
 * charged, both to the end of their running billing periods.
 */
export function chargesForUpgrade(from: Charged, to: Charged, quantity: number, day: string): readonly Charge[] {
  const back = isCharged(from) ? [chargeOf('convert', from, -quantity, restOfPeriod(from, day))] : []
  const forth = isCharged(to) ? [chargeOf('convert', to, quantity, restOfPeriod(to, day))] : []
  return [...back, ...forth]
}

interface Share {
  readonly start: string
  readonly end: string
  readonly days: number
  readonly ofDays: number
}

function wholePeriod(subscription: Charged, day: string): Share {
  const { start, end } = billingPeriod(subscription, day)
  return { start, end, days: 1, ofDays: 1 }
}

function restOfPeriod(subscription: Charged, day: string): Share {
  const { start, end } = billingPeriod(subscription, day)
  const next = addDays(end, 1)
  // What has no term is not used up by days.
  if (subscription.endOn === null) return { start: day, end: day, days: 1, ofDays: 1 }
  return { start: day, end, days: daysBetween(day, next), ofDays: daysBetween(start, next) }
}

/** The unit price is brought down to its share first, then rounded, then multiplied, so that every license costs the same. */
function chargeOf(type: Charge['type'], subscription: Charged, quantity: number, share: Share): Charge {
  const { currency, unitCostMicros, unitRetailMicros } = subscription
  const total = (micros: bigint) =>
    lineTotal({ micros: (micros * BigInt(share.days)) / BigInt(share.ofDays), currency }, quantity).minor
  return {
    type,
    quantity,
    chargeStart: share.start,
    chargeEnd: share.end,
    unitCostMicros,
    unitRetailMicros,
    costMinor: total(unitCostMicros),
    retailMinor: total(unitRetailMicros),
    currency,
  }
}
