import assert from 'node:assert/strict'
import { test } from 'node:test'
import { billingPeriod, type Charged, chargeForAdded, chargeForNew, chargesForUpgrade, refundFrom } from './charge.ts'

const monthly: Charged = {
  kind: 'license',
  billingPlan: 'monthly',
  startOn: '2026-12-01',
  endOn: '2027-11-30',
  currency: 'USD',
  unitCostMicros: 12_345_678n,
  unitRetailMicros: 15_000_000n,
}

test('F209 F211 F213 a new subscription is charged its whole first billing period, each license rounded down to the cent', () => {
  const charge = chargeForNew(monthly, 7)

  assert.deepEqual(charge, {
    type: 'new',
    quantity: 7,
    chargeStart: '2026-12-01',
    chargeEnd: '2026-12-31',
    days: 31,
    ofDays: 31,
    unitCostMicros: 12_345_678n,
    unitRetailMicros: 15_000_000n,
    costMinor: 1234n * 7n,
    retailMinor: 1500n * 7n,
    currency: 'USD',
  })
})

test('F213 a billing period never reaches past the end of the term', () => {
  assert.deepEqual(billingPeriod({ ...monthly, billingPlan: 'annual', endOn: '2027-03-15' }, '2027-01-01'), {
    start: '2026-12-01',
    end: '2027-03-15',
    fullDays: 365,
  })
})

test('F213 periods that start on the 31st fall back in short months and return in long ones', () => {
  const from31st = { billingPlan: 'monthly', startOn: '2026-12-31', endOn: '2027-12-30' } as const

  assert.deepEqual(billingPeriod(from31st, '2027-01-30'), {
    start: '2026-12-31',
    end: '2027-01-30',
    fullDays: 31,
  })
  assert.deepEqual(billingPeriod(from31st, '2027-02-10'), {
    start: '2027-01-31',
    end: '2027-02-27',
    fullDays: 28,
  })
  assert.deepEqual(billingPeriod(from31st, '2027-03-01'), {
    start: '2027-02-28',
    end: '2027-03-30',
    fullDays: 31,
  })
  assert.deepEqual(billingPeriod(from31st, '2027-03-31'), {
    start: '2027-03-31',
    end: '2027-04-29',
    fullDays: 30,
  })
})

test('F129 licenses added on the 20th pay for the 12 days left of the 31, that day included', () => {
  const charge = chargeForAdded(monthly, 5, '2026-12-20')

  assert.equal(charge?.type, 'addQuantity')
  assert.equal(charge?.chargeStart, '2026-12-20')
  assert.equal(charge?.chargeEnd, '2026-12-31')
  // 15.00 × 12 / 31 = 5.806…, so 5.80 each.
  assert.equal(charge?.retailMinor, 580n * 5n)
  // 12.345678 × 12 / 31 = 4.778…, so 4.77 each.
  assert.equal(charge?.costMinor, 477n * 5n)
})

test('F129 licenses added on the first day of a period pay all of it', () => {
  assert.equal(chargeForAdded(monthly, 1, '2027-02-01')?.retailMinor, 1500n)
})

test('F158 trials and usage are not charged up front', () => {
  assert.equal(chargeForNew({ ...monthly, kind: 'trial' }, 25), undefined)
  assert.equal(chargeForNew({ ...monthly, kind: 'usage', billingPlan: '', endOn: null }, 1), undefined)
})

test('a product without a term is charged once, on its day', () => {
  const perpetual: Charged = { ...monthly, kind: 'software', billingPlan: 'onetime', endOn: null }

  assert.deepEqual(
    [
      chargeForNew(perpetual, 2)?.chargeStart,
      chargeForNew(perpetual, 2)?.chargeEnd,
      chargeForNew(perpetual, 2)?.retailMinor,
    ],
    ['2026-12-01', '2026-12-01', 3000n],
  )
})

test('F154 an upgrade gives back the unused days of the old product and charges those of the new one', () => {
  const [back, forth] = chargesForUpgrade(monthly, { ...monthly, unitRetailMicros: 31_000_000n }, 10, '2026-12-17')

  assert.equal(back?.quantity, -10)
  // 15 of 31 days: 7.258… is 7.25 each.
  assert.equal(back?.retailMinor, -7250n)
  assert.equal(forth?.retailMinor, 15_000n)
})

test('F166 F213 a term that was cut short pays its last period by days', () => {
  const charge = chargeForNew({ ...monthly, endOn: '2026-12-15' }, 2)

  assert.deepEqual([charge?.chargeEnd, charge?.days, charge?.ofDays], ['2026-12-15', 15, 31])
  // 15.00 × 15 / 31 = 7.258…, so 7.25 each.
  assert.equal(charge?.retailMinor, 1450n)
})

test('F132 what is given back is a line for each period, never more than was charged', () => {
  const lines = refundFrom('removeQuantity', monthly, 3, '2026-12-25', '2027-01-31')

  assert.deepEqual(
    lines.map(({ quantity, chargeStart, chargeEnd, days, retailMinor }) => [
      quantity,
      chargeStart,
      chargeEnd,
      days,
      retailMinor,
    ]),
    [
      // 15.00 × 7 / 31 = 3.387…
      [-3, '2026-12-25', '2026-12-31', 7, -1014n],
      [-3, '2027-01-01', '2027-01-31', 31, -4500n],
    ],
  )
  assert.deepEqual(refundFrom('removeQuantity', monthly, 3, '2027-02-01', '2027-01-31'), [])
})
