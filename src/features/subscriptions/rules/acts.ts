import { addDays, dayMs, type Term, termEnd, utcDay } from '../../../kernel/time.ts'
import {
  type BillingPlan,
  type Charge,
  chargeForAdded,
  chargeForPeriod,
  chargesForUpgrade,
  refundFrom,
} from '../../billing/charge.ts'
import { trialQuantity } from '../../catalog/rules.ts'
import {
  decideUpgrade,
  type QuantityBounds,
  type Refused,
  type SubscriptionKind,
  whyNot,
  whyNotCharged,
  whyQuantityFixed,
  windowEnd,
} from '../rules.ts'
import {
  chargedAs,
  type Dropped,
  isTermOver,
  type Life,
  type Outcome,
  reducibleLots,
  type ScheduledChange,
  type SeatLot,
  type SuspensionReason,
  takeFromLots,
} from './life.ts'

/*
 * What people may do with a subscription, and what it comes to. Each takes the subscription as it stands and an instant, and
 * answers with the outcome, `keep` when everything is so already, or the refusal. A preview is the same call without storing.
 */

export type Decision = Outcome | 'keep' | Refused

/** A product that a subscription may become, as the catalog has it now for the customer's market. */
export interface Target extends QuantityBounds {
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly kind: SubscriptionKind
  readonly incentiveEligible: boolean
  /** Null: not sold now with the wanted term and billing frequency. */
  readonly price: { readonly unitCostMicros: bigint; readonly unitRetailMicros: bigint } | null
  /** The subscription's own product, or one the catalog names as a conversion of it. */
  readonly isOwn: boolean
  readonly isConversion: boolean
}

/**
 * Changes the number of licenses to `wanted`, a target and not a difference, so that a repeat changes nothing. More come as a
 * lot of their own and are charged for the rest of the period. Fewer are taken from lots still within their window, the newest
 * first, and given back. Source: F129–F134, invariants 26 and 27.
 *
 * @param assigned Licenses of this product that people of the customer hold beyond what its other subscriptions cover.
 */
export function changeQuantity(
  life: Life,
  bounds: QuantityBounds,
  wanted: number,
  assigned: number,
  at: Date,
): Decision {
  if (wanted === life.quantity) return 'keep'
  const isMore = wanted > life.quantity
  const barred = isMore
    ? whyNotCharged('addLicenses', life, utcDay(at))
    : whyNotCharged('reduceLicenses', life, utcDay(at))
  const fixed = barred ?? whyQuantityFixed(life)
  if (fixed) return { refuse: fixed }
  const { min, max } = bounds
  if (isMore && wanted > max) return { refuse: 'quantityOutOfRange', params: { min, max } }
  return isMore ? addLicenses(life, wanted - life.quantity, at) : reduceLicenses(life, min, wanted, assigned, at)
}

function addLicenses(life: Life, added: number, at: Date): Outcome {
  const charge = chargeForAdded(chargedAs(life), added, utcDay(at))
  const lot = newLot(added, 'add', at)
  return {
    life: { ...life, quantity: life.quantity + added, lots: [...life.lots, lot], scheduled: null },
    charges: charge ? [charge] : [],
    drops: dropsOf(life),
    job: 'changeQuantity',
  }
}

function reduceLicenses(life: Life, min: number, wanted: number, assigned: number, at: Date): Decision {
  const most = reducibleLots(life.lots, at).reduce((sum, { quantity }) => sum + quantity, 0)
  const least = Math.max(min, life.quantity - most)
  if (wanted < least) {
    return most === 0 ? { refuse: 'reductionWindowOver' } : { refuse: 'reductionTooMuch', params: { least } }
  }
  if (wanted < assigned) return { refuse: 'licensesAssigned', params: { assigned } }
  const open = life.lots.filter(({ reducibleUntil }) => reducibleUntil >= at)
  const closed = life.lots.filter(({ reducibleUntil }) => reducibleUntil < at)
  const { left, taken } = takeFromLots(open, life.quantity - wanted, 'newestFirst')
  return {
    life: { ...life, quantity: wanted, lots: [...closed, ...left], scheduled: null },
    charges: taken.flatMap((lot) => refundOf('removeQuantity', life, lot, at)),
    drops: dropsOf(life),
    job: 'changeQuantity',
  }
}

/**
 * What a lot gives back: everything within its first 24 hours, then what is left of its days after today. What has no term is
 * charged on the day it comes, and gives everything back. Source: F132.
 */
