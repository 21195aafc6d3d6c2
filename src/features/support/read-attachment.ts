import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { objectStore } from '../../platform/object-store.ts'
import type { FileReply } from '../../platform/route.ts'
import type { OneServiceRequest } from './hold-service-request.ts'
import { readsMessage, takesPart } from './sql.ts'

interface Row {
  readonly fileName: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly key: string
}

/**
 * A file of a message the actor may read, to be downloaded.
 *
 * @throws Refusal notFound, also when the object store has lost it
 */
export async function readAttachment(
  deps: Deps,
  actor: Actor,
  input: OneServiceRequest & { readonly attachmentId: string },
): Promise<FileReply> {
  const { rows } = await sql<Row>`
    select a.file_name as "fileName", a.media_type as "mediaType", a.size_bytes as "sizeBytes", a.object_key as key
    from service_request_attachments a
    join service_request_messages m on m.customer_id = a.customer_id and m.id = a.message_id
    join service_requests r on r.customer_id = a.customer_id and r.id = a.request_id
    where a.customer_id = ${input.customerId} and a.id = ${input.attachmentId} and a.request_id = ${input.serviceRequestId}
      and ${takesPart(actor, 'r')} and ${readsMessage(actor, 'm')}`.execute(deps.db)
  const [row] = rows
  const stream = row && (await objectStore(deps).get(row.key))
  if (!row || !stream) throw new Refusal('notFound')
  return { fileName: row.fileName, mediaType: row.mediaType, sizeBytes: row.sizeBytes, stream }
}
