import { sql } from 'kysely'
import type { RefusalName } from '../../kernel/errors.ts'
import type { CustomerId, Id, UserId } from '../../kernel/ids.ts'
import type { Actor, Db, Tx } from '../../platform/context.ts'
import type { ListedPerson } from './check-list.ts'
import type { Sku } from './rules.ts'
import type { LicenseProblem } from './wire.ts'

export type UploadId = Id<'userUpload'>

export interface UploadKey {
  readonly customerId: CustomerId
  readonly uploadId: UploadId
}

/** Which of these names somebody signs in with, or has as an address, anywhere. */
export async function takenNames(db: Db, usernames: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    select n.name from unnest(${[...usernames]}::text[]) as n (name)
    where exists (select from users u where u.username = n.name)
      or exists (select from users u where u.email = n.name and u.status <> 'deleted')`.execute(db)
  return new Set(rows.map(({ name }) => name))
}

/** Keeps a checked list with its rows. */
export async function insertUpload(
  tx: Tx,
  actor: Actor,
  at: Date,
  { customerId, uploadId, fileName, locale }: UploadKey & { readonly fileName: string; readonly locale: 'en' | 'tr' },
  people: readonly ListedPerson[],
): Promise<void> {
  await sql`
    insert into user_uploads (customer_id, id, file_name, language, status, row_count, created_by, created_by_name, created_at)
    values (${customerId}, ${uploadId}, ${fileName}, ${locale}, 'checked', ${people.length}, ${actor.userId}, ${actor.userName}, ${at})`.execute(
    tx,
  )
  const column = (name: keyof ListedPerson) => people.map((person) => person[name])
  await sql`
    insert into user_upload_rows (customer_id, upload_id, line, username, first_name, last_name, display_name, usage_location)
    select ${customerId}, ${uploadId}, r.* from unnest(${column('line')}::int[], ${column('username')}::text[],
      ${column('firstName')}::text[], ${column('lastName')}::text[], ${column('displayName')}::text[],
      ${column('usageLocation')}::text[]) as r`.execute(tx)
}

/** A list as its work goes on. */
export interface HeldUpload {
  readonly status: 'checked' | 'running' | 'done' | 'stopped'
  readonly rows: number
  readonly fileName: string
  readonly locale: 'en' | 'tr'
  readonly licenses: readonly Sku[]
  readonly createdBy: UserId
}

/** Reads a customer's list and holds it until the transaction ends; undefined when there is none. */
export async function holdUpload(tx: Tx, { customerId, uploadId }: UploadKey): Promise<HeldUpload | undefined> {
  const { rows } = await sql<HeldUpload>`
    select status, row_count as rows, file_name as "fileName", language as locale, licenses, created_by as "createdBy"
    from user_uploads where customer_id = ${customerId} and id = ${uploadId} for update`.execute(tx)
  return rows[0]
}

/** Marks that a list is being created, by whom, and which licenses everybody in it gets. */
export async function startUpload(
  tx: Tx,
  actor: Actor,
  at: Date,
  { customerId, uploadId }: UploadKey,
  licenses: readonly Sku[],
): Promise<void> {
  await sql`
    update user_uploads set status = 'running', saved_at = ${at}, licenses = ${JSON.stringify(licenses)}::jsonb,
      created_by = ${actor.userId}, created_by_name = ${actor.userName}
    where customer_id = ${customerId} and id = ${uploadId}`.execute(tx)
}

/** Marks that nothing more will be created of a list; with a reason when that is before its end. */
export async function finishUpload(
  tx: Tx,
  at: Date,
  { customerId, uploadId }: UploadKey,
  stoppedBecause?: RefusalName,
): Promise<void> {
  await sql`
    update user_uploads set status = ${stoppedBecause ? 'stopped' : 'done'}, finished_at = ${at},
      stopped_because = ${stoppedBecause ?? null}
    where customer_id = ${customerId} and id = ${uploadId}`.execute(tx)
}

/** The next rows of a list of which nothing has been made yet. */
export async function readWaiting(
  tx: Tx,
  { customerId, uploadId }: UploadKey,
  limit: number,
): Promise<readonly ListedPerson[]> {
  const { rows } = await sql<ListedPerson>`
    select line, username, first_name as "firstName", last_name as "lastName", display_name as "displayName",
      usage_location as "usageLocation"
    from user_upload_rows
    where customer_id = ${customerId} and upload_id = ${uploadId} and state = 'waiting' order by line limit ${limit}`.execute(
    tx,
  )
  return rows
}

/** What became of one row. */
export interface RowResult {
  readonly line: number
  readonly userId: UserId | null
  readonly problem: RefusalName | null
  readonly licenseProblems: readonly LicenseProblem[]
}

/** Writes down what became of rows. */
export async function putResults(
  tx: Tx,
  { customerId, uploadId }: UploadKey,
  results: readonly RowResult[],
): Promise<void> {
  await sql`
    update user_upload_rows r set state = case when n.user_id is null then 'refused' else 'created' end, user_id = n.user_id,
      problem = n.problem, license_problems = n.license_problems
    from unnest(${results.map(({ line }) => line)}::int[], ${results.map(({ userId }) => userId)}::uuid[],
      ${results.map(({ problem }) => problem)}::text[],
      ${results.map(({ licenseProblems }) => JSON.stringify(licenseProblems))}::jsonb[])
      as n (line, user_id, problem, license_problems)
    where r.customer_id = ${customerId} and r.upload_id = ${uploadId} and r.line = n.line`.execute(tx)
}

/** A created user of a list who has never signed in, and may be given a password. */
export interface Newcomer {
  readonly line: number
  readonly userId: UserId
  readonly name: string
  readonly username: string
}

/**
 * Created users of a list, behind a line, who are active, have never signed in and are no administrators: until they choose a
 * password of their own, a lost one may be replaced.
 */
export async function readNewcomers(
  db: Db,
  { customerId, uploadId }: UploadKey,
  after: number,
  limit: number,
  hold = false,
): Promise<readonly Newcomer[]> {
  const { rows } = await sql<Newcomer>`
    select r.line, u.id as "userId", u.display_name as name, u.username
    from user_upload_rows r join users u on u.id = r.user_id and u.organization_id = r.customer_id
    where r.customer_id = ${customerId} and r.upload_id = ${uploadId} and r.state = 'created' and r.line > ${after}
      and ${isNewcomer}
    order by r.line limit ${limit} ${hold ? sql`for update of u` : sql``}`.execute(db)
  return rows
}

/** Whether the user `u` may be given its first password. */
export const isNewcomer = sql`(u.status = 'active' and u.last_sign_in_at is null
  and (u.must_change_password or not exists (select from credentials c where c.user_id = u.id))
  and not exists (select from role_assignments g where g.user_id = u.id and g.role = 'global_admin' and g.revoked_at is null))`

/** Forgets lists that nobody saved within a day, and what became of others after 30 days. */
export async function deleteOldUploads(db: Db, checkedBefore: Date, finishedBefore: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from user_uploads where (customer_id, id) in (
      select customer_id, id from user_uploads
      where (status = 'checked' and created_at < ${checkedBefore})
        or (status in ('done', 'stopped') and created_at < ${finishedBefore})
      order by created_at limit 100)`.execute(db)
  return Number(numAffectedRows ?? 0n)
}
