import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addPeriod, whyNotTo } from './rules.ts'

const now = new Date('2028-01-31T09:30:00Z')

test('a period later is the same time of day, on the last day of a month that lacks the day', () => {
  const later = (period: string) => addPeriod(now, period)?.toISOString()

  assert.equal(later('P1D'), '2028-02-01T09:30:00.000Z')
  assert.equal(later('P2W'), '2028-02-14T09:30:00.000Z')
  assert.equal(later('P1M'), '2028-02-29T09:30:00.000Z')
  assert.equal(later('P13M'), '2029-02-28T09:30:00.000Z')
  assert.equal(later('P1Y'), '2029-01-31T09:30:00.000Z')
  for (const text of ['', 'P', '1Y', 'PT1H', 'P1Y2M', 'a year']) assert.equal(later(text), undefined, text)
})

test('a clock moves in a sandbox only, forward only, and at most ten years at once', () => {
  const at = (text: string) => new Date(text)

  assert.equal(whyNotTo('sandbox', now, at('2038-01-31T09:30:00Z')), null)
  assert.equal(whyNotTo('sandbox', now, at('2038-01-31T09:30:01Z')), 'clockTooFar')
  assert.equal(whyNotTo('sandbox', now, now), 'clockBackwards')
  assert.equal(whyNotTo('production', now, at('2028-02-01T00:00:00Z')), 'productionClock')
})
