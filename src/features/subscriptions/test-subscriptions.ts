import { sql } from 'kysely'
import type { OrganizationId, SubscriptionId } from '../../kernel/ids.ts'
import type { Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import type { Fulfilment } from './fulfilment.ts'
import { sandboxProvisioning } from './provision-sandbox.ts'
import type { DueCounts } from '../../platform/due-work.ts'
import { subscriptionLife } from './advance-subscriptions.ts'
import { provisionSubscriptions } from './provision-subscriptions.ts'
import type { ChangeSubscription } from './wire.ts'

/** For tests: provisions everything that waits, in production and in all sandboxes, at the time of each. */
export async function provision(deps: Deps, fulfilment?: Fulfilment): Promise<void> {
  const never = new AbortController().signal
  await provisionSubscriptions(deps, never, fulfilment)
  const sandboxes = await deps.db
    .selectFrom('organizations')
    .select(['id', 'clock_offset_ms'])
    .where('world', '=', 'sandbox')
    .execute()
  for (const { id, clock_offset_ms } of sandboxes) {
    const at = worldNow(deps, { clockOffsetMs: Number(clock_offset_ms) })
    await sandboxProvisioning.run(deps, id as OrganizationId, at, never)
  }
}

/** For tests: a fulfilment that fails every try. */
export function failing(reason: string): Fulfilment {
  return { begin: async () => ({ kind: 'failed', reason }) }
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

/** For tests: takes every step that is due at an instant, each when its time comes. @returns how often each was taken. */
export async function advance(deps: Deps, providerId: OrganizationId, until: Date): Promise<DueCounts> {
  const counts: Record<string, number> = {}
  for (;;) {
    const at = await subscriptionLife.nextDue(deps.db, providerId, until)
    if (!at) return counts
    const done = await subscriptionLife.run(deps, providerId, at, new AbortController().signal)
    for (const [name, count] of Object.entries(done)) counts[name] = (counts[name] ?? 0) + count
  }
}
