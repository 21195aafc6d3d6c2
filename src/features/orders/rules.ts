import type { RefusalName } from '../../kernel/errors.ts'
import { parseMicros } from '../../kernel/money.ts'
import { type Term, utcDay } from '../../kernel/time.ts'
import { type BillingPlan, type Charge, type Charged, chargeForNew } from '../billing/charge.ts'
import {
  type MarketPrice,
  type Ownership,
  quantityRange,
  type SkuTerms,
  type UnavailableReason,
  whyUnavailable,
} from '../catalog/rules.ts'
import { isOwnCustomer } from '../customers/rules.ts'
import { whyPartnershipCannotBeUsed } from '../partnerships/rules.ts'
import {
  type ResolvedPartnerId,
  type TradingParty,
  whyPartnerIdCannotBeUsed,
  whyProviderCannotTrade,
} from '../program/rules.ts'
import { firstDueAt } from '../subscriptions/rules/life.ts'
import { firstTermEnd, windowEnd } from '../subscriptions/rules.ts'

/** A line as it was asked for. */
export interface Wanted {
  readonly productId: string
  readonly skuId: string
  readonly term: Term
  readonly billingPlan: BillingPlan
  readonly quantity: number
  readonly friendlyName: string
  readonly resellerPartnerId: string | null
}

/** What the catalog and the customer's subscriptions say about one wanted line, at the instant of the order. */
export interface OfferFacts {
  readonly sku:
    | (SkuTerms & {
        readonly title: string
        readonly minQuantity: number
        readonly maxQuantity: number
        readonly incentiveEligible: boolean
        readonly conversions: readonly string[]
      })
    | null
  /** The price of the wanted term, billing plan and quantity in the customer's market and segment. */
  readonly price: { readonly currency: string; readonly unitCost: string; readonly unitRetail: string } | null
  readonly market: MarketPrice
  readonly owned: Ownership
  /** An active base of the customer that an add-on may belong to. */
  readonly baseSubscriptionId: string | null
}

/** What is known about a partner id named on a line. */
export interface ResellerFacts {
  readonly id: ResolvedPartnerId
  readonly party: TradingParty | null
  readonly isPartner: boolean
}

/** Everything an order is decided by, read at one time. */
export interface OrderFacts {
  /** Undefined: the provider has no relationship with such a customer. */
  readonly customer:
    | {
        readonly name: string | null
        readonly country: string
        readonly regionId: string
        readonly segment: string
        readonly agreementAccepted: boolean
        /** What tells whether a reseller is the customer itself; null for one that is not there yet. */
        readonly identity: { readonly domain: string; readonly registrationNumber: string } | null
      }
    | undefined
  readonly provider: TradingParty
  /** The attestation in force. */
  readonly attestationVersion: string
  /** One for each wanted line, in their order. */
  readonly offers: readonly OfferFacts[]
  readonly resellers: ReadonlyMap<string, ResellerFacts>
}

/** Why a line cannot be ordered, and which of its entries it is about. */
export interface Problem {
  readonly field: 'offer' | 'quantity' | 'reseller'
  readonly reason: RefusalName
  /** For an offer that cannot be bought: why. */
  readonly detail: UnavailableReason | null
  readonly params: Readonly<Record<string, string | number>>
}

/** The reseller of record that a line gets. The partner id is copied, for it stays on what was sold. */
export interface LineReseller {
  readonly id: string
  readonly name: string
  readonly partnerId: string
  readonly locationAccountId: string
}

/** A line with everything that would be stored for it. */
export interface PricedLine {
  readonly wanted: Wanted
  readonly offer: OfferFacts
  readonly reseller: LineReseller | null
  readonly startOn: string
  readonly endOn: string | null
  readonly cancelUntil: Date
  /** When time next changes it by itself; null: never. */
  readonly nextDueAt: Date | null
  readonly charge: Charge | undefined
  readonly problems: readonly Problem[]
}

export type AttestedAs = 'indirect' | 'direct' | 'mixed'

