import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { withBulkSession, type CopyIn } from '../../platform/bulk.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { hashFile, readDataFile } from '../../platform/data-file.ts'
import { readCsv, type CsvRecord } from '../../platform/read-csv.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { matchColumns, type MatchedColumns } from './file-columns.ts'
import { mostProblems, together, type FoundProblems, type LineProblem, type Staging } from './file-staging.ts'
import type { CellProblem } from './file-values.ts'
import { offerLineReader, offerMatrixColumns } from './offer-matrix-file.ts'
import { stageOfferMatrix } from './offer-matrix-store.ts'
import { priceLineReader, priceListColumns } from './price-list-file.ts'
import { stagePriceList } from './price-list-store.ts'
import { writeImport } from './store.ts'
import type { CatalogFileKind, ImportReport } from './wire.ts'

export interface ImportCatalogFile {
  readonly kind: CatalogFileKind
  /** The name people know the file by. */
  readonly fileName: string
  /** Where it lies: CSV, or a ZIP archive that holds one CSV. */
  readonly path: string
  /** Reports what an import would do, and writes nothing. */
  readonly dryRun: boolean
  /** Imports the good lines of a file that has bad ones; otherwise such a file is refused as a whole. */
  readonly leaveOutBadLines: boolean
}

/**
 * Takes a vendor's price list or offer matrix into the catalog, in one transaction. Imports wait for each other. The same
 * file again changes nothing, and leaves no trace in the history. A published price never changes: a line that says
 * otherwise is a bad line, and a new price supersedes the old one by a later start.
 *
 * The report says what came of it (`outcome`), also when the file was refused for its bad lines.
 *
 * @throws Refusal fileNotReadable, columnsMissing
 */
export async function importCatalogFile(deps: Deps, actor: Actor, input: ImportCatalogFile): Promise<ImportReport> {
  const fileHash = await hashFile(input.path)
  // Another file under the same request id is another request.
  const hash = createHash('sha256').update(`${actor.request.hash} ${fileHash}`).digest('hex')
  const importer = { ...actor, request: { ...actor.request, hash } }
  return await withBulkSession(deps, async (bulk, copyIn) => {
    try {
      if (input.dryRun)
        return await bulk.db.transaction().execute((tx) => load(bulk, tx, copyIn, importer, input, fileHash))
      return (await write(bulk, importer, (tx) => load(bulk, tx, copyIn, importer, input, fileHash))).result
    } catch (error) {
      if (error instanceof NothingToKeep) return error.report
      throw error
    }
  })
}

/** Thrown out of the transaction so that nothing of it stays; the report is all that remains. */
class NothingToKeep extends Error {
  readonly report: ImportReport

  constructor(report: ImportReport) {
    super(report.outcome)
    this.report = report
  }
}

/** Any number will do; it must not change between versions. */
const importLock = 5_262_020

