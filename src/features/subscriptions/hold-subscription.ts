import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, OrganizationId, SubscriptionId } from '../../kernel/ids.ts'
import type { Term } from '../../kernel/time.ts'
import type { Actor, Db, Tx } from '../../platform/context.ts'
import type { BillingPlan } from '../billing/charge.ts'
import type { SkuKind } from '../catalog/rules.ts'
import { isPartnerOf, seesSubscription } from '../customers/sql.ts'
import { lifeColumns, lifeOf, type LifeRow, type LotRow, lotsJson } from './life-rows.ts'
import type { Life } from './rules/life.ts'
import type { SubscriptionStatus } from './rules.ts'

/** A subscription that is about to change, as it stands. */
export interface HeldSubscription {
  readonly id: SubscriptionId
  readonly customerId: CustomerId
  readonly customerName: string
  readonly customerDomain: string
  readonly registrationNumber: string
  readonly country: string
  readonly providerId: OrganizationId
  readonly providerName: string
  readonly orderId: string
  readonly lineNumber: number
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly friendlyName: string
  readonly kind: SkuKind
  readonly quantity: number
  readonly term: Term
  readonly billingPlan: BillingPlan
  readonly segment: string
  readonly status: SubscriptionStatus
  readonly startOn: string
  readonly endOn: string | null
  readonly autoRenew: boolean
  readonly currency: string
  readonly unitCost: string
  readonly unitRetail: string
  readonly version: number
  /** What acts and time change, as it stands. */
  readonly life: Life
  /** How far its provider's clock is ahead; see `worldNow`. */
  readonly clockOffsetMs: number
  /** Of the subscription it is an add-on to; null when it is none. */
  readonly baseStatus: SubscriptionStatus | null
  /** Ids of its add-ons that are not over. */
  readonly addOnIds: readonly SubscriptionId[]
  /** Licenses of its product that people of the customer hold, less those of the customer's other subscriptions of it. */
  readonly assigned: number
  readonly minQuantity: number
  readonly maxQuantity: number
  readonly conversions: readonly string[]
  readonly reseller: { readonly id: OrganizationId; readonly name: string; readonly partnerId: string } | null
  readonly supportContact: { readonly id: OrganizationId; readonly name: string }
  /** For a reseller: associated with the customer by the provider, or reseller of record here. */
  readonly manages: boolean
  /** For a reseller: an active partnership with the provider. */
  readonly isPartner: boolean
}

type Row = Omit<HeldSubscription, 'life' | 'clockOffsetMs'> &
  LifeRow & { readonly lots: readonly LotRow[]; readonly clockOffsetMs: string }

interface Which {
  readonly customerId: CustomerId
  readonly subscriptionId: SubscriptionId
}

/**
 * Reads a subscription the actor sees, and holds its row until the transaction ends.
 *
 * @throws Refusal notFound
 */
export async function holdSubscription(tx: Tx, actor: Actor, which: Which): Promise<HeldSubscription> {
  // The lock first: what is read after it is what stands.
  await sql`
    select from subscriptions s
    where s.customer_id = ${which.customerId} and s.id = ${which.subscriptionId} and ${seesSubscription(actor, 's')}
    for update of s`.execute(tx)
  return await lookAtSubscription(tx, actor, which)
}

/**
 * As `holdSubscription`, without holding it: for what only shows what would happen.
 *
 * @throws Refusal notFound
 */
export async function lookAtSubscription(
  db: Db,
  actor: Actor,
  { customerId, subscriptionId }: Which,
): Promise<HeldSubscription> {
  const { rows } = await sql<Row>`
    select s.id, s.customer_id as "customerId", c.legal_name as "customerName",
      c.primary_domain as "customerDomain", coalesce(c.registration_number, '') as "registrationNumber", c.country, s.provider_id as "providerId",
      p.trading_name as "providerName", p.clock_offset_ms as "clockOffsetMs", s.order_id as "orderId",
      s.line_number as "lineNumber", s.friendly_name as "friendlyName", s.segment, s.version, ${lifeColumns}, ${lotsJson} as lots,
      (select b.status from subscriptions b
        where b.customer_id = s.customer_id and b.id = s.base_subscription_id) as "baseStatus",
      coalesce((select array_agg(a.id order by a.id) from subscriptions a
        where a.customer_id = s.customer_id and a.base_subscription_id = s.id
          and a.status in ('active', 'suspended')), '{}') as "addOnIds",
      greatest(0, coalesce((
        select l.assigned from license_pools l
        where l.customer_id = s.customer_id and l.product_id = s.product_id and l.sku_id = s.sku_id), 0) - coalesce((
        select sum(o.quantity) from subscriptions o
        where o.customer_id = s.customer_id and o.product_id = s.product_id and o.sku_id = s.sku_id and o.id <> s.id
          and o.status in ('active', 'renewing', 'expired') and o.kind in ('license', 'addon', 'trial')), 0))::int as assigned,
      coalesce(k.min_quantity, 1) as "minQuantity", coalesce(k.max_quantity, s.quantity) as "maxQuantity",
      coalesce(k.conversions, '{}') as conversions,
      (select jsonb_build_object('id', r.reseller_id, 'name', r.reseller_name, 'partnerId', r.partner_id)
        from resellers_of_record r where r.customer_id = s.customer_id and r.subscription_id = s.id and r.valid_to is null) as reseller,
      (select jsonb_build_object('id', t.partner_id, 'name', t.name)
        from support_contacts t where t.customer_id = s.customer_id and t.subscription_id = s.id and t.valid_to is null) as "supportContact",
      (exists (select from customer_reseller_associations a where a.customer_id = s.customer_id and a.provider_id = s.provider_id
          and a.reseller_id = ${actor.organizationId} and a.ended_at is null)
        or exists (select from resellers_of_record r where r.customer_id = s.customer_id and r.subscription_id = s.id
          and r.reseller_id = ${actor.organizationId} and r.valid_to is null)) as manages,
      ${isPartnerOf(actor, sql.ref('s.provider_id'))} as "isPartner"
    from subscriptions s
    join customers c on c.id = s.customer_id
    join organizations p on p.id = s.provider_id
    left join skus k on k.product_id = s.product_id and k.sku_id = s.sku_id
    where s.customer_id = ${customerId} and s.id = ${subscriptionId} and ${seesSubscription(actor, 's')}`.execute(db)
  const [row] = rows
  if (!row) throw new Refusal('notFound')
  return { ...row, clockOffsetMs: Number(row.clockOffsetMs), life: lifeOf(row, row.lots) }
}
