import type { CustomerId, SubscriptionId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { completeAction } from '../notifications/notify.ts'
import { linkTo } from './finish-provisioning.ts'
import { holdSubscription } from './hold-subscription.ts'
import { provisioningSweep } from './rules.ts'

/**
 * Tries failed provisioning again at once, also what was given up: for that, one more try. Where nothing failed, nothing happens.
 *
 * @throws Refusal notFound
 */
export async function retryProvisioning(
  deps: Deps,
  actor: Actor,
  input: { readonly customerId: CustomerId; readonly subscriptionId: SubscriptionId },
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const { customerId, id, title } = await holdSubscription(tx, actor, input)
    const at = worldNow(deps, actor)
    const retried = await tx
      .updateTable('provisioning_jobs')
      .set({ status: 'queued', run_after: at, finished_at: null })
      .where('customer_id', '=', customerId)
      .where('subscription_id', '=', id)
      .where('status', 'in', ['failed', 'givenUp'])
      .returning('id')
      .execute()
    if (retried.length === 0) return

    await tx
      .updateTable('subscriptions')
      .set({ provisioning_status: 'pending', changed_at: at })
      .where('customer_id', '=', customerId)
      .where('id', '=', id)
      .execute()
    await record(tx, actor, at, {
      action: 'subscription.provisioning_retried',
      subjectKind: 'subscription',
      subjectId: id,
      customerId,
      after: { title },
    })
    for (const kind of ['provisioningFailed', 'provisioningGivenUp'] as const) {
      await completeAction(tx, at, {
        organizationId: actor.organizationId,
        kind,
        link: linkTo({ customerId, subscriptionId: id }),
      })
    }
  })
  deps.nudge(provisioningSweep)
}
