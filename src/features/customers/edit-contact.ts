import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { readCountry } from '../program/queries.ts'
import { changedValues } from './changed-values.ts'
import { holdCustomer, readPartnerDomains } from './queries.ts'
import { checkContact } from './rules.ts'
import { readStoredCustomer, updateContact } from './store.ts'
import type { EditContact } from './wire.ts'

/**
 * Changes a customer's primary contact. A reseller may with an association, as long as the partnership lasts.
 *
 * @throws Refusal notFound; noDelegatedAccess without delegated access; partnershipRequired for a former partner; stale;
 *   invalidRequest
 */
export async function editContact(
  deps: Deps,
  actor: Actor,
  { customerId, version, ...contact }: EditContact,
): Promise<{ readonly version: number }> {
  const { result } = await write(deps, actor, async (tx) => {
    const at = worldNow(deps, actor)
    const customer = await holdCustomer(tx, actor, customerId, at)
    if (!customer.grants.details) throw new Refusal('noDelegatedAccess')
    if (!customer.mayWrite) throw new Refusal('partnershipRequired')
    const stored = await readStoredCustomer(tx, customerId)
    if (stored.version !== version) throw new Refusal('stale')

    const country = await readCountry(tx, stored.country)
    const domains = await readPartnerDomains(tx, customerId, customer.providerIds)
    const fields = checkContact(contact, { phoneRequired: country?.phoneRequired ?? false }, domains, '')
    if (fields.length > 0) throw new Refusal('invalidRequest', { fields })

    const changed = changedValues(stored.contact, contact)
    if (!changed) return { version }
    await updateContact(tx, customerId, version, contact)
    await record(tx, actor, at, {
      action: 'customer.contact_changed',
      subjectKind: 'customer',
      subjectId: customerId,
      customerId,
      onBehalfOf: customer.name,
      ...(actor.organizationKind === 'reseller' ? resellersWorld(actor, customer.providerIds) : {}),
      ...changed,
    })
    return { version: version + 1 }
  })
  return result
}

/** A reseller's act belongs to the world of the provider it works through. */
function resellersWorld(actor: Actor, [providerId]: readonly Actor['organizationId'][]) {
  return { resellerId: actor.organizationId, ...(providerId ? { providerId } : {}) }
}
