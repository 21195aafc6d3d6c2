import { z } from 'zod'
import type { Actor } from '../../platform/context.ts'
import { route } from '../../platform/route.ts'
import { listMails, readMail } from './list-mails.ts'
import { changeMailPreferences, readMailPreferences } from './mail-preferences.ts'
import { archiveNotification, readNotification } from './mark-notification.ts'
import { countNotifications, listNotifications, type NotificationRow } from './queries.ts'
import { retryMail } from './retry-mail.ts'
import { isArchivable } from './rules.ts'
import { sentenceOf } from './sentences.ts'
import {
  ChangeMailPreferencesInput,
  ListMailsInput,
  ListNotificationsInput,
  MailDetail,
  MailInput,
  MailPage,
  MailPreferences,
  type Notification,
  NotificationCount,
  NotificationInput,
  NotificationPage,
} from './wire.ts'

export const notificationRoutes = [
  route({
    method: 'GET',
    path: '/portal/v1/action-center',
    summary: 'Lists what the signed-in user should know or do, newest first.',
    needs: 'signedIn',
    input: ListNotificationsInput,
    reply: NotificationPage,
    handle: async (deps, actor, input) => {
      const { items, next } = await listNotifications(deps.db, actor, input)
      return { items: items.map((row) => toNotification(actor, row)), next }
    },
  }),
  route({
    method: 'GET',
    path: '/portal/v1/action-center/count',
    summary: 'Counts unread notifications and open mandatory actions.',
    needs: 'signedIn',
    input: z.strictObject({}),
    reply: NotificationCount,
    handle: countNotifications,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/action-center/:notificationId/read',
    summary: 'Notes that the signed-in user has seen a notification.',
    needs: 'signedIn',
    input: NotificationInput,
    reply: 204,
    handle: readNotification,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/action-center/:notificationId/archive',
    summary: 'Puts a notification away for the signed-in user; mandatory actions only once they are done.',
    needs: 'signedIn',
    input: NotificationInput,
    reply: 204,
    handle: archiveNotification,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/mail-preferences',
    summary: 'What the signed-in user wants to have by mail.',
    needs: 'signedIn',
    input: z.strictObject({}),
    reply: MailPreferences,
    handle: readMailPreferences,
  }),
  route({
    method: 'PUT',
    path: '/portal/v1/mail-preferences',
    summary: 'Switches reminders by mail on or off for the signed-in user.',
    needs: 'signedIn',
    input: ChangeMailPreferencesInput,
    reply: 204,
    handle: changeMailPreferences,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/mails',
    summary: 'The outbox: mails that wait, were sent or were given up, newest first; kept for 90 days.',
    needs: 'mails.read',
    input: ListMailsInput,
    reply: MailPage,
    handle: listMails,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/mails/:mailId',
    summary: 'One mail as its reader has it.',
    needs: 'mails.read',
    input: MailInput,
    reply: MailDetail,
    handle: readMail,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/mails/:mailId/retry',
    summary: 'Has a mail that was given up, or waits, tried again at once.',
    needs: 'mails.retry',
    input: MailInput,
    reply: 204,
    handle: retryMail,
  }),
]

function toNotification(actor: Actor, row: NotificationRow): Notification {
  return {
    id: row.id,
    class: row.class,
    kind: row.kind,
    text: sentenceOf(actor.locale, row.kind, row.params),
    link: row.link,
    dueOn: row.dueOn,
    createdAt: row.createdAt.toISOString(),
    completedAt: row.completedAt?.toISOString() ?? null,
    read: row.readAt !== null,
    archived: row.archivedAt !== null,
    archivable: isArchivable({ class: row.class, completed: row.completedAt !== null }),
  }
}
