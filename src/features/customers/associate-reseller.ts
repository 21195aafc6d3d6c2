import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, OrganizationId } from '../../kernel/ids.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { notify } from '../notifications/notify.ts'
import { requireActivePartnership, type UsablePartnership } from '../partnerships/queries.ts'
import { holdCustomer } from './queries.ts'
import { isOwnCustomer } from './rules.ts'
import { insertAssociation, insertRelationship, readStoredCustomer } from './store.ts'
import type { AssociateReseller } from './wire.ts'

/**
 * Delegates a customer's account and subscriptions to a reseller inside the caller's transaction, with the reseller's own
 * relationship to the customer. Repeating it changes nothing and is not recorded again.
 *
 * @param customer `via`: how the provider came to the customer; the reseller's tie counts as made the same way.
 * @param partnership From `requireActivePartnership` in the same transaction, which holds it.
 */
export async function associate(
  tx: Tx,
  actor: Actor,
  at: Date,
  customer: { readonly id: CustomerId; readonly name: string; readonly via: 'created' | 'invited' },
  partnership: UsablePartnership,
  provider: { readonly id: OrganizationId; readonly name: string },
): Promise<void> {
  const { partnershipId, reseller } = partnership
  const customerId = customer.id
  const providerId = provider.id
  const resellerId = reseller.organizationId
  await insertRelationship(tx, at, { customerId, partnerId: resellerId, type: 'reseller', via: customer.via })
  const isNew = await insertAssociation(tx, actor, at, { customerId, providerId, resellerId, partnershipId })
  if (!isNew) return

  await record(tx, actor, at, {
    action: 'customer.reseller_associated',
    subjectKind: 'customer',
    subjectId: customerId,
    customerId,
    providerId,
    resellerId,
    after: { reseller: reseller.name, scope: 'account_and_subscriptions' },
  })
  await notify(tx, at, {
    organizationId: resellerId,
    audienceRoles: ['global_admin', 'admin_agent', 'sales_agent'],
    class: 'transactional',
    kind: 'customerAssociated',
    params: { customer: customer.name, provider: provider.name },
    link: `/customers/${customerId}/subscriptions`,
  })
}

/**
 * Associates a reseller with a customer that the acting provider already has. Safe to repeat.
 *
 * @throws Refusal notFound for the customer; partnershipRequired, resellerAgreementMissing and the like for the reseller;
 *   ownCustomer when the two are the same company.
 */
export async function associateReseller(
  deps: Deps,
  actor: Actor,
  { customerId, resellerId }: AssociateReseller,
): Promise<{ readonly resellerId: string; readonly since: string }> {
  const { result } = await write(deps, actor, async (tx) => {
    const at = worldNow(deps, actor)
    const customer = await holdCustomer(tx, actor, customerId, at)
    const partnership = await requireActivePartnership(tx, actor.organizationId, resellerId)
    const { company } = await readStoredCustomer(tx, customerId)
    const own = {
      country: customer.country,
      domain: customer.primaryDomain,
      registrationNumber: company.registrationNumber,
    }
    if (isOwnCustomer(own, [partnership.reseller])) throw new Refusal('ownCustomer', { data: [resellerId] })

    await associate(tx, actor, at, { ...customer, via: customer.via ?? 'created' }, partnership, ownWorld(actor))
    return { resellerId, since: at.toISOString() }
  })
  return result
}

/** The acting provider, as the one that delegates. */
export function ownWorld(actor: Actor): { readonly id: OrganizationId; readonly name: string } {
  return { id: actor.organizationId, name: actor.organizationName }
}
