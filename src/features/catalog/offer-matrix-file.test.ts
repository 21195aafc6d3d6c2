import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchColumns } from './file-columns.ts'
import type { CellProblem } from './file-values.ts'
import { type OfferLine, offerLineReader, offerMatrixColumns, type OfferMatrixColumn } from './offer-matrix-file.ts'

const good: Readonly<Record<OfferMatrixColumn, string>> = {
  ProductTitle: 'Lodos Mail',
  ProductId: 'CFQ7TTC0LH18',
  SkuId: '01',
  SkuTitle: 'Lodos Mail Archive',
  Description: 'An archive.',
  ProvisioningId: '4b9405b0-7788-4568-add1-99614e613b69',
  ProvisioningString: 'MAIL_ARCHIVE',
  MinLicenses: '1',
  MaxLicenses: '300',
  AssetOwnershipLimit: '1',
  AssetOwnershipLimitType: 'ConcurrentCount',
  ProductSkuPreRequisites: 'CFQ7TTC0LH18/0002;cfq7ttc0lh19/3',
  ProductSkuConversion: '',
  AllowedCountries: 'TR; DE;',
}

function read(change: Partial<Record<OfferMatrixColumn, string>> = {}): OfferLine | readonly CellProblem[] {
  const names = Object.keys(good) as OfferMatrixColumn[]
  const { columns } = matchColumns(names, offerMatrixColumns)
  return offerLineReader(columns)(names.map((name) => change[name] ?? good[name]))
}

function line(change: Partial<Record<OfferMatrixColumn, string>> = {}): OfferLine {
  const result = read(change)
  assert.ok(!Array.isArray(result), JSON.stringify(result))
  return result as OfferLine
}

function reasons(change: Partial<Record<OfferMatrixColumn, string>>): readonly string[] {
  const result = read(change)
  assert.ok(Array.isArray(result), 'expected problems')
  return (result as readonly CellProblem[]).map(({ column, reason }) => `${column} ${reason}`)
}

test('a line of the offer matrix is read as it is meant', () => {
  assert.deepEqual(line(), {
    productId: 'CFQ7TTC0LH18',
    productTitle: 'Lodos Mail',
    skuId: '0001',
    skuTitle: 'Lodos Mail Archive',
    description: 'An archive.',
    provisioningId: '4b9405b0-7788-4568-add1-99614e613b69',
    provisioningString: 'MAIL_ARCHIVE',
    minQuantity: 1,
    maxQuantity: 300,
    ownershipLimit: 1,
    ownershipLimitType: 'ConcurrentCount',
    prerequisites: ['CFQ7TTC0LH18/0002', 'CFQ7TTC0LH19/0003'],
    conversions: [],
    allowedCountries: ['DE', 'TR'],
  })
})

test('empty cells mean no limit: of quantity, ownership and country', () => {
  const unlimited = line({
    MinLicenses: '',
    MaxLicenses: '',
    AssetOwnershipLimit: '',
    AssetOwnershipLimitType: '',
    AllowedCountries: '',
  })

  assert.deepEqual(
    [unlimited.minQuantity, unlimited.maxQuantity, unlimited.ownershipLimit, unlimited.ownershipLimitType],
    [1, 1_000_000, null, null],
  )
  assert.equal(unlimited.allowedCountries, null)
})

test('each wrong cell is named', () => {
  assert.deepEqual(reasons({ MinLicenses: '10', MaxLicenses: '5' }), ['MaxLicenses quantityOrder'])
  assert.deepEqual(reasons({ MaxLicenses: '3000000000' }), ['MaxLicenses quantity'])
  assert.deepEqual(reasons({ AssetOwnershipLimitType: 'Sometimes' }), ['AssetOwnershipLimitType ownershipLimitType'])
  assert.deepEqual(reasons({ ProductSkuPreRequisites: 'CFQ7TTC0LH18' }), ['ProductSkuPreRequisites skuList'])
  assert.deepEqual(reasons({ ProductSkuConversion: 'A/1/2' }), ['ProductSkuConversion skuList'])
  assert.deepEqual(reasons({ AllowedCountries: 'TR;Germany' }), ['AllowedCountries country'])
  assert.deepEqual(reasons({ ProductTitle: '', SkuId: '' }).toSorted(), ['ProductTitle required', 'SkuId required'])
})
