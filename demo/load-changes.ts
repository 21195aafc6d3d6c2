import { changeSubscription } from '../src/features/subscriptions/change-subscription.ts'
import { confirmOwner } from '../src/features/subscriptions/confirm-owner.ts'
import { upgradeSubscription } from '../src/features/subscriptions/upgrade-subscription.ts'
import { Refusal } from '../src/kernel/errors.ts'
import type { CustomerId, OrganizationId, SubscriptionId } from '../src/kernel/ids.ts'
import type { Role } from '../src/kernel/permissions.ts'
import { keyOf } from './offers.ts'
import { resellers } from './parties.ts'
import { actorOf, type Stage, tenantOf } from './stage.ts'
import type { Happening } from './timeline.ts'

/** What became of some subscriptions after they were bought: licenses added, names, resellers, support contacts, upgrades. */
export async function changesOf(stage: Stage): Promise<readonly Happening[]> {
  const bought = await readBought(stage)
  return [
    ...buyMore(stage, bought),
    ...setSupportContacts(stage, bought),
    ...setResellers(stage, bought),
    upgrade(stage, bought),
    ...confirmOwners(stage, bought),
  ]
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
    // What is monthly comes and goes; see load-lives.ts.
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

function change(
  stage: Stage,
  { customerId, id, daysAgo }: Bought,
  by: { readonly key: string; readonly role: Role; readonly daysAgo: number },
  fields: Partial<Parameters<typeof changeSubscription>[2]>,
): Happening {
  return {
    // Never before it was bought.
    daysAgo: Math.min(by.daysAgo, Math.max(daysAgo - 1, 0)),
    hour: by.daysAgo < daysAgo ? 13.5 : 18,
    async run() {
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
        // A limit of the offer is in the way, or it is over by then: then this one simply stays as it is.
        if (!(error instanceof Refusal)) throw error
      }
    },
  }
}

const growing = ({ kind, daysAgo }: Bought): boolean => kind === 'license' && daysAgo > 30

function buyMore(stage: Stage, bought: readonly Bought[]): readonly Happening[] {
  return bought.filter(growing).flatMap((one, turn) => {
    const agent = { key: one.providerKey, role: 'sales_agent', daysAgo: 3 + (turn % 20) } as const
    // A reseller buys more for a customer it manages.
    const reseller = one.reseller !== null && turn % 15 === 4
    const own = { key: one.reseller ?? '', role: 'admin_agent', daysAgo: 2 + (turn % 9) } as const
    return [
      ...(turn % 6 === 0 ? [change(stage, one, agent, { quantity: one.quantity + 5 })] : []),
      ...(reseller ? [change(stage, one, own, { quantity: one.quantity + 2 })] : []),
    ]
  })
}

function setSupportContacts(stage: Stage, bought: readonly Bought[]): readonly Happening[] {
  return bought
    .filter(({ reseller }) => reseller !== null)
    .flatMap((one, turn) => {
      if (turn % 4 !== 1 || one.reseller === null) return []
      const supportContactId = tenantOf(stage, one.reseller).tenantId as OrganizationId
      const by = { key: one.providerKey, role: 'admin_agent', daysAgo: 1 + (turn % 24) } as const
      return [change(stage, one, by, { supportContactId })]
    })
}

/** Subscriptions sold without a reseller that got one later. */
function setResellers(stage: Stage, bought: readonly Bought[]): readonly Happening[] {
  return bought
    .filter(({ resold, daysAgo }) => !resold && daysAgo > 20)
    .slice(0, 4)
    .flatMap((one) => {
      const key = one.reseller ?? (one.providerKey === 'bogazici' ? 'ege' : 'blueridge')
      const partnerId = resellers.find((reseller) => reseller.key === key)?.locationIds[0]
      const by = { key: one.providerKey, role: 'sales_agent', daysAgo: 12 } as const
      return partnerId === undefined ? [] : [change(stage, one, by, { resellerPartnerId: partnerId })]
    })
}

function upgrade(stage: Stage, bought: readonly Bought[]): Happening {
  return { daysAgo: 11, hour: 15, run: () => upgradeThree(stage, bought) }
}

async function upgradeThree(stage: Stage, bought: readonly Bought[]): Promise<void> {
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
    stage.at(11, 15 + upgraded / 2)
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

function confirmOwners(stage: Stage, bought: readonly Bought[]): readonly Happening[] {
  return bought
    .filter(({ kind, reseller }) => kind === 'usage' && reseller !== null)
    .slice(0, 2)
    .flatMap(({ reseller, providerKey, customerId, id }) => {
      if (reseller === null) return []
      const resellerId = tenantOf(stage, reseller).tenantId as OrganizationId
      const input = { customerId, subscriptionId: id, resellerId }
      const run = () => confirmOwner(stage.deps, actorOf(stage, providerKey, 'admin_agent'), input)
      return [{ daysAgo: 7, hour: 10, run }]
    })
}
