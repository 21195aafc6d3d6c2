import { lineTotal } from '../../kernel/money.ts'
import { addDays, addMonths, daysBetween } from '../../kernel/time.ts'

/** How often a subscription is charged; empty for usage, which is charged by what was used. */
export type BillingPlan = 'monthly' | 'annual' | 'triennial' | 'onetime' | ''

/** What of a subscription its charges follow from. Days are UTC and inclusive. */
export interface Charged {
  readonly kind: 'license' | 'addon' | 'trial' | 'usage' | 'software'
  readonly billingPlan: BillingPlan
  /** The day billing periods are counted from: the first of the term, also for what joined it later. */
  readonly startOn: string
  /** null for products without a term. */
  readonly endOn: string | null
  readonly currency: string
  /** Price of one license for a whole billing period, in millionths. */
  readonly unitCostMicros: bigint
  readonly unitRetailMicros: bigint
}

/** What a charge is for. Those of `periodCharges` occur once for a subscription and period. */
export type ChargeType =
  | 'new'
  | 'renew'
  | 'cycleCharge'
  | 'addQuantity'
  | 'removeQuantity'
  | 'cancelImmediate'
  | 'convert'

/** A line of what is owed. Amounts are before tax; a negative quantity gives back. */
export interface Charge {
  readonly type: ChargeType
  readonly quantity: number
  /** First and last day charged, UTC, inclusive. */
  readonly chargeStart: string
  readonly chargeEnd: string
  /** The share of a billing period that is charged: so many of its days. */
  readonly days: number
  readonly ofDays: number
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
  /** Days the period has when no term ends within it: what the price is for. */
  readonly fullDays: number
}

const months: Readonly<Record<BillingPlan, number>> = { monthly: 1, annual: 12, triennial: 36, onetime: 0, '': 0 }

/** The billing period a day falls into; what is paid once has one period, its whole term. The day must be within the term. */
export function billingPeriod(
  { billingPlan, startOn, endOn }: Pick<Charged, 'billingPlan' | 'startOn' | 'endOn'>,
  day: string,
): BillingPeriod {
  const step = months[billingPlan]
  if (step === 0) {
    const end = endOn ?? startOn
    return { start: startOn, end, fullDays: daysBetween(startOn, addDays(end, 1)) }
  }
  // Counted from the start each time: the 31st falls back in short months, and returns in long ones.
  let count = Math.max(0, Math.floor(daysBetween(startOn, day) / 31 / step) - 1)
  while (addMonths(startOn, (count + 1) * step) <= day) count += 1
  const start = addMonths(startOn, count * step)
  const next = addMonths(startOn, (count + 1) * step)
  const end = addDays(next, -1)
  return { start, end: endOn !== null && endOn < end ? endOn : end, fullDays: daysBetween(start, next) }
}

/** Whether anything is charged up front: trials are free, and usage is charged by what was used. */
export function isCharged({ kind, billingPlan }: Pick<Charged, 'kind' | 'billingPlan'>): boolean {
  return kind !== 'trial' && kind !== 'usage' && billingPlan !== ''
}

/** The charge of a new subscription: its whole first billing period. Undefined when nothing is charged up front. */
export function chargeForNew(subscription: Charged, quantity: number): Charge | undefined {
  return chargeForPeriod('new', subscription, quantity, subscription.startOn)
}

/**
 * The charge of the whole billing period that begins on a day. A last period that the term's end cuts short costs its days
 * only. Undefined when nothing is charged up front.
 */
export function chargeForPeriod(
  type: 'new' | 'renew' | 'cycleCharge' | 'convert',
  subscription: Charged,
  quantity: number,
  day: string,
): Charge | undefined {
  if (!isCharged(subscription)) return undefined
  return chargeOf(type, subscription, quantity, shareFrom(subscription, day))
}

/**
 * The charge of licenses added on a day: the rest of the running billing period, that day included, by days.
 * Undefined when nothing is charged up front.
 */
export function chargeForAdded(subscription: Charged, added: number, day: string): Charge | undefined {
  if (!isCharged(subscription)) return undefined
  return chargeOf('addQuantity', subscription, added, shareFrom(subscription, day))
}

/**
 * The charges of moving licenses to another product on a day: the old product's unused days are given back, the new one's are
 * charged, both to the end of their running billing periods.
 */
export function chargesForUpgrade(from: Charged, to: Charged, quantity: number, day: string): readonly Charge[] {
  const back = isCharged(from) ? [chargeOf('convert', from, -quantity, shareFrom(from, day))] : []
  const forth = isCharged(to) ? [chargeOf('convert', to, quantity, shareFrom(to, day))] : []
  return [...back, ...forth]
}

/**
 * What is given back for licenses from a day on, to the last day that is charged: a line for each billing period touched. Every
 * license gives back at most what it was charged, for both are rounded down from the same price.
 *
 * @param from First day given back, inclusive.
 * @param chargedUntil Last day that was charged, inclusive.
 */
export function refundFrom(
  type: 'removeQuantity' | 'cancelImmediate',
  subscription: Charged,
  quantity: number,
  from: string,
  chargedUntil: string,
): readonly Charge[] {
  if (!isCharged(subscription) || quantity === 0) return []
  const lines: Charge[] = []
  for (let day = from; day <= chargedUntil;) {
    const share = shareFrom(subscription, day)
    lines.push(chargeOf(type, subscription, -quantity, share))
    day = addDays(share.end, 1)
  }
  return lines
}

interface Share {
  readonly start: string
  readonly end: string
  readonly days: number
  readonly ofDays: number
}

/** From a day to the end of its billing period. */
function shareFrom(subscription: Charged, day: string): Share {
  // What has no term is not used up by days.
  if (subscription.endOn === null) return { start: day, end: day, days: 1, ofDays: 1 }
  const { end, fullDays } = billingPeriod(subscription, day)
  return { start: day, end, days: daysBetween(day, addDays(end, 1)), ofDays: fullDays }
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
    days: share.days,
    ofDays: share.ofDays,
    unitCostMicros,
    unitRetailMicros,
    costMinor: total(unitCostMicros),
    retailMinor: total(unitRetailMicros),
    currency,
  }
}
