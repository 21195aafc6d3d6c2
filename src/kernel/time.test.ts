import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, addMonths, daysBetween, termEnd } from './time.ts'

const days = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

test('a month that lacks the day ends on its own last day', () => {
  assert.equal(addMonths('2027-01-31', 1), '2027-02-28')
  assert.equal(addMonths('2028-01-31', 1), '2028-02-29')
  assert.equal(addMonths('2028-02-29', 12), '2029-02-28')
  assert.equal(addMonths('2027-12-15', 1), '2028-01-15')
})

test('a term ends the day before the day it would renew on', () => {
  assert.equal(termEnd('2027-03-12', 'P1Y'), '2028-03-11')
  assert.equal(termEnd('2027-01-01', 'P1M'), '2027-01-31')
  assert.equal(termEnd('2027-03-12', 'P3Y'), '2030-03-11')
  assert.equal(termEnd('2027-03-12', ''), undefined)
})

test('counting days and adding them are each other’s inverse, over leap years and daylight saving', () => {
  fc.assert(
    fc.property(
      days,
      fc.integer({ min: -2000, max: 2000 }),
      (day, count) => daysBetween(day, addDays(day, count)) === count,
    ),
  )
})

test('adding months never skips a month', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 60 }), (day, months) => {
      const [year = 0, month = 0] = day.split('-').map(Number)
      const [toYear = 0, toMonth = 0] = addMonths(day, months).split('-').map(Number)
      return toYear * 12 + toMonth === year * 12 + month + months
    }),
  )
})
