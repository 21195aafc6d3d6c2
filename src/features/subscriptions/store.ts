import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { type CustomerId, newId, type OrganizationId, type SubscriptionId } from '../../kernel/ids.ts'
import { formatMicros } from '../../kernel/money.ts'
import type { Term } from '../../kernel/time.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import type { BillingPlan, Charge } from '../billing/charge.ts'
import type { SkuKind } from '../catalog/rules.ts'
import { isPartnerOf, seesSubscription } from '../customers/sql.ts'
import type { SeatLot, SubscriptionStatus } from './rules.ts'

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

/**
 * Reads a subscription the actor sees, and holds its row until the transaction ends.
 *
 * @throws Refusal notFound
 */
export async function holdSubscription(
  tx: Tx,
  actor: Actor,
  { customerId, subscriptionId }: { readonly customerId: CustomerId; readonly subscriptionId: SubscriptionId },
): Promise<HeldSubscription> {
  // The lock first: what is read after it is what stands.
  await sql`
    select from subscriptions s
    where s.customer_id = ${customerId} and s.id = ${subscriptionId} and ${seesSubscription(actor, 's')}
    for update of s`.execute(tx)
  const { rows } = await sql<HeldSubscription>`
    select s.id, s.customer_id as "customerId", c.legal_name as "customerName",
      c.primary_domain as "customerDomain", coalesce(c.registration_number, '') as "registrationNumber", c.country, s.provider_id as "providerId",
      p.trading_name as "providerName", s.order_id as "orderId", s.line_number as "lineNumber", s.product_id as "productId",
      s.sku_id as "skuId", s.title, s.friendly_name as "friendlyName", s.kind, s.quantity, s.term,
      s.billing_plan as "billingPlan", s.segment, s.status, s.start_on as "startOn", s.end_on as "endOn",
      s.auto_renew as "autoRenew", s.currency, s.unit_cost as "unitCost", s.unit_retail as "unitRetail", s.version,
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
    where s.customer_id = ${customerId} and s.id = ${subscriptionId} and ${seesSubscription(actor, 's')}`.execute(tx)
  const [row] = rows
  if (!row) throw new Refusal('notFound')
  return row
}

/** Stores new values of a subscription's own fields and counts its version up. */
export async function updateSubscription(
  tx: Tx,
  at: Date,
  { customerId, id }: Pick<HeldSubscription, 'customerId' | 'id'>,
  values: { readonly quantity?: number; readonly friendlyName?: string; readonly provisions?: boolean },
): Promise<void> {
  await tx
    .updateTable('subscriptions')
    .set((field) => ({
      version: field('version', '+', 1),
      changed_at: at,
      ...(values.quantity === undefined ? {} : { quantity: values.quantity }),
      ...(values.friendlyName === undefined ? {} : { friendly_name: values.friendlyName }),
      ...(values.provisions ? { provisioning_status: 'pending' as const } : {}),
    }))
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .execute()
}

/** A product that a subscription is moved to, with its price of now. */
export interface NewProduct {
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly kind: SkuKind
  readonly unitCost: string
  readonly unitRetail: string
  readonly incentiveEligible: boolean
}

/** Moves a whole subscription to another product: it stays the same one, with no window to cancel or to reduce. */
export async function moveToProduct(
  tx: Tx,
  at: Date,
  { customerId, id }: Pick<HeldSubscription, 'customerId' | 'id'>,
  product: NewProduct,
): Promise<void> {
  await sql`
    with closed as (
      update seat_lots set reducible_until = least(reducible_until, ${at})
      where customer_id = ${customerId} and subscription_id = ${id}
    )
    update subscriptions set product_id = ${product.productId}, sku_id = ${product.skuId}, title = ${product.title},
      kind = ${product.kind}, unit_cost = ${product.unitCost}, unit_retail = ${product.unitRetail},
      incentive_eligible = ${product.incentiveEligible}, cancel_until = null, provisioning_status = 'pending',
      changed_at = ${at}, version = version + 1
    where customer_id = ${customerId} and id = ${id}`.execute(tx)
}

