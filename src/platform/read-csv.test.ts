import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { readCsv, type CsvRecord } from './read-csv.ts'

async function* pieces(text: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes)
}

async function read(text: string, sizeBytes = 1024): Promise<CsvRecord[]> {
  const records: CsvRecord[] = []
  for await (const batch of readCsv(pieces(text, sizeBytes))) records.push(...batch)
  return records
}

test('reads quotes, doubled quotes, commas, line breaks in quotes and empty cells, and counts physical lines', async () => {
  const records = await read('\uFEFFa,"b,""c""\nd",\r\n\r\n,"",x\n"last"')

  assert.deepEqual(records, [
    { line: 1, cells: ['a', 'b,"c"\nd', ''] },
    { line: 4, cells: ['', '', 'x'] },
    { line: 5, cells: ['last'] },
  ])
})

test('a quote that is never closed, and text after a closing quote, cost only their own line', async () => {
  for (const sizeBytes of [1, 3, 1024]) {
    const records = await read('"a","b\n1,2\n"c"d,e\n3,4\n"f', sizeBytes)

    assert.deepEqual(records, [
      { line: 1, cells: [], broken: true },
      { line: 2, cells: ['1', '2'] },
      { line: 3, cells: [], broken: true },
      { line: 4, cells: ['3', '4'] },
      { line: 5, cells: [], broken: true },
    ])
  }
})

test('a quote left open in a large file is found without reading the rest into memory', async () => {
  const rows = Array.from({ length: 40_000 }, (_, index) => `row ${index},value`)

  const records = await read(`"open,1\n${rows.join('\n')}\n`, 64 * 1024)

  assert.deepEqual(records[0], { line: 1, cells: [], broken: true })
  assert.equal(records.length, rows.length + 1)
  assert.deepEqual(records.at(-1), { line: 40_001, cells: ['row 39999', 'value'] })
})

test('a line without end is refused: the file is no text', async () => {
  await assert.rejects(read('x'.repeat(300 * 1024), 64 * 1024), { reason: 'fileNotReadable' })
})

test('reads what csv-parse reads, however the bytes are cut', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ğ', '"', ',', '\n', ' ', '😀'), maxLength: 6 })
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom('\n', '\r\n'),
      async (given, size, lineBreak) => {
        const text = given
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
          .join(lineBreak)
        const expected: string[][] = parse(text, { relax_column_count: true, skip_empty_lines: true })

        const records = await read(text, size)

        assert.deepEqual(
          records.map(({ cells }) => cells),
          expected,
        )
      },
    ),
    { numRuns: 300 },
  )
})
