import type { Actor, Deps } from '../../platform/context.ts'
import { foldDomainPrefix, initialDomain, isDomainPrefix } from './rules.ts'

/** Whether a domain can be had: yes or no and nothing about its owner. A yes reserves nothing. */
export async function checkDomain(
  deps: Deps,
  _actor: Actor,
  { prefix }: { readonly prefix: string },
): Promise<{
  readonly available: boolean
  readonly name: string
  readonly reason: 'domainPrefix' | 'domainTaken' | null
}> {
  if (!isDomainPrefix(foldDomainPrefix(prefix))) return { available: false, name: '', reason: 'domainPrefix' }
  const name = initialDomain(prefix)
  const taken = await deps.db.selectFrom('domains').select('name').where('name', '=', name).executeTakeFirst()
  return taken ? { available: false, name, reason: 'domainTaken' } : { available: true, name, reason: null }
}
