import { sql } from 'kysely'
import type { CustomerId, OrganizationId, ServiceRequestId } from '../../kernel/ids.ts'
import type { Db, Deps, Tx } from '../../platform/context.ts'
import type { DueCounts } from '../../platform/due-work.ts'
import { itself, record } from '../audit/record.ts'
import { tell } from './tell.ts'

/** Requests noted in one transaction. */
const batch = 100

const waiting = sql`r.status <> 'closed' and r.first_response_at is null and r.overdue_noted_at is null`

/** When the first response to one of a provider's requests is due next, at or before `until`. */
export async function nextResponseDue(db: Db, providerId: OrganizationId, until: Date): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(r.response_due_at) as at from service_requests r
    where r.provider_id = ${providerId} and r.response_due_at <= ${until} and ${waiting}`.execute(db)
  return rows[0]?.at ?? undefined
}

/** Notes each request whose first response was not given in time, and tells its owner, once. Source: F198. */
export async function noteOverdue(
  deps: Deps,
  providerId: OrganizationId,
  at: Date,
  stopping: AbortSignal,
): Promise<DueCounts> {
  let noted = 0
  let last = batch
  while (last === batch && !stopping.aborted) {
    last = await deps.db.transaction().execute((tx) => noteBatch(tx, providerId, at))
    noted += last
  }
  return noted === 0 ? {} : { 'service_request.overdue': noted }
}

interface Noted {
  readonly customerId: CustomerId
  readonly id: ServiceRequestId
  readonly number: string
  readonly customer: string
  readonly ownerId: OrganizationId
  readonly withProvider: boolean
  readonly escalatedBy: OrganizationId | null
}

async function noteBatch(tx: Tx, providerId: OrganizationId, at: Date): Promise<number> {
  const { rows } = await sql<Noted>`
    with due as materialized (
      select r.customer_id, r.id from service_requests r
      where r.provider_id = ${providerId} and r.response_due_at <= ${at} and ${waiting}
      order by r.response_due_at, r.id limit ${batch} for update skip locked
    )
    update service_requests r set overdue_noted_at = ${at}
    from due, customers c
    where r.customer_id = due.customer_id and r.id = due.id and c.id = r.customer_id
    returning r.customer_id as "customerId", r.id, r.number, c.legal_name as customer, r.owner_id as "ownerId",
      r.owner_id = r.provider_id as "withProvider", r.escalated_by as "escalatedBy"`.execute(tx)
  for (const row of rows) {
    await recordOverdue(tx, at, providerId, row)
    await tell(tx, at, row, row.ownerId, 'serviceRequestOverdue', { number: row.number, customer: row.customer })
  }
  return rows.length
}

async function recordOverdue(tx: Tx, at: Date, providerId: OrganizationId, row: Noted): Promise<void> {
  const resellerId = row.withProvider ? row.escalatedBy : row.ownerId
  await record(tx, itself, at, {
    action: 'service_request.overdue',
    subjectKind: 'serviceRequest',
    subjectId: row.id,
    customerId: row.customerId,
    ...(row.withProvider ? { providerId } : {}),
    ...(resellerId === null ? {} : { resellerId }),
    after: { number: row.number },
  })
}
