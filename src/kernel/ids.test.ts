import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUuid, newId, newOrderNumber } from './ids.ts'

test('ids are unique and sort in the order they were made', () => {
  const made = Array.from({ length: 20_000 }, () => newId())

  assert.equal(new Set(made).size, made.length)
  assert.deepEqual(made.toSorted(), made)
  assert.ok(made.every(isUuid))
})

test('an order number can be read aloud: three groups of four, without vowels or look-alikes', () => {
  for (let count = 0; count < 1000; count += 1)
    assert.match(newOrderNumber(), /^[2-9B-DF-HJ-NP-TV-XZ]{4}(-[2-9B-DF-HJ-NP-TV-XZ]{4}){2}$/)
})
