import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { keepUpload } from '../../platform/data-file.ts'
import { objectStore } from '../../platform/object-store.ts'
import type { Upload } from '../../platform/route.ts'
import { write } from '../../platform/write.ts'
import { detectMediaType } from './detect-media-type.ts'
import { attachmentLimits, cleanFileName, isAllowedAttachment } from './rules.ts'
import type { Uploaded } from './wire.ts'

/**
 * Takes a file that its sender will put into a message. It streams to a file first, so that what is too large is never held whole;
 * what it is decides its bytes, which must fit its name. Waits for a message for a day.
 *
 * @throws Refusal bodyTooLarge, fileEmpty, fileTypeRefused, tooManyUploads
 */
export async function receiveAttachment(deps: Deps, actor: Actor, _input: object, upload?: Upload): Promise<Uploaded> {
  if (!upload) throw new Refusal('fileNotReadable')
  await using kept = await keepUpload(upload.stream, deps.config.dataFolder)
  const bytes = await readFile(kept.path)
  if (bytes.length === 0) throw new Refusal('fileEmpty')
  const fileName = cleanFileName(upload.fileName)
  const mediaType = await detectMediaType(bytes)
  if (mediaType === undefined || !isAllowedAttachment(fileName, mediaType)) throw new Refusal('fileTypeRefused')

  // Another file under the same request id is another request.
  const hash = createHash('sha256').update(`${actor.request.hash} `).update(bytes).digest('hex')
  const sender = { ...actor, request: { ...actor.request, hash } }
  const { result } = await write(deps, sender, async (tx) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from service_request_uploads where user_id = ${actor.userId}`.execute(tx)
    if ((rows[0]?.count ?? 0) >= attachmentLimits.waiting) throw new Refusal('tooManyUploads')
    const id = newId<'upload'>()
    await tx
      .insertInto('service_request_uploads')
      .values({
        id,
        user_id: actor.userId,
        organization_id: actor.organizationId,
        file_name: fileName,
        media_type: mediaType,
        size_bytes: bytes.length,
        object_key: `service-requests/${actor.organizationId}/${id}`,
        uploaded_at: deps.now(),
      })
      .execute()
    return { id, fileName, mediaType, sizeBytes: bytes.length }
  })
  // Outside the transaction, since the store may be far away. A repeat of a request that was cut off here stores it again.
  await objectStore(deps).put(`service-requests/${actor.organizationId}/${result.id}`, bytes)
  await sql`
    update service_request_uploads set stored_at = ${deps.now()} where id = ${result.id} and stored_at is null`.execute(
    deps.db,
  )
  return result
}
