import { changeSubscription } from '../src/features/subscriptions/change-subscription.ts'
import { confirmOwner } from '../src/features/subscriptions/confirm-owner.ts'
import { provisionSubscriptions } from '../src/features/subscriptions/provision-subscriptions.ts'
import { upgradeSubscription } from '../src/features/subscriptions/upgrade-subscription.ts'
import { Refusal } from '../src/kernel/errors.ts'
import type { CustomerId, OrganizationId, SubscriptionId } from '../src/kernel/ids.ts'
import type { Role } from '../src/kernel/permissions.ts'
import { keyOf } from './offers.ts'
import { resellers } from './parties.ts'
import { actorOf, type Stage, tenantOf } from './stage.ts'

/** What became of some subscriptions after they were bought: licenses added, names, resellers, support contacts, upgrades. */
export async function loadChanges(stage: Stage): Promise<void> {
  const bought = await readBought(stage)
  await buyMore(stage, bought)
  await setSupportContacts(stage, bought)
  await setResellers(stage, bought)
  await upgrade(stage, bought)
  await confirmOwners(stage, bought)
  stage.at(0, 24)
  await provisionSubscriptions(stage.deps, new AbortController().signal)
}

interface Bought {
  readonly customerId: CustomerId
  readonly id: SubscriptionId
  readonly providerKey: string
  readonly providerId: OrganizationId
  readonly kind: string
  readonly productId: string
  readonly skuId: string
  readonly quantity: number
  readonly daysAgo: number
  /** Key of the reseller the customer is associated with. */
  readonly reseller: string | null
  readonly resold: boolean
}

async function readBought(stage: Stage): Promise<readonly Bought[]> {
  const rows = await stage.deps.db
    .selectFrom('subscriptions as s')
    .leftJoin('customer_reseller_associations as a', (join) =>
      join
        .onRef('a.customer_id', '=', 's.customer_id')
        .onRef('a.provider_id', '=', 's.provider_id')
        .on('a.ended_at', 'is', null),
    )
    .leftJoin('resellers_of_record as r', (join) =>
      join
        .onRef('r.customer_id', '=', 's.customer_id')
        .onRef('r.subscription_id', '=', 's.id')
        .on('r.valid_to', 'is', null),
    )
    .select([
      's.customer_id',
      's.id',
      's.provider_id',
      's.kind',
      's.product_id',
      's.sku_id',
      's.quantity',
      's.created_at',
    ])
    .select(['a.reseller_id', 'r.id as record_id'])
    .where('s.status', '=', 'active')
    // Months run out, and nothing renews them yet.
    .where('s.term', 'in', ['P1Y', 'P3Y', ''])
    .orderBy('s.created_at')
    .orderBy('s.id')
    .execute()
  const keys = new Map([...stage.tenants.values()].map((tenant) => [String(tenant.tenantId), tenant.key]))
  return rows.map((row) => ({
    customerId: row.customer_id as CustomerId,
    id: row.id as SubscriptionId,
    providerKey: keys.get(row.provider_id) ?? '',
    providerId: row.provider_id as OrganizationId,
    kind: row.kind,
    productId: row.product_id,
    skuId: row.sku_id,
    quantity: row.quantity,
    daysAgo: Math.floor((stage.today.getTime() - row.created_at.getTime()) / 86_400_000),
    reseller: row.reseller_id === null ? null : (keys.get(row.reseller_id) ?? null),
    resold: row.record_id !== null,
  }))
}

async function change(
  stage: Stage,
  { customerId, id, daysAgo }: Bought,
  by: { readonly key: string; readonly role: Role; readonly daysAgo: number },
  fields: Partial<Parameters<typeof changeSubscription>[2]>,
): Promise<void> {
  // Never before it was bought.
  stage.at(Math.min(by.daysAgo, Math.max(daysAgo - 1, 0)), by.daysAgo < daysAgo ? 13.5 : 18)
  const { version } = await stage.deps.db
    .selectFrom('subscriptions')
    .select('version')
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  try {
    await changeSubscription(stage.deps, actorOf(stage, by.key, by.role), {
      customerId,
      subscriptionId: id,
      version,
      ...fields,
    })
  } catch (error) {
    // A limit of the offer is in the way: then this one simply stays as it is.
    if (!(error instanceof Refusal)) throw error
  }
}