/**
 * Makes a subscription that takes over some licenses of another one, ends on the same day, and has its reseller of record and
 * support contact. It belongs to the same line of the same order.
 */
export async function insertSuccessor(
  tx: Tx,
  actor: Actor,
  at: Date,
  from: HeldSubscription,
  id: SubscriptionId,
  product: NewProduct,
  { quantity, startOn }: { readonly quantity: number; readonly startOn: string },
): Promise<void> {
  await sql`
    with successor as (
      insert into subscriptions (customer_id, id, provider_id, order_id, line_number, product_id, sku_id, title, kind, friendly_name,
        quantity, term, billing_plan, segment, status, provisioning_status, start_on, end_on, auto_renew, upgraded_from_id, currency,
        unit_cost, unit_retail, incentive_eligible, created_at, changed_at)
      values (${from.customerId}, ${id}, ${from.providerId}, ${from.orderId}, ${from.lineNumber}, ${product.productId}, ${product.skuId},
        ${product.title}, ${product.kind}, ${from.friendlyName}, ${quantity}, ${from.term}, ${from.billingPlan}, ${from.segment},
        'pending', 'pending', ${startOn}, ${from.endOn}, ${from.autoRenew}, ${from.id}, ${from.currency}, ${product.unitCost},
        ${product.unitRetail}, ${product.incentiveEligible}, ${at}, ${at})
    ), reseller as (
      insert into resellers_of_record (customer_id, subscription_id, id, reseller_id, location_account_id, partner_id, reseller_name,
        valid_from, set_by, set_by_name)
      select customer_id, ${id}, ${newId()}, reseller_id, location_account_id, partner_id, reseller_name, ${at}, ${actor.userId},
        ${actor.userName}
      from resellers_of_record where customer_id = ${from.customerId} and subscription_id = ${from.id} and valid_to is null
    )
    insert into support_contacts (customer_id, subscription_id, id, partner_id, name, email, phone, website, valid_from, set_by,
      set_by_name)
    select customer_id, ${id}, ${newId()}, partner_id, name, email, phone, website, ${at}, ${actor.userId}, ${actor.userName}
    from support_contacts where customer_id = ${from.customerId} and subscription_id = ${from.id} and valid_to is null`.execute(
    tx,
  )
}

/** The lots of a subscription. */
export async function readLots(
  tx: Tx,
  { customerId, id }: Pick<HeldSubscription, 'customerId' | 'id'>,
): Promise<readonly SeatLot[]> {
  return await tx
    .selectFrom('seat_lots')
    .select(['id', 'quantity', 'added_at as addedAt'])
    .where('customer_id', '=', customerId)
    .where('subscription_id', '=', id)
    .execute()
}

/** Stores what is left of lots. */
export async function updateLots(
  tx: Tx,
  { customerId, id }: Pick<HeldSubscription, 'customerId' | 'id'>,
  lots: readonly { readonly id: string; readonly left: number }[],
): Promise<void> {
  for (const { id: lotId, left } of lots) {
    await tx
      .updateTable('seat_lots')
      .set({ quantity: left })
      .where('customer_id', '=', customerId)
      .where('subscription_id', '=', id)
      .where('id', '=', lotId)
      .execute()
  }
}

/** Adds licenses that came together. */
export async function insertLot(
  tx: Tx,
  { customerId, id }: Pick<HeldSubscription, 'customerId' | 'id'>,
  lot: {
    readonly quantity: number
    readonly source: 'add' | 'convert'
    readonly addedAt: Date
    readonly reducibleUntil: Date
  },
): Promise<void> {
  await tx
    .insertInto('seat_lots')
    .values({
      customer_id: customerId,
      subscription_id: id,
      id: newId(),
      quantity: lot.quantity,
      source: lot.source,
      added_at: lot.addedAt,
      reducible_until: lot.reducibleUntil,
    })
    .execute()
}

