import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Write } from '../../api.ts'
import { links } from '../../links.ts'
import { Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { catalogPath, type FileKind, ImportReport, importsPath } from './catalog.ts'
import { ChooseFile } from './ChooseFile.tsx'
import { ImportHistory } from './ImportHistory.tsx'
import { ReportSection } from './ReportSection.tsx'

/** Checks and imports the vendor's files: what a file would do is always seen before it does it. */
export function ImportPage() {
  const { t } = useTranslation('catalog')
  const [kind, setKind] = useState<FileKind>('price-list')
  const [file, setFile] = useState<File>()
  const [report, setReport] = useState<ImportReport>()
  const checking = useWrite()
  const importing = useWrite(catalogPath)

  const start = () => {
    setReport(undefined)
    checking.clear()
    importing.clear()
  }
  const check = async () => {
    if (!file) return
    start()
    const answer = await checking.send(writeOf(file, { kind, dryRun: 'true' }))
    if (answer) setReport(answer.reply)
  }
  const importFile = async (leaveOutBadLines: boolean) => {
    if (!file) return
    const answer = await importing.send(
      writeOf(file, { kind, dryRun: 'false', leaveOutBadLines: String(leaveOutBadLines) }),
    )
    if (!answer) return
    setReport(answer.reply)
    const said = answer.reply.outcome === 'imported' ? 'imports.report.imported' : 'imports.report.unchangedFile'
    toast({ text: t(said, { name: answer.reply.fileName }) })
  }
  return (
    <Page
      title={t('imports.title')}
      lead={t('imports.lead')}
      breadcrumb={[{ label: t('title'), href: links.catalog() }]}
    >
      <ChooseFile
        kind={kind}
        onKind={(chosen) => {
          start()
          setKind(chosen)
        }}
        file={file}
        onFile={(chosen) => {
          start()
          setFile(chosen)
        }}
        onCheck={() => void check()}
        writer={checking}
        locked={importing.busy}
      />
      {report && file && (
        <ReportSection
          key={report.outcome}
          report={report}
          writer={importing}
          onImport={(leaveOut) => void importFile(leaveOut)}
          call={(leaveOut) => writeOf(file, { kind, dryRun: 'false', leaveOutBadLines: String(leaveOut) })}
        />
      )}
      <ImportHistory />
    </Page>
  )
}

/** The fields come before the file: the server reads them first. */
function writeOf(file: File, fields: Readonly<Record<string, string>>): Write<ImportReport> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  body.set('file', file)
  return { method: 'POST', path: importsPath, body, reply: ImportReport }
}
