import { fieldRefusal } from '../../kernel/errors.ts'
import type { Deps } from '../../platform/context.ts'
import { resolveHost } from './address.ts'
import { whyNotUrl } from './rules.ts'

const rules = { refusedAddress: 'webhookPrivate', unresolved: 'webhookUnresolved' } as const

/**
 * Checks where a webhook shall lead, before a transaction, since it asks the network. Each request checks again: a name may lead
 * elsewhere tomorrow.
 *
 * @throws Refusal invalidRequest for the field `url`
 */
export async function checkUrl(deps: Deps, url: string): Promise<void> {
  const reach = deps.config.webhookReach
  const objection = whyNotUrl(url, reach !== 'public')
  if (objection) throw fieldRefusal('url', objection)
  const address = await resolveHost(new URL(url).hostname, reach)
  if (typeof address === 'string') throw fieldRefusal('url', rules[address])
}
