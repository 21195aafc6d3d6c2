import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { checkUrl } from './check-url.ts'
import { findWebhook, type WebhookRow } from './queries.ts'
import { sendSweep } from './rules.ts'
import { deleteWebhook, type HeldWebhook, lockWebhook, updateWebhook, type WebhookChanges } from './store.ts'
import { aboutWebhook, hostOf } from './subject.ts'

export interface EditWebhook extends WebhookChanges {
  readonly webhookId: string
  readonly version: number
}

/**
 * Changes a webhook as a whole, or switches it on or off. While it is off nothing is queued for it, and what waits goes on waiting.
 *
 * @throws Refusal notFound; stale; invalidRequest for an address that Kanal does not send to
 */
export async function editWebhook(deps: Deps, actor: Actor, input: EditWebhook): Promise<WebhookRow> {
  const before = await findWebhook(deps.db, actor, input.webhookId)
  if (!before) throw new Refusal('notFound')
  if (before.url !== input.url) await checkUrl(deps, input.url)
  await write(deps, actor, async (tx) => {
    const held = await lockWebhook(tx, actor, input.webhookId)
    if (!held) throw new Refusal('notFound')
    if (held.version !== input.version) throw new Refusal('stale')

    const at = deps.now()
    await updateWebhook(tx, at, held, input)
    await record(tx, actor, at, { action: 'webhook.changed', ...aboutWebhook(actor, held.id), ...changed(held, input) })
  })
  deps.nudge(sendSweep)
  const webhook = await findWebhook(deps.db, actor, input.webhookId)
  if (!webhook) throw new Refusal('notFound')
  return webhook
}

function changed(held: HeldWebhook, input: EditWebhook) {
  const values = (from: WebhookChanges) => ({
    ...(held.url === input.url ? {} : { host: hostOf(from.url) }),
    ...(held.description === input.description ? {} : { description: from.description }),
    ...(held.types.join() === input.types.join() ? {} : { types: from.types }),
    ...(held.enabled === input.enabled ? {} : { enabled: from.enabled }),
  })
  return { before: values(held), after: values(input) }
}

/**
 * Removes a webhook with its secrets; what waits for it is not sent any more.
 *
 * @throws Refusal notFound, also for one that is removed already
 */
export async function removeWebhook(
  deps: Deps,
  actor: Actor,
  { webhookId }: { readonly webhookId: string },
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const held = await lockWebhook(tx, actor, webhookId)
    if (!held) throw new Refusal('notFound')
    const at = deps.now()
    await deleteWebhook(tx, held.id)
    await record(tx, actor, at, {
      action: 'webhook.removed',
      ...aboutWebhook(actor, held.id),
      before: { host: hostOf(held.url), types: held.types },
    })
  })
}
