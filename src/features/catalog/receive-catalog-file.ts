import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { keepUpload } from '../../platform/data-file.ts'
import type { Upload } from '../../platform/route.ts'
import { importCatalogFile } from './import-catalog-file.ts'
import type { CatalogFileKind, ImportReport } from './wire.ts'

export interface ReceiveCatalogFile {
  readonly kind: CatalogFileKind
  readonly dryRun: boolean
  readonly leaveOutBadLines: boolean
}

/** Refused lines are named in the refusal up to here; a dry run names more. */
const namedLines = 100

/**
 * Takes an uploaded catalog file, as `importCatalogFile` does.
 *
 * @throws Refusal fileHasErrors with `line:column:reason` of the first bad lines as its data; bodyTooLarge; and what
 *   `importCatalogFile` throws.
 */
export async function receiveCatalogFile(
  deps: Deps,
  actor: Actor,
  input: ReceiveCatalogFile,
  upload?: Upload,
): Promise<ImportReport> {
  if (!upload) throw new Refusal('fileNotReadable')
  await using kept = await keepUpload(upload.stream, deps.config.dataFolder)
  const report = await importCatalogFile(deps, actor, { ...input, fileName: upload.fileName, path: kept.path })
  if (report.outcome !== 'refused') return report
  throw new Refusal('fileHasErrors', {
    params: { count: report.badLines },
    data: report.problems.slice(0, namedLines).map(({ line, column, reason }) => `${line}:${column}:${reason}`),
  })
}
