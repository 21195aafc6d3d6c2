import { sql } from 'kysely'
import type { Deps, Tx } from '../../platform/context.ts'
import { beginning, firstHash, fold, readChain } from './chain.ts'

/** Records in one seal at most. */
export const sealSize = 1000

/** Any number will do; it must not change between versions. */
const sealLock = 5_262_060

/**
 * Seals every final record that is not sealed yet, in commit order. A record is final once no transaction older than or equal
 * to its own is still running, so none can be committed into a batch that was already sealed. Safe to run anywhere and at any
 * time: processes that seal at once take turns.
 *
 * @param stopping Aborted when the program ends: no further batch is begun.
 * @returns how many records were sealed now; 0 also while another process is sealing.
 */
export async function sealAudit(deps: Deps, stopping?: AbortSignal): Promise<number> {
  let sealed = 0
  for (;;) {
    const batch = await deps.db.transaction().execute((tx) => sealBatch(tx, deps.now()))
    sealed += batch
    if (batch < sealSize || stopping?.aborted) return sealed
  }
}

async function sealBatch(tx: Tx, at: Date): Promise<number> {
  const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(${sealLock}) as taken`.execute(tx)
  if (!rows[0]?.taken) return 0

  const last = await tx
    .selectFrom('audit_seals')
    .select(['number', 'hash', 'last_xact', 'last_id'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const after = last ? { xact: last.last_xact, id: last.last_id } : beginning
  const records = await readChain(tx, after, undefined, sealSize)
  const first = records.at(0)
  const end = records.at(-1)
  if (!first || !end) return 0

  const previous = last?.hash ?? firstHash
  await tx
    .insertInto('audit_seals')
    .values({
      number: (last?.number ?? 0n) + 1n,
      previous_hash: previous,
      hash: fold(previous, records),
      first_xact: first.xact,
      first_id: first.id,
      last_xact: end.xact,
      last_id: end.id,
      record_count: records.length,
      record_ids: records.map(({ id }) => id),
      record_hashes: Buffer.from(records.map(({ hash }) => hash).join(''), 'hex'),
      sealed_at: at,
    })
    .execute()
  return records.length
}
