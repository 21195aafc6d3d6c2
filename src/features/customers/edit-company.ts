import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { readCountry } from '../program/queries.ts'
import { changedValues } from './changed-values.ts'
import { holdCustomer } from './queries.ts'
import { checkCompany, whyNameUnusual } from './rules.ts'
import { readStoredCustomer, updateCompany } from './store.ts'
import type { EditCompany } from './wire.ts'

/**
 * Changes a customer's company name and address. The name of its tenant stays, and its country always does; the old name is in
 * the audit record.
 *
 * @throws Refusal notFound; noDelegatedAccess; stale; invalidRequest; nameNeedsConfirmation
 */
export async function editCompany(
  deps: Deps,
  actor: Actor,
  { customerId, version, nameConfirmed, ...given }: EditCompany,
): Promise<{ readonly version: number }> {
  const company = { ...given, postalCode: given.postalCode.toUpperCase() }
  const { result } = await write(deps, actor, async (tx) => {
    const at = worldNow(deps, actor)
    const customer = await holdCustomer(tx, actor, customerId, at)
    if (!customer.grants.details) throw new Refusal('noDelegatedAccess')
    const stored = await readStoredCustomer(tx, customerId)
    if (stored.version !== version) throw new Refusal('stale')

    const country = await readCountry(tx, stored.country)
    if (!country) throw new Error(`Customer ${customerId} lies in the unknown country ${stored.country}.`)
    const fields = checkCompany(company, country, '')
    if (fields.length > 0) throw new Refusal('invalidRequest', { fields })
    const unusual = company.legalName === stored.legalName ? undefined : whyNameUnusual(company.legalName)
    if (unusual && !nameConfirmed)
      throw new Refusal('nameNeedsConfirmation', { fields: [{ field: 'legalName', rule: unusual }] })

    const changed = changedValues(stored.company, company)
    if (!changed) return { version }
    await updateCompany(tx, customerId, stored, company)
    await record(tx, actor, at, {
      action: 'customer.company_changed',
      subjectKind: 'customer',
      subjectId: customerId,
      customerId,
      onBehalfOf: customer.name,
      ...changed,
    })
    return { version: version + 1 }
  })
  return result
}
