import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownsNothing, pickPrice, quantityRange, whyUnavailable, type Circumstances, type PriceRange } from './rules.ts'

interface Price extends PriceRange {
  readonly name: string
}

function price(name: string, from: string, until: string, tierMin = 0, tierMax: number | null = null): Price {
  return { name, from: new Date(`${from}T00:00:00Z`), until: new Date(`${until}T00:00:00Z`), tierMin, tierMax }
}

const at = (instant: string): Date => new Date(instant)

test('a price holds from its start, that instant included, until its end, that instant excluded', () => {
  const lines = [price('november', '2026-11-01', '2026-12-01')]

  assert.equal(pickPrice(lines, at('2026-10-31T23:59:59.999Z'), 1), undefined)
  assert.equal(pickPrice(lines, at('2026-11-01T00:00:00Z'), 1)?.name, 'november')
  assert.equal(pickPrice(lines, at('2026-11-30T23:59:59.999Z'), 1)?.name, 'november')
  assert.equal(pickPrice(lines, at('2026-12-01T00:00:00Z'), 1), undefined)
})

test('where ranges overlap the later start wins, whatever the order of the lines', () => {
  const lines = [price('old', '2024-01-01', '9999-12-31'), price('new', '2026-07-01', '9999-12-31')]

  for (const given of [lines, lines.toReversed()]) {
    assert.equal(pickPrice(given, at('2026-06-30T12:00:00Z'), 5)?.name, 'old')
    assert.equal(pickPrice(given, at('2026-07-01T00:00:00Z'), 5)?.name, 'new')
  }
})

test('after a later price has ended, the earlier one that still holds counts again', () => {
  const lines = [price('usual', '2024-01-01', '9999-12-31'), price('promotion', '2026-11-01', '2026-12-01')]

  assert.equal(pickPrice(lines, at('2026-11-15T00:00:00Z'), 1)?.name, 'promotion')
  assert.equal(pickPrice(lines, at('2026-12-01T00:00:00Z'), 1)?.name, 'usual')
})

test('the tier that holds the quantity counts, both its bounds included', () => {
  const lines = [
    price('few', '2024-01-01', '9999-12-31', 0, 99),
    price('many', '2024-01-01', '9999-12-31', 100, 499),
    price('most', '2024-01-01', '9999-12-31', 500),
  ]
  const named = (quantity: number) => pickPrice(lines, at('2026-01-01T00:00:00Z'), quantity)?.name

  assert.deepEqual([1, 99, 100, 499, 500, 1_000_000].map(named), ['few', 'few', 'many', 'many', 'most', 'most'])
})

test('a newer price for all quantities does not take the place of an older one for many', () => {
  const lines = [price('all', '2026-07-01', '9999-12-31'), price('many', '2024-01-01', '9999-12-31', 100)]

  assert.equal(pickPrice(lines, at('2026-08-01T00:00:00Z'), 99)?.name, 'all')
  assert.equal(pickPrice(lines, at('2026-08-01T00:00:00Z'), 100)?.name, 'many')
})

test('no line, no price; a gap between tiers has none either', () => {
  assert.equal(pickPrice([], at('2026-01-01T00:00:00Z'), 1), undefined)
  const lines = [price('few', '2024-01-01', '9999-12-31', 0, 10), price('many', '2024-01-01', '9999-12-31', 20)]
  assert.equal(pickPrice(lines, at('2026-01-01T00:00:00Z'), 15), undefined)
})

test('a trial is for 25 licenses, whatever the offer matrix says', () => {
  assert.deepEqual(quantityRange({ kind: 'trial', minQuantity: 1, maxQuantity: 300 }), { min: 25, max: 25 })
  assert.deepEqual(quantityRange({ kind: 'license', minQuantity: 5, maxQuantity: 300 }), { min: 5, max: 300 })
})

const plain: Circumstances = {
  sku: {
    kind: 'license',
    ownershipLimit: null,
    ownershipLimitType: null,
    allowedCountries: null,
    prerequisites: [],
    endOfSaleOn: null,
  },
  country: 'TR',
  today: '2026-12-01',
  price: 'priced',
  owned: ownsNothing,
}

function why(change: {
  readonly sku?: Partial<Circumstances['sku']>
  readonly owned?: Partial<Circumstances['owned']>
  readonly price?: Circumstances['price']
  readonly basket?: readonly string[]
}): string | undefined {
  const { sku, owned, ...rest } = change
  return whyUnavailable({ ...plain, ...rest, sku: { ...plain.sku, ...sku }, owned: { ...plain.owned, ...owned } })
    ?.reason
}

test('S75 an offer with a price in an allowed country can be bought', () => {
  assert.equal(why({}), undefined)
  assert.equal(why({ sku: { allowedCountries: ['DE', 'TR'] } }), undefined)
})

test('S75 an offer is refused outside its countries, without a price, and for another segment, each with its reason', () => {
  assert.equal(why({ sku: { allowedCountries: ['US'] } }), 'countryNotAllowed')
  assert.equal(why({ sku: { allowedCountries: [] } }), 'countryNotAllowed')
  assert.equal(why({ price: 'none' }), 'noPriceInMarket')
  assert.equal(why({ price: 'otherSegment' }), 'qualificationMissing')
  assert.equal(why({ price: 'otherOption' }), 'optionNotOffered')
})

test('an offer is sold to the end of its last day', () => {
  assert.equal(why({ sku: { endOfSaleOn: '2026-12-01' } }), undefined)
  assert.equal(why({ sku: { endOfSaleOn: '2026-11-30' } }), 'endOfSale')
})

test('a trial is given once, and not to who has or had the paid offer', () => {
  assert.equal(why({ sku: { kind: 'trial' } }), undefined)
  assert.equal(why({ sku: { kind: 'trial' }, owned: { ever: 1 } }), 'trialUsed')
  assert.equal(why({ sku: { kind: 'trial' }, owned: { paidEver: true } }), 'ownedAlready')
  assert.equal(why({ owned: { ever: 1 } }), undefined)
})

test('a concurrent limit counts what lives, a lifetime limit all there ever was', () => {
  const concurrent = { ownershipLimit: 2, ownershipLimitType: 'ConcurrentCount' } as const
  assert.equal(why({ sku: concurrent, owned: { live: 1, ever: 9 } }), undefined)
  assert.equal(why({ sku: concurrent, owned: { live: 2, ever: 2 } }), 'ownershipLimit')
  const lifetime = { ownershipLimit: 2, ownershipLimitType: 'Lifetime' } as const
  assert.equal(why({ sku: lifetime, owned: { live: 0, ever: 1 } }), undefined)
  assert.equal(why({ sku: lifetime, owned: { live: 0, ever: 2 } }), 'ownershipLimit')
})

test('at the limit, a suspended one is named, for it can be reactivated', () => {
  const limited = { ownershipLimit: 1, ownershipLimitType: 'ConcurrentCount' } as const
  assert.equal(why({ sku: limited, owned: { live: 1, suspended: 1, ever: 1 } }), 'suspendedOwned')
})

test('an add-on needs one of its base products, owned or in the same basket', () => {
  const addon = { kind: 'addon', prerequisites: ['BASE1/0001', 'BASE2/0001'] } as const
  assert.equal(why({ sku: addon }), 'prerequisiteMissing')
  assert.equal(why({ sku: addon, basket: ['OTHER/0001'] }), 'prerequisiteMissing')
  assert.equal(why({ sku: addon, basket: ['BASE2/0001'] }), undefined)
  assert.equal(why({ sku: addon, owned: { prerequisiteLive: true } }), undefined)
})