export interface PricedOrder {
  readonly lines: readonly PricedLine[]
  readonly currency: string
  /** What the first billing periods cost together, in the currency's smallest unit. */
  readonly totalCostMinor: bigint
  readonly totalRetailMinor: bigint
  /** A partner acts indirectly where a reseller takes part, and directly where none does. */
  readonly attestedAs: AttestedAs
}

/** Prices an order and finds all that is wrong with its lines, without deciding about the order as a whole. */
export function priceOrder(facts: OrderFacts, wanted: readonly Wanted[], at: Date): PricedOrder {
  const lines = wanted.map((line, index) => priceLine(facts, wanted, index, line, at))
  const charges = lines.flatMap(({ charge }) => charge ?? [])
  const withReseller = wanted.filter(({ resellerPartnerId }) => resellerPartnerId !== null).length
  return {
    lines,
    currency: lines.find(({ offer }) => offer.price)?.offer.price?.currency ?? '',
    totalCostMinor: charges.reduce((sum, { costMinor }) => sum + costMinor, 0n),
    totalRetailMinor: charges.reduce((sum, { retailMinor }) => sum + retailMinor, 0n),
    attestedAs: withReseller === 0 ? 'direct' : withReseller === wanted.length ? 'indirect' : 'mixed',
  }
}

/** What the person committed to, beside the lines. */
export interface Committed {
  readonly attestation: string | undefined
  readonly expectedTotalRetail: number
  /** The agreement is accepted together with the order. */
  readonly acceptsAgreement: boolean
}

/** Decides about an order as a whole: undefined lets it go ahead, otherwise the refusal to give. */
export function whyNotOrdered(facts: OrderFacts, order: PricedOrder, committed: Committed): RefusalName | undefined {
  const barred = whyOrderBarred(facts)
  if (barred) return barred
  if (!facts.customer?.agreementAccepted && !committed.acceptsAgreement) return 'customerAgreementMissing'
  const problem = order.lines.flatMap(({ problems }) => problems)[0]
  if (problem) return problem.reason
  if (hasMixedCurrencies(order)) return 'mixedCurrencies'
  if (committed.attestation !== facts.attestationVersion) return 'attestationRequired'
  if (order.totalRetailMinor !== BigInt(committed.expectedTotalRetail)) return 'priceChanged'
  return undefined
}

/** Why nothing at all can be ordered for this customer by this provider, whatever the lines. */
export function whyOrderBarred({ customer, provider }: OrderFacts): RefusalName | undefined {
  if (!customer) return 'notFound'
  const barred = whyProviderCannotTrade(provider)
  if (barred) return barred
  return customer.regionId === provider.regionId ? undefined : 'customerOutsideRegion'
}

export function hasMixedCurrencies({ lines }: PricedOrder): boolean {
  return new Set(lines.flatMap(({ offer }) => offer.price?.currency ?? [])).size > 1
}

function priceLine(facts: OrderFacts, all: readonly Wanted[], index: number, wanted: Wanted, at: Date): PricedLine {
  const offer = facts.offers[index] ?? unknownOffer
  const startOn = utcDay(at)
  const endOn = offer.sku ? firstTermEnd(startOn, offer.sku.kind, wanted.term) : null
  const { reseller, problem } = chooseReseller(facts, wanted.resellerPartnerId)
  const charged = chargedAs(offer, wanted, startOn, endOn)
  const charge = charged && chargeForNew(charged, wanted.quantity)
  return {
    wanted,
    offer,
    reseller,
    startOn,
    endOn,
    cancelUntil: windowEnd(at),
    nextDueAt: firstDueAt(charge?.chargeEnd ?? null, endOn),
    charge,
    problems: [
      ...offerProblems(facts, all, index, wanted, startOn),
      ...quantityProblems(offer, wanted.quantity),
      ...(problem ? [problem] : []),
    ],
  }
}

