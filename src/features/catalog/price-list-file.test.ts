import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchColumns } from './file-columns.ts'
import type { CellProblem } from './file-values.ts'
import { type PriceLine, priceLineReader, priceListColumns, type PriceListColumn } from './price-list-file.ts'

const good: Readonly<Record<PriceListColumn, string>> = {
  ProductTitle: 'Lodos Mail',
  ProductId: 'CFQ7TTC0LH18',
  SkuId: '1',
  SkuTitle: 'Lodos Mail Basic',
  SkuDescription: 'A mailbox.',
  Publisher: 'Lodos Cloud',
  UnitOfMeasure: '',
  TermDuration: 'P1Y',
  BillingPlan: 'Monthly',
  Market: 'TR',
  Currency: 'TRY',
  UnitPrice: '142.5',
  'ERP Price': '168.000001',
  PricingTierRangeMin: '',
  PricingTierRangeMax: '',
  EffectiveStartDate: '11/1/2026 0:00',
  EffectiveEndDate: '12/31/9999 0:00',
  EndofSaleDate: '',
  Tags: 'License;',
  Segment: 'Commercial',
}

function read(change: Partial<Record<PriceListColumn, string>> = {}): PriceLine | readonly CellProblem[] {
  const names = Object.keys(good) as PriceListColumn[]
  const { columns } = matchColumns(names, priceListColumns)
  return priceLineReader(columns)(names.map((name) => change[name] ?? good[name]))
}

function line(change: Partial<Record<PriceListColumn, string>> = {}): PriceLine {
  const result = read(change)
  assert.ok(!Array.isArray(result), JSON.stringify(result))
  return result as PriceLine
}

function problems(change: Partial<Record<PriceListColumn, string>>): readonly (readonly [string, string, string])[] {
  const result = read(change)
  assert.ok(Array.isArray(result), 'expected problems')
  return (result as readonly CellProblem[]).map(({ column, value, reason }) => [column, value, reason])
}

test('a line of the price list is read as it is meant', () => {
  assert.deepEqual(line(), {
    productId: 'CFQ7TTC0LH18',
    productTitle: 'Lodos Mail',
    skuId: '0001',
    skuTitle: 'Lodos Mail Basic',
    description: 'A mailbox.',
    publisher: 'Lodos Cloud',
    kind: 'license',
    isIncentiveEligible: true,
    lastDayOfSale: null,
    market: 'TR',
    currency: 'TRY',
    segment: 'commercial',
    term: 'P1Y',
    billingPlan: 'monthly',
    tierMin: 0,
    tierMax: null,
    from: '2026-11-01T00:00:00Z',
    until: '9999-12-31T00:00:00Z',
    unitCost: '142.5',
    unitRetail: '168.000001',
  })
})

test('columns are found without regard to case, spaces and order; unknown ones are told, missing ones too', () => {
  const matched = matchColumns(['erpprice', ' market ', 'Change Indicator', 'UNIT PRICE', 'Market'], priceListColumns)

  assert.equal(matched.columns['ERP Price'], 0)
  assert.equal(matched.columns.Market, 1)
  assert.equal(matched.columns.UnitPrice, 3)
  assert.deepEqual(matched.ignored, ['Change Indicator'])
  assert.deepEqual(matched.repeated, ['Market'])
  assert.ok(matched.missing.includes('ProductId'))
  assert.ok(!matched.missing.includes('Tags'))
})

test('1, 01 and 0001 are the same SKU', () => {
  assert.deepEqual(
    ['1', '01', '0001', '00a1'].map((skuId) => line({ SkuId: skuId }).skuId),
    ['0001', '0001', '0001', '00A1'],
  )
})

