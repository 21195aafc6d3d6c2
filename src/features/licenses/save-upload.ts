import { fieldRefusal, Refusal } from '../../kernel/errors.ts'
import type { UserId } from '../../kernel/ids.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { enqueue } from '../../platform/jobs.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { readActor } from '../identity/authenticate.ts'
import { reachPeople, type ReachedCustomer } from './access.ts'
import { createListed } from './create-listed.ts'
import { makePasswords, type NewPassword } from './passwords.ts'
import { readUpload } from './read-upload.ts'
import { rowsAtOnce, type Sku } from './rules.ts'
import { readSkus } from './store.ts'
import { onBehalfOf } from './subject.ts'
import {
  finishUpload,
  type HeldUpload,
  holdUpload,
  putResults,
  readWaiting,
  startUpload,
  type UploadKey,
} from './upload-store.ts'
import type { Password, SavedUpload, SaveUpload } from './wire.ts'

/** Name of the job that creates the users of a long list. */
export const createListedJob = 'create-listed-users'

/**
 * Creates the users of a checked list, row by row. Up to a hundred at once, with their temporary passwords in this one answer; more
 * in the background, without passwords, which are issued afterwards (`issuePasswords`).
 *
 * @throws Refusal as `reachPeople`; notFound; uploadSaved; invalidRequest for a product that the catalog does not have
 */
export async function saveUpload(deps: Deps, actor: Actor, input: SaveUpload): Promise<SavedUpload> {
  const { customerId, uploadId } = input
  const seen = await readUpload(deps, actor, input)
  const passwords = seen.status === 'checked' && seen.rows <= rowsAtOnce ? await makePasswords(seen.rows) : []
  const { result, replayed } = await write(deps, actor, async (tx) => {
    const at = deps.now()
    const customer = await reachPeople(tx, actor, customerId, 'upload', at)
    const upload = await holdUpload(tx, input)
    if (!upload) throw new Refusal('notFound')
    if (upload.status !== 'checked') throw new Refusal('uploadSaved')
    await refuseUnknown(tx, input.licenses)
    await startUpload(tx, actor, at, input, input.licenses)
    await record(tx, actor, at, {
      action: 'user.list_uploaded',
      subjectKind: 'userUpload',
      subjectId: uploadId,
      customerId,
      ...onBehalfOf(actor, customer),
      after: { fileName: upload.fileName, users: upload.rows },
    })
    if (upload.rows > rowsAtOnce) {
      await enqueue(tx, { name: createListedJob }, { customerId, uploadId })
      return { status: 'running' as const, shown: [] }
    }
    const shown = await createAtOnce(tx, actor, at, customer, input, { ...upload, licenses: input.licenses }, passwords)
    await finishUpload(tx, at, input)
    return { status: 'done' as const, shown }
  })
  return {
    status: result.status,
    passwords: replayed ? [] : result.shown.flatMap((one) => withPassword(one, passwords)),
    alreadyShown: replayed && result.shown.length > 0,
  }
}

/** Who got the password of which place. What is kept of an answer holds the place, never the password. */
interface Shown extends Omit<Password, 'temporaryPassword'> {
  readonly place: number
}

function withPassword({ place, ...person }: Shown, passwords: readonly NewPassword[]): readonly Password[] {
  const made = passwords[place]
  return made ? [{ ...person, temporaryPassword: made.password }] : []
}

async function createAtOnce(
  tx: Tx,
  actor: Actor,
  at: Date,
  customer: ReachedCustomer,
  key: UploadKey,
  { locale, licenses }: HeldUpload,
  passwords: readonly NewPassword[],
): Promise<Shown[]> {
  const people = await readWaiting(tx, key, rowsAtOnce)
  const hashes = passwords.map(({ hash }) => hash)
  const results = await createListed(tx, actor, at, customer, people, { locale, licenses, hashes })
  await putResults(tx, key, results)
  return people.flatMap(({ line, displayName: name, username }, place) =>
    results[place]?.userId ? [{ line, name, username, place }] : [],
  )
}

async function refuseUnknown(tx: Tx, licenses: readonly Sku[]): Promise<void> {
  const known = await readSkus(tx, licenses)
  if (known.length < licenses.length) throw fieldRefusal('licenses', 'notOneOf')
}

/** Rows of a long list that are created in one transaction. */
const batch = 50

/**
 * Creates what is left of a long list. Whoever saved it is asked for again before each batch: when its roles, its tie to the customer
 * or its privilege are gone, the work stops there. Safe to run twice, also at once.
 */
export async function createListedUsers(deps: Deps, key: UploadKey): Promise<void> {
  for (let goesOn = true; goesOn;) {
    goesOn = await deps.db.transaction().execute(async (tx) => {
      const upload = await holdUpload(tx, key)
      if (upload?.status !== 'running') return false
      const at = deps.now()
      const actor = await sender(deps, upload.createdBy, key)
      const customer = actor && (await reachOrWhy(tx, actor, key, at))
      if (!actor || !customer || typeof customer === 'string') {
        await finishUpload(tx, at, key, typeof customer === 'string' ? customer : 'accessDenied')
        return false
      }
      const people = await readWaiting(tx, key, batch)
      if (people.length === 0) {
        await finishUpload(tx, at, key)
        return false
      }
      await putResults(tx, key, await createListed(tx, actor, at, customer, people, upload))
      return true
    })
  }
}

async function sender(deps: Deps, userId: UserId, { uploadId }: UploadKey): Promise<Actor | undefined> {
  const active = await deps.db
    .selectFrom('users')
    .select('id')
    .where('id', '=', userId)
    .where('status', '=', 'active')
    .executeTakeFirst()
  return active && (await readActor(deps, userId, { hash: '', correlationId: uploadId, ip: '' }))
}

async function reachOrWhy(tx: Tx, actor: Actor, { customerId }: UploadKey, at: Date) {
  try {
    return await reachPeople(tx, actor, customerId, 'upload', at)
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
}
