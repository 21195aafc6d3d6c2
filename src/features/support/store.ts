import { sql } from 'kysely'
import { fieldRefusal } from '../../kernel/errors.ts'
import { type CustomerId, newId, type OrganizationId, type ServiceRequestId } from '../../kernel/ids.ts'
import { searchKey } from '../../kernel/text.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import type { MessageKind, ServiceRequestStatus, Severity } from './rules.ts'

export interface NewServiceRequest {
  readonly id: ServiceRequestId
  readonly customerId: CustomerId
  readonly number: string
  readonly providerId: OrganizationId
  readonly subscriptionId: string | null
  readonly ownerId: OrganizationId
  readonly severity: Severity
  readonly title: string
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string }
  readonly responseDueAt: Date
}

/** Writes a new, open request and lets its parties see it. */
export async function insertServiceRequest(tx: Tx, actor: Actor, at: Date, request: NewServiceRequest): Promise<void> {
  await tx
    .insertInto('service_requests')
    .values({
      customer_id: request.customerId,
      id: request.id,
      number: request.number,
      provider_id: request.providerId,
      subscription_id: request.subscriptionId,
      owner_id: request.ownerId,
      severity: request.severity,
      status: 'open',
      title: request.title,
      contact_name: request.contact.name,
      contact_email: request.contact.email,
      contact_phone: request.contact.phone,
      filed_by_name: actor.userName,
      filed_by_organization_id: actor.organizationId,
      filed_by_organization: actor.organizationName,
      filed_at: at,
      response_due_at: request.responseDueAt,
      changed_at: at,
    })
    .execute()
  await addParties(tx, { ...request, filedAt: at }, [request.customerId, request.ownerId, actor.organizationId])
}

/** Lets organizations see a request from now on. Safe to repeat. */
export async function addParties(
  tx: Tx,
  request: Pick<NewServiceRequest, 'customerId' | 'id' | 'number' | 'title'> & { readonly filedAt: Date },
  parties: readonly string[],
): Promise<void> {
  await sql`
    insert into service_request_parties (customer_id, request_id, party_id, filed_at, closed, search_key)
    select ${request.customerId}, ${request.id}, party, ${request.filedAt}, false, ${searchKey(`${request.number} ${request.title}`)}
    from unnest(${[...new Set(parties)]}::uuid[]) party
    on conflict do nothing`.execute(tx)
}

interface ServiceRequestChange {
  readonly status?: ServiceRequestStatus
  readonly severity?: Severity
  readonly owner_id?: OrganizationId
  readonly escalated_by?: OrganizationId
  readonly escalated_at?: Date
  readonly response_due_at?: Date
  readonly first_response_at?: Date
  readonly overdue_noted_at?: null
  readonly closed_at?: Date | null
}

/** Changes a request that is held. What its parties list by follows. */
export async function updateServiceRequest(
  tx: Tx,
  at: Date,
  { customerId, id }: { readonly customerId: CustomerId; readonly id: ServiceRequestId },
  change: ServiceRequestChange,
): Promise<void> {
  await tx
    .updateTable('service_requests')
    .set({ ...change, changed_at: at })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .execute()
  if (change.status === undefined) return
  await tx
    .updateTable('service_request_parties')
    .set({ closed: change.status === 'closed' })
    .where('customer_id', '=', customerId)
    .where('request_id', '=', id)
    .where('closed', '<>', change.status === 'closed')
    .execute()
}

export interface NewMessage {
  readonly kind: MessageKind
  readonly body: string
  /** Ids of the author's own uploads, in their order. */
  readonly attachments: readonly string[]
}

/**
 * Adds a message to a request's thread, with files its author has sent before.
 *
 * @returns its id.
 * @throws Refusal invalidRequest when one of the files is not there, or not the author's.
 */
export async function insertMessage(
  tx: Tx,
  actor: Actor,
  at: Date,
  { customerId, id: requestId }: { readonly customerId: CustomerId; readonly id: ServiceRequestId },
  message: NewMessage,
): Promise<string> {
  const id = newId<'message'>()
  await tx
    .insertInto('service_request_messages')
    .values({
      customer_id: customerId,
      request_id: requestId,
      id,
      kind: message.kind,
      body: message.body,
      author_user_id: actor.userId,
      author_name: actor.userName,
      author_organization_id: actor.organizationId,
      author_organization: actor.organizationName,
      at,
    })
    .execute()
  if (message.attachments.length > 0) {
    // An upload leaves its table here, so that it goes into one message only.
    const taken = await sql`
      with taken as (
        delete from service_request_uploads u
        where u.id = any(${[...message.attachments]}::uuid[]) and u.user_id = ${actor.userId} and u.stored_at is not null
        returning u.id, u.file_name, u.media_type, u.size_bytes, u.object_key
      )
      insert into service_request_attachments (customer_id, request_id, message_id, id, position, file_name, media_type, size_bytes,
        object_key)
      select ${customerId}, ${requestId}, ${id}, t.id, array_position(${[...message.attachments]}::uuid[], t.id), t.file_name,
        t.media_type, t.size_bytes, t.object_key
      from taken t`.execute(tx)
    if (taken.numAffectedRows !== BigInt(message.attachments.length)) throw fieldRefusal('attachments', 'fileGone')
  }
  return id
}
