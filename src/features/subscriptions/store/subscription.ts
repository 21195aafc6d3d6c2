import { sql } from 'kysely'
import { newId, type OrganizationId, type SubscriptionId } from '../../../kernel/ids.ts'
import { formatMicros } from '../../../kernel/money.ts'
import type { Actor, Tx } from '../../../platform/context.ts'
import type { HeldSubscription } from '../hold-subscription.ts'
import type { Life } from '../rules/life.ts'

/** Stores a new friendly name, and counts the version up unless something else of the same change did. */
export async function updateSubscription(
  tx: Tx,
  at: Date,
  { customerId, id }: Pick<HeldSubscription, 'customerId' | 'id'>,
  values: { readonly friendlyName?: string; readonly countsVersion: boolean },
): Promise<void> {
  await tx
    .updateTable('subscriptions')
    .set((field) => ({
      changed_at: at,
      ...(values.countsVersion ? { version: field('version', '+', 1) } : {}),
      ...(values.friendlyName === undefined ? {} : { friendly_name: values.friendlyName }),
    }))
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .execute()
}

/**
 * Makes a subscription that takes over some licenses of another one, ends on the same day, and has its reseller of record and
 * support contact. It belongs to the same line of the same order. Its lots, charges and work are stored as its first outcome.
 */
export async function insertSuccessor(
  tx: Tx,
  actor: Actor,
  at: Date,
  from: HeldSubscription,
  id: SubscriptionId,
  life: Life,
): Promise<void> {
  await sql`
    with successor as (
      insert into subscriptions (customer_id, id, provider_id, order_id, line_number, product_id, sku_id, title, kind, friendly_name,
        quantity, term, billing_plan, segment, status, provisioning_status, start_on, end_on, auto_renew, upgraded_from_id, currency,
        unit_cost, unit_retail, incentive_eligible, created_at, changed_at, version)
      values (${from.customerId}, ${id}, ${from.providerId}, ${from.orderId}, ${from.lineNumber}, ${life.productId}, ${life.skuId},
        ${life.title}, ${life.kind}, ${from.friendlyName}, ${life.quantity}, ${life.term}, ${life.billingPlan}, ${from.segment},
        'pending', 'pending', ${life.startOn}, ${life.endOn}, ${life.autoRenew}, ${from.id}, ${life.currency},
        ${formatMicros(life.unitCostMicros)}, ${formatMicros(life.unitRetailMicros)}, ${life.incentiveEligible}, ${at}, ${at}, 0)
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
