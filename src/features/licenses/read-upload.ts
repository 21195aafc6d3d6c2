import { sql } from 'kysely'
import { fieldRefusal, Refusal } from '../../kernel/errors.ts'
import { type Page, page, unpackCursor } from '../../kernel/paging.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { reachPeople } from './access.ts'
import { isNewcomer, type UploadKey } from './upload-store.ts'
import type { UploadRow, UploadRows, UploadState } from './wire.ts'

type Row = Omit<UploadState, 'createdAt' | 'finishedAt'> & {
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

/**
 * How far a list of users has come, counted anew each time.
 *
 * @throws Refusal as `reachPeople`; notFound
 */
export async function readUpload(deps: Deps, actor: Actor, { customerId, uploadId }: UploadKey): Promise<UploadState> {
  await reachPeople(deps.db, actor, customerId, 'upload', deps.now())
  const { rows } = await sql<Row>`
    select l.id, l.file_name as "fileName", l.status, l.row_count as rows, l.created_by_name as "createdByName",
      l.created_at as "createdAt", l.finished_at as "finishedAt", l.stopped_because as "stoppedBecause",
      n.created, n.refused, n."withoutLicense", n."neverSignedIn"
    from user_uploads l
    cross join lateral (
      select count(*) filter (where r.state = 'created')::int as created,
        count(*) filter (where r.state = 'refused')::int as refused,
        count(*) filter (where r.license_problems <> '[]')::int as "withoutLicense",
        count(*) filter (where ${isNewcomer})::int as "neverSignedIn"
      from user_upload_rows r left join users u on u.id = r.user_id and u.organization_id = r.customer_id
      where r.customer_id = l.customer_id and r.upload_id = l.id
    ) n
    where l.customer_id = ${customerId} and l.id = ${uploadId}`.execute(deps.db)
  const [row] = rows
  if (!row) throw new Refusal('notFound')
  return { ...row, createdAt: row.createdAt.toISOString(), finishedAt: row.finishedAt?.toISOString() ?? null }
}

/**
 * The rows of a list in their order, and what became of each; or only those with a problem.
 *
 * @throws Refusal as `reachPeople`; notFound
 */
export async function readUploadRows(deps: Deps, actor: Actor, input: UploadRows): Promise<Page<UploadRow>> {
  const { customerId, uploadId, only, size } = input
  await readUpload(deps, actor, input)
  const [after] = input.cursor === undefined ? ['0'] : (unpackCursor(input.cursor, 1) ?? [])
  if (!/^\d{1,9}$/.test(after ?? '')) throw fieldRefusal('cursor', 'invalid')
  const { rows } = await sql<UploadRow>`
    select line, username, display_name as name, usage_location as "usageLocation", state, problem,
      license_problems as "licenseProblems"
    from user_upload_rows
    where customer_id = ${customerId} and upload_id = ${uploadId} and line > ${Number(after)}
      ${only === 'problems' ? sql`and (problem is not null or license_problems <> '[]')` : sql``}
    order by line limit ${size + 1}`.execute(deps.db)
  return page(rows, size, ({ line }) => [String(line)])
}
