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
