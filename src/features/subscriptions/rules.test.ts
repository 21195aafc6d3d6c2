import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decideUpgrade, firstTermEnd, subscriptionCan, whyNot, whyNotCharged, windowEnd } from './rules.ts'

const license = { status: 'active', kind: 'license', quantity: 10, endOn: '2027-11-30' } as const

test('F129 F154 the last day of a term is its last day for more licenses and for an upgrade, also while it says active', () => {
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

test('F135 the window is seven times 24 hours, also over a change of the clocks', () => {
  assert.equal(windowEnd(new Date('2027-03-26T10:00:00Z')).toISOString(), '2027-04-02T10:00:00.000Z')
})

test('F158 a trial ends after 30 days, a year on the day before, usage never', () => {
  assert.equal(firstTermEnd('2027-02-01', 'trial', 'P1M'), '2027-03-02')
  assert.equal(firstTermEnd('2027-03-12', 'license', 'P1Y'), '2028-03-11')
  assert.equal(firstTermEnd('2027-03-12', 'usage', ''), null)
})
