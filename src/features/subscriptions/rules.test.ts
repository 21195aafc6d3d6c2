import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  decideQuantity,
  decideUpgrade,
  firstTermEnd,
  subscriptionCan,
  takeFromLots,
  whyNot,
  whyNotCharged,
  windowEnd,
} from './rules.ts'

const license = { status: 'active', kind: 'license', quantity: 10, endOn: '2027-11-30' } as const
const today = '2026-12-21'
const bounds = { min: 1, max: 300 }

test('F129 licenses are added to an active subscription up to the most the offer allows', () => {
  assert.deepEqual(decideQuantity(license, bounds, 15, today), { add: 5 })
  assert.deepEqual(decideQuantity(license, bounds, 300, today), { add: 290 })
  assert.deepEqual(decideQuantity(license, bounds, 301, today), {
    refuse: 'quantityOutOfRange',
    params: { min: 1, max: 300 },
  })
})

test('F129 reaching the number there is already changes nothing, whatever the state', () => {
  assert.equal(decideQuantity(license, bounds, 10, today), 'keep')
  assert.equal(decideQuantity({ ...license, status: 'suspended' }, bounds, 10, today), 'keep')
})

test('F130 licenses are only added here', () => {
  assert.deepEqual(decideQuantity(license, bounds, 9, today), { refuse: 'quantityNotLower' })
})

test('F129 usage is metered and has no number of licenses to change', () => {
  assert.deepEqual(
    decideQuantity({ ...license, kind: 'usage', quantity: 1, endOn: null }, { min: 1, max: 10 }, 2, today),
    {
      refuse: 'usageMetered',
    },
  )
})

test('F134 F158 suspended, unprovisioned and trial subscriptions keep their number', () => {
  assert.deepEqual(decideQuantity({ ...license, status: 'suspended' }, bounds, 11, today), {
    refuse: 'suspendedNoChange',
  })
  assert.deepEqual(decideQuantity({ ...license, status: 'pending' }, bounds, 11, today), {
    refuse: 'subscriptionNotActive',
  })
  assert.deepEqual(decideQuantity({ ...license, status: 'expired' }, bounds, 11, today), {
    refuse: 'subscriptionNotActive',
  })
  assert.deepEqual(decideQuantity({ ...license, kind: 'trial', quantity: 25 }, { min: 25, max: 25 }, 26, today), {
    refuse: 'trialFixed',
  })
})

test('F129 F154 the last day of a term is its last day for more licenses and for an upgrade, also while it says active', () => {
  assert.deepEqual(decideQuantity(license, bounds, 11, '2027-11-30'), { add: 1 })
  assert.deepEqual(decideQuantity(license, bounds, 11, '2027-12-01'), { refuse: 'subscriptionNotActive' })
  assert.deepEqual(decideQuantity({ ...license, endOn: null }, bounds, 11, '2027-12-01'), { add: 1 })
  assert.equal(whyNotCharged('upgrade', license, '2027-11-30'), null)
  assert.equal(whyNotCharged('upgrade', license, '2027-12-01'), 'subscriptionNotActive')
  assert.equal(whyNotCharged('upgrade', { ...license, status: 'suspended' }, '2027-12-01'), 'suspendedNoChange')
})

test('what a state allows', () => {
  assert.ok(subscriptionCan('reactivate', { status: 'suspended' }))
  assert.ok(!subscriptionCan('suspend', { status: 'suspended' }))
  assert.equal(whyNot('setReseller', { status: 'active' }), null)
  assert.equal(whyNot('setReseller', { status: 'deleted' }), 'subscriptionNotActive')
})

const upgradable = { ...license, conversions: ['BIG/0001'], minQuantity: 1 } as const
const big = { productId: 'BIG', skuId: '0001', kind: 'license', min: 1, max: 300, isSold: true } as const

test('F154 all licenses upgrade the subscription itself, fewer make a new one', () => {
  assert.equal(decideUpgrade(upgradable, big, 10), 'full')
  assert.equal(decideUpgrade(upgradable, big, 4), 'partial')
})

test('F154 only an active subscription, only to a listed product that is sold, only as many licenses as there are', () => {
  assert.deepEqual(decideUpgrade({ ...upgradable, status: 'suspended' }, big, 10), { refuse: 'suspendedNoChange' })
  assert.deepEqual(decideUpgrade({ ...upgradable, kind: 'trial' }, big, 10), { refuse: 'upgradeNotPossible' })
  assert.deepEqual(decideUpgrade(upgradable, { ...big, productId: 'OTHER' }, 10), { refuse: 'upgradeNotPossible' })
  assert.deepEqual(decideUpgrade(upgradable, undefined, 10), { refuse: 'upgradeNotPossible' })
  assert.deepEqual(decideUpgrade(upgradable, { ...big, isSold: false }, 10), { refuse: 'offerNotAvailable' })
  assert.deepEqual(decideUpgrade(upgradable, big, 11), { refuse: 'quantityOutOfRange', params: { min: 1, max: 10 } })
  assert.deepEqual(decideUpgrade(upgradable, { ...big, min: 5 }, 4), {
    refuse: 'quantityOutOfRange',
    params: { min: 5, max: 10 },
  })
})

test('F154 what stays behind is still a quantity the old product is sold in', () => {
  assert.deepEqual(decideUpgrade({ ...upgradable, minQuantity: 5 }, big, 7), {
    refuse: 'quantityOutOfRange',
    params: { min: 1, max: 5 },
  })
  assert.equal(decideUpgrade({ ...upgradable, minQuantity: 5 }, big, 5), 'partial')
})

test('licenses are taken from the oldest lots first', () => {
  const lots = [
    { id: 'b', quantity: 5, addedAt: new Date('2026-12-20') },
    { id: 'a', quantity: 10, addedAt: new Date('2026-12-01') },
  ]

  assert.deepEqual(takeFromLots(lots, 12), [
    { id: 'a', left: 0 },
    { id: 'b', left: 3 },
  ])
  assert.throws(() => takeFromLots(lots, 16))
})

test('F135 the window is seven times 24 hours, also over a change of the clocks', () => {
  assert.equal(windowEnd(new Date('2027-03-26T10:00:00Z')).toISOString(), '2027-04-02T10:00:00.000Z')
})

test('F158 a trial ends after 30 days, a year on the day before, usage never', () => {
  assert.equal(firstTermEnd('2027-02-01', 'trial', 'P1M'), '2027-03-02')
  assert.equal(firstTermEnd('2027-03-12', 'license', 'P1Y'), '2028-03-11')
  assert.equal(firstTermEnd('2027-03-12', 'usage', ''), null)
})
