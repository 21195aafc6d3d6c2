import type { Columns } from './file-columns.ts'
import {
  isReadable,
  readCount,
  readCountryList,
  readProductId,
  readSkuId,
  readSkuList,
  remembering,
  type CellProblem,
  type ProblemReason,
} from './file-values.ts'
import type { OwnershipLimitType } from './rules.ts'

/** Columns of the vendor's offer matrix. */
export const offerMatrixColumns = {
  ProductTitle: 'required',
  ProductId: 'required',
  SkuId: 'required',
  SkuTitle: 'required',
  Description: 'optional',
  ProvisioningId: 'optional',
  ProvisioningString: 'optional',
  MinLicenses: 'required',
  MaxLicenses: 'required',
  AssetOwnershipLimit: 'required',
  AssetOwnershipLimitType: 'required',
  ProductSkuPreRequisites: 'required',
  ProductSkuConversion: 'required',
  AllowedCountries: 'required',
} as const

export type OfferMatrixColumn = keyof typeof offerMatrixColumns

/** What an offer matrix says about one SKU. */
export interface OfferLine {
  readonly productId: string
  readonly productTitle: string
  readonly skuId: string
  readonly skuTitle: string
  /** Null when the file has no such column: then what is known stays. */
  readonly description: string | null
  readonly provisioningId: string | null
  readonly provisioningString: string | null
  readonly minQuantity: number
  readonly maxQuantity: number
  readonly ownershipLimit: number | null
  readonly ownershipLimitType: OwnershipLimitType | null
  readonly prerequisites: readonly string[]
  readonly conversions: readonly string[]
  /** Null when the file names none: sold wherever it has a price. */
  readonly allowedCountries: readonly string[] | null
}

/** The most licences one subscription may hold when the file sets no bound. */
const mostLicenses = 1_000_000

const limitTypes = new Map<string, OwnershipLimitType>([
  ['concurrentcount', 'ConcurrentCount'],
  ['lifetime', 'Lifetime'],
])

/** Makes the reader of an offer matrix's lines, as `priceLineReader` does for price lists. */
export function offerLineReader(
  columns: Columns<OfferMatrixColumn>,
): (cells: readonly string[]) => OfferLine | readonly CellProblem[] {
  const readCountries = remembering(readCountryList)

  return (cells) => {
    const problems: CellProblem[] = []
    const at = (column: OfferMatrixColumn): string => {
      const index = columns[column]
      return index === undefined ? '' : (cells[index] ?? '').trim()
    }
    const refuse = (column: OfferMatrixColumn, reason: ProblemReason, params?: CellProblem['params']): undefined => {
      problems.push({ column, value: at(column).slice(0, 200), reason, ...(params ? { params } : {}) })
      return undefined
    }
    const needed = (column: OfferMatrixColumn, read: (text: string) => string | undefined, reason: ProblemReason) => {
      const text = at(column)
      if (text === '') return refuse(column, 'required')
      return read(text) ?? refuse(column, reason)
    }
    const text = (column: OfferMatrixColumn, most: number): string => {
      const value = at(column)
      if (value.length > most) refuse(column, 'tooLong', { max: most })
      else if (!isReadable(value)) refuse(column, 'unreadable')
      return value
    }
    const title = (column: OfferMatrixColumn): string => {
      const value = text(column, 300)
      if (value === '') refuse(column, 'required')
      return value
    }
    const optionalText = (column: OfferMatrixColumn, most: number): string | null =>
      columns[column] === undefined ? null : text(column, most)
    const count = (column: OfferMatrixColumn): number | undefined => {
      const given = at(column)
      return given === '' ? undefined : (readCount(given) ?? refuse(column, 'quantity'))
    }

    // Nothing can be bought below one licence, so 0 says the same as 1.
    const minQuantity = Math.max(count('MinLicenses') ?? 1, 1)
    const maxQuantity = count('MaxLicenses') ?? mostLicenses
    if (maxQuantity < minQuantity) refuse('MaxLicenses', 'quantityOrder')
    const limit = count('AssetOwnershipLimit')
    const limitType = limitTypes.get(at('AssetOwnershipLimitType').toLowerCase())
    if (limit !== undefined && limitType === undefined) refuse('AssetOwnershipLimitType', 'ownershipLimitType')

    const line = {
      productId: needed('ProductId', readProductId, 'productId'),
      productTitle: title('ProductTitle'),
      skuId: needed('SkuId', readSkuId, 'skuId'),
      skuTitle: title('SkuTitle'),
      description: optionalText('Description', 10_000),
      provisioningId: optionalText('ProvisioningId', 100) || null,
      provisioningString: optionalText('ProvisioningString', 200) || null,
      minQuantity,
      maxQuantity,
      ownershipLimit: limit ?? null,
      ownershipLimitType: limit === undefined ? null : (limitType ?? null),
      prerequisites: readSkuList(at('ProductSkuPreRequisites')) ?? refuse('ProductSkuPreRequisites', 'skuList'),
      conversions: readSkuList(at('ProductSkuConversion')) ?? refuse('ProductSkuConversion', 'skuList'),
      allowedCountries:
        at('AllowedCountries') === ''
          ? null
          : (readCountries(at('AllowedCountries')) ?? refuse('AllowedCountries', 'country')),
    }
    return problems.length > 0 ? problems : (line as OfferLine)
  }
}