function refundOf(type: 'removeQuantity' | 'cancelImmediate', life: Life, lot: SeatLot, at: Date): readonly Charge[] {
  if (life.chargedUntil === null) return []
  // A term that began late, because its fulfilment took its time, is charged from its first day all the same.
  const chargedFrom = lot.source === 'renewal' ? life.startOn : laterOf(utcDay(lot.addedAt), life.startOn)
  if (life.endOn === null) return refundFrom(type, chargedAs(life), lot.quantity, chargedFrom, chargedFrom)
  const inFull = at.getTime() - lot.addedAt.getTime() <= dayMs
  const from = inFull ? chargedFrom : addDays(utcDay(at), 1)
  return refundFrom(type, chargedAs(life), lot.quantity, from, life.chargedUntil)
}

function laterOf(a: string, b: string): string {
  return a > b ? a : b
}

/**
 * Cancels for good, within the window of the purchase or last renewal; usage, which is owed by what was used, at any time.
 * Source: F135–F137.
 */
export function cancel(life: Life, at: Date): Decision {
  if (life.status === 'canceled') return 'keep'
  const barred = whyNot('cancel', life)
  if (barred) return { refuse: barred }
  if (life.kind === 'trial') return { refuse: 'trialNoCancel' }
  if (life.kind !== 'usage') {
    if (life.cancelUntil === null) return { refuse: 'noCancelWindow' }
    if (at > life.cancelUntil) return { refuse: 'cancelWindowOver', params: { until: life.cancelUntil.toISOString() } }
  }
  return {
    life: {
      ...life,
      status: 'canceled',
      stateSince: at,
      endedReason: 'canceled',
      autoRenew: false,
      scheduled: null,
      cancelUntil: null,
    },
    charges: life.lots.flatMap((lot) => refundOf('cancelImmediate', life, lot, at)),
    drops: [...dropsOf(life), 'service'],
    job: 'cancel',
  }
}

/** Blocks its users at once; it goes on being charged, and no longer renews by itself. Source: F146. */
export function suspend(life: Life, reason: SuspensionReason, note: string, at: Date): Decision {
  if (life.status === 'suspended') return 'keep'
  const barred = whyNot('suspend', life)
  if (barred) return { refuse: barred }
  if (life.kind === 'trial') return { refuse: 'trialNoStatus' }
  return {
    life: {
      ...life,
      status: 'suspended',
      stateSince: at,
      suspensionReason: reason,
      suspensionNote: note,
      autoRenew: false,
      scheduled: null,
    },
    charges: [],
    drops: [...dropsOf(life), ...(life.autoRenew ? (['autoRenew'] as const) : []), 'userAccess'],
    job: 'suspend',
  }
}

/** Gives its users back their access before the term ends; it does not renew until somebody says so. Source: F147, F149. */
export function reactivate(life: Life, baseStatus: Life['status'] | null, at: Date): Decision {
  if (life.status === 'active') return 'keep'
  if (life.status === 'renewing') return { refuse: 'renewalRunning' }
  if (life.status !== 'suspended' || isTermOver(life, at)) return { refuse: 'reactivationOver' }
  if (baseStatus !== null && baseStatus !== 'active' && baseStatus !== 'renewing') return { refuse: 'baseNotActive' }
  return {
    life: { ...life, status: 'active', stateSince: at, suspensionReason: null, suspensionNote: '' },
    charges: [],
    drops: [],
    job: 'reactivate',
  }
}

/** Says whether a term is followed by the next one. Off, what was scheduled for it is dropped. Source: F139, F145. */
export function setAutoRenew(life: Life, autoRenew: boolean, at: Date): Decision {
  if (life.autoRenew === autoRenew) return 'keep'
  const barred = whyNot('setAutoRenew', life)
  if (barred) return { refuse: barred }
  if (life.endOn === null) return { refuse: 'noTerm' }
  if (isTermOver(life, at)) return { refuse: 'renewalRunning' }
  return {
    life: { ...life, autoRenew, scheduled: autoRenew ? life.scheduled : null },
    charges: [],
    drops: autoRenew ? [] : dropsOf(life),
    job: null,
  }
}

/** What a scheduled change asks for. */
export interface WantedNextTerm {
  readonly quantity: number
  readonly term: Term
  readonly billingPlan: BillingPlan
  /** Null for a whole term. */
  readonly endOn: string | null
}

/**
 * Plans what the next term will be like: another product the catalog allows, more or fewer licenses, another term or billing
 * frequency, an earlier end. Takes the place of what was planned before. A trial's is its conversion, with any number of
 * licenses. Source: F143, F161, F167, F173.
 *
 * @param given.assigned As for `changeQuantity`.
 * @param given.ends Last days that the next term may be cut short to.
 */
