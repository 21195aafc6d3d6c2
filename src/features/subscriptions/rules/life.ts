import { addDays, dayMs, type Term, utcDay } from '../../../kernel/time.ts'
import { type BillingPlan, type Charge, type Charged, isCharged } from '../../billing/charge.ts'
import type { SubscriptionKind, SubscriptionStatus } from '../rules.ts'

/** Where licenses came from: bought first, added, begun anew with a term, converted or moved from another product. */
export type LotSource = 'purchase' | 'add' | 'renewal' | 'convert' | 'move'

/** Licenses that came together; they can be reduced until the end of their own window. */
export interface SeatLot {
  /** Null while it is not stored yet. */
  readonly id: string | null
  readonly quantity: number
  readonly source: LotSource
  readonly addedAt: Date
  /** Inclusive. */
  readonly reducibleUntil: Date
}

/** What the next term will be like instead. */
export interface ScheduledChange {
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly quantity: number
  readonly term: Term
  readonly billingPlan: BillingPlan
  /** Last day of that term when it is cut short to end with something else; null for a whole one. */
  readonly endOn: string | null
}

export type SuspensionReason = 'customerRequest' | 'nonPayment' | 'fraud' | 'other' | 'base'

/** Everything of a subscription that acts and time change. Days are UTC and inclusive. */
export interface Life {
  readonly status: SubscriptionStatus
  readonly stateSince: Date
  readonly disabledStage: 1 | 2 | null
  readonly endedReason: 'canceled' | 'expired' | 'suspended' | 'neverStarted' | 'transferred' | null
  readonly suspensionReason: SuspensionReason | null
  readonly suspensionNote: string
  readonly kind: SubscriptionKind
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly incentiveEligible: boolean
  readonly quantity: number
  readonly lots: readonly SeatLot[]
  readonly term: Term
  readonly billingPlan: BillingPlan
  /** The running term. */
  readonly startOn: string
  readonly endOn: string | null
  readonly termNumber: number
  /** The day billing periods are counted from; usually `startOn`. */
  readonly anchorOn: string
  /** Last day that is charged so far; null when nothing is charged by periods. */
  readonly chargedUntil: string | null
  readonly autoRenew: boolean
  readonly cancelUntil: Date | null
  readonly currency: string
  readonly unitCostMicros: bigint
  readonly unitRetailMicros: bigint
  readonly scheduled: ScheduledChange | null
}

/** Work for whoever provides the service. */
export type ProvisioningAction =
  | 'create'
  | 'changeQuantity'
  | 'convert'
  | 'suspend'
  | 'reactivate'
  | 'cancel'
  | 'renew'
  | 'delete'

/** What an act loses that one may not expect. */
export type Dropped = 'scheduledChange' | 'autoRenew' | 'userAccess' | 'cancelWindow' | 'promotion' | 'service'

/** What an act comes to: the subscription after it, what is charged or given back, what is dropped, and what has to be provided. */
export interface Outcome {
  readonly life: Life
  readonly charges: readonly Charge[]
  readonly drops: readonly Dropped[]
  readonly job: ProvisioningAction | null
}

/** What the charges of a subscription follow from. */
export function chargedAs(life: Life): Charged {
  const { kind, billingPlan, anchorOn, endOn, currency, unitCostMicros, unitRetailMicros } = life
  return { kind, billingPlan, startOn: anchorOn, endOn, currency, unitCostMicros, unitRetailMicros }
}

/** Days that an expired subscription still works, and that a suspended one stays in its first stage of being disabled. */
export const graceDays = 30
/** Days that data is kept after that. */
export const disabledDays = 90
/** Days that data of a canceled subscription is kept, for a backup. */
export const canceledDays = 7

/** What time does to a subscription by itself. */
export type Step = 'charge' | 'renew' | 'convert' | 'expire' | 'disable' | 'disableFurther' | 'delete'

/**
 * What happens next by itself, and when, UTC; null when nothing ever does. A term ends with its last day, so what follows it
 * happens at the next midnight. Source: F140, F148, SM-10.
 */
export function nextStep(life: Life): { readonly step: Step; readonly at: Date } | null {
  const { status, endOn, chargedUntil, stateSince } = life
  switch (status) {
    case 'pending':
    case 'active':
    case 'suspended': {
      const at = firstDueAt(isCharged(life) ? chargedUntil : null, endOn)
      if (at === null || endOn === null) return null
      return { step: at > midnight(endOn) ? stepAtEnd(life) : 'charge', at }
    }
    case 'expired':
      return { step: 'disableFurther', at: afterDays(stateSince, graceDays) }
    case 'disabled':
      return life.disabledStage === 2
        ? { step: 'delete', at: afterDays(stateSince, disabledDays) }
        : { step: 'disableFurther', at: afterDays(stateSince, graceDays) }
    case 'canceled':
      return { step: 'delete', at: afterDays(stateSince, canceledDays) }
    case 'renewing':
    case 'deleted':
      return null
  }
}

/** When time first changes what lives on: at the first day that is not charged yet, else after the term's last day. */
export function firstDueAt(chargedUntil: string | null, endOn: string | null): Date | null {
  if (endOn === null) return null
  return midnight(addDays(chargedUntil !== null && chargedUntil < endOn ? chargedUntil : endOn, 1))
}

function stepAtEnd({ status, autoRenew, kind }: Life): Step {
  if (status === 'suspended') return 'disable'
  if (!autoRenew) return 'expire'
  return kind === 'trial' ? 'convert' : 'renew'
}

function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

function afterDays(at: Date, days: number): Date {
  return new Date(at.getTime() + days * dayMs)
}

/**
 * Which of the lots licenses are taken from. Given back are the newest first, so that what can be reduced longest goes last to
 * nobody; moved to another product are the oldest first, so that those within their window stay reducible.
 * Throws when there are not as many, which the decision before it rules out.
 */
export function takeFromLots(
  lots: readonly SeatLot[],
  quantity: number,
  order: 'newestFirst' | 'oldestFirst',
): { readonly left: readonly SeatLot[]; readonly taken: readonly SeatLot[] } {
  const sorted = lots.toSorted(
    (a, b) => a.addedAt.getTime() - b.addedAt.getTime() || ((a.id ?? '') < (b.id ?? '') ? -1 : 1),
  )
  if (order === 'newestFirst') sorted.reverse()
  let open = quantity
  const left: SeatLot[] = []
  const taken: SeatLot[] = []
  for (const lot of sorted) {
    const here = Math.min(lot.quantity, open)
    open -= here
    if (here > 0) taken.push({ ...lot, quantity: here })
    left.push({ ...lot, quantity: lot.quantity - here })
  }
  if (open > 0) throw new Error(`The lots lack ${open} licenses.`)
  return { left, taken }
}

/** Lots that can be reduced at an instant, soonest to close first. Source: F130, F131. */
export function reducibleLots(lots: readonly SeatLot[], at: Date): readonly SeatLot[] {
  return lots
    .filter(({ quantity, reducibleUntil }) => quantity > 0 && reducibleUntil >= at)
    .toSorted((a, b) => a.reducibleUntil.getTime() - b.reducibleUntil.getTime())
}

/** Whether a day is after the last one of the term. */
export function isTermOver({ endOn }: Pick<Life, 'endOn'>, at: Date): boolean {
  return endOn !== null && endOn < utcDay(at)
}
