import { searchKey, sortKey } from '../../kernel/text.ts'

/** Lists show SKUs in the order of their titles. */
export function skuSortKey(skuTitle: string): string {
  return sortKey(skuTitle)
}

/** A SKU is found by its title, its product's title and its ids. */
export function skuSearchKey(sku: {
  readonly productId: string
  readonly skuId: string
  readonly productTitle: string
  readonly skuTitle: string
}): string {
  const titles = sku.skuTitle === sku.productTitle ? sku.skuTitle : `${sku.skuTitle} ${sku.productTitle}`
  return searchKey(`${titles} ${sku.productId} ${sku.skuId}`)
}
