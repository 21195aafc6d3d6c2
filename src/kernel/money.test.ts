import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatMicros, lineTotal, parseMicros, sum } from './money.ts'

test('F211 a line rounds the unit price down first and multiplies after', () => {
  assert.deepEqual(lineTotal({ micros: 1_239_999n, currency: 'USD' }, 100), { minor: 12_300n, currency: 'USD' })
  assert.deepEqual(lineTotal({ micros: 1_239_999n, currency: 'JPY' }, 100), { minor: 100n, currency: 'JPY' })
})

test('a price survives being written and read', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 17n }), (micros) => parseMicros(formatMicros(micros)) === micros),
  )
})

test('what is no price is refused: signs, commas, exponents, a seventh decimal', () => {
  for (const text of ['-1', '+1', '1,5', '1e3', '1.1234567', '', '.5', '1.', ' 1'])
    assert.equal(parseMicros(text), undefined)
})

test('amounts of two currencies are never added', () => {
  assert.throws(() =>
    sum('EUR', [
      { minor: 1n, currency: 'EUR' },
      { minor: 1n, currency: 'TRY' },
    ]),
  )
})
