import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { readDataFile } from '../../platform/data-file.ts'
import { readCsv, type CsvRecord } from '../../platform/read-csv.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { matchColumns, type MatchedColumns } from './file-columns.ts'
import { type CellProblem, readProductId, readSkuId } from './file-values.ts'

const servicePlanColumns = {
  ProductId: 'required',
  SkuId: 'required',
  ServicePlanId: 'required',
  ServicePlanName: 'required',
} as const
type Column = keyof typeof servicePlanColumns

export interface ServicePlanReport {
  readonly lines: number
  readonly skus: number
  /** Nothing was imported when there is one. */
  readonly problems: readonly (CellProblem & { readonly line: number })[]
}

interface Line {
  readonly productId: string
  readonly skuId: string
  readonly planId: string
  readonly name: string
}

/** Problems that are named; a file with more is mended in rounds. */
const mostProblems = 1000

/**
 * Takes a list of the services that come with products (CSV), which the vendor's own files do not carry. The file is the whole
 * truth for the SKUs it names, and says nothing about others; the same file again changes nothing. One bad line refuses all of it.
 *
 * @throws Refusal fileNotReadable, columnsMissing, columnsRepeated
 */
export async function importServicePlans(
  deps: Deps,
  actor: Actor,
  { path, fileName }: { readonly path: string; readonly fileName: string },
): Promise<ServicePlanReport> {
  const { lines, problems } = await readLines(path)
  const skus = new Set(lines.map(({ productId, skuId }) => `${productId}/${skuId}`)).size
  const report = { lines: lines.length + new Set(problems.map(({ line }) => line)).size, skus, problems }
  if (problems.length > 0) return { ...report, problems: problems.slice(0, mostProblems) }
  await write(deps, actor, async (tx) => {
    const column = (name: keyof Line) => lines.map((line) => line[name])
    const file = sql`unnest(${column('productId')}::text[], ${column('skuId')}::text[], ${column('planId')}::text[],
      ${column('name')}::text[]) as f (product_id, sku_id, plan_id, name)`
    await sql`
      delete from sku_service_plans p using ${file}
      where p.product_id = f.product_id and p.sku_id = f.sku_id`.execute(tx)
    await sql`
      insert into sku_service_plans (product_id, sku_id, plan_id, name)
      select product_id, sku_id, plan_id, name from ${file}
      on conflict (product_id, sku_id, plan_id) do update set name = excluded.name`.execute(tx)
    await record(tx, actor, deps.now(), {
      action: 'catalog.imported',
      subjectKind: 'catalogImport',
      subjectId: newId(),
      after: { kind: 'service-plans', fileName, lines: lines.length },
    })
  })
  return report
}

async function readLines(
  path: string,
): Promise<{ readonly lines: readonly Line[]; readonly problems: ServicePlanReport['problems'] }> {
  const lines: Line[] = []
  const seen = new Set<string>()
  const problems: (CellProblem & { readonly line: number })[] = []
  let matched: MatchedColumns<Column> | undefined
  for await (const batch of readCsv(readDataFile(path))) {
    for (const row of batch) {
      if (!matched) {
        matched = requireColumns(row)
        continue
      }
      const read = readLine(row, matched)
      if (Array.isArray(read)) problems.push(...read.map((problem) => ({ line: row.line, ...problem })))
      else {
        const line = read as Line
        const key = `${line.productId}/${line.skuId} ${line.planId}`
        if (!seen.has(key)) lines.push(line)
        seen.add(key)
      }
    }
  }
  if (!matched) throw new Refusal('fileNotReadable')
  return { lines, problems }
}

function requireColumns(header: CsvRecord): MatchedColumns<Column> {
  const matched = matchColumns(header.cells, servicePlanColumns)
  if (matched.missing.length > 0) {
    throw new Refusal('columnsMissing', { params: { columns: matched.missing.join(', ') } })
  }
  if (matched.repeated.length > 0) {
    throw new Refusal('columnsRepeated', { params: { columns: matched.repeated.join(', ') } })
  }
  return matched
}

function readLine(row: CsvRecord, { columns, width }: MatchedColumns<Column>): Line | CellProblem[] {
  if (row.broken) return [{ column: '', value: '', reason: 'brokenQuote' }]
  if (row.cells.length !== width) {
    return [{ column: '', value: '', reason: 'columnCount', params: { expected: width, found: row.cells.length } }]
  }
  const cell = (name: Column) => (row.cells[columns[name] ?? -1] ?? '').trim()
  const productId = readProductId(cell('ProductId'))
  const skuId = readSkuId(cell('SkuId'))
  const planId = cell('ServicePlanId')
  const name = cell('ServicePlanName')
  const problems: CellProblem[] = []
  if (productId === undefined) problems.push({ column: 'ProductId', value: cell('ProductId'), reason: 'productId' })
  if (skuId === undefined) problems.push({ column: 'SkuId', value: cell('SkuId'), reason: 'skuId' })
  for (const [column, value] of [
    ['ServicePlanId', planId],
    ['ServicePlanName', name],
  ] as const) {
    if (value === '') problems.push({ column, value, reason: 'required' })
    else if (value.length > 100)
      problems.push({ column, value: value.slice(0, 100), reason: 'tooLong', params: { max: 100 } })
  }
  if (productId === undefined || skuId === undefined || problems.length > 0) return problems
  return { productId, skuId, planId, name }
}
