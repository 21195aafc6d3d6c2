import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reminderWindows } from './rules/reminders.ts'

function due(doneOn: string, day: string, outcome: string): readonly string[] {
  return reminderWindows(doneOn, day)
    .filter((window) => window.outcome === outcome)
    .map(({ endOn, daysBefore }) => `${endOn} ${daysBefore}`)
    .toSorted()
}

test('F163 F238 from day to day a term is reminded of 30, 7 and 1 days before its end, a trial 14, 7 and 1', () => {
  assert.deepEqual(due('2026-12-01', '2026-12-02', 'renews'), ['2026-12-03 1', '2026-12-09 7', '2027-01-01 30'])
  assert.deepEqual(due('2026-12-01', '2026-12-02', 'expires'), due('2026-12-01', '2026-12-02', 'renews'))
  assert.deepEqual(due('2026-12-01', '2026-12-02', 'trialEnds'), ['2026-12-03 1', '2026-12-09 7', '2026-12-16 14'])
})

test('after a pause each term has one reminder, the latest, and a term that is over has none', () => {
  assert.deepEqual(due('2026-12-01', '2026-12-04', 'renews'), [
    '2026-12-04 1',
    '2026-12-05 1',
    '2026-12-09 7',
    '2026-12-10 7',
    '2026-12-11 7',
    '2027-01-01 30',
    '2027-01-02 30',
    '2027-01-03 30',
  ])
  const afterLong = due('2026-01-01', '2026-12-04', 'renews')
  assert.equal(afterLong.length, 31)
  assert.deepEqual(afterLong.slice(0, 3), ['2026-12-04 1', '2026-12-05 1', '2026-12-06 7'])
})
