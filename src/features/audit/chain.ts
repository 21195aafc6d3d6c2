import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'

/** Where a record stands in commit order. */
export interface Position {
  readonly xact: string
  readonly id: string
}

/** Comes before every record. */
export const beginning: Position = { xact: '0', id: '00000000-0000-0000-0000-000000000000' }

/** What the first seal continues: nothing, spelled out. */
export const firstHash = '0'.repeat(64)

export interface ChainRecord extends Position {
  /** SHA-256 of the record's canonical JSON, hex. */
  readonly hash: string
}

interface CanonicalRow extends Position {
  readonly values: readonly (string | null)[]
}

/**
 * Reads records in commit order, after one position and up to another, with the hash of each. The canonical JSON is an array
 * of the column values as text, in a fixed order; `xact` is not part of it, because it is this database's counter and not what
 * happened.
 *
 * @param until Without one, up to the oldest transaction that may still write: whatever comes later sorts behind.
 */
export async function readChain(
  db: Db,
  after: Position,
  until: Position | undefined,
  limit: number,
): Promise<ChainRecord[]> {
  const end = until
    ? sql`(xact, id) <= (${until.xact}::xid8, ${until.id}::uuid)`
    : sql`xact < pg_snapshot_xmin(pg_current_snapshot())`
  const { rows } = await sql<CanonicalRow>`
    select xact::text, id, array[
      id::text, customer_id::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), action, subject_kind,
      subject_id, actor_user_id::text, actor_name, actor_organization_id::text, actor_organization, on_behalf_of,
      provider_id::text, reseller_id::text, before::text, after::text, request_id, ip
    ] as values
    from audit_records
    where (xact, id) > (${after.xact}::xid8, ${after.id}::uuid) and ${end}
    order by xact, id
    limit ${limit}`.execute(db)
  return rows.map(({ xact, id, values }) => ({ xact, id, hash: sha256(JSON.stringify(values)) }))
}

/** Folds record hashes into the hash they continue: each step hashes the hash so far and the next record's. */
export function fold(previous: string, records: readonly Pick<ChainRecord, 'hash'>[]): string {
  return records.reduce((hash, record) => sha256(Buffer.from(hash + record.hash, 'hex')), previous)
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
