import { sql } from 'kysely'
import type { CustomerId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { readCustomer } from './file-service-request.ts'
import { findAskedAbout, findProviders } from './find-recipient.ts'
import { whyNotFile } from './rules.ts'
import type { FilingOptions } from './wire.ts'

/**
 * What the form of a new request offers: what can be asked about, who would get it, and why something cannot be asked.
 *
 * @throws Refusal notFound
 */
export async function readFilingOptions(
  deps: Deps,
  actor: Actor,
  { customerId }: { readonly customerId: CustomerId },
): Promise<FilingOptions> {
  const { id, name, delegated } = await readCustomer(deps.db, actor, customerId, deps.now())
  const by = { kind: actor.organizationKind, delegated }
  const [subscriptions, providers, users] = await Promise.all([
    findAskedAbout(deps.db, actor, customerId),
    findProviders(deps.db, actor, customerId),
    sql<{ email: string }>`select email from users where id = ${actor.userId}`.execute(deps.db),
  ])
  return {
    customer: { id, name },
    refused: actor.permissions.has('service_requests.write') ? whyNotFile(by, null) : 'accessDenied',
    contact: { name: actor.userName, email: users.rows[0]?.email ?? '' },
    providers: providers.map(({ ownerId, ownerName }) => ({ id: ownerId, name: ownerName })),
    subscriptions: subscriptions.map((one) => ({
      id: one.id,
      title: one.title,
      friendlyName: one.friendlyName,
      kind: one.kind,
      goesTo: one.ownerName,
      refused: whyNotFile(by, one),
    })),
  }
}