/** Leaves work for the provisioning sweep. */
export async function insertJob(
  tx: Tx,
  at: Date,
  { customerId, id }: Pick<HeldSubscription, 'customerId' | 'id'>,
  job: { readonly action: 'create' | 'changeQuantity' | 'convert'; readonly quantity: number },
): Promise<void> {
  await tx
    .insertInto('provisioning_jobs')
    .values({
      customer_id: customerId,
      id: newId(),
      subscription_id: id,
      order_id: null,
      action: job.action,
      quantity: job.quantity,
      status: 'queued',
      run_after: at,
      created_at: at,
    })
    .execute()
}

/** Writes a charge. It carries the reseller of record of this moment for good. */
export async function insertCharge(
  tx: Tx,
  at: Date,
  subscription: Pick<HeldSubscription, 'customerId' | 'id' | 'providerId' | 'reseller'>,
  charge: Charge,
): Promise<void> {
  await tx
    .insertInto('charge_lines')
    .values({
      customer_id: subscription.customerId,
      id: newId(),
      subscription_id: subscription.id,
      provider_id: subscription.providerId,
      order_id: null,
      type: charge.type,
      quantity: charge.quantity,
      charge_start: charge.chargeStart,
      charge_end: charge.chargeEnd,
      unit_cost: formatMicros(charge.unitCostMicros),
      unit_retail: formatMicros(charge.unitRetailMicros),
      cost_minor: charge.costMinor,
      retail_minor: charge.retailMinor,
      currency: charge.currency,
      reseller_id: subscription.reseller?.id ?? null,
      reseller_partner_id: subscription.reseller?.partnerId ?? null,
      written_at: at,
    })
    .execute()
}

/** Who becomes the reseller of record. The partner id is copied, for it stays on what is charged from now on. */
export interface NewReseller {
  readonly id: OrganizationId
  readonly name: string
  readonly partnerId: string
  readonly locationAccountId: string
}

/** Ends the running interval of the reseller of record, if any, and begins the next one, if any. */
export async function putReseller(
  tx: Tx,
  actor: Actor,
  at: Date,
  { customerId, id }: Pick<HeldSubscription, 'customerId' | 'id'>,
  reseller: NewReseller | null,
): Promise<void> {
  await tx
    .updateTable('resellers_of_record')
    .set({ valid_to: at })
    .where('customer_id', '=', customerId)
    .where('subscription_id', '=', id)
    .where('valid_to', 'is', null)
    .execute()
  if (!reseller) return
  await tx
    .insertInto('resellers_of_record')
    .values({
      customer_id: customerId,
      subscription_id: id,
      id: newId(),
      reseller_id: reseller.id,
      location_account_id: reseller.locationAccountId,
      partner_id: reseller.partnerId,
      reseller_name: reseller.name,
      valid_from: at,
      set_by: actor.userId,
      set_by_name: actor.userName,
    })
    .execute()
}

/** Ends the running support contact and makes an organization the next one, with its contact details of this moment. */
export async function putSupportContact(
  tx: Tx,
  actor: Actor,
  at: Date,
  { customerId, id }: Pick<HeldSubscription, 'customerId' | 'id'>,
  organizationId: OrganizationId,
): Promise<{ readonly name: string }> {
  await tx
    .updateTable('support_contacts')
    .set({ valid_to: at })
    .where('customer_id', '=', customerId)
    .where('subscription_id', '=', id)
    .where('valid_to', 'is', null)
    .execute()
  const { rows } = await sql<{ name: string }>`
    insert into support_contacts (customer_id, subscription_id, id, partner_id, name, email, phone, website, valid_from, set_by,
      set_by_name)
    select ${customerId}, ${id}, ${newId()}, o.id, o.trading_name, o.support_email, o.support_phone, o.support_website, ${at},
      ${actor.userId}, ${actor.userName}
    from organizations o where o.id = ${organizationId}
    returning name`.execute(tx)
  const [contact] = rows
  if (!contact) throw new Error(`There is no organization ${organizationId}.`)
  return contact
}
