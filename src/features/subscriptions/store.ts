import { sql } from 'kysely'
import { newId, type OrganizationId, type SubscriptionId } from '../../kernel/ids.ts'
import { formatMicros } from '../../kernel/money.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import type { Charge } from '../billing/charge.ts'
import type { SkuKind } from '../catalog/rules.ts'
import type { HeldSubscription } from './hold-subscription.ts'
import type { SeatLot } from './rules.ts'

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
