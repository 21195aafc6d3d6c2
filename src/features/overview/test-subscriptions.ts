import { sql } from 'kysely'
import { type CustomerId, newId, newOrderNumber, type OrganizationId, type SubscriptionId } from '../../kernel/ids.ts'
import type { Deps } from '../../platform/context.ts'

export interface GivenSubscription {
  readonly customerId: CustomerId
  readonly providerId: OrganizationId
  readonly friendlyName?: string
  readonly endOn?: string
  readonly provisioning?: 'success' | 'failed'
  readonly resellerOfRecord?: OrganizationId
}

/** For tests: an order of one line and its subscription, written past the rules. */
export async function givenSubscription(
  deps: Deps,
  given: GivenSubscription,
): Promise<{ readonly subscriptionId: SubscriptionId; readonly number: string }> {
  const [orderId, subscriptionId, number] = [newId<'order'>(), newId<'subscription'>(), newOrderNumber()]
  const at = deps.now()
  await sql`
    insert into orders (customer_id, id, number, provider_id, currency, total_cost_minor, total_retail_minor, attestation_version,
      attested_as, status, submitted_by, submitted_by_name, submitted_at)
    values (${given.customerId}, ${orderId}, ${number}, ${given.providerId}, 'TRY', 0, 0, '1', 'direct', 'completed', ${newId()}, 'Test',
      ${at})`.execute(deps.db)
  await sql`
    insert into subscriptions (customer_id, id, provider_id, order_id, line_number, product_id, sku_id, title, kind, friendly_name,
      quantity, term, billing_plan, segment, status, provisioning_status, start_on, end_on, auto_renew, currency, unit_cost,
      unit_retail, incentive_eligible, created_at, changed_at)
    values (${given.customerId}, ${subscriptionId}, ${given.providerId}, ${orderId}, 1, 'P1', '0001', 'Business Standard', 'license',
      ${given.friendlyName ?? ''}, 5, 'P1Y', 'monthly', 'commercial', 'active', ${given.provisioning ?? 'success'}, '2026-01-01',
      ${given.endOn ?? '2027-06-30'}, true, 'TRY', 7.5, 10, true, ${at}, ${at})`.execute(deps.db)
  if (given.resellerOfRecord !== undefined) {
    await sql`
      insert into resellers_of_record (customer_id, subscription_id, id, reseller_id, location_account_id, partner_id, reseller_name,
        valid_from, set_by, set_by_name)
      values (${given.customerId}, ${subscriptionId}, ${newId()}, ${given.resellerOfRecord}, ${newId()}, '4000001', 'Test', ${at},
        ${newId()}, 'Test')`.execute(deps.db)
  }
  return { subscriptionId, number }
}