test('dates are read in both forms; the years 1753 and 9999 stand for open ends; the last day counts whole', () => {
  const from = (text: string) => line({ EffectiveStartDate: text }).from
  const until = (text: string) => line({ EffectiveEndDate: text }).until

  assert.equal(from('2026-11-01'), '2026-11-01T00:00:00Z')
  assert.equal(from('2026-11-01T03:30:00+03:00'), '2026-11-01T00:30:00Z')
  assert.equal(from('1/2/2026 9:05'), '2026-01-02T09:05:00Z')
  assert.equal(from('1/2/2026 9:05:07 PM'), '2026-01-02T21:05:07Z')
  assert.equal(from('1/1/1753 0:00'), '1753-01-01T00:00:00Z')
  assert.equal(until('2026-11-30T23:59:59.9999999Z'), '2026-12-01T00:00:00Z')
  assert.equal(until('11/30/2026 0:00'), '2026-12-01T00:00:00Z')
  assert.equal(until('9999-12-31T23:59:59Z'), '9999-12-31T00:00:00Z')
  assert.equal(until(''), '9999-12-31T00:00:00Z')
  assert.deepEqual(problems({ EffectiveStartDate: '2/30/2026 0:00' }), [
    ['EffectiveStartDate', '2/30/2026 0:00', 'instant'],
  ])
  assert.deepEqual(problems({ EffectiveStartDate: '2026-11-01T24:00:00Z' })[0]?.[2], 'instant')
  assert.deepEqual(problems({ EffectiveEndDate: '10/30/2026 0:00' }), [
    ['EffectiveEndDate', '10/30/2026 0:00', 'range'],
  ])
})

test('what a SKU is follows from its tags, unit, plan and term', () => {
  assert.equal(line({ Tags: 'License; Trial' }).kind, 'trial')
  assert.equal(line({ Tags: 'License; Trial' }).isIncentiveEligible, false)
  assert.equal(line({ Tags: 'License; No Incentive' }).isIncentiveEligible, false)
  assert.equal(line({ UnitOfMeasure: '1 Hour', TermDuration: 'NoTerm', BillingPlan: '' }).kind, 'usage')
  assert.equal(line({ Tags: 'Consumption', TermDuration: '', BillingPlan: '' }).kind, 'usage')
  assert.equal(line({ TermDuration: 'NoTerm', BillingPlan: 'OneTime' }).kind, 'software')
  assert.equal(line({ TermDuration: 'P1Y', BillingPlan: 'OneTime' }).kind, 'license')
})

test('tiers: empty means any quantity, and a tier from 1 begins where quantities begin', () => {
  assert.deepEqual([line().tierMin, line().tierMax], [0, null])
  const first = line({ PricingTierRangeMin: '1', PricingTierRangeMax: '99' })
  assert.deepEqual([first.tierMin, first.tierMax], [0, 99])
  assert.equal(line({ PricingTierRangeMin: '100' }).tierMin, 100)
  assert.deepEqual(problems({ PricingTierRangeMin: '100', PricingTierRangeMax: '99' }), [
    ['PricingTierRangeMax', '99', 'tierOrder'],
  ])
  assert.deepEqual(problems({ PricingTierRangeMin: 'many' }), [['PricingTierRangeMin', 'many', 'tier']])
})

test('each wrong cell of a line is named with its value and reason', () => {
  assert.deepEqual(
    problems({
      ProductId: 'not an id',
      SkuId: '12345',
      TermDuration: 'P2Y',
      BillingPlan: 'Weekly',
      Market: 'UK',
      Currency: 'TL',
      UnitPrice: '1,5',
      'ERP Price': '-1',
      Segment: '',
    }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    [
      ['BillingPlan', 'Weekly', 'billingPlan'],
      ['Currency', 'TL', 'currency'],
      ['ERP Price', '-1', 'price'],
      ['Market', 'UK', 'country'],
      ['ProductId', 'not an id', 'productId'],
      ['Segment', '', 'required'],
      ['SkuId', '12345', 'skuId'],
      ['TermDuration', 'P2Y', 'term'],
      ['UnitPrice', '1,5', 'price'],
    ],
  )
})

test('a price has at most six decimals and no separators', () => {
  for (const text of ['1.2345678', '1.000,00', '1 000', '1e3', '.5', '$5']) {
    assert.deepEqual(problems({ UnitPrice: text }), [['UnitPrice', text, 'price']])
  }
  assert.equal(line({ UnitPrice: '0' }).unitCost, '0')
})

test('texts are bounded, and bytes that are no text are refused', () => {
  assert.equal(problems({ SkuTitle: 'x'.repeat(301) })[0]?.[2], 'tooLong')
  assert.equal(problems({ Publisher: 'Lodos\uFFFD' })[0]?.[2], 'unreadable')
  assert.equal(problems({ ProductTitle: 'a\u0000b' })[0]?.[2], 'unreadable')
  assert.equal(line({ SkuDescription: 'Two\nlines' }).description, 'Two\nlines')
})

test('names that objects carry by themselves are no terms, plans or segments', () => {
  assert.equal(problems({ TermDuration: 'constructor' })[0]?.[2], 'term')
  assert.equal(problems({ Segment: '__proto__' })[0]?.[2], 'segment')
})
