import { Refusal } from '../../kernel/errors.ts'
import { route } from '../../platform/route.ts'
import { createWebhook } from './create-webhook.ts'
import { editWebhook, removeWebhook } from './edit-webhook.ts'
import { toEvent } from './payload.ts'
import {
  type DeliveryRow,
  findWebhook,
  listDeliveries,
  listReplays,
  listWebhooks,
  type ReplayRow,
  type WebhookRow,
} from './queries.ts'
import { redeliver, sendTest } from './queue-again.ts'
import { packPosition, readEvents } from './read-events.ts'
import { replayEvents } from './replay-events.ts'
import { rotateSecret } from './rotate-secret.ts'
import {
  CreateWebhookInput,
  type Delivery,
  DeliveryPage,
  EditWebhookInput,
  EventsRead,
  ListDeliveriesInput,
  OfDeliveryInput,
  OfWebhookInput,
  ReadEventsInput,
  Replay,
  ReplayInput,
  Replays,
  TestSent,
  Webhook,
  Webhooks,
  WithSecret,
} from './wire.ts'
import { z } from 'zod'

export const eventRoutes = [
  route({
    method: 'GET',
    path: '/portal/v1/events',
    summary: 'Reads what happened and concerns the own organization, in the order of commits, from a position on.',
    needs: 'events.read',
    input: ReadEventsInput,
    reply: EventsRead,
    handle: async (deps, actor, input) => {
      const { items, next, more } = await readEvents(deps, actor, input)
      const reader = { ...actor, seesCost: actor.permissions.has('prices.read') }
      return { items: items.map((row) => toEvent(reader, row)), next, more }
    },
  }),
  route({
    method: 'GET',
    path: '/portal/v1/webhooks',
    summary: 'Lists the webhooks of the own organization.',
    needs: 'webhooks.manage',
    input: z.strictObject({}),
    reply: Webhooks,
    handle: async (deps, actor) => ({ items: (await listWebhooks(deps.db, actor)).map(toWebhook) }),
  }),
  route({
    method: 'POST',
    path: '/portal/v1/webhooks',
    summary: 'Adds a webhook. Its secret is in this one answer.',
    needs: 'webhooks.manage',
    input: CreateWebhookInput,
    reply: WithSecret,
    handle: async (deps, actor, input) => {
      const { webhook, ...rest } = await createWebhook(deps, actor, input)
      return { webhook: toWebhook(webhook), ...rest }
    },
  }),
  route({
    method: 'GET',
    path: '/portal/v1/webhooks/:webhookId',
    summary: 'Reads a webhook.',
    needs: 'webhooks.manage',
    input: OfWebhookInput,
    reply: Webhook,
    handle: async (deps, actor, { webhookId }) => {
      const webhook = await findWebhook(deps.db, actor, webhookId)
      if (!webhook) throw new Refusal('notFound')
      return toWebhook(webhook)
    },
  }),
  route({
    method: 'PUT',
    path: '/portal/v1/webhooks/:webhookId',
    summary: 'Changes a webhook as a whole, or switches it on or off.',
    needs: 'webhooks.manage',
    input: EditWebhookInput,
    reply: Webhook,
    handle: async (deps, actor, input) => toWebhook(await editWebhook(deps, actor, input)),
  }),
  route({
    method: 'DELETE',
    path: '/portal/v1/webhooks/:webhookId',
    summary: 'Removes a webhook; what waits for it is not sent.',
    needs: 'webhooks.manage',
    input: OfWebhookInput,
    reply: 204,
    handle: removeWebhook,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/webhooks/:webhookId/secret',
    summary: 'Gives a webhook a new secret, in this one answer; for a day the one before it signs too.',
    needs: 'webhooks.manage',
    input: OfWebhookInput,
    reply: WithSecret,
    handle: async (deps, actor, input) => {
      const { webhook, ...rest } = await rotateSecret(deps, actor, input)
      return { webhook: toWebhook(webhook), ...rest }
    },
  }),
  route({
    method: 'POST',
    path: '/portal/v1/webhooks/:webhookId/test',
    summary: 'Sends an event that tells of nothing, once.',
    needs: 'webhooks.manage',
    input: OfWebhookInput,
    reply: TestSent,
    handle: sendTest,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/webhooks/:webhookId/deliveries',
    summary: 'Lists what was sent to a webhook in the last 30 days, or shall be; what was queued last comes first.',
    needs: 'webhooks.manage',
    input: ListDeliveriesInput,
    reply: DeliveryPage,
    handle: async (deps, actor, input) => {
      if (!(await findWebhook(deps.db, actor, input.webhookId))) throw new Refusal('notFound')
      const { items, next } = await listDeliveries(deps.db, actor, input)
      return { items: items.map(toDelivery), next }
    },
  }),
  route({
    method: 'POST',
    path: '/portal/v1/webhooks/:webhookId/deliveries/:eventId/redelivery',
    summary: 'Sends one event again, under the same id.',
    needs: 'webhooks.manage',
    input: OfDeliveryInput,
    reply: 204,
    handle: redeliver,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/webhooks/:webhookId/replays',
    summary: 'Lists the latest replays of a webhook and how far they are.',
    needs: 'webhooks.manage',
    input: OfWebhookInput,
    reply: Replays,
    handle: async (deps, actor, { webhookId }) => {
      if (!(await findWebhook(deps.db, actor, webhookId))) throw new Refusal('notFound')
      return { items: (await listReplays(deps.db, actor, webhookId)).map(toReplay) }
    },
  }),
  route({
    method: 'POST',
    path: '/portal/v1/webhooks/:webhookId/replays',
    summary: 'Sends the events of a webhook once more, from an instant or a position of the feed on.',
    needs: 'webhooks.manage',
    input: ReplayInput,
    reply: Replay,
    handle: async (deps, actor, input) => toReplay(await replayEvents(deps, actor, input)),
  }),
]

function toWebhook({ failingSince, previousUntil, createdAt, ...row }: WebhookRow): Webhook {
  return {
    ...row,
    types: [...row.types],
    failingSince: failingSince?.toISOString() ?? null,
    previousSecretUntil: previousUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}

function toDelivery({ subject, queuedAt, attemptedAt, nextAt, ...row }: DeliveryRow): Delivery {
  const [kind = '', ...id] = subject.split(':')
  return {
    ...row,
    subject: { kind, id: id.join(':') },
    queuedAt: queuedAt.toISOString(),
    attemptedAt: attemptedAt?.toISOString() ?? null,
    nextAt: nextAt?.toISOString() ?? null,
  }
}

function toReplay({ xact, eventId, requestedAt, finishedAt, ...row }: ReplayRow): Replay {
  return {
    ...row,
    next: packPosition({ xact, id: eventId }),
    requestedAt: requestedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}
