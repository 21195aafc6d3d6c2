import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { notify } from '../notifications/notify.ts'
import { holdCustomer } from './queries.ts'
import { endAssociations } from './store.ts'
import type { AssociateReseller } from './wire.ts'

/**
 * Takes the delegation of a customer's account and subscriptions back from a reseller. Its subscriptions as reseller of
 * record, its support contacts and its privileges are other grants and stay.
 *
 * @throws Refusal notFound, also when the reseller is not associated.
 */
export async function removeReseller(
  deps: Deps,
  actor: Actor,
  { customerId, resellerId }: AssociateReseller,
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const at = worldNow(deps, actor)
    const customer = await holdCustomer(tx, actor, customerId, at)
    const ended = await endAssociations(tx, at, { customerId, providerId: actor.organizationId, resellerId }, 'removed')
    if (ended.length === 0) throw new Refusal('notFound')

    await record(tx, actor, at, {
      action: 'customer.reseller_removed',
      subjectKind: 'customer',
      subjectId: customerId,
      customerId,
      resellerId,
      before: { reseller: await nameOf(tx, resellerId), scope: 'account_and_subscriptions' },
    })
    await notify(tx, at, {
      organizationId: resellerId,
      audienceRoles: ['global_admin', 'admin_agent', 'sales_agent'],
      class: 'transactional',
      kind: 'customerDisassociated',
      params: { customer: customer.name, provider: actor.organizationName },
      link: '/customers',
    })
  })
}

async function nameOf(tx: Tx, id: string): Promise<string> {
  const row = await tx.selectFrom('organizations').select('trading_name').where('id', '=', id).executeTakeFirst()
  return row?.trading_name ?? id
}
