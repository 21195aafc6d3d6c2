import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { deflateRawSync, crc32 } from 'node:zlib'
import { sql } from 'kysely'
import { newId } from '../../kernel/ids.ts'
import type { Deps } from '../../platform/context.ts'
import { testWorld } from '../../platform/test-world.ts'
import { givenDemoCatalog, importText, offerMatrix, operator, priceList } from './test-catalog.ts'
import type { ImportReport } from './wire.ts'

function counts({ added, changed, ended, unchanged, badLines }: ImportReport) {
  return { added, changed, ended, unchanged, badLines }
}

const none = { added: 0, changed: 0, ended: 0, unchanged: 0, badLines: 0 }

async function prices(deps: Deps): Promise<readonly string[]> {
  const { rows } = await sql<{ line: string }>`
    select concat_ws(' ', market, product_id || '/' || sku_id, term, billing_plan, tier_min, tier_max,
      to_char(effective_from at time zone 'UTC', 'YYYY-MM-DD'), to_char(effective_until at time zone 'UTC', 'YYYY-MM-DD'),
      trim_scale(unit_cost), trim_scale(unit_retail), currency) as line
    from price_items order by 1`.execute(deps.db)
  return rows.map(({ line }) => line)
}

async function tableCounts(deps: Deps): Promise<readonly number[]> {
  const { rows } = await sql<{ counts: number[] }>`
    select array[(select count(*) from products), (select count(*) from skus), (select count(*) from price_items),
      (select count(*) from catalog_imports), (select count(*) from audit_records), (select count(*) from events)]::int[] as counts
    `.execute(deps.db)
  return rows[0]?.counts ?? []
}

