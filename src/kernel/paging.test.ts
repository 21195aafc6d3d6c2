import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packCursor, page, unpackCursor, unpackTimeCursor } from './paging.ts'

test('a cursor brings back the values it was made of, Turkish letters too', () => {
  assert.deepEqual(unpackCursor(packCursor(['şişli', '42']), 2), ['şişli', '42'])
})

test('what is no cursor of this list is told apart: other lists’ cursors, invented text, broken JSON', () => {
  for (const text of [packCursor(['one']), 'x', '%%%', btoa('{"a":1}'), btoa('[1,2]')])
    assert.equal(unpackCursor(text, 2), undefined)
})

test('a cursor of a list in the order of time holds an instant and an id, and nothing else will do', () => {
  const id = '0198f0a0-0000-7000-8000-000000000001'
  const at = new Date('2026-12-01T09:00:00.123Z')

  assert.deepEqual(unpackTimeCursor(packCursor([at.toISOString(), id])), { at, id })
  assert.equal(unpackTimeCursor(undefined), undefined)
  for (const values of [
    ['1', id],
    ['2026-12-01', id],
    [at.toISOString(), 'x'],
    [at.toISOString()],
    [`${at.toISOString()} or`, id],
  ])
    assert.throws(() => unpackTimeCursor(packCursor(values)), { reason: 'invalidRequest' })
})

test('a page says where the next one starts only when there is more', () => {
  const key = (row: number) => [String(row)]

  assert.deepEqual(page([1, 2, 3], 3, key), { items: [1, 2, 3], next: null })
  assert.deepEqual(page([1, 2, 3], 2, key), { items: [1, 2], next: packCursor(['2']) })
})
