import { z } from 'zod'
import { pageSize } from '../../kernel/paging.ts'
import { notificationKinds } from './rules.ts'

export const actionCenterLists = ['open', 'completed', 'archived'] as const

export const ListNotificationsInput = z.strictObject({
  list: z.enum(actionCenterLists).default('open'),
  /** Only what has to be done, or only what tells; both unless told. */
  group: z.enum(['actions', 'notifications']).optional(),
  cursor: z.string().max(500).optional(),
  size: z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual),
})

export const NotificationInput = z.strictObject({ notificationId: z.uuid() })

/** One notification as its reader sees it. */
export const Notification = z.object({
  id: z.string(),
  class: z.enum(['mandatory', 'recommended', 'transactional', 'promotional']),
  kind: z.enum(notificationKinds),
  /** The sentence in the reader's language. */
  text: z.string(),
  /** Path in the portal. */
  link: z.string(),
  dueOn: z.string().nullable(),
  createdAt: z.string(),
  completedAt: z.string().nullable(),
  read: z.boolean(),
  archived: z.boolean(),
  /** False for a mandatory action that is still to be done. */
  archivable: z.boolean(),
})
export type Notification = z.infer<typeof Notification>

export const NotificationPage = z.object({ items: z.array(Notification), next: z.string().nullable() })

/** `unread` counts up to 100 of the last 90 days; `mandatory` the open mandatory actions. */
export const NotificationCount = z.object({ unread: z.number(), mandatory: z.number() })
