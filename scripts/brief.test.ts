import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { proofsIn, readRows, rowsIn } from './brief.ts'

test('the brief has its 110 rows, each once and in order', () => {
  const rows = readRows(readFileSync(join(import.meta.dirname, '../docs/product/brief.md'), 'utf8'))

  assert.deepEqual(
    rows.map(({ id }) => id),
    Array.from({ length: 110 }, (_, at) => `S${at + 1}`),
  )
})

test('a test proves the rows that its name begins with, and no others', () => {
  assert.deepEqual(rowsIn('S56 S57 a removal is refused'), ['S56', 'S57'])
  assert.deepEqual(rowsIn('S56–S58, S61 a removal is refused'), ['S56', 'S57', 'S58', 'S61'])
  assert.deepEqual(rowsIn('a removal as in S56'), [])
  assert.deepEqual(rowsIn('S3 sizes'), ['S3'])
})

test('skipped tests are found, and prove nothing', () => {
  const source = `test('S1 one', async () => {})\ntest.skip("S2 two’s", () => {})\n  journey(\n    \`S3 three\`,`

  assert.deepEqual(
    proofsIn(source, 'x.test.ts', 'API').map(({ name, skipped }) => [name, skipped]),
    [
      ['S1 one', false],
      ['S2 two’s', true],
      ['S3 three', false],
    ],
  )
})
