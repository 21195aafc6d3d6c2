import { sql } from 'kysely'
import { type CustomerId, newId, type OrganizationId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import type { Tx } from '../../platform/context.ts'
import type { NotificationClass, NotificationKind, NotificationParams } from './rules.ts'

export interface NewNotification<Kind extends NotificationKind> {
  /** Whose people are told; for a customer's people the customer's id. */
  readonly organizationId: OrganizationId | CustomerId
  /** Who of them: everybody with one of these roles. */
  readonly audienceRoles: readonly Role[]
  readonly class: NotificationClass
  readonly kind: Kind
  readonly params: NotificationParams[Kind]
  /** Path in the portal where it can be looked at or done, such as `/resellers/<id>`. */
  readonly link: string
  /** `YYYY-MM-DD`; for actions. */
  readonly dueOn?: string
}

/** Tells people of an organization something, in the transaction of what it tells of. */
export async function notify<Kind extends NotificationKind>(
  tx: Tx,
  at: Date,
  notification: NewNotification<Kind>,
): Promise<void> {
  await tx
    .insertInto('notifications')
    .values({
      id: newId(),
      organization_id: notification.organizationId,
      audience_roles: [...notification.audienceRoles],
      class: notification.class,
      kind: notification.kind,
      params: JSON.stringify(notification.params),
      link: notification.link,
      due_on: notification.dueOn ?? null,
      created_at: at,
    })
    .execute()
}

/** Tells many things at once, in one statement a few hundred. */
export async function notifyAll<Kind extends NotificationKind>(
  tx: Tx,
  at: Date,
  notifications: readonly NewNotification<Kind>[],
): Promise<void> {
  for (let start = 0; start < notifications.length; start += 500) {
    const rows = notifications.slice(start, start + 500).map((one) => ({ ...one, id: newId() }))
    await sql`
      insert into notifications (id, organization_id, audience_roles, class, kind, params, link, due_on, created_at)
      select id, "organizationId", "audienceRoles", class, kind, params, link, "dueOn", ${at}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told (id uuid, "organizationId" uuid, "audienceRoles" text[],
        class text, kind text, params jsonb, link text, "dueOn" date)`.execute(tx)
  }
}

/** Marks an organization's open actions of one kind, at one place, as done. Safe to repeat. */
export async function completeAction(
  tx: Tx,
  at: Date,
  done: {
    readonly organizationId: OrganizationId | CustomerId
    readonly kind: NotificationKind
    readonly link: string
  },
): Promise<void> {
  await tx
    .updateTable('notifications')
    .set({ completed_at: at })
    .where('organization_id', '=', done.organizationId)
    .where('kind', '=', done.kind)
    .where('link', '=', done.link)
    .where('completed_at', 'is', null)
    .execute()
}