const growing = ({ kind, daysAgo }: Bought): boolean => kind === 'license' && daysAgo > 30

async function buyMore(stage: Stage, bought: readonly Bought[]): Promise<void> {
  for (const [turn, one] of bought.filter(growing).entries()) {
    if (turn % 6 === 0) {
      await change(
        stage,
        one,
        { key: one.providerKey, role: 'sales_agent', daysAgo: 3 + (turn % 20) },
        { quantity: one.quantity + 5 },
      )
    }
    // A reseller buys more for a customer it manages.
    if (turn % 15 === 4 && one.reseller !== null) {
      await change(
        stage,
        one,
        { key: one.reseller, role: 'admin_agent', daysAgo: 2 + (turn % 9) },
        { quantity: one.quantity + 2 },
      )
    }
  }
}

async function setSupportContacts(stage: Stage, bought: readonly Bought[]): Promise<void> {
  for (const [turn, one] of bought.filter(({ reseller }) => reseller !== null).entries()) {
    if (turn % 4 !== 1 || one.reseller === null) continue
    const supportContactId = tenantOf(stage, one.reseller).tenantId as OrganizationId
    await change(
      stage,
      one,
      { key: one.providerKey, role: 'admin_agent', daysAgo: 1 + (turn % 24) },
      { supportContactId },
    )
  }
}

/** Subscriptions sold without a reseller that got one later. */
async function setResellers(stage: Stage, bought: readonly Bought[]): Promise<void> {
  for (const one of bought.filter(({ resold, daysAgo }) => !resold && daysAgo > 20).slice(0, 4)) {
    const key = one.reseller ?? (one.providerKey === 'bogazici' ? 'ege' : 'blueridge')
    const partnerId = resellers.find((reseller) => reseller.key === key)?.locationIds[0]
    if (partnerId === undefined) continue
    await change(
      stage,
      one,
      { key: one.providerKey, role: 'sales_agent', daysAgo: 12 },
      { resellerPartnerId: partnerId },
    )
  }
}

async function upgrade(stage: Stage, bought: readonly Bought[]): Promise<void> {
  let upgraded = 0
  for (const one of bought.filter(({ kind, daysAgo }) => kind === 'license' && daysAgo > 25)) {
    if (upgraded === 3) return
    const { customerId, id, productId, skuId, quantity } = one
    const sku = await stage.deps.db
      .selectFrom('skus')
      .select('conversions')
      .where('product_id', '=', productId)
      .where('sku_id', '=', skuId)
      .executeTakeFirstOrThrow()
    const [target] = sku.conversions.map((key) => key.split('/'))
    const { version } = await stage.deps.db
      .selectFrom('subscriptions')
      .select('version')
      .where('customer_id', '=', customerId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (!target || keyOf(one) === target.join('/')) continue
    stage.at(9 + upgraded, 15)
    try {
      const input = { customerId, subscriptionId: id, version, productId: target[0] ?? '', skuId: target[1] ?? '' }
      // The second one moves only some of its licenses.
      const part = upgraded === 1 && quantity > 4 ? Math.floor(quantity / 2) : undefined
      await upgradeSubscription(stage.deps, actorOf(stage, one.providerKey, 'sales_agent'), {
        ...input,
        quantity: part ?? (await currentQuantity(stage, one)),
      })
      upgraded += 1
    } catch (error) {
      // Not sold with this term: the next one may be.
      if (!(error instanceof Refusal)) throw error
    }
  }
}

async function currentQuantity(stage: Stage, { customerId, id }: Bought): Promise<number> {
  const { quantity } = await stage.deps.db
    .selectFrom('subscriptions')
    .select('quantity')
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return quantity
}

async function confirmOwners(stage: Stage, bought: readonly Bought[]): Promise<void> {
  for (const one of bought.filter(({ kind, reseller }) => kind === 'usage' && reseller !== null).slice(0, 2)) {
    if (one.reseller === null) continue
    stage.at(7, 10)
    await confirmOwner(stage.deps, actorOf(stage, one.providerKey, 'admin_agent'), {
      customerId: one.customerId,
      subscriptionId: one.id,
      resellerId: tenantOf(stage, one.reseller).tenantId as OrganizationId,
    })
  }
}
