import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, OrganizationId, ServiceRequestId } from '../../kernel/ids.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import type { Severity, ServiceRequestStatus } from './rules.ts'
import { takesPart } from './sql.ts'

/** A service request that is about to change, as it stands. */
export interface HeldServiceRequest {
  readonly id: ServiceRequestId
  readonly customerId: CustomerId
  readonly customerName: string
  readonly number: string
  readonly providerId: OrganizationId
  readonly providerName: string
  /** How far the provider's clock is ahead. */
  readonly clockOffsetMs: number
  readonly ownerId: OrganizationId
  readonly ownerName: string
  readonly escalatedBy: OrganizationId | null
  readonly filedBy: OrganizationId
  readonly severity: Severity
  readonly status: ServiceRequestStatus
  readonly title: string
  readonly filedAt: Date
  readonly responseDueAt: Date
  readonly firstResponseAt: Date | null
  readonly closedAt: Date | null
}

export interface OneServiceRequest {
  readonly customerId: CustomerId
  readonly serviceRequestId: ServiceRequestId
}

/**
 * Reads a request the actor sees, and holds its row until the transaction ends.
 *
 * @throws Refusal notFound
 */
export async function holdServiceRequest(
  tx: Tx,
  actor: Actor,
  { customerId, serviceRequestId }: OneServiceRequest,
): Promise<HeldServiceRequest> {
  // The lock first: what is read after it is what stands.
  await sql`
    select from service_requests r
    where r.customer_id = ${customerId} and r.id = ${serviceRequestId} and ${takesPart(actor, 'r')}
    for update of r`.execute(tx)
  const { rows } = await sql<Omit<HeldServiceRequest, 'clockOffsetMs'> & { clockOffsetMs: string }>`
    select r.id, r.customer_id as "customerId", c.legal_name as "customerName", r.number, r.provider_id as "providerId",
      p.trading_name as "providerName", p.clock_offset_ms as "clockOffsetMs", r.owner_id as "ownerId",
      o.trading_name as "ownerName", r.escalated_by as "escalatedBy", r.filed_by_organization_id as "filedBy", r.severity,
      r.status, r.title, r.filed_at as "filedAt", r.response_due_at as "responseDueAt",
      r.first_response_at as "firstResponseAt", r.closed_at as "closedAt"
    from service_requests r
    join customers c on c.id = r.customer_id
    join organizations p on p.id = r.provider_id
    join organizations o on o.id = r.owner_id
    where r.customer_id = ${customerId} and r.id = ${serviceRequestId} and ${takesPart(actor, 'r')}`.execute(tx)
  const [row] = rows
  if (!row) throw new Refusal('notFound')
  return { ...row, clockOffsetMs: Number(row.clockOffsetMs) }
}
