import { sql } from 'kysely'
import type { Db } from '../../platform/context.ts'
import { beginning, firstHash, fold, type Position, readChain } from './chain.ts'
import { sealSize } from './seal-audit.ts'

/** Where the chain first does not fit. */
export interface Break {
  /** Number of the seal. */
  readonly seal: string
  readonly what: 'recordChanged' | 'recordRemoved' | 'recordAdded' | 'sealChanged' | 'sealMissing' | 'hashNotFound'
  /** The first record that does not fit; null when it is the seal itself. */
  readonly record: string | null
}

export interface Verification {
  readonly seals: number
  /** Records whose hashes were recomputed. */
  readonly records: number
  /** Records after the last seal. */
  readonly unsealed: number
  /** Hash of the last seal that fits; note it elsewhere, and even the removal of the newest seals shows. */
  readonly lastHash: string
  readonly broken: Break | null
}

interface Seal {
  readonly number: string
  readonly previousHash: string
  readonly hash: string
  readonly first: Position
  readonly last: Position
  readonly count: number
  readonly ids: readonly string[]
  readonly hashes: readonly string[]
}

/**
 * Recomputes the chain from its beginning, seal by seal, and stops at the first thing that does not fit.
 *
 * @param expected A hash noted after an earlier run: it must stand somewhere in the chain.
 */
export async function verifyAudit(db: Db, expected?: string): Promise<Verification> {
  let previous = { number: 0n, hash: firstHash, last: beginning }
  let records = 0
  let seals = 0
  let found = expected === undefined || expected === firstHash
  const end = async (broken: Break | null): Promise<Verification> => ({
    seals,
    records,
    unsealed: broken ? 0 : await countAfter(db, previous.last),
    lastHash: previous.hash,
    broken,
  })

  for (;;) {
    const seal = await nextSeal(db, previous.number)
    if (!seal) break
    const number = previous.number + 1n
    if (BigInt(seal.number) !== number) return await end({ seal: String(number), what: 'sealMissing', record: null })
    const broken = await checkSeal(db, seal, previous)
    if (broken) return await end(broken)
    seals += 1
    records += seal.count
    previous = { number, hash: seal.hash, last: seal.last }
    found ||= seal.hash === expected
  }
  return await end(found ? null : { seal: String(previous.number), what: 'hashNotFound', record: null })
}

async function checkSeal(db: Db, seal: Seal, previous: { hash: string; last: Position }): Promise<Break | undefined> {
  // One more than a seal holds shows that there are too many.
  const there = await readChain(db, previous.last, seal.last, sealSize + 1)
  for (let at = 0; at < Math.max(there.length, seal.ids.length); at += 1) {
    const is = there[at]
    const was = seal.ids[at]
    if (is?.id === was && is?.hash === seal.hashes[at]) continue
    if (is && is.id === was) return { seal: seal.number, what: 'recordChanged', record: is.id }
    if (was !== undefined && !there.some(({ id }) => id === was))
      return { seal: seal.number, what: 'recordRemoved', record: was }
    return { seal: seal.number, what: 'recordAdded', record: is?.id ?? was ?? null }
  }
  const first = there.at(0)
  const last = there.at(-1)
  const fits =
    seal.previousHash === previous.hash &&
    seal.hash === fold(previous.hash, there) &&
    seal.count === there.length &&
    first?.id === seal.first.id &&
    first.xact === seal.first.xact &&
    last?.id === seal.last.id &&
    last.xact === seal.last.xact
  return fits ? undefined : { seal: seal.number, what: 'sealChanged', record: null }
}

async function nextSeal(db: Db, after: bigint): Promise<Seal | undefined> {
  const row = await db
    .selectFrom('audit_seals')
    .select(['number', 'previous_hash', 'hash', 'first_xact', 'first_id', 'last_xact', 'last_id', 'record_count'])
    .select(['record_ids', 'record_hashes'])
    .where('number', '>', after)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst()
  return (
    row && {
      number: String(row.number),
      previousHash: row.previous_hash,
      hash: row.hash,
      first: { xact: row.first_xact, id: row.first_id },
      last: { xact: row.last_xact, id: row.last_id },
      count: row.record_count,
      ids: row.record_ids,
      hashes: row.record_hashes.toString('hex').match(/.{64}/g) ?? [],
    }
  )
}

async function countAfter(db: Db, position: Position): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from audit_records
    where (xact, id) > (${position.xact}::xid8, ${position.id}::uuid)`.execute(db)
  return Number(rows[0]?.count ?? 0n)
}
