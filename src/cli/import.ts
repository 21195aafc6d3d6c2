import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { importCatalogFile } from '../features/catalog/import-catalog-file.ts'
import { importServicePlans } from '../features/catalog/import-service-plans.ts'
import type { CatalogFileKind, ImportProblem, ImportReport } from '../features/catalog/wire.ts'
import { Refusal } from '../kernel/errors.ts'
import type { Actor, Deps } from '../platform/context.ts'
import { OperatorError } from '../platform/operator-error.ts'
import { refusalSentence } from '../platform/sentences.ts'
import texts from '../strings/en/catalog.json' with { type: 'json' }
import type { Command } from './command.ts'
import { onInstallation } from './command-line.ts'

export const importCommand: Command = {
  usage: 'price-list|offer-matrix FILE [--dry-run] [--leave-out-bad-lines], or import service-plans FILE',
  summary:
    "take one of the vendor's catalog files (CSV, or a ZIP of one CSV), or a list of the services in products, into the catalog; exits 1 when it is refused",
  async run(args) {
    const { kind, path, dryRun, leaveOutBadLines } = parse(args)
    try {
      return await onInstallation('kanal import', 2, async (deps, operator) => {
        if (kind === 'service-plans') return await takeServicePlans(deps, operator, path)
        const input = { kind, path, fileName: basename(path).slice(0, 200), dryRun, leaveOutBadLines }
        const report = await importCatalogFile(deps, operator, input)
        for (const line of linesOf(report)) console.log(line)
        return report.outcome === 'refused' || (dryRun && report.badLines > 0 && !leaveOutBadLines) ? 1 : 0
      })
    } catch (error) {
      throw inWords(error, path)
    }
  },
}

interface Given {
  readonly kind: CatalogFileKind | 'service-plans'
  readonly path: string
  readonly dryRun: boolean
  readonly leaveOutBadLines: boolean
}

function parse(args: readonly string[]): Given {
  const flag = { type: 'boolean', default: false } as const
  try {
    const options = { 'dry-run': flag, 'leave-out-bad-lines': flag }
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [kind, path, ...more] = positionals
    const plain = !values['dry-run'] && !values['leave-out-bad-lines']
    if (kind === 'service-plans' && path !== undefined && more.length === 0 && plain) {
      return { kind, path, dryRun: false, leaveOutBadLines: false }
    }
    if ((kind === 'price-list' || kind === 'offer-matrix') && path !== undefined && more.length === 0) {
      return { kind, path, dryRun: values['dry-run'], leaveOutBadLines: values['leave-out-bad-lines'] }
    }
  } catch {
    // An unknown option: the usage tells which there are.
  }
  throw new OperatorError(`Usage: npx kanal import ${importCommand.usage}`)
}

async function takeServicePlans(deps: Deps, actor: Actor, path: string): Promise<number> {
  const fileName = basename(path).slice(0, 200)
  const { lines, skus, problems } = await importServicePlans(deps, actor, { path, fileName })
  for (const problem of problems) console.log(describe({ params: {}, ...problem }))
  const number = new Intl.NumberFormat('en')
  console.log(
    problems.length > 0
      ? `${fileName}: refused as a whole because of its bad lines; nothing was imported.`
      : `${fileName}: imported, ${number.format(lines)} lines for ${number.format(skus)} SKUs.`,
  )
  return problems.length > 0 ? 1 : 0
}

const headlines: Readonly<Record<ImportReport['outcome'], string>> = {
  checked: 'checked; nothing was imported',
  imported: 'imported',
  unchanged: 'changed nothing: the catalog had all of it already',
  refused: 'refused as a whole because of its bad lines; nothing was imported',
}

function* linesOf(report: ImportReport): Generator<string> {
  const number = new Intl.NumberFormat('en')
  for (const problem of report.problems) yield describe(problem)
  if (report.badLines > 0 && report.problems.length >= 1000) {
    yield `… of ${number.format(report.badLines)} bad lines in all`
  }
  yield `${report.fileName}: ${headlines[report.outcome]}.`
  const counts = [
    `${number.format(report.lines)} lines`,
    `${number.format(report.added)} added`,
    `${number.format(report.changed)} changed`,
    `${number.format(report.ended)} ended`,
    `${number.format(report.unchanged)} unchanged`,
    `${number.format(report.badLines)} bad`,
    `SKUs: ${number.format(report.addedSkus)} new and ${number.format(report.changedSkus)} changed`,
  ]
  yield counts.join(', ')
  if (report.ignoredColumns.length > 0) {
    yield `${report.ignoredColumns.length} unknown columns left aside: ${report.ignoredColumns.join(', ')}`
  }
  if (report.badLines > 0 && report.outcome !== 'imported') {
    yield 'Correct the lines above, or leave them out with --leave-out-bad-lines.'
  }
}

function describe({ line, column, value, reason, params }: ImportProblem): string {
  const sentences: Readonly<Record<string, string>> = texts.problems
  const sentence = (sentences[reason] ?? reason).replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(params[name] ?? ''),
  )
  const cell = column === '' ? '' : ` ${column} ${JSON.stringify(value)}`
  return `line ${line}${cell}: ${sentence}`
}

function inWords(error: unknown, path: string): unknown {
  if (error instanceof Refusal) {
    return new OperatorError(`${path}: ${refusalSentence('en', error.reason, error.detail.params ?? {})}`)
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES') {
    return new OperatorError(`The file ${path} cannot be read: check the name and that you may open it.`)
  }
  return error
}
