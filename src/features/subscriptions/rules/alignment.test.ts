import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Term } from '../../../kernel/time.ts'
import { type AlignmentPeer, alignmentsFor } from './alignment.ts'

const peer = (term: Term, endOn: string, autoRenew = true): AlignmentPeer => ({
  title: 'Other',
  term,
  endOn,
  autoRenew,
})

type Row = readonly [
  what: string,
  startOn: string,
  term: Term,
  peers: readonly AlignmentPeer[],
  ends: readonly (readonly [endOn: string, kind: 'subscription' | 'monthEnd'])[],
]

const rows: readonly Row[] = [
  [
    'F166 a year bought in July ends with what ends in October',
    '2022-07-01',
    'P1Y',
    [peer('P1Y', '2022-10-01')],
    [['2022-10-01', 'subscription']],
  ],
  ['F170 a year ends with its last whole month', '2022-07-15', 'P1Y', [], [['2023-06-30', 'monthEnd']]],
  ['F170 a month ends with the calendar month', '2022-07-15', 'P1M', [], [['2022-07-31', 'monthEnd']]],
  ['F170 a year that ends with a month has nothing to cut', '2022-07-01', 'P1Y', [], []],
  [
    'F171 three years end with the last renewal of a yearly one',
    '2022-07-01',
    'P3Y',
    [peer('P1Y', '2022-10-01')],
    [['2024-10-01', 'subscription']],
  ],
  [
    'F171 three years end with a three-year one after three months',
    '2022-07-01',
    'P3Y',
    [peer('P3Y', '2022-10-01')],
    [['2022-10-01', 'subscription']],
  ],
  [
    'what does not renew ends once',
    '2022-07-01',
    'P3Y',
    [peer('P1Y', '2022-10-01', false)],
    [['2022-10-01', 'subscription']],
  ],
  ['F167 a year does not align to a month', '2022-07-01', 'P1Y', [peer('P1M', '2022-07-20')], []],
  ['F167 three years do not align to a month', '2022-07-01', 'P3Y', [peer('P1M', '2022-07-20')], []],
  [
    'F167 a month aligns to any',
    '2022-07-15',
    'P1M',
    [peer('P1M', '2022-07-20'), peer('P3Y', '2022-08-10')],
    [
      ['2022-07-20', 'subscription'],
      ['2022-07-31', 'monthEnd'],
      ['2022-08-10', 'subscription'],
    ],
  ],
  [
    'F167 a month does not end on the 28th to 30th',
    '2022-07-15',
    'P1M',
    ['28', '29', '30'].map((day) => peer('P1Y', `2022-07-${day}`)),
    [['2022-07-31', 'monthEnd']],
  ],
  [
    'F167 but on the last day of February',
    '2023-02-10',
    'P1M',
    [peer('P1Y', '2023-02-28')],
    [['2023-02-28', 'subscription']],
  ],
  [
    'F167 not on 28 February of a leap year',
    '2024-02-10',
    'P1M',
    [peer('P1Y', '2024-02-28')],
    [['2024-02-29', 'monthEnd']],
  ],
  [
    'the last end and the first day are within',
    '2022-07-01',
    'P1Y',
    [peer('P1Y', '2022-07-01')],
    [['2022-07-01', 'subscription']],
  ],
  [
    'what ends before the term and does not renew is no end',
    '2022-07-02',
    'P1Y',
    [peer('P1Y', '2022-07-01', false)],
    [['2023-06-30', 'monthEnd']],
  ],
  ['an end after the term is none', '2022-07-01', 'P1Y', [peer('P3Y', '2023-07-01')], []],
  ['what ends with the whole term cuts nothing', '2022-07-01', 'P1Y', [peer('P1Y', '2023-06-30')], []],
  [
    'a 31st stays a 31st over years with a February',
    '2024-02-01',
    'P3Y',
    [peer('P1Y', '2024-02-29')],
    [['2026-02-28', 'subscription']],
  ],
  ['products without a term', '2022-07-01', '', [peer('P1Y', '2022-10-01')], []],
]

for (const [what, startOn, term, peers, ends] of rows) {
  test(what, () => {
    assert.deepEqual(
      alignmentsFor(startOn, term, peers).map((one) => [one.endOn, one.with.kind]),
      ends,
    )
  })
}
