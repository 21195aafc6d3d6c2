import type { RefusalName } from '../../kernel/errors.ts'
import { addDays, hourMs, type Term, termEnd } from '../../kernel/time.ts'
import type { SkuKind } from '../catalog/rules.ts'

export const subscriptionStatuses = [
  'pending',
  'active',
  'suspended',
  'renewing',
  'expired',
  'disabled',
  'canceled',
  'deleted',
] as const
export type SubscriptionStatus = (typeof subscriptionStatuses)[number]

export type SubscriptionKind = SkuKind

export type ProvisioningStatus = 'pending' | 'success' | 'failed'

/** The states in which each action is allowed, over the whole life of a subscription. Source: docs/product/subscriptions.md. */
export const allowedIn = {
  addLicenses: ['active'],
  reduceLicenses: ['active'],
  upgrade: ['active'],
  convertTrial: ['active'],
  rename: ['pending', 'active', 'suspended', 'renewing', 'expired', 'disabled'],
  setReseller: ['pending', 'active', 'suspended'],
  setSupportContact: ['pending', 'active', 'suspended', 'renewing', 'expired'],
  confirmOwner: ['active', 'suspended', 'renewing'],
  suspend: ['active'],
  reactivate: ['suspended'],
  cancel: ['active', 'suspended'],
  setAutoRenew: ['active'],
  scheduleChange: ['active'],
} as const satisfies Record<string, readonly SubscriptionStatus[]>

export type SubscriptionAction = keyof typeof allowedIn

/** Whether a subscription's state allows an action. */
export function subscriptionCan(
  action: SubscriptionAction,
  { status }: { readonly status: SubscriptionStatus },
): boolean {
  const states: readonly SubscriptionStatus[] = allowedIn[action]
  return states.includes(status)
}

/** Why a subscription's state does not allow an action; null when it does. */
export function whyNot(
  action: SubscriptionAction,
  { status }: { readonly status: SubscriptionStatus },
): RefusalName | null {
  if (subscriptionCan(action, { status })) return null
  if (status === 'renewing') return 'renewalRunning'
  return status === 'suspended' ? 'suspendedNoChange' : 'subscriptionNotActive'
}

/**
 * As `whyNot`, for what is charged for the rest of the term: after its last day nothing is left to charge, whatever the status
 * still says.
 *
 * @param endOn Last day of the term, inclusive; null without a term.
 * @param today UTC day.
 */
export function whyNotCharged(
  action: 'addLicenses' | 'reduceLicenses' | 'upgrade',
  { status, endOn }: { readonly status: SubscriptionStatus; readonly endOn: string | null },
  today: string,
): RefusalName | null {
  return whyNot(action, { status }) ?? (endOn !== null && endOn < today ? 'subscriptionNotActive' : null)
}

/** States of a subscription that is over, or on its way out. */
export const endedStatuses = [
  'expired',
  'disabled',
  'canceled',
  'deleted',
] as const satisfies readonly SubscriptionStatus[]

/** Parts of a customer's list: by kind what is not over, and what is. */
export const tabs = ['all', 'license', 'addon', 'trial', 'usage', 'software', 'ended'] as const
export type Tab = (typeof tabs)[number]

/** A trial lasts 30 days. Source: F158. */
export const trialDays = 30

/** A subscription may be canceled, and a lot of licenses reduced, for seven times 24 hours. Source: F130, F135. */
export const windowMs = 7 * 24 * hourMs

/** The last instant at which what was bought at `at` can be canceled or reduced. */
export function windowEnd(at: Date): Date {
  return new Date(at.getTime() + windowMs)
}

/** Last day of the first term of a subscription that starts on a day, both inclusive; null for products without a term. */
export function firstTermEnd(startOn: string, kind: SubscriptionKind, term: Term): string | null {
  if (kind === 'trial') return addDays(startOn, trialDays - 1)
  return termEnd(startOn, term) ?? null
}

/** How many licenses one subscription of a product may have. */
export interface QuantityBounds {
  readonly min: number
  readonly max: number
}

/** A decision against, with the values of its sentence. */
export interface Refused {
  readonly refuse: RefusalName
  readonly params?: Readonly<Record<string, string | number>>
}

/** Why a kind of subscription has no number of licenses to change: a trial's is given, usage is metered. Null for the others. */
export function whyQuantityFixed({ kind }: { readonly kind: SubscriptionKind }): RefusalName | null {
  if (kind === 'trial') return 'trialFixed'
  return kind === 'usage' ? 'usageMetered' : null
}

/** A product a subscription may be upgraded to, as far as the decision needs it. */
export interface UpgradeTarget extends QuantityBounds {
  readonly productId: string
  readonly skuId: string
  readonly kind: SubscriptionKind
  /** Sold now, in the customer's market, with the subscription's term and billing frequency. */
  readonly isSold: boolean
}

/**
 * Decides an upgrade of `quantity` licenses. With all of them the subscription stays the same one (`full`); with fewer, a new
 * one that ends on the same day takes them over (`partial`). Only to a product the catalog names as a conversion. Source: F154.
 */
export function decideUpgrade(
  subscription: {
    readonly status: SubscriptionStatus
    readonly kind: SubscriptionKind
    readonly quantity: number
    /** `product/sku`, from the offer matrix. */
    readonly conversions: readonly string[]
    readonly minQuantity: number
  },
  target: UpgradeTarget | undefined,
  quantity: number,
): 'full' | 'partial' | Refused {
  const barred = whyNot('upgrade', subscription)
  if (barred) return { refuse: barred }
  if (subscription.kind === 'trial' || subscription.kind === 'usage') return { refuse: 'upgradeNotPossible' }
  if (!target || !subscription.conversions.includes(`${target.productId}/${target.skuId}`))
    return { refuse: 'upgradeNotPossible' }
  if (!target.isSold) return { refuse: 'offerNotAvailable' }
  const most = Math.min(subscription.quantity, target.max)
  if (quantity < target.min || quantity > most)
    return { refuse: 'quantityOutOfRange', params: { min: target.min, max: most } }
  if (quantity === subscription.quantity) return 'full'
  // What stays behind must still be a quantity the old product is sold in.
  const left = subscription.quantity - quantity
  if (left < subscription.minQuantity) {
    return {
      refuse: 'quantityOutOfRange',
      params: { min: target.min, max: subscription.quantity - subscription.minQuantity },
    }
  }
  return 'partial'
}

/** Name of the sweep that provisions what was ordered; changes that leave it something to do nudge it. */
export const provisioningSweep = 'provisioning'
