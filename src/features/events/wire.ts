import { z } from 'zod'
import { pageSize } from '../../kernel/paging.ts'
import { attemptErrors, isTypeFilter } from './rules.ts'

const TypeFilter = z
  .string()
  .max(100)
  .refine(isTypeFilter, { params: { rule: 'eventType' } })
const size = z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual)
const cursor = z.string().max(500).optional()

export const ReadEventsInput = z.strictObject({
  /** `next` of an earlier answer; without it the feed begins with the first event there is. */
  after: z.string().max(500).optional(),
  /** Types with commas between them, such as `order.submitted,subscription.*`; all unless told. */
  types: z
    .string()
    .max(2000)
    .transform((text) => text.split(',').map((type) => type.trim()))
    .pipe(z.array(TypeFilter).max(50))
    .default([]),
  size,
})

/** One event, as the feed gives it and as a webhook gets it. */
export const Event = z.object({
  /** Also the `webhook-id`: the same event always has the same. */
  id: z.string(),
  type: z.string(),
  /** When it happened, at the clock of the provider's world. */
  timestamp: z.string(),
  data: z.object({
    customerId: z.string().nullable(),
    subject: z.object({ kind: z.string(), id: z.string() }),
    /** What is new, as far as the reader may know it. */
    values: z.record(z.string(), z.unknown()),
  }),
})
export type Event = z.infer<typeof Event>

export const EventsRead = z.object({ items: z.array(Event), next: z.string(), more: z.boolean() })

const webhookFields = {
  url: z.string().trim().min(1).max(2000),
  description: z.string().trim().max(200).default(''),
  /** Empty for all events. */
  types: z
    .array(TypeFilter)
    .max(50)
    .transform((types) => [...new Set(types)].toSorted())
    .default([]),
}

export const CreateWebhookInput = z.strictObject(webhookFields)

const webhookId = z.uuid()
export const OfWebhookInput = z.strictObject({ webhookId })

export const EditWebhookInput = z.strictObject({
  webhookId,
  ...webhookFields,
  enabled: z.boolean(),
  version: z.number().int().min(1),
})

/** A webhook as its organization's Global admins see it. */
export const Webhook = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  types: z.array(z.string()),
  enabled: z.boolean(),
  disabledBecause: z.enum(['person', 'gone', 'failing']).nullable(),
  /** Attempts that failed since the last one that succeeded, and since when. */
  failures: z.number(),
  failingSince: z.string().nullable(),
  /** Until when the secret before this one signs too. */
  previousSecretUntil: z.string().nullable(),
  createdAt: z.string(),
  version: z.number(),
})
export type Webhook = z.infer<typeof Webhook>

export const Webhooks = z.object({ items: z.array(Webhook) })

/** The secret is in this one answer; a repeat of the same request gets an answer without it. */
export const WithSecret = z.object({ webhook: Webhook, secret: z.string().optional() })

export const TestSent = z.object({ eventId: z.string() })

export const deliveryLists = ['all', 'waiting', 'dead'] as const

export const ListDeliveriesInput = z.strictObject({
  webhookId,
  list: z.enum(deliveryLists).default('all'),
  cursor,
  size,
})

export const Delivery = z.object({
  eventId: z.string(),
  type: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  status: z.enum(['waiting', 'delivered', 'dead']),
  attempts: z.number(),
  queuedAt: z.string(),
  /** Of the last attempt. */
  attemptedAt: z.string().nullable(),
  responseCode: z.number().nullable(),
  latencyMs: z.number().nullable(),
  error: z.enum([...attemptErrors, 'late']).nullable(),
  /** When it is tried again; null too for one that waits for an earlier one of the same subject. */
  nextAt: z.string().nullable(),
})
export type Delivery = z.infer<typeof Delivery>

export const DeliveryPage = z.object({ items: z.array(Delivery), next: z.string().nullable() })

export const OfDeliveryInput = z.strictObject({ webhookId, eventId: z.uuid() })

export const ReplayInput = z.strictObject({
  webhookId,
  /** Everything from about this instant on; at most 30 days ago. */
  from: z.iso.datetime({ offset: true }).optional(),
  /** Or everything behind this position of the feed. */
  after: z.string().max(500).optional(),
})

/** A replay and how far it is. `limited`: it queued as many events as one replay may; another can go on from `next`. */
export const Replay = z.object({
  id: z.string(),
  status: z.enum(['running', 'done', 'limited']),
  queued: z.number(),
  next: z.string(),
  requestedAt: z.string(),
  requestedBy: z.string(),
  finishedAt: z.string().nullable(),
})
export type Replay = z.infer<typeof Replay>

/** The latest replays of a webhook, newest first; at most 20. */
export const Replays = z.object({ items: z.array(Replay) })
