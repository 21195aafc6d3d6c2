import { z } from 'zod'
import { mailKinds, mailStates } from '../../kernel/mails.ts'
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

export const ListMailsInput = z.strictObject({
  state: z.enum(mailStates).optional(),
  kind: z.enum(mailKinds).optional(),
  /** Part of the recipient's address or name, or of the subject. */
  search: z.string().trim().max(100).optional(),
  cursor: z.string().max(500).optional(),
  size: z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual),
})
export type ListMailsInput = z.infer<typeof ListMailsInput>

export const MailInput = z.strictObject({ mailId: z.uuid() })

/** A mail in the outbox. */
export const Mail = z.object({
  id: z.string(),
  kind: z.enum(mailKinds),
  state: z.enum(mailStates),
  recipient: z.object({ address: z.string(), name: z.string() }),
  subject: z.string(),
  createdAt: z.string(),
  attempts: z.number(),
  /** When it is tried next; null once it is sent or given up. */
  nextTryAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** What the mail server said last, in its own words. */
  lastError: z.string().nullable(),
})
export type Mail = z.infer<typeof Mail>

/** `sending` tells whether there is a mail server: without one all mails wait. */
export const MailPage = z.object({ items: z.array(Mail), next: z.string().nullable(), sending: z.boolean() })

/** A mail as its reader has it. The HTML is whole and has no scripts; show it in a sandbox all the same. */
export const MailDetail = Mail.extend({
  language: z.enum(['en', 'tr']),
  messageId: z.string().nullable(),
  text: z.string(),
  html: z.string(),
})
export type MailDetail = z.infer<typeof MailDetail>

/** What one person wants to have by mail; what is mandatory or transactional is sent to everybody it concerns. */
export const MailPreferences = z.object({ reminders: z.boolean() })
export const ChangeMailPreferencesInput = z.strictObject({ reminders: z.boolean() })
