import type { Term } from '../../kernel/time.ts'
import type { Columns } from './file-columns.ts'
import {
  isReadable,
  listed,
  readCount,
  readCountry,
  readCurrency,
  readEnd,
  readLastDay,
  readProductId,
  readSkuId,
  readStart,
  remembering,
  type CellProblem,
  type ProblemReason,
} from './file-values.ts'
import type { BillingPlan, Segment, SkuKind } from './rules.ts'

/** Columns of the vendor's price list. */
export const priceListColumns = {
  ProductTitle: 'required',
  ProductId: 'required',
  SkuId: 'required',
  SkuTitle: 'required',
  SkuDescription: 'optional',
  Publisher: 'required',
  UnitOfMeasure: 'optional',
  TermDuration: 'required',
  BillingPlan: 'required',
  Market: 'required',
  Currency: 'required',
  UnitPrice: 'required',
  'ERP Price': 'required',
  PricingTierRangeMin: 'optional',
  PricingTierRangeMax: 'optional',
  EffectiveStartDate: 'required',
  EffectiveEndDate: 'required',
  EndofSaleDate: 'optional',
  Tags: 'optional',
  Segment: 'required',
} as const

export type PriceListColumn = keyof typeof priceListColumns

/** One line of a price list. Prices are decimals as written, instants `YYYY-MM-DDTHH:mm:ssZ`. */
export interface PriceLine {
  readonly productId: string
  readonly productTitle: string
  readonly skuId: string
  readonly skuTitle: string
  readonly description: string
  readonly publisher: string
  readonly kind: Exclude<SkuKind, 'addon'>
  readonly isIncentiveEligible: boolean
  readonly lastDayOfSale: string | null
  readonly market: string
  readonly currency: string
  readonly segment: Segment
  readonly term: Term
  readonly billingPlan: BillingPlan
  /** Smallest quantity of the tier; 0 when the tier has none, or begins with the first licence. */
  readonly tierMin: number
  readonly tierMax: number | null
  readonly from: string
  /** Exclusive. */
  readonly until: string
  readonly unitCost: string
  readonly unitRetail: string
}

const terms = new Map<string, Term>([
  ['', ''],
  ['noterm', ''],
  ['p1m', 'P1M'],
  ['p1y', 'P1Y'],
  ['p3y', 'P3Y'],
  ['p5y', 'P5Y'],
])
const plans = new Map<string, BillingPlan>([
  ['', ''],
  ['none', ''],
  ['monthly', 'monthly'],
  ['annual', 'annual'],
  ['triennial', 'triennial'],
  ['onetime', 'onetime'],
])
const segments = new Map<string, Segment>([
  ['commercial', 'commercial'],
  ['education', 'education'],
  ['government', 'government'],
  ['charity', 'charity'],
])

/**
 * Makes the reader of a price list's lines: a line comes back as it is understood, or as the list of all that is wrong with
 * it. The reader remembers texts it met, so make one a file.
 */
