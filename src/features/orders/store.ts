import { type CustomerId, newId, type OrderId, type SubscriptionId } from '../../kernel/ids.ts'
import { formatMicros } from '../../kernel/money.ts'
import type { Statement } from '../../platform/batch.ts'
import type { Actor } from '../../platform/context.ts'
import type { ProviderContact } from './read-order-facts.ts'
import type { PricedLine, PricedOrder } from './rules.ts'

/** An order that was decided, and the ids its rows get. */
export interface NewOrder {
  readonly id: OrderId
  readonly number: string
  readonly customerId: CustomerId
  /** For each line. */
  readonly subscriptionIds: readonly SubscriptionId[]
  readonly priced: PricedOrder
  readonly segment: string
  readonly attestationVersion: string
  readonly supportContact: ProviderContact
  readonly at: Date
}

/**
 * Writes an order with everything that belongs to it, in one statement: lines, subscriptions waiting for provisioning,
 * licenses, resellers of record, the provider as support contact, provisioning jobs, charges, audit record and event.
 */
export function orderStatement(actor: Actor, order: NewOrder): Statement {
  const { id, number, customerId, priced, at } = order
  const resellers = new Set(priced.lines.map(({ reseller }) => reseller?.id ?? null))
  const resellerId = resellers.size === 1 ? [...resellers][0] : null
  const summary = {
    number,
    lines: priced.lines.map(({ offer, wanted, reseller }, index) => ({
      subscriptionId: order.subscriptionIds[index],
      title: offer.sku?.title,
      quantity: wanted.quantity,
      ...(reseller ? { reseller: `${reseller.name} (${reseller.partnerId})` } : {}),
    })),
  }
  return {
    name: 'write_order',
    text: orderText,
    values: [
      customerId,
      id,
      at,
      actor.organizationId,
      actor.userId,
      actor.userName,
      number,
      resellerId,
      priced.currency,
      priced.totalCostMinor,
      priced.totalRetailMinor,
      order.attestationVersion,
      priced.attestedAs,
      actor.request.id ?? actor.request.correlationId,
      order.segment,
      order.supportContact.name,
      order.supportContact.email,
      order.supportContact.phone,
      order.supportContact.website,
      JSON.stringify(priced.lines.map((line, index) => rowOf(order, line, index))),
      newId(),
      newId(),
      actor.organizationName,
      actor.request.ip,
      JSON.stringify(summary),
    ],
  }
}

/** One line as `json_to_recordset` below takes it. Amounts are text, since JSON numbers end at 2^53. */
function rowOf({ priced, subscriptionIds }: NewOrder, line: PricedLine, index: number): Record<string, unknown> {
  const { wanted, offer, reseller, charge } = line
  return {
    line_number: index + 1,
    subscription_id: subscriptionIds[index],
    product_id: wanted.productId,
    sku_id: wanted.skuId,
    title: offer.sku?.title,
    kind: offer.sku?.kind,
    quantity: wanted.quantity,
    term: wanted.term,
    billing_plan: wanted.billingPlan,
    friendly_name: wanted.friendlyName,
    unit_cost: offer.price?.unitCost,
    unit_retail: offer.price?.unitRetail,
    total_cost: String(charge?.costMinor ?? 0n),
    total_retail: String(charge?.retailMinor ?? 0n),
    start_on: line.startOn,
    end_on: line.endOn,
    auto_renew: line.endOn !== null,
    cancel_until: line.cancelUntil,
    charged_until: line.charge?.chargeEnd ?? null,
    next_due_at: line.nextDueAt,
    incentive_eligible: offer.sku?.incentiveEligible,
    base_id:
      offer.sku?.kind === 'addon'
        ? (offer.baseSubscriptionId ?? baseInOrder(priced, subscriptionIds, offer.sku.prerequisites))
        : null,
    lot_id: newId(),
    contact_id: newId(),
    job_id: newId(),
    ...(reseller
      ? {
          reseller_id: reseller.id,
          reseller_name: reseller.name,
          partner_id: reseller.partnerId,
          location_id: reseller.locationAccountId,
          record_id: newId(),
        }
      : {}),
    ...(charge
      ? {
          charge_id: newId(),
          charge_start: charge.chargeStart,
          charge_end: charge.chargeEnd,
          charge_unit_cost: formatMicros(charge.unitCostMicros),
          charge_unit_retail: formatMicros(charge.unitRetailMicros),
        }
      : {}),
  }
}

function baseInOrder(
  priced: PricedOrder,
  ids: readonly SubscriptionId[],
  bases: readonly string[],
): SubscriptionId | null {
  const index = priced.lines.findIndex(({ wanted }) => bases.includes(`${wanted.productId}/${wanted.skuId}`))
  return ids[index] ?? null
}