export function scheduleChange(
  life: Life,
  target: Target | undefined,
  wanted: WantedNextTerm,
  { assigned, ends }: { readonly assigned: number; readonly ends: readonly string[] },
  at: Date,
): Decision {
  const barred = whyNot('scheduleChange', life)
  if (barred) return { refuse: barred }
  if (life.endOn === null || life.kind === 'usage') return { refuse: 'noTerm' }
  if (!life.autoRenew) return { refuse: 'autoRenewOff' }
  if (isTermOver(life, at)) return { refuse: 'renewalRunning' }
  if (!target || !(target.isConversion || (target.isOwn && life.kind !== 'trial')))
    return { refuse: 'upgradeNotPossible' }
  if (!target.price) return { refuse: 'offerNotAvailable' }
  const { min, max } = target
  if (wanted.quantity < min || wanted.quantity > max) return { refuse: 'quantityOutOfRange', params: { min, max } }
  if (target.isOwn && wanted.quantity < assigned) return { refuse: 'licensesAssigned', params: { assigned } }
  const startOn = addDays(life.endOn, 1)
  const naturalEnd = termEnd(startOn, wanted.term)
  if (naturalEnd === undefined) return { refuse: 'noTerm' }
  if (wanted.endOn !== null && (wanted.endOn < startOn || wanted.endOn > naturalEnd))
    return { refuse: 'endOutsideTerm', params: { from: startOn, to: naturalEnd } }
  if (wanted.endOn !== null && wanted.endOn !== naturalEnd && !ends.includes(wanted.endOn))
    return { refuse: 'endNotAligned' }
  const scheduled: ScheduledChange = {
    productId: target.productId,
    skuId: target.skuId,
    title: target.title,
    quantity: wanted.quantity,
    term: wanted.term,
    billingPlan: wanted.billingPlan,
    endOn: wanted.endOn === naturalEnd ? null : wanted.endOn,
  }
  if (isAsItIs(life, scheduled)) {
    return life.scheduled === null ? 'keep' : removeScheduledChange(life)
  }
  if (life.scheduled !== null && isSamePlan(life.scheduled, scheduled)) return 'keep'
  return { life: { ...life, scheduled }, charges: [], drops: dropsOf(life), job: null }
}

/** A next term that is like this one is no change. */
function isAsItIs(life: Life, next: ScheduledChange): boolean {
  return isSamePlan({ ...life, endOn: null }, next)
}

function isSamePlan(a: Omit<ScheduledChange, 'title'>, b: ScheduledChange): boolean {
  return (['productId', 'skuId', 'quantity', 'term', 'billingPlan', 'endOn'] as const).every(
    (part) => a[part] === b[part],
  )
}

/** Takes back what was planned for the next term, until it begins. Source: F144. */
export function removeScheduledChange(life: Life): Decision {
  if (life.scheduled === null) return 'keep'
  const barred = whyNot('scheduleChange', life)
  if (barred) return { refuse: barred }
  return { life: { ...life, scheduled: null }, charges: [], drops: [], job: null }
}

/**
 * Makes a trial a paid subscription at once, with at least as many licenses as the trial has; the term begins today, with the
 * usual window. Source: F160, F162.
 */
export function convertTrial(
  life: Life,
  target: Target | undefined,
  wanted: Pick<WantedNextTerm, 'quantity' | 'term' | 'billingPlan'>,
  at: Date,
): Decision {
  if (life.kind !== 'trial') return { refuse: 'notATrial' }
  const barred = whyNot('convertTrial', life)
  if (barred) return { refuse: barred }
  if (isTermOver(life, at)) return { refuse: 'renewalRunning' }
  if (!target?.isConversion || target.kind === 'trial') return { refuse: 'upgradeNotPossible' }
  if (!target.price) return { refuse: 'offerNotAvailable' }
  const { max } = target
  const min = Math.max(trialQuantity, target.min)
  if (wanted.quantity < min || wanted.quantity > max) return { refuse: 'quantityOutOfRange', params: { min, max } }
  return becomePaid(life, target, target.price, wanted, utcDay(at), null, at)
}

