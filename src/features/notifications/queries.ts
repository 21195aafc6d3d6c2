import { type RawBuilder, sql } from 'kysely'
import { page, type Page, unpackTimeCursor } from '../../kernel/paging.ts'
import { dayMs } from '../../kernel/time.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import type { NotificationClass, NotificationKind } from './rules.ts'

export interface NotificationRow {
  readonly id: string
  readonly class: NotificationClass
  readonly kind: NotificationKind
  readonly params: Readonly<Record<string, string | number>>
  readonly link: string
  readonly dueOn: string | null
  readonly createdAt: Date
  readonly completedAt: Date | null
  readonly readAt: Date | null
  readonly archivedAt: Date | null
}

export interface ListNotifications {
  readonly list: 'open' | 'completed' | 'archived'
  readonly group?: 'actions' | 'notifications' | undefined
  readonly cursor?: string | undefined
  readonly size: number
}

/**
 * A page of the actor's notifications, newest first: those of its organization that address one of its roles.
 *
 * @throws Refusal invalidRequest for a cursor this list did not give.
 */
export async function listNotifications(
  db: Db,
  actor: Actor,
  input: ListNotifications,
): Promise<Page<NotificationRow>> {
  const after = unpackTimeCursor(input.cursor)
  const where = [addressedTo(actor), inList(input.list)]
  if (input.group) where.push(input.group === 'actions' ? isAction : sql`not ${isAction}`)
  if (after) where.push(sql`(n.created_at, n.id) < (${after.at}, ${after.id}::uuid)`)
  const rows = await readNotifications(db, actor, where, input.size + 1)
  return page(rows, input.size, (row) => [row.createdAt.toISOString(), row.id])
}

/** One notification that addresses the actor; undefined when there is none such. */
export async function findNotification(db: Db, actor: Actor, id: string): Promise<NotificationRow | undefined> {
  const [row] = await readNotifications(db, actor, [addressedTo(actor), sql`n.id = ${id.toLowerCase()}`], 1)
  return row
}

/** How many unread notifications of the last 90 days there are, counted up to 100, and how many open mandatory actions. */
export async function countNotifications(deps: Deps, actor: Actor): Promise<{ unread: number; mandatory: number }> {
  const since = new Date(deps.now().getTime() - 90 * dayMs)
  const { rows } = await sql<{ unread: number; mandatory: number }>`
    select
      (select count(*)::int from (
        select from notifications n left join notification_states s on s.notification_id = n.id and s.user_id = ${actor.userId}
        where ${addressedTo(actor)} and n.created_at >= ${since} and n.completed_at is null
          and s.read_at is null and s.archived_at is null
        order by n.created_at desc limit 100) unread) as unread,
      (select count(*)::int from (
        select from notifications n
        where ${addressedTo(actor)} and n.class = 'mandatory' and n.completed_at is null limit 100) mandatory) as mandatory`.execute(
    deps.db,
  )
  return rows[0] ?? { unread: 0, mandatory: 0 }
}

async function readNotifications(
  db: Db,
  actor: Actor,
  where: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<readonly NotificationRow[]> {
  const { rows } = await sql<NotificationRow>`
    select n.id, n.class, n.kind, n.params, n.link, n.due_on as "dueOn", n.created_at as "createdAt",
      n.completed_at as "completedAt", s.read_at as "readAt", s.archived_at as "archivedAt"
    from notifications n
    left join notification_states s on s.notification_id = n.id and s.user_id = ${actor.userId}
    where ${sql.join(where, sql` and `)}
    order by n.created_at desc, n.id desc
    limit ${limit}`.execute(db)
  return rows
}

const isAction = sql`n.class in ('mandatory', 'recommended')`

function addressedTo(actor: Actor): RawBuilder<unknown> {
  return sql`n.organization_id = ${actor.organizationId} and n.audience_roles && ${[...actor.roles]}::text[]`
}

function inList(list: ListNotifications['list']): RawBuilder<unknown> {
  if (list === 'archived') return sql`s.archived_at is not null`
  return sql`s.archived_at is null and n.completed_at is ${list === 'completed' ? sql`not null` : sql`null`}`
}
