import { sql } from 'kysely'
import { Refusal, type RefusalName } from '../../kernel/errors.ts'
import { page, type Page, unpackTimeCursor } from '../../kernel/paging.ts'
import { dayMs } from '../../kernel/time.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import { iso } from '../../platform/sql.ts'
import { worldNow } from '../../platform/world-clock.ts'
import type { AuditAction } from '../audit/actions.ts'
import { partnerInternalActions } from '../audit/rules.ts'
import type { OneServiceRequest } from './hold-service-request.ts'
import { rowColumns, rowJoins, type ServiceRequestRow, toListItem } from './queries.ts'
import { decideEscalation, decideReopening, reopenDays, sideOf, whyNotChange, whyNotWrite } from './rules.ts'
import { readsMessage, takesPart } from './sql.ts'
import type { Message, ServiceRequestDetail } from './wire.ts'

interface Row extends ServiceRequestRow {
  readonly provider: { readonly id: string; readonly name: string }
  readonly escalatedById: string | null
  readonly escalatedBy: string | null
  readonly escalatedAt: Date | null
  readonly contact: ServiceRequestDetail['contact']
  readonly filedBy: { readonly id: string; readonly name: string; readonly organization: string }
}

/**
 * A request with everything beside its thread, and for each action whether it is open to the reader now and why not.
 *
 * @throws Refusal notFound
 */
export async function readServiceRequest(
  deps: Deps,
  actor: Actor,
  one: OneServiceRequest,
): Promise<ServiceRequestDetail> {
  const { rows } = await sql<Row>`
    select ${rowColumns}, jsonb_build_object('id', p.id, 'name', p.trading_name) as provider,
      r.escalated_by as "escalatedById", e.trading_name as "escalatedBy", r.escalated_at as "escalatedAt",
      jsonb_build_object('name', r.contact_name, 'email', r.contact_email, 'phone', r.contact_phone) as contact,
      jsonb_build_object('id', r.filed_by_organization_id, 'name', r.filed_by_name, 'organization', r.filed_by_organization)
        as "filedBy"
    from service_requests r ${rowJoins} left join organizations e on e.id = r.escalated_by
    where r.customer_id = ${one.customerId} and r.id = ${one.serviceRequestId} and ${takesPart(actor, 'r')}`.execute(
    deps.db,
  )
  const [row] = rows
  if (!row) throw new Refusal('notFound')
  const { escalatedById: _, ...shown } = row
  return {
    ...toListItem(deps, row),
    provider: shown.provider,
    escalatedBy: shown.escalatedBy,
    escalatedAt: row.escalatedAt?.toISOString() ?? null,
    firstResponseAt: row.firstResponseAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    reopenUntil: row.closedAt ? new Date(row.closedAt.getTime() + reopenDays * dayMs).toISOString() : null,
    contact: row.contact,
    filedBy: { name: row.filedBy.name, organization: row.filedBy.organization },
    ...partOf(deps, actor, row),
    history: await readHistory(deps.db, actor, one),
  }
}

/** The reader's side, and why it cannot do each of the acts; null when it can. */
function partOf(deps: Deps, actor: Actor, row: Row): Pick<ServiceRequestDetail, 'side' | 'actions'> {
  const request = {
    ...row,
    ownerId: row.owner.id,
    providerId: row.provider.id,
    customerId: row.customer.id,
    filedBy: row.filedBy.id,
    escalatedBy: row.escalatedById,
  }
  const side = sideOf(actor.organizationId, request)
  const may = (reason: RefusalName | null): RefusalName | null =>
    actor.permissions.has('service_requests.write') ? reason : 'accessDenied'
  const reopening = decideReopening(side, row, worldNow(deps, { clockOffsetMs: Number(row.clockOffsetMs) }))
  const escalation = decideEscalation(actor.organizationId, request)
  return {
    side,
    actions: {
      reply: may(whyNotWrite('reply', side, row)),
      note: may(whyNotWrite('note', side, row)),
      severity: may(whyNotChange('severity', side, row)),
      escalate: may(typeof escalation === 'object' ? escalation.refuse : null),
      close: may(whyNotChange('close', side, row)),
      reopen: may(typeof reopening === 'object' ? reopening.refuse : null),
    },
  }
}

/** What changed a request, newest first: at most this many, of which more than a few are rare. Replies are in the thread. */
const mostHistory = 50

const shownInThread: readonly AuditAction[] = ['service_request.replied', 'service_request.noted']

async function readHistory(
  db: Db,
  actor: Actor,
  { customerId, serviceRequestId }: OneServiceRequest,
): Promise<ServiceRequestDetail['history']> {
  const hidden = [...shownInThread, ...(actor.organizationKind === 'customer' ? partnerInternalActions : [])]
  const { rows } = await sql<ServiceRequestDetail['history'][number]>`
    select a.id, ${iso('a.at')} as at, a.action,
      jsonb_build_object('name', a.actor_name, 'organization', a.actor_organization) as by, a.before, a.after
    from audit_records a
    where a.customer_id = ${customerId} and a.subject_id = ${serviceRequestId} and a.action <> all(${hidden}::text[])
    order by a.at desc, a.id desc limit ${mostHistory}`.execute(db)
  return rows
}

/**
 * A page of a request's thread, newest first, as far as the actor may read it.
 *
 * @throws Refusal notFound, invalidRequest for a cursor this list did not give
 */
export async function listMessages(
  deps: Deps,
  actor: Actor,
  input: OneServiceRequest & { readonly cursor?: string | undefined; readonly size: number },
): Promise<Page<Message>> {
  const after = unpackTimeCursor(input.cursor)
  const { customerId, serviceRequestId } = input
  const known = await sql`
    select from service_requests r
    where r.customer_id = ${customerId} and r.id = ${serviceRequestId} and ${takesPart(actor, 'r')}`.execute(deps.db)
  if (known.rows.length === 0) throw new Refusal('notFound')
  const { rows } = await sql<Omit<Message, 'at'> & { at: Date }>`
    select m.id, m.kind, m.body, jsonb_build_object('name', m.author_name, 'organization', m.author_organization) as author,
      m.author_organization_id = ${actor.organizationId}::uuid as own, m.at,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', a.id, 'fileName', a.file_name, 'mediaType', a.media_type,
          'sizeBytes', a.size_bytes) order by a.position)
        from service_request_attachments a where a.customer_id = m.customer_id and a.message_id = m.id), '[]') as attachments
    from service_request_messages m
    where m.customer_id = ${customerId} and m.request_id = ${serviceRequestId} and ${readsMessage(actor, 'm')}
      and ${after ? sql`(m.at, m.id) < (${after.at}, ${after.id}::uuid)` : sql`true`}
    order by m.at desc, m.id desc limit ${input.size + 1}`.execute(deps.db)
  const cut = page(rows, input.size, ({ at, id }) => [at.toISOString(), id])
  return { items: cut.items.map((row) => ({ ...row, at: row.at.toISOString() })), next: cut.next }
}