async function load(
  deps: Deps,
  tx: Tx,
  copyIn: CopyIn,
  actor: Actor,
  input: ImportCatalogFile,
  fileHash: string,
): Promise<ImportReport> {
  await sql`select pg_advisory_xact_lock(${importLock})`.execute(tx)
  const file =
    input.kind === 'price-list'
      ? await stageFile(input.path, priceListColumns, priceLineReader, (columns) =>
          stagePriceList(tx, copyIn, columns.EndofSaleDate !== undefined),
        )
      : await stageFile(input.path, offerMatrixColumns, offerLineReader, () => stageOfferMatrix(tx, copyIn))

  const bad = together(file.bad, await file.staging.settle())
  const counts = await file.staging.count()
  const { added, changed, shortened, superseded, addedSkus, changedSkus } = counts
  const report: ImportReport = {
    kind: input.kind,
    fileName: input.fileName,
    outcome: 'checked',
    lines: file.lines,
    added,
    changed,
    ended: shortened + superseded,
    // Equal repeats of a line are among them.
    unchanged: file.lines - bad.lines - added - changed - shortened,
    addedSkus,
    changedSkus,
    badLines: bad.lines,
    ignoredColumns: file.ignored.slice(0, mostProblems).map((name) => name.slice(0, 100)),
    problems: bad.problems.map((problem) => ({ params: {}, ...problem })),
  }
  if (input.dryRun) throw new NothingToKeep(report)
  if (bad.lines > 0 && !input.leaveOutBadLines) throw new NothingToKeep({ ...report, outcome: 'refused' })
  if (added + changed + report.ended + addedSkus + changedSkus === 0) {
    throw new NothingToKeep({ ...report, outcome: 'unchanged' })
  }

  const at = deps.now()
  const importId = newId()
  await file.staging.apply(importId)
  await writeImport(tx, actor, at, importId, fileHash, report)
  await record(tx, actor, at, {
    action: 'catalog.imported',
    subjectKind: 'catalogImport',
    subjectId: importId,
    after: {
      kind: input.kind,
      fileName: input.fileName,
      lines: report.lines,
      added: report.added,
      changed: report.changed,
      ended: report.ended,
      leftOut: report.badLines,
    },
  })
  return { ...report, outcome: 'imported' }
}

interface StagedFile<Line> {
  readonly staging: Staging<Line>
  /** Lines with something in them, without the header. */
  readonly lines: number
  readonly bad: FoundProblems
  readonly ignored: readonly string[]
}

async function stageFile<Name extends string, Line extends object>(
  path: string,
  known: Readonly<Record<Name, 'required' | 'optional'>>,
  makeReader: (columns: MatchedColumns<Name>['columns']) => (cells: readonly string[]) => Line | readonly CellProblem[],
  stage: (columns: MatchedColumns<Name>['columns']) => Promise<Staging<Line>>,
): Promise<StagedFile<Line>> {
  let matched: MatchedColumns<Name> | undefined
  let read: (cells: readonly string[]) => Line | readonly CellProblem[] = () => []
  let staging: Staging<Line> | undefined
  let lines = 0
  let badLines = 0
  const problems: LineProblem[] = []
  for await (const batch of readCsv(readDataFile(path))) {
    for (const row of batch) {
      if (!matched || !staging) {
        matched = requireColumns(row.cells, known)
        read = makeReader(matched.columns)
        staging = await stage(matched.columns)
        continue
      }
      lines += 1
      const result = problemOfShape(row, matched.width) ?? read(row.cells)
      if (!isProblems(result)) {
        const full = staging.add(row.line, result)
        if (full) await full
        continue
      }
      badLines += 1
      for (const problem of result) if (problems.length < mostProblems) problems.push({ line: row.line, ...problem })
    }
  }
  if (!matched || !staging) throw new Refusal('fileNotReadable')
  return { staging, lines, bad: { lines: badLines, problems }, ignored: matched.ignored }
}

function requireColumns<Name extends string>(
  header: readonly string[],
  known: Readonly<Record<Name, 'required' | 'optional'>>,
): MatchedColumns<Name> {
  const matched = matchColumns(header, known)
  if (matched.missing.length > 0)
    throw new Refusal('columnsMissing', { params: { columns: matched.missing.join(', ') } })
  if (matched.repeated.length > 0)
    throw new Refusal('columnsRepeated', { params: { columns: matched.repeated.join(', ') } })
  return matched
}

function problemOfShape(row: CsvRecord, width: number): readonly CellProblem[] | undefined {
  if (row.broken) return [{ column: '', value: '', reason: 'brokenQuote' }]
  if (row.cells.length === width) return undefined
  return [{ column: '', value: '', reason: 'columnCount', params: { expected: width, found: row.cells.length } }]
}

function isProblems<Line extends object>(result: Line | readonly CellProblem[]): result is readonly CellProblem[] {
  return Array.isArray(result)
}
