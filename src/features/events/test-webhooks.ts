import type { Actor, Deps } from '../../platform/context.ts'
import type { TestWorld } from '../../platform/test-world.ts'
import { type Change, record } from '../audit/record.ts'
import { announceEvents } from './announce-events.ts'
import { createWebhook } from './create-webhook.ts'
import { readHorizon } from './read-events.ts'
import { sendWebhooks } from './send-webhooks.ts'

/** For tests: the environment of an installation that may send to this machine. */
export const reachesItself = { KANAL_WEBHOOK_PRIVATE: '1' }

/** For tests: something happened, in a transaction of its own. */
export async function happened(
  { deps, now }: TestWorld,
  actor: Actor,
  change: Partial<Change> & Pick<Change, 'action'>,
): Promise<void> {
  await deps.db
    .transaction()
    .execute((tx) => record(tx, actor, now, { subjectKind: 'subscription', subjectId: 'one', ...change }))
}

/** For tests: a webhook that wants events of some types; returns its id and secret. */
export async function givenWebhook(
  deps: Deps,
  actor: Actor,
  url: string,
  types: readonly string[] = [],
): Promise<{ readonly id: string; readonly secret: string; readonly version: number }> {
  const { webhook, secret } = await createWebhook(deps, actor, { url, description: '', types })
  return { id: webhook.id, secret: secret ?? '', version: webhook.version }
}

/** For tests: waits until everything committed so far is final. Other databases of the same server may hold it back for a moment. */
export async function untilFinal({ deps }: TestWorld): Promise<void> {
  const { rows } = await deps.pool.query<{ xact: string }>('select pg_current_xact_id()::text as xact')
  const own = BigInt(rows[0]?.xact ?? '0')
  while (BigInt(await readHorizon(deps.db)) <= own) await new Promise(setImmediate)
}

/** For tests: what the two sweeps do with all that happened so far. */
export async function deliver(world: TestWorld): Promise<void> {
  await untilFinal(world)
  await announceEvents(world.deps)
  await send(world)
}

/** For tests: sends what waits and is due now. */
export async function send({ deps }: TestWorld): Promise<void> {
  await sendWebhooks(deps, new AbortController().signal)
}
