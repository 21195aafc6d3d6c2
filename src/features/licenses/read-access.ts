import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { findCustomer, mayDo } from './access.ts'
import { countGlobalAdmins, readCountries, readDomains } from './queries.ts'
import type { PeopleAccess } from './wire.ts'

/**
 * What somebody may do with a customer's people, and what the forms for it offer. Answers also who has no privilege: with the
 * reasons, and nothing of the customer's directory.
 *
 * @throws Refusal notFound
 */
export async function readAccess(
  deps: Deps,
  actor: Actor,
  { customerId }: { readonly customerId: CustomerId },
): Promise<PeopleAccess> {
  const customer = await findCustomer(deps.db, actor, customerId, deps.now())
  if (!customer) throw new Refusal('notFound')
  const { id, name, country, language, reach } = customer
  const may = mayDo(reach)
  const reads = may.read === null || may.upload === null
  const [domains, countries, globalAdmins] = await Promise.all([
    reads ? readDomains(deps.db, id) : [],
    readCountries(deps.db),
    reads ? countGlobalAdmins(deps.db, id) : 0,
  ])
  return {
    customer: { id, name, country, language },
    may,
    domains: [...domains],
    countries: [...countries],
    globalAdmins,
  }
}
