import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packCursor, page, unpackCursor } from './paging.ts'

test('a cursor brings back the values it was made of, Turkish letters too', () => {
  assert.deepEqual(unpackCursor(packCursor(['şişli', '42']), 2), ['şişli', '42'])
})

test('what is no cursor of this list is told apart: other lists’ cursors, invented text, broken JSON', () => {
  for (const text of [packCursor(['one']), 'x', '%%%', btoa('{"a":1}'), btoa('[1,2]')])
    assert.equal(unpackCursor(text, 2), undefined)
})

test('a page says where the next one starts only when there is more', () => {
  const key = (row: number) => [String(row)]

  assert.deepEqual(page([1, 2, 3], 3, key), { items: [1, 2, 3], next: null })
  assert.deepEqual(page([1, 2, 3], 2, key), { items: [1, 2], next: packCursor(['2']) })
})