/** What charges of a line follow from; undefined without a price. */
function chargedAs(
  { sku, price }: OfferFacts,
  { billingPlan }: Wanted,
  startOn: string,
  endOn: string | null,
): Charged | undefined {
  if (!sku || !price) return undefined
  return {
    kind: sku.kind,
    billingPlan,
    startOn,
    endOn,
    currency: price.currency,
    unitCostMicros: micros(price.unitCost),
    unitRetailMicros: micros(price.unitRetail),
  }
}

function offerProblems(
  facts: OrderFacts,
  all: readonly Wanted[],
  index: number,
  wanted: Wanted,
  today: string,
): Problem[] {
  const { sku, market, owned } = facts.offers[index] ?? unknownOffer
  if (!sku) return [{ field: 'offer', reason: 'offerNotAvailable', detail: 'unknown', params: {} }]
  const key = keyOf(wanted)
  const others = all.filter((_, other) => other !== index)
  // Limits count the basket too; of two equal lines the later one is too many.
  const before = all.slice(0, index).filter((line) => keyOf(line) === key).length
  const why = whyUnavailable({
    sku,
    country: facts.customer?.country ?? '',
    today,
    price: market,
    owned: { ...owned, live: owned.live + before, ever: owned.ever + before },
    // An add-on must not be the base of another one that comes with it.
    basket: others.map(keyOf),
  })
  if (!why) return []
  return [
    { field: 'offer', reason: refusalOf[why.reason] ?? 'offerNotAvailable', detail: why.reason, params: why.params },
  ]
}

const refusalOf: Partial<Readonly<Record<UnavailableReason, RefusalName>>> = {
  trialUsed: 'trialUsed',
  ownedAlready: 'trialUsed',
  ownershipLimit: 'ownershipLimit',
  suspendedOwned: 'ownershipLimit',
  prerequisiteMissing: 'prerequisiteMissing',
}

function quantityProblems({ sku }: OfferFacts, quantity: number): Problem[] {
  if (!sku) return []
  const { min, max } = quantityRange(sku)
  if (quantity >= min && quantity <= max) return []
  return [{ field: 'quantity', reason: 'quantityOutOfRange', detail: null, params: { min, max } }]
}

/** The reseller of record for a partner id, or why it cannot be one. No id, no reseller. */
function chooseReseller(
  facts: OrderFacts,
  partnerId: string | null,
): { reseller: LineReseller | null; problem?: Problem } {
  if (partnerId === null) return { reseller: null }
  const found = facts.resellers.get(partnerId)
  const reason =
    whyPartnerIdCannotBeUsed(found?.id) ??
    whyPartnershipCannotBeUsed(
      found?.isPartner ? 'active' : undefined,
      found?.party ?? undefined,
      facts.provider.regionId,
    ) ??
    whyOwnReseller(facts, found?.party)
  const party = found?.party
  if (reason !== null || !party?.location) {
    // Whose id it is, is told of partners only.
    const params =
      party && found.isPartner
        ? { reseller: party.name, regionEn: party.regionNameEn, regionTr: party.regionNameTr }
        : {}
    return {
      reseller: null,
      problem: { field: 'reseller', reason: reason ?? 'partnershipRequired', detail: null, params },
    }
  }
  return {
    reseller: {
      id: party.organizationId,
      name: party.name,
      partnerId: party.location.partnerId,
      locationAccountId: party.location.id,
    },
  }
}

/** A company does not resell to itself. Source: invariant 13. */
function whyOwnReseller({ customer }: OrderFacts, party: TradingParty | null | undefined): RefusalName | null {
  if (!customer?.identity || !party) return null
  return isOwnCustomer({ country: customer.country, ...customer.identity }, [party]) ? 'ownCustomer' : null
}

const unknownOffer: OfferFacts = {
  sku: null,
  price: null,
  market: 'none',
  owned: { live: 0, suspended: 0, ever: 0, paidEver: false, prerequisiteLive: false },
  baseSubscriptionId: null,
}

function keyOf({ productId, skuId }: { readonly productId: string; readonly skuId: string }): string {
  return `${productId}/${skuId}`
}

function micros(decimal: string): bigint {
  const value = parseMicros(decimal)
  if (value === undefined) throw new Error(`Not a price: ${decimal}`)
  return value
}
