import { sql } from 'kysely'
import type { CustomerId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/context.ts'
import type { Life } from './rules/life.ts'

/** One product of a customer, whichever subscriptions it was bought in. */
export interface PoolKey {
  readonly customerId: CustomerId
  readonly productId: string
  readonly skuId: string
}

/**
 * Holds the licenses of a product until the transaction ends: nobody takes one meanwhile. Returns how many the subscriptions hold
 * that can be used, and how many people have. Whoever makes them fewer asks this first; hold a subscription's row before the pool,
 * and several pools in the order of product and SKU, so that nobody waits in a circle.
 */
export async function holdPool(
  tx: Tx,
  { customerId, productId, skuId }: PoolKey,
): Promise<{ readonly owned: number; readonly assigned: number }> {
  await sql`
    insert into license_pools (customer_id, product_id, sku_id, assigned) values (${customerId}, ${productId}, ${skuId}, 0)
    on conflict (customer_id, product_id, sku_id) do update set assigned = license_pools.assigned`.execute(tx)
  // A statement of its own: what others committed while the first one waited counts.
  const { rows } = await sql<{ owned: number; assigned: number }>`
    select p.assigned, ${ownedSql(sql.ref('p.customer_id'), sql.ref('p.product_id'), sql.ref('p.sku_id'))} as owned
    from license_pools p
    where p.customer_id = ${customerId} and p.product_id = ${productId} and p.sku_id = ${skuId}`.execute(tx)
  return rows[0] ?? { owned: 0, assigned: 0 }
}

/** How many licenses of a product a customer's subscriptions hold that can be given to people. Same as in `count_license()`. */
export function ownedSql(
  customerId: ReturnType<typeof sql.ref>,
  productId: ReturnType<typeof sql.ref>,
  skuId: ReturnType<typeof sql.ref>,
) {
  return sql<number>`(
    select coalesce(sum(s.quantity), 0)::int from subscriptions s
    where s.customer_id = ${customerId} and s.product_id = ${productId} and s.sku_id = ${skuId}
      and s.status in ('active', 'renewing', 'expired') and s.kind in ('license', 'addon', 'trial'))`
}

/**
 * After a subscription became one of another product: its people go along, at most as many as it has licenses and as the new product
 * has left. Who has the new product already only gives the old one back. Returns how many people changed. Source: F154.
 */
export async function moveAssignments(tx: Tx, from: PoolKey, to: PoolKey, quantity: number): Promise<number> {
  const ordered = [from, to].toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  const pools = new Map<PoolKey, { readonly owned: number; readonly assigned: number }>()
  for (const key of ordered) pools.set(key, await holdPool(tx, key))
  const target = pools.get(to)
  const most = Math.max(Math.min(quantity, (target?.owned ?? 0) - (target?.assigned ?? 0)), 0)
  const { customerId } = from
  const given = await sql`
    delete from license_assignments a
    where a.customer_id = ${customerId} and a.product_id = ${from.productId} and a.sku_id = ${from.skuId}
      and exists (select from license_assignments b where b.customer_id = a.customer_id and b.user_id = a.user_id
        and b.product_id = ${to.productId} and b.sku_id = ${to.skuId})`.execute(tx)
  // Services of the old product mean nothing in the new one: all of its services are on.
  const moved = await sql`
    update license_assignments a set product_id = ${to.productId}, sku_id = ${to.skuId}, off_plans = '{}'
    where a.customer_id = ${customerId} and a.product_id = ${from.productId} and a.sku_id = ${from.skuId}
      and a.user_id in (select user_id from license_assignments
        where customer_id = ${customerId} and product_id = ${from.productId} and sku_id = ${from.skuId}
        order by assigned_at, user_id limit ${most})`.execute(tx)
  return Number(given.numAffectedRows ?? 0n) + Number(moved.numAffectedRows ?? 0n)
}

/**
 * As `moveAssignments`, when a whole subscription became one of another product: by an upgrade, a conversion or its next term.
 * Called after the subscription was stored.
 */
export async function carryLicenses(tx: Tx, customerId: CustomerId, before: Life, after: Life): Promise<void> {
  if (before.productId === after.productId && before.skuId === after.skuId) return
  await moveAssignments(tx, { ...before, customerId }, { ...after, customerId }, after.quantity)
}

function keyOf({ productId, skuId }: PoolKey): string {
  return `${productId}/${skuId}`
}
