import { sql } from 'kysely'
import type { SubscriptionId } from '../../kernel/ids.ts'
import type { Deps } from '../../platform/context.ts'
import { provisionSubscriptions } from './provision-subscriptions.ts'
import type { ChangeSubscription } from './wire.ts'

/** For tests: provisions everything that waits. */
export async function provision(deps: Deps, fulfil?: Parameters<typeof provisionSubscriptions>[2]): Promise<void> {
  await provisionSubscriptions(deps, new AbortController().signal, fulfil)
}

/** For tests: columns of a subscription. */
export async function subscriptionRow(deps: Deps, id: SubscriptionId): Promise<Record<string, unknown>> {
  const { rows } = await sql<Record<string, unknown>>`
    select status, provisioning_status as provisioning, quantity, friendly_name as "friendlyName", version, product_id as "productId",
      title, start_on as "startOn", end_on as "endOn", cancel_until as "cancelUntil", order_id as "orderId", upgraded_from_id as "upgradedFromId",
      unit_retail as "unitRetail"
    from subscriptions where id = ${id}`.execute(deps.db)
  return rows[0] ?? {}
}

/** For tests: the input of a change, at version 1 unless told. */
export function change(
  subscription: { readonly customerId: ChangeSubscription['customerId']; readonly subscriptionId: SubscriptionId },
  values: Partial<ChangeSubscription>,
): ChangeSubscription {
  return { version: 1, ...subscription, ...values }
}
