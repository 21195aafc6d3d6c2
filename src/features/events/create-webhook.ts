import { Refusal } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { checkUrl } from './check-url.ts'
import { makeSecret } from './message.ts'
import { findWebhook, type WebhookRow } from './queries.ts'
import { mostWebhooks } from './rules.ts'
import { holdCount, insertWebhook } from './store.ts'
import { aboutWebhook, hostOf } from './subject.ts'

export interface CreateWebhook {
  readonly url: string
  readonly description: string
  readonly types: readonly string[]
}

/**
 * Adds a webhook of the actor's organization: from now on its events are sent there. The secret that signs is in this one answer;
 * a repeat of the same request gets an answer without it.
 *
 * @throws Refusal invalidRequest for an address that Kanal does not send to; tooManyWebhooks
 */
export async function createWebhook(
  deps: Deps,
  actor: Actor,
  input: CreateWebhook,
): Promise<{ readonly webhook: WebhookRow; readonly secret?: string }> {
  await checkUrl(deps, input.url)
  const id = newId()
  const { secret, sealed } = makeSecret(deps, id)
  const { result, replayed } = await write(deps, actor, async (tx) => {
    if ((await holdCount(tx, actor)) >= mostWebhooks) {
      throw new Refusal('tooManyWebhooks', { params: { max: mostWebhooks } })
    }
    const at = deps.now()
    await insertWebhook(tx, actor, at, { ...input, id, secret: sealed })
    await record(tx, actor, at, {
      action: 'webhook.created',
      ...aboutWebhook(actor, id),
      after: { host: hostOf(input.url), types: input.types },
    })
    return { id }
  })
  const webhook = await findWebhook(deps.db, actor, result.id)
  // A repeat may come after it was removed.
  if (!webhook) throw new Refusal('notFound')
  return replayed ? { webhook } : { webhook, secret }
}
