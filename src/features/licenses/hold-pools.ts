import type { CustomerId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/context.ts'
import { holdPool } from '../subscriptions/license-pools.ts'
import { skuKey } from './decide-licenses.ts'
import type { Pool, Sku } from './rules.ts'

/** Holds the pools of these products, in one order for everybody, and reads what is in each. */
export async function holdPools(
  tx: Tx,
  customerId: CustomerId,
  skus: readonly Sku[],
): Promise<ReadonlyMap<string, Pool>> {
  const pools = new Map<string, Pool>()
  const sorted = skus.toSorted((one, other) => (skuKey(one) < skuKey(other) ? -1 : 1))
  for (const { productId, skuId } of sorted) {
    pools.set(skuKey({ productId, skuId }), await holdPool(tx, { customerId, productId, skuId }))
  }
  return pools
}