export function priceLineReader(
  columns: Columns<PriceListColumn>,
): (cells: readonly string[]) => PriceLine | readonly CellProblem[] {
  const readMarket = remembering(readCountry)
  const readMoney = remembering(readCurrency)
  const readFrom = remembering(readStart)
  const readUntil = remembering(readEnd)
  const readSaleEnd = remembering(readLastDay)
  const readTags = remembering(tagsOf)

  return (cells) => {
    const problems: CellProblem[] = []
    const at = (column: PriceListColumn): string => {
      const index = columns[column]
      return index === undefined ? '' : (cells[index] ?? '').trim()
    }
    const refuse = (column: PriceListColumn, reason: ProblemReason, params?: CellProblem['params']): undefined => {
      problems.push({ column, value: at(column).slice(0, 200), reason, ...(params ? { params } : {}) })
      return undefined
    }
    const needed = <Value>(
      column: PriceListColumn,
      read: (text: string) => Value | undefined,
      reason: ProblemReason,
    ) => {
      const text = at(column)
      if (text === '') return refuse(column, 'required')
      return read(text) ?? refuse(column, reason)
    }
    const text = (column: PriceListColumn, most: number, isNeeded: boolean): string => {
      const value = at(column)
      if (value === '' && isNeeded) refuse(column, 'required')
      else if (value.length > most) refuse(column, 'tooLong', { max: most })
      else if (!isReadable(value)) refuse(column, 'unreadable')
      return value
    }
    const price = (column: PriceListColumn) => needed(column, readPrice, 'price')
    const tier = (column: PriceListColumn): number | null => {
      const given = at(column)
      return given === '' ? null : (readCount(given) ?? refuse(column, 'tier') ?? null)
    }

    const tags = readTags(at('Tags'))
    const term = terms.get(at('TermDuration').toLowerCase()) ?? refuse('TermDuration', 'term')
    const billingPlan = plans.get(at('BillingPlan').toLowerCase()) ?? refuse('BillingPlan', 'billingPlan')
    const lastDayOfSale = readSaleEnd(at('EndofSaleDate'))
    if (lastDayOfSale === undefined) refuse('EndofSaleDate', 'instant')
    const tierMin = tier('PricingTierRangeMin') ?? 0
    const tierMax = tier('PricingTierRangeMax')
    if (tierMax !== null && tierMax < Math.max(tierMin, 1)) refuse('PricingTierRangeMax', 'tierOrder')
    const from = needed('EffectiveStartDate', readFrom, 'instant')
    const until = readUntil(at('EffectiveEndDate')) ?? refuse('EffectiveEndDate', 'instant')
    if (from !== undefined && until !== undefined && until <= from) refuse('EffectiveEndDate', 'range')

    const line = {
      productId: needed('ProductId', readProductId, 'productId'),
      productTitle: text('ProductTitle', 300, true),
      skuId: needed('SkuId', readSkuId, 'skuId'),
      skuTitle: text('SkuTitle', 300, true),
      description: text('SkuDescription', 10_000, false),
      publisher: text('Publisher', 200, true),
      kind: kindOf(tags, text('UnitOfMeasure', 200, false), term, billingPlan),
      isIncentiveEligible: !tags.isTrial && !tags.isWithoutIncentive,
      lastDayOfSale: lastDayOfSale ?? null,
      market: needed('Market', readMarket, 'country'),
      currency: needed('Currency', readMoney, 'currency'),
      segment: needed('Segment', (given) => segments.get(given.toLowerCase()), 'segment'),
      term,
      billingPlan,
      tierMin: tierMin <= 1 ? 0 : tierMin,
      tierMax,
      from,
      until,
      unitCost: price('UnitPrice'),
      unitRetail: price('ERP Price'),
    }
    return problems.length > 0 ? problems : (line as PriceLine)
  }
}

/** Text as it is written: half a million prices are compared by the database, not here. */
function readPrice(text: string): string | undefined {
  return /^\d{1,12}(?:\.\d{1,6})?$/.test(text) ? text : undefined
}

interface Tags {
  readonly isTrial: boolean
  readonly isConsumption: boolean
  readonly isWithoutIncentive: boolean
}

function tagsOf(text: string): Tags {
  const tags = listed(text.toLowerCase())
  return {
    isTrial: tags.some((tag) => /\btrial\b/.test(tag)),
    isConsumption: tags.includes('consumption'),
    isWithoutIncentive: tags.includes('no incentive'),
  }
}

function kindOf(
  tags: Tags,
  unitOfMeasure: string,
  term: Term | undefined,
  plan: BillingPlan | undefined,
): PriceLine['kind'] {
  if (tags.isTrial) return 'trial'
  if (tags.isConsumption || unitOfMeasure !== '') return 'usage'
  return plan === 'onetime' && term === '' ? 'software' : 'license'
}
