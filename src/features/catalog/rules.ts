export const skuKinds = ['license', 'addon', 'trial', 'usage', 'software'] as const
/** What a SKU is to its buyer: licences, an add-on to them, a trial of them, metered use, or software bought once. */
export type SkuKind = (typeof skuKinds)[number]

export const segments = ['commercial', 'education', 'government', 'charity'] as const
/** The kind of customer a price is for. All but `commercial` need a qualification. */
export type Segment = (typeof segments)[number]

export const billingPlans = ['monthly', 'annual', 'triennial', 'onetime', ''] as const
/** How often a term is billed; empty for metered use. */
export type BillingPlan = (typeof billingPlans)[number]

/** `ConcurrentCount` bounds what a customer has at one time, `Lifetime` what it ever had. */
export type OwnershipLimitType = 'ConcurrentCount' | 'Lifetime'

/** A trial is for this many licences, no fewer and no more. */
export const trialQuantity = 25

/** One line of a price list: what one licence costs, for a term or billing period as published. */
export interface PriceRange {
  readonly tierMin: number
  /** Null: no upper bound. */
  readonly tierMax: number | null
  readonly from: Date
  /** Exclusive. */
  readonly until: Date
}

/**
 * Picks the price that counts for a quantity at an instant, out of the lines of one SKU, term, plan and segment: the
 * narrowest tier that holds the quantity (the one that starts highest), and of its ranges that hold the instant the one
 * that started last. Undefined when none holds both.
 */
export function pickPrice<Line extends PriceRange>(
  lines: readonly Line[],
  at: Date,
  quantity: number,
): Line | undefined {
  let picked: Line | undefined
  for (const line of lines) {
    const holdsQuantity = line.tierMin <= quantity && (line.tierMax === null || quantity <= line.tierMax)
    if (!holdsQuantity || line.from > at || line.until <= at) continue
    if (!picked || line.tierMin > picked.tierMin || (line.tierMin === picked.tierMin && line.from > picked.from)) {
      picked = line
    }
  }
  return picked
}

/** How many licences one subscription may hold. */
export function quantityRange(sku: {
  readonly kind: SkuKind
  readonly minQuantity: number
  readonly maxQuantity: number
}): { readonly min: number; readonly max: number } {
  if (sku.kind === 'trial') return { min: trialQuantity, max: trialQuantity }
  return { min: sku.minQuantity, max: sku.maxQuantity }
}

/** Why an offer cannot be bought: keys of `unavailable` in `strings/{en,tr}/catalog.json`. */
export const unavailableReasons = [
  'unknown',
  'endOfSale',
  'countryNotAllowed',
  'noPriceInMarket',
  'optionNotOffered',
  'qualificationMissing',
  'trialUsed',
  'ownedAlready',
  'suspendedOwned',
  'ownershipLimit',
  'prerequisiteMissing',
] as const

export type UnavailableReason = (typeof unavailableReasons)[number]

/** The reason with what its sentence names, such as the day or the limit. */
export interface Unavailable {
  readonly reason: UnavailableReason
  readonly params: Readonly<Record<string, string | number>>
}

/** What a SKU demands of its buyer. */
export interface SkuTerms {
  readonly kind: SkuKind
  readonly ownershipLimit: number | null
  readonly ownershipLimitType: OwnershipLimitType | null
  readonly allowedCountries: readonly string[] | null
  /** `product/sku`: one of them must be owned, or be in the same basket. */
  readonly prerequisites: readonly string[]
  /** Last day of sale, inclusive. */
  readonly endOfSaleOn: string | null
}

/** What a customer has of a SKU. A new customer has nothing. */
export interface Ownership {
  /** Subscriptions of this SKU that have not ended. */
  readonly live: number
  /** Of those, the suspended ones. */
  readonly suspended: number
  /** Subscriptions of this SKU there ever were. */
  readonly ever: number
  /** Whether the customer has or had a paid SKU that this one is a trial of. */
  readonly paidEver: boolean
  /** Whether it has an active subscription of one of the prerequisites. */
  readonly prerequisiteLive: boolean
}

export const ownsNothing: Ownership = { live: 0, suspended: 0, ever: 0, paidEver: false, prerequisiteLive: false }

/** What the market offers of a SKU to a segment. */
export type MarketPrice = 'priced' | 'otherOption' | 'otherSegment' | 'none'

export interface Circumstances {
  readonly sku: SkuTerms
  readonly country: string
  /** The day of purchase, UTC. */
  readonly today: string
  /** `otherOption`: a price, but not for this term and plan; `otherSegment`: only for another kind of customer. */
  readonly price: MarketPrice
  readonly owned: Ownership
  /** `product/sku` of the other lines of the basket. */
  readonly basket?: readonly string[]
}

/**
 * Decides why a customer cannot buy a SKU, or null when it can. What no purchase can change comes first, what buying
 * something else would change comes last. Source: F120, F158, F173 and invariants 32 and 33.
 */
export function whyUnavailable({ sku, country, today, price, owned, basket = [] }: Circumstances): Unavailable | null {
  if (sku.endOfSaleOn !== null && today > sku.endOfSaleOn)
    return { reason: 'endOfSale', params: { day: sku.endOfSaleOn } }
  if (sku.allowedCountries && !sku.allowedCountries.includes(country)) {
    return { reason: 'countryNotAllowed', params: { country } }
  }
  if (price === 'none') return { reason: 'noPriceInMarket', params: { country } }
  if (price === 'otherSegment') return { reason: 'qualificationMissing', params: {} }
  if (price === 'otherOption') return { reason: 'optionNotOffered', params: {} }
  if (sku.kind === 'trial' && owned.ever > 0) return { reason: 'trialUsed', params: {} }
  if (sku.kind === 'trial' && owned.paidEver) return { reason: 'ownedAlready', params: {} }
  const reached = limitReached(sku, owned)
  if (reached) return reached
  const isMissing = sku.prerequisites.length > 0 && !owned.prerequisiteLive
  if (isMissing && !sku.prerequisites.some((base) => basket.includes(base))) {
    return { reason: 'prerequisiteMissing', params: {} }
  }
  return null
}

function limitReached(sku: SkuTerms, owned: Ownership): Unavailable | null {
  if (sku.ownershipLimit === null) return null
  const count = sku.ownershipLimitType === 'Lifetime' ? owned.ever : owned.live
  if (count < sku.ownershipLimit) return null
  // A suspended one can be reactivated, which is what the customer usually wants.
  if (owned.suspended > 0) return { reason: 'suspendedOwned', params: {} }
  return { reason: 'ownershipLimit', params: { limit: sku.ownershipLimit } }
}
