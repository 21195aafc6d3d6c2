import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { makeSecret } from './message.ts'
import { findWebhook, type WebhookRow } from './queries.ts'
import { secretOverlapMs } from './rules.ts'
import { lockWebhook, replaceSecret } from './store.ts'
import { aboutWebhook, hostOf } from './subject.ts'

/**
 * Gives a webhook a new secret, which is in this one answer. For a day both it and the one before it sign, so that no receiver
 * refuses what is sent meanwhile.
 *
 * @throws Refusal notFound
 */
export async function rotateSecret(
  deps: Deps,
  actor: Actor,
  { webhookId }: { readonly webhookId: string },
): Promise<{ readonly webhook: WebhookRow; readonly secret?: string }> {
  const id = webhookId.toLowerCase()
  const { secret, sealed } = makeSecret(deps, id)
  const { replayed } = await write(deps, actor, async (tx) => {
    const held = await lockWebhook(tx, actor, id)
    if (!held) throw new Refusal('notFound')
    const at = deps.now()
    const until = new Date(at.getTime() + secretOverlapMs)
    await replaceSecret(tx, at, held, sealed, until)
    await record(tx, actor, at, {
      action: 'webhook.secret_rotated',
      ...aboutWebhook(actor, id),
      after: { host: hostOf(held.url), validUntil: until.toISOString() },
    })
  })
  const webhook = await findWebhook(deps.db, actor, id)
  if (!webhook) throw new Refusal('notFound')
  return replayed ? { webhook } : { webhook, secret }
}
