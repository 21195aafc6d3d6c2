import type { Actor, Tx } from '../../platform/context.ts'
import type { ImportReport } from './wire.ts'

/** Writes down that a file was imported, by whom, and what it changed. */
export async function writeImport(
  tx: Tx,
  actor: Actor,
  at: Date,
  id: string,
  fileHash: string,
  report: ImportReport,
): Promise<void> {
  await tx
    .insertInto('catalog_imports')
    .values({
      id,
      kind: report.kind,
      file_name: report.fileName,
      file_hash: fileHash,
      imported_at: at,
      imported_by: actor.userName,
      line_count: report.lines,
      added: report.added,
      changed: report.changed,
      ended: report.ended,
      left_out: report.badLines,
    })
    .execute()
}
