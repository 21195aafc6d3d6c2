import { createHash } from 'node:crypto'
import { Refusal } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import type { Upload } from '../../platform/route.ts'
import { write } from '../../platform/write.ts'
import { reachPeople } from './access.ts'
import { checkList } from './check-list.ts'
import { readCountries, readDomains } from './queries.ts'
import { insertUpload, takenNames } from './upload-store.ts'
import type { CheckedUpload, UploadPeople } from './wire.ts'

/** A file of 5,000 rows is well below this. */
export const mostBytes = 4 * 1024 * 1024

/** Problems that are named; a list with more is mended in rounds. */
const namedProblems = 500

/**
 * Takes a list of users for a customer and checks all of it. Nobody is created by this: without problems the list is kept, to be
 * saved; with problems nothing is kept, and they are named row by row.
 *
 * @throws Refusal as `reachPeople` and `checkList`; bodyTooLarge; invalidRequest for an unknown country
 */
export async function uploadPeople(
  deps: Deps,
  actor: Actor,
  input: UploadPeople,
  upload?: Upload,
): Promise<CheckedUpload> {
  if (!upload) throw new Refusal('fileNotReadable')
  const bytes = await readAll(upload.stream)
  const { customerId } = input
  const at = deps.now()
  await reachPeople(deps.db, actor, customerId, 'upload', at)
  const list = await checkList(bytes, {
    domains: await readDomains(deps.db, customerId),
    countries: new Set(await readCountries(deps.db)),
    usageLocation: input.usageLocation,
    taken: (usernames) => takenNames(deps.db, usernames),
  })
  if (list.rows === 0) throw new Refusal('invalidRequest', { fields: [{ field: 'file', rule: 'required' }] })
  const badRows = new Set(list.problems.map(({ line }) => line)).size
  const report = { rows: list.rows, badRows, problems: list.problems.slice(0, namedProblems) }
  if (badRows > 0) return { uploadId: null, ...report }

  // Another file under the same request id is another request.
  const hash = createHash('sha256').update(actor.request.hash).update(bytes).digest('hex')
  const sender = { ...actor, request: { ...actor.request, hash } }
  const { result } = await write(deps, sender, async (tx) => {
    await reachPeople(tx, actor, customerId, 'upload', at)
    const uploadId = newId<'userUpload'>()
    const { locale } = input
    await insertUpload(tx, actor, at, { customerId, uploadId, fileName: upload.fileName, locale }, list.people)
    return { uploadId: uploadId as string }
  })
  return { ...result, ...report }
}

async function readAll(stream: NodeJS.ReadableStream & { truncated?: boolean }): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array))
  // The edge cuts what exceeds the route's limit, and marks it.
  if (stream.truncated) throw new Refusal('bodyTooLarge')
  return Buffer.concat(chunks)
}