/** A ZIP archive of files, compressed, as small as the format allows. */
function zipOf(files: Readonly<Record<string, string>>, spoil = false): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(text)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE((crc32(text) ^ (spoil ? 1 : 0)) >>> 0, 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(Buffer.byteLength(text), 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000'), common, place, Buffer.from(name)]))
    parts.push(local)
    offset += local.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\u0005\u0006'), end])
}

test('a price list adds its products, SKUs and prices, and is written into the history, the audit log and the events', async () => {
  await using world = await testWorld()

  const report = await importText(
    world.deps,
    'price-list',
    priceList({}, { Market: 'DE', Currency: 'EUR', UnitPrice: '2.5' }),
  )

  assert.equal(report.outcome, 'imported')
  assert.deepEqual(counts(report), { ...none, added: 2 })
  assert.equal(report.addedSkus, 1)
  assert.deepEqual(await prices(world.deps), [
    'DE MAIL/0001 P1Y monthly 0 2026-01-01 9999-12-31 2.5 120 EUR',
    'TR MAIL/0001 P1Y monthly 0 2026-01-01 9999-12-31 100 120 TRY',
  ])
  assert.deepEqual(await tableCounts(world.deps), [1, 1, 2, 1, 1, 1])
  const audit = await world.deps.db
    .selectFrom('audit_records')
    .select(['action', 'actor_name'])
    .executeTakeFirstOrThrow()
  assert.deepEqual(audit, { action: 'catalog.imported', actor_name: 'Ada Operator' })
})

test('a dry run reports what an import would do, and writes nothing', async () => {
  await using world = await testWorld()

  const report = await importText(world.deps, 'price-list', priceList({}, { SkuId: 'x' }), { dryRun: true })

  assert.equal(report.outcome, 'checked')
  assert.deepEqual(await tableCounts(world.deps), [0, 0, 0, 0, 0, 0])
  const imported = await importText(world.deps, 'price-list', priceList({}, { SkuId: 'x' }))
  assert.deepEqual({ ...imported, outcome: 'checked' }, report)
})

test('the same file again changes nothing and leaves no trace', async () => {
  await using world = await testWorld()
  const list = priceList(
    {},
    { ProductId: 'DRIVE' },
    { ProductId: 'DRIVE', EffectiveStartDate: '6/1/2026 0:00', UnitPrice: '90' },
  )
  const matrix = offerMatrix({ MaxLicenses: '50' }, { ProductId: 'DRIVE', ProductSkuPreRequisites: 'MAIL/1' })
  await importText(world.deps, 'price-list', list)
  await importText(world.deps, 'offer-matrix', matrix)
  const before = await tableCounts(world.deps)

  const again = [await importText(world.deps, 'price-list', list), await importText(world.deps, 'offer-matrix', matrix)]

  assert.deepEqual(
    again.map(({ outcome }) => outcome),
    ['unchanged', 'unchanged'],
  )
  assert.deepEqual(again.map(counts), [
    { ...none, unchanged: 3 },
    { ...none, unchanged: 2 },
  ])
  assert.deepEqual(await tableCounts(world.deps), before)
})

test('bad lines are named by line, column, value and reason, and refuse the whole file', async () => {
  await using world = await testWorld()
  const file = `${priceList({}, { UnitPrice: '1,5', Market: 'XX' }, { SkuId: '2' })}\r\n"a","b"\r\n"c"d,"e"\r\n`

  const report = await importText(world.deps, 'price-list', file)

  assert.equal(report.outcome, 'refused')
  assert.deepEqual(counts(report), { ...none, added: 2, badLines: 3 })
  assert.deepEqual(report.problems, [
    { line: 3, column: 'Market', value: 'XX', reason: 'country', params: {} },
    { line: 3, column: 'UnitPrice', value: '1,5', reason: 'price', params: {} },
    { line: 5, column: '', value: '', reason: 'columnCount', params: { expected: 20, found: 2 } },
    { line: 6, column: '', value: '', reason: 'brokenQuote', params: {} },
  ])
  assert.deepEqual(await tableCounts(world.deps), [0, 0, 0, 0, 0, 0])
})

test('told to leave bad lines out, the good ones are imported and the others counted', async () => {
  await using world = await testWorld()

  const report = await importText(world.deps, 'price-list', priceList({}, { SkuId: '12345' }), {
    leaveOutBadLines: true,
  })

  assert.equal(report.outcome, 'imported')
  assert.deepEqual(counts(report), { ...none, added: 1, badLines: 1 })
  const history = await world.deps.db
    .selectFrom('catalog_imports')
    .select(['line_count', 'added', 'left_out'])
    .execute()
  assert.deepEqual(history, [{ line_count: 2, added: 1, left_out: 1 }])
})

test('a report names the first thousand problems and counts them all', async () => {
  await using world = await testWorld()
  const lines = Array.from({ length: 1500 }, () => ({ SkuId: '12345' }))

  const report = await importText(world.deps, 'price-list', priceList(...lines), { dryRun: true })

  assert.equal(report.badLines, 1500)
  assert.equal(report.problems.length, 1000)
  assert.equal(report.problems.at(-1)?.line, 1001)
})

test('a published price never changes: another price for the same start is a bad line that names the published one', async () => {
  await using world = await testWorld()
  await importText(world.deps, 'price-list', priceList({}))

  const dearer = await importText(world.deps, 'price-list', priceList({ UnitPrice: '101' }))
  const retail = await importText(world.deps, 'price-list', priceList({ 'ERP Price': '125.5' }))
  const currency = await importText(world.deps, 'price-list', priceList({ Currency: 'USD' }))

  const problem = { line: 2, reason: 'priceDiffers' }
  assert.deepEqual(dearer.problems, [{ ...problem, column: 'UnitPrice', value: '101', params: { published: '100' } }])
  assert.deepEqual(retail.problems, [{ ...problem, column: 'ERP Price', value: '125.5', params: { published: '120' } }])
  assert.deepEqual(currency.problems, [{ ...problem, column: 'Currency', value: 'USD', params: { published: 'TRY' } }])
  assert.equal((await prices(world.deps)).length, 1)
})

test('a line that starts later supersedes the earlier price, which stays as it was published', async () => {
  await using world = await testWorld()
  await importText(world.deps, 'price-list', priceList({}))

  const next = priceList({ EffectiveStartDate: '12/1/2026 0:00', UnitPrice: '110' })
  const report = await importText(world.deps, 'price-list', next)

  assert.deepEqual(counts(report), { ...none, added: 1, ended: 1 })
  assert.deepEqual(await prices(world.deps), [
    'TR MAIL/0001 P1Y monthly 0 2026-01-01 9999-12-31 100 120 TRY',
    'TR MAIL/0001 P1Y monthly 0 2026-12-01 9999-12-31 110 120 TRY',
  ])
  assert.deepEqual(counts(await importText(world.deps, 'price-list', next)), { ...none, unchanged: 1 })
})

test('an end that moves is a change when later and an end when earlier; the price stays', async () => {
  await using world = await testWorld()
  await importText(world.deps, 'price-list', priceList({ EffectiveEndDate: '11/30/2026 0:00' }))

  const longer = await importText(world.deps, 'price-list', priceList({ EffectiveEndDate: '12/31/2026 0:00' }))
  const shorter = await importText(world.deps, 'price-list', priceList({ EffectiveEndDate: '10/31/2026 0:00' }))

  assert.deepEqual(counts(longer), { ...none, changed: 1 })
  assert.deepEqual(counts(shorter), { ...none, ended: 1 })
  assert.deepEqual(await prices(world.deps), ['TR MAIL/0001 P1Y monthly 0 2026-01-01 2026-11-01 100 120 TRY'])
})

test('in one file an equal repeat is harmless, and a line that contradicts an earlier one is bad', async () => {
  await using world = await testWorld()

  const report = await importText(world.deps, 'price-list', priceList({}, {}, { UnitPrice: '99' }, { SkuId: '01' }))

  assert.deepEqual(counts(report), { ...none, added: 1, unchanged: 2, badLines: 1 })
  assert.deepEqual(report.problems, [{ line: 4, column: '', value: '', reason: 'lineDiffers', params: { line: 2 } }])
})

test('the offer matrix adds limits, prerequisites, conversions and countries, and makes an add-on one', async () => {
  await using world = await testWorld()
  await importText(
    world.deps,
    'price-list',
    priceList({}, { ProductId: 'ARCHIVE' }, { ProductId: 'TRIAL', Tags: 'Trial' }),
  )

  const report = await importText(
    world.deps,
    'offer-matrix',
    offerMatrix(
      { ProductSkuConversion: 'PLUS/1', AllowedCountries: 'TR;DE', ProvisioningString: 'MAIL' },
      {
        ProductId: 'ARCHIVE',
        ProductSkuPreRequisites: 'MAIL/1',
        MinLicenses: '5',
        AssetOwnershipLimit: '1',
        AssetOwnershipLimitType: 'Lifetime',
      },
      { ProductId: 'TRIAL' },
      { ProductId: 'PLUS' },
    ),
  )

  assert.deepEqual(counts(report), { ...none, added: 1, changed: 3 })
  const { rows } = await sql`
    select product_id, kind, min_quantity, max_quantity, ownership_limit, ownership_limit_type, provisioning_string,
      allowed_countries, prerequisites, conversions from skus order by product_id`.execute(world.deps.db)
  const plain = {
    min_quantity: 1,
    max_quantity: 300,
    ownership_limit: null,
    ownership_limit_type: null,
    provisioning_string: null,
    allowed_countries: null,
    prerequisites: [],
    conversions: [],
  }
  assert.deepEqual(rows, [
    {
      ...plain,
      product_id: 'ARCHIVE',
      kind: 'addon',
      min_quantity: 5,
      ownership_limit: 1,
      ownership_limit_type: 'Lifetime',
      prerequisites: ['MAIL/0001'],
    },
    {
      ...plain,
      product_id: 'MAIL',
      kind: 'license',
      provisioning_string: 'MAIL',
      allowed_countries: ['DE', 'TR'],
      conversions: ['PLUS/0001'],
    },
    { ...plain, product_id: 'PLUS', kind: 'license' },
    { ...plain, product_id: 'TRIAL', kind: 'trial' },
  ])
})

test('the two files may come in either order and again: a price list does not undo what the offer matrix says', async () => {
  await using world = await testWorld()
  const matrix = offerMatrix({ SkuTitle: 'Lodos Mail Archive', ProductSkuPreRequisites: 'BASE/1', MaxLicenses: '7' })
  await importText(world.deps, 'offer-matrix', matrix)

  await importText(world.deps, 'price-list', priceList({ SkuTitle: 'Another title' }))

  const row = await world.deps.db
    .selectFrom('skus')
    .innerJoin('products', 'products.product_id', 'skus.product_id')
    .select(['kind', 'max_quantity', 'skus.title', 'publisher'])
    .executeTakeFirstOrThrow()
  assert.deepEqual(row, { kind: 'addon', max_quantity: 7, title: 'Lodos Mail Archive', publisher: 'Lodos Cloud' })
  assert.equal((await importText(world.deps, 'offer-matrix', matrix)).outcome, 'unchanged')
})

test('the day sale ends is kept by lists that have no such column, and lifted by those that have it empty', async () => {
  await using world = await testWorld()
  const endOfSale = async () =>
    (await world.deps.db.selectFrom('skus').select('end_of_sale_on').executeTakeFirstOrThrow()).end_of_sale_on
  await importText(world.deps, 'price-list', priceList({ EndofSaleDate: '3/31/2027 0:00' }))
  assert.equal(await endOfSale(), '2027-03-31')

  await importText(world.deps, 'price-list', priceList({}).replace('"EndofSaleDate"', '"Something else"'))
  assert.equal(await endOfSale(), '2027-03-31')

  const lifted = await importText(world.deps, 'price-list', priceList({}))
  assert.equal(lifted.changedSkus, 1)
  assert.equal(await endOfSale(), null)
})

test('unknown columns are told, missing and repeated ones refuse the file with their names', async () => {
  await using world = await testWorld()
  const list = priceList({})

  const report = await importText(world.deps, 'price-list', list.replace('"Tags"', '"ChangeIndicator"'), {
    dryRun: true,
  })
  assert.deepEqual(report.ignoredColumns, ['ChangeIndicator'])

  await assert.rejects(importText(world.deps, 'price-list', list.replace('"UnitPrice"', '"Price"')), {
    reason: 'columnsMissing',
    detail: { params: { columns: 'UnitPrice' } },
  })
  await assert.rejects(importText(world.deps, 'price-list', list.replace('"Tags"', '"Unit Price"')), {
    reason: 'columnsRepeated',
  })
  await assert.rejects(importText(world.deps, 'offer-matrix', list), { reason: 'columnsMissing' })
  await assert.rejects(importText(world.deps, 'price-list', ''), { reason: 'fileNotReadable' })
})

test('a ZIP archive with one file is read like the file, told apart by its content; anything else is refused', async () => {
  await using world = await testWorld()
  const list = `\uFEFF${priceList({})}`

  const zipped = await importText(
    world.deps,
    'price-list',
    zipOf({ 'folder/list.csv': list, '__MACOSX/._list.csv': 'x' }),
  )
  assert.equal(zipped.outcome, 'imported')
  assert.equal((await importText(world.deps, 'price-list', list)).outcome, 'unchanged')

  const refused = { reason: 'fileNotReadable' }
  await assert.rejects(importText(world.deps, 'price-list', zipOf({ a: list, b: list })), refused)
  await assert.rejects(importText(world.deps, 'price-list', zipOf({})), refused)
  await assert.rejects(importText(world.deps, 'price-list', zipOf({ a: list }, true)), refused)
  await assert.rejects(importText(world.deps, 'price-list', zipOf({ a: list }).subarray(0, 100)), refused)
  await assert.rejects(importText(world.deps, 'price-list', Buffer.from(list, 'utf16le')), refused)
})

test('a real archiver’s file is read too', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kanal-zip-'))
  try {
    writeFileSync(join(folder, 'list.csv'), priceList({}))
    try {
      execFileSync('zip', ['-q', 'list.zip', 'list.csv'], { cwd: folder, stdio: 'ignore' })
    } catch {
      return t.skip('there is no zip here')
    }
    await using world = await testWorld()
    assert.equal(
      (await importText(world.deps, 'price-list', readFileSync(join(folder, 'list.zip')))).outcome,
      'imported',
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('imports that come at once wait for each other, and the same file has one effect', async () => {
  await using world = await testWorld()
  const list = priceList({}, { ProductId: 'DRIVE' })

  const reports = await Promise.all(Array.from({ length: 5 }, () => importText(world.deps, 'price-list', list)))

  assert.deepEqual(reports.map(({ outcome }) => outcome).toSorted(), [
    'imported',
    'unchanged',
    'unchanged',
    'unchanged',
    'unchanged',
  ])
  assert.deepEqual(await tableCounts(world.deps), [2, 2, 2, 1, 1, 1])
})

test('a request id has one effect; another file under it is refused', async () => {
  await using world = await testWorld()
  const actor = { ...operator, request: { ...operator.request, id: newId(), hash: 'same' } }
  const first = await importText(world.deps, 'price-list', priceList({}), { actor })

  assert.deepEqual(await importText(world.deps, 'price-list', priceList({}), { actor }), first)
  await assert.rejects(importText(world.deps, 'price-list', priceList({ SkuId: '2' }), { actor }), {
    reason: 'requestIdReused',
  })
})

test('the demo catalog holds what a demo needs, in four markets, without a bad line', async () => {
  await using world = await testWorld()

  await givenDemoCatalog(world.deps)

  const { rows } = await sql<{ kinds: Record<string, number>; skus: number; markets: string[]; left_out: number }>`
    select (select jsonb_object_agg(kind, n) from (select kind, count(*) as n from skus group by kind) k) as kinds,
      (select count(*)::int from skus) as skus,
      (select array_agg(distinct market || ' ' || currency order by market || ' ' || currency) from price_items) as markets,
      (select sum(left_out)::int from catalog_imports) as left_out`.execute(world.deps.db)
  const [found] = rows
  assert.ok(found && found.skus >= 150)
  assert.equal(found.left_out, 0)
  assert.deepEqual(found.markets, ['DE EUR', 'GB GBP', 'TR TRY', 'US USD'])
  for (const kind of ['license', 'addon', 'trial', 'usage', 'software']) assert.ok((found.kinds[kind] ?? 0) >= 5, kind)
})
