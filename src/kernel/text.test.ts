import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchKey, sortKey } from './text.ts'

test('a search finds a name however its Turkish letters, case and accents are typed', () => {
  for (const typed of ['Şişli IŞIK', 'ŞİŞLİ ışık', 'sisli  isik', 'SISLI ISIK']) {
    assert.equal(searchKey(typed), 'sisli isik')
  }
})

test('punctuation separates words in a search, but not in an address or a domain', () => {
  assert.equal(searchKey('Öz-Yapı A.Ş. (İzmir)'), 'oz yapi a.s. izmir')
  assert.equal(searchKey('Info@Firma.Example'), 'info@firma.example')
})

test('names sort by the Turkish alphabet: ç after c, ğ after g, ı before i, ö after o, ş after s, ü after u', () => {
  const sorted = [
    'Cam',
    'Cüzdan',
    'Çam',
    'Dam',
    'Gül',
    'Ğa',
    'Hiç',
    'Işık',
    'İz',
    'Ok',
    'Öz',
    'Pul',
    'Su',
    'Şu',
    'Tuz',
    'Uç',
    'Üç',
    'Van',
  ]
  const keys = sorted.map(sortKey)

  assert.deepEqual(keys.toSorted(), keys)
})

test('case and blanks do not change where a name sorts', () => {
  assert.equal(sortKey('Bench Distribution'), sortKey('BENCH  distribution'))
})