/** A trial as a paid subscription from a day on; its id stays. */
export function becomePaid(
  life: Life,
  target: Pick<Target, 'productId' | 'skuId' | 'title' | 'kind' | 'incentiveEligible'>,
  price: NonNullable<Target['price']>,
  { quantity, term, billingPlan }: Pick<WantedNextTerm, 'quantity' | 'term' | 'billingPlan'>,
  startOn: string,
  endOn: string | null,
  at: Date,
): Outcome {
  const paid: Life = {
    ...life,
    kind: target.kind,
    productId: target.productId,
    skuId: target.skuId,
    title: target.title,
    incentiveEligible: target.incentiveEligible,
    status: 'active',
    stateSince: at,
    quantity,
    lots: renewedLots(life.lots, quantity, 'convert', at),
    term,
    billingPlan,
    startOn,
    endOn: endOn ?? termEnd(startOn, term) ?? null,
    termNumber: life.termNumber + 1,
    anchorOn: startOn,
    autoRenew: true,
    cancelUntil: windowEnd(at),
    ...price,
    scheduled: null,
  }
  const charge = chargeForPeriod('convert', chargedAs(paid), quantity, startOn)
  return {
    life: { ...paid, chargedUntil: charge?.chargeEnd ?? null },
    charges: charge ? [charge] : [],
    drops: dropsOf(life),
    job: 'convert',
  }
}

/** An upgrade's outcome: of the subscription itself, and of the new one that takes some of its licenses over. */
export interface Upgraded extends Outcome {
  /** Undefined when all licenses go along: then the subscription itself has the new product. */
  readonly successor?: Life
  /** Those of `charges` that belong to the successor. */
  readonly successorCharges: readonly Charge[]
}

/**
 * Moves `quantity` licenses to a product the catalog names as a conversion, at the price of now. All of them: the subscription
 * stays the same one. Fewer: a new one that ends on the same day and is charged in the same periods takes them over. There is no
 * window to cancel or reduce what was moved, and what was planned for the next term is dropped. Source: F154, F156.
 *
 * @param minLeft Fewest licenses the old product is sold in.
 */
export function upgrade(
  life: Life,
  target: Target | undefined,
  quantity: number,
  minLeft: number,
  at: Date,
): Upgraded | Refused {
  const barred = whyNotCharged('upgrade', life, utcDay(at))
  if (barred) return { refuse: barred }
  const key = `${target?.productId}/${target?.skuId}`
  const decision = decideUpgrade(
    { ...life, conversions: target?.isConversion ? [key] : [], minQuantity: minLeft },
    target && { ...target, isSold: target.price !== null },
    quantity,
  )
  if (typeof decision === 'object') return decision
  if (!target?.price) throw new Error('The target passed its rules without its facts.')
  const left = life.quantity - quantity
  const { productId, skuId, title, kind, incentiveEligible, price } = target
  const moved: Life = {
    ...life,
    productId,
    skuId,
    title,
    kind,
    incentiveEligible,
    ...price,
    cancelUntil: null,
    scheduled: null,
  }
  const [back, forth] = partition(chargesForUpgrade(chargedAs(life), chargedAs(moved), quantity, utcDay(at)))
  if (left === 0) {
    const lots = life.lots.map((lot) => ({
      ...lot,
      reducibleUntil: lot.reducibleUntil < at ? lot.reducibleUntil : at,
    }))
    const drops = [...dropsOf(life), ...(life.cancelUntil === null ? [] : (['cancelWindow'] as const))]
    return { life: { ...moved, lots }, charges: [...back, ...forth], drops, job: 'convert', successorCharges: [] }
  }
  const { left: kept } = takeFromLots(life.lots, quantity, 'oldestFirst')
  const lot: SeatLot = { id: null, quantity, source: 'convert', addedAt: at, reducibleUntil: at }
  return {
    life: { ...life, quantity: left, lots: kept, scheduled: null },
    charges: back,
    drops: dropsOf(life),
    job: 'changeQuantity',
    successor: {
      ...moved,
      status: 'pending',
      stateSince: at,
      quantity,
      lots: [lot],
      termNumber: 1,
      startOn: utcDay(at),
    },
    successorCharges: forth,
  }
}

/** What is given back, and what is charged. */
function partition(charges: readonly Charge[]): readonly [readonly Charge[], readonly Charge[]] {
  return [charges.filter(({ quantity }) => quantity < 0), charges.filter(({ quantity }) => quantity >= 0)]
}

/** A term begins with one lot; those before it are used up. */
export function renewedLots(
  lots: readonly SeatLot[],
  quantity: number,
  source: 'renewal' | 'convert',
  at: Date,
): readonly SeatLot[] {
  return [...lots.map((lot) => ({ ...lot, quantity: 0 })), newLot(quantity, source, at)]
}

export function newLot(quantity: number, source: SeatLot['source'], at: Date): SeatLot {
  return { id: null, quantity, source, addedAt: at, reducibleUntil: windowEnd(at) }
}

/** A planned change is dropped by whatever changes the subscription before it. Source: F145. */
function dropsOf({ scheduled }: Life): readonly Dropped[] {
  return scheduled === null ? [] : ['scheduledChange']
}
