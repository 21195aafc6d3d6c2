import type { CopyIn } from '../../platform/bulk.ts'

/** Collects rows for tables and sends them in batches, while the next ones are made ready. */
export interface RowSender<Table extends string> {
  /** Takes a row. Wait for what it returns, if anything: the batch before the one that this row completes. */
  readonly add: (table: Table, row: string) => Promise<void> | undefined
  /** Sends what is left, and waits until the database has everything. Run no query before. */
  readonly flush: () => Promise<void>
}

/** One batch is under way at a time, since the session answers in order; memory holds two at most. */
export function rowSender<Table extends string>(
  copyIn: CopyIn,
  tables: readonly Table[],
  batchRows: number,
): RowSender<Table> {
  const emptyBatch = () => new Map(tables.map((table) => [table, [] as string[]]))
  let batch = emptyBatch()
  let count = 0
  let underWay: Promise<void> = Promise.resolve()
  const send = (): Promise<void> => {
    const full = batch
    batch = emptyBatch()
    count = 0
    const before = underWay
    underWay = before.then(() => copyBatch(copyIn, full))
    // Whoever waits next is told of a failure; until then nobody listens.
    underWay.catch(() => {})
    return before
  }
  return {
    add(table, row) {
      batch.get(table)?.push(row)
      count += 1
      return count >= batchRows ? send() : undefined
    },
    flush() {
      void send()
      return underWay
    },
  }
}

async function copyBatch(copyIn: CopyIn, batch: ReadonlyMap<string, readonly string[]>): Promise<void> {
  for (const [table, rows] of batch) if (rows.length > 0) await copyIn(table, rows.join(''))
}