const orderText = `
  with line as materialized (
    select * from json_to_recordset($20::json) as l (
      line_number int, subscription_id uuid, product_id text, sku_id text, title text, kind text, quantity int, term text,
      billing_plan text, friendly_name text, unit_cost numeric, unit_retail numeric, total_cost bigint, total_retail bigint,
      start_on date, end_on date, auto_renew boolean, cancel_until timestamptz, charged_until date, next_due_at timestamptz, incentive_eligible boolean,
      base_id uuid,
      lot_id uuid, contact_id uuid, job_id uuid, reseller_id uuid, reseller_name text, partner_id text, location_id uuid,
      record_id uuid, charge_id uuid, charge_start date, charge_end date, charge_unit_cost numeric, charge_unit_retail numeric)
  ), the_order as (
    insert into orders (customer_id, id, number, provider_id, reseller_id, currency, total_cost_minor, total_retail_minor,
      attestation_version, attested_as, status, submitted_by, submitted_by_name, submitted_at, request_id)
    values ($1::uuid, $2::uuid, $7::text, $4::uuid, $8::uuid, $9::text, $10::bigint, $11::bigint, $12::text, $13::text,
      'validated', $5::uuid, $6::text, $3::timestamptz, $14::text)
  ), lines as (
    insert into order_lines (customer_id, order_id, line_number, transaction_type, subscription_id, product_id, sku_id, title,
      quantity, term, billing_plan, friendly_name, unit_cost, unit_retail, total_cost_minor, total_retail_minor, reseller_id,
      reseller_partner_id)
    select $1::uuid, $2::uuid, line_number, 'new', subscription_id, product_id, sku_id, title, quantity, term, billing_plan,
      friendly_name, unit_cost, unit_retail, total_cost, total_retail, reseller_id, partner_id from line
  ), bought as (
    insert into subscriptions (customer_id, id, provider_id, order_id, line_number, product_id, sku_id, title, kind,
      friendly_name, quantity, term, billing_plan, segment, status, provisioning_status, start_on, end_on, auto_renew,
      cancel_until, charged_until, next_due_at, state_since, base_subscription_id, currency, unit_cost, unit_retail,
      incentive_eligible, created_at, changed_at)
    select $1::uuid, subscription_id, $4::uuid, $2::uuid, line_number, product_id, sku_id, title, kind, friendly_name,
      quantity, term, billing_plan, $15::text, 'pending', 'pending', start_on, end_on, auto_renew, cancel_until,
      charged_until, next_due_at, $3::timestamptz, base_id, $9::text, unit_cost, unit_retail, incentive_eligible, $3::timestamptz, $3::timestamptz from line
  ), lots as (
    insert into seat_lots (customer_id, subscription_id, id, quantity, source, added_at, reducible_until)
    select $1::uuid, subscription_id, lot_id, quantity, 'purchase', $3::timestamptz, cancel_until from line
  ), records as (
    insert into resellers_of_record (customer_id, subscription_id, id, reseller_id, location_account_id, partner_id,
      reseller_name, valid_from, set_by, set_by_name)
    select $1::uuid, subscription_id, record_id, reseller_id, location_id, partner_id, reseller_name, $3::timestamptz,
      $5::uuid, $6::text from line where reseller_id is not null
  ), contacts as (
    insert into support_contacts (customer_id, subscription_id, id, partner_id, name, email, phone, website, valid_from,
      set_by, set_by_name)
    select $1::uuid, subscription_id, contact_id, $4::uuid, $16::text, $17::text, $18::text, $19::text, $3::timestamptz,
      $5::uuid, $6::text from line
  ), jobs as (
    insert into provisioning_jobs (customer_id, id, subscription_id, order_id, action, quantity, status, run_after, created_at)
    select $1::uuid, job_id, subscription_id, $2::uuid, 'create', quantity, 'queued', $3::timestamptz, $3::timestamptz from line
  ), charges as (
    insert into charge_lines (customer_id, id, subscription_id, provider_id, order_id, type, quantity, charge_start, charge_end,
      unit_cost, unit_retail, cost_minor, retail_minor, currency, reseller_id, reseller_partner_id, written_at)
    select $1::uuid, charge_id, subscription_id, $4::uuid, $2::uuid, 'new', quantity, charge_start, charge_end,
      charge_unit_cost, charge_unit_retail, total_cost, total_retail, $9::text, reseller_id, partner_id, $3::timestamptz
    from line where charge_id is not null
  ), audit as (
    insert into audit_records (customer_id, id, at, action, subject_kind, subject_id, actor_user_id, actor_name,
      actor_organization_id, actor_organization, provider_id, reseller_id, after, request_id, ip)
    values ($1::uuid, $21::uuid, $3::timestamptz, 'order.submitted', 'order', $2::uuid::text, $5::uuid, $6::text, $4::uuid,
      $23::text, $4::uuid, $8::uuid, $25::jsonb, $14::text, $24::text)
  )
  insert into events (customer_id, id, at, type, subject_kind, subject_id, actor_organization_id, provider_id, reseller_id,
    payload)
  values ($1::uuid, $22::uuid, $3::timestamptz, 'order.submitted', 'order', $2::uuid::text, $4::uuid, $4::uuid, $8::uuid,
    $25::jsonb)`
