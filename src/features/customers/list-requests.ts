import { type RawBuilder, sql } from 'kysely'
import { page, type Page, unpackTimeCursor } from '../../kernel/paging.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { invitationStatusAt } from '../partnerships/rules.ts'
import type { ListRequests, RelationshipRequestItem } from './wire.ts'

/** Whether a request `q` is the actor's: a provider's own, a reseller's where it takes part. */
export function requestsOf(actor: Actor): RawBuilder<boolean> {
  if (actor.organizationKind === 'provider') return sql<boolean>`q.provider_id = ${actor.organizationId}`
  if (actor.organizationKind === 'reseller') return sql<boolean>`q.reseller_id = ${actor.organizationId}`
  return sql<boolean>`false`
}

/**
 * A page of relationship requests, newest first.
 *
 * @throws Refusal invalidRequest for a cursor that this list did not give.
 */
export async function listRequests(
  deps: Deps,
  actor: Actor,
  { state, cursor, size }: ListRequests,
): Promise<Page<RelationshipRequestItem>> {
  const after = unpackTimeCursor(cursor)
  const at = deps.now()
  const where = [requestsOf(actor)]
  if (state === 'open') where.push(sql<boolean>`q.status in ('issued', 'opened') and q.expires_at > ${at}`)
  if (after) where.push(sql<boolean>`(q.created_at, q.id) < (${after.at}, ${after.id}::uuid)`)
  const { rows } = await sql<Row>`
    select q.id, q.status, q.include_privileges as "includePrivileges", q.recipient_email as "recipientEmail",
      q.created_by_name as "createdBy", q.created_at as "createdAt", q.expires_at as "expiresAt", q.opened_at as "openedAt",
      q.decided_at as "decidedAt", jsonb_build_object('id', p.id, 'name', p.trading_name) as provider,
      case when s.id is not null then jsonb_build_object('id', s.id, 'name', s.trading_name) end as reseller
    from relationship_requests q
    join organizations p on p.id = q.provider_id
    left join organizations s on s.id = q.reseller_id
    where ${sql.join(where, sql` and `)}
    order by q.created_at desc, q.id desc
    limit ${size + 1}`.execute(deps.db)
  const { items, next } = page(rows, size, (row) => [row.createdAt.toISOString(), row.id])
  return { items: items.map((row) => itemOf(row, at)), next }
}

interface Row {
  readonly id: string
  readonly status: 'issued' | 'opened' | 'accepted' | 'declined' | 'revoked'
  readonly includePrivileges: boolean
  readonly recipientEmail: string | null
  readonly createdBy: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly openedAt: Date | null
  readonly decidedAt: Date | null
  readonly provider: { readonly id: string; readonly name: string }
  readonly reseller: { readonly id: string; readonly name: string } | null
}

function itemOf({ status, ...row }: Row, at: Date): RelationshipRequestItem {
  return {
    ...row,
    state: invitationStatusAt({ status, expiresAt: row.expiresAt }, at),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    openedAt: row.openedAt?.toISOString() ?? null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
  }
}
