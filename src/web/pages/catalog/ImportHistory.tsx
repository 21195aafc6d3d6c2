import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePagedList } from '../../query.ts'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InstantText, NumberText } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { ImportRow, importsPath } from './catalog.ts'

/** What was imported so far, newest first. */
export function ImportHistory() {
  const { t, i18n } = useTranslation('catalog')
  const list = usePagedList(importsPath, ImportRow)
  const columns = useMemo(
    (): readonly Column<ImportRow>[] => [
      { key: 'file', label: t('imports.history.file'), width: 240, render: (row) => row.fileName },
      { key: 'at', label: t('imports.history.at'), width: 170, render: (row) => <InstantText at={row.importedAt} /> },
      { key: 'kind', label: t('imports.history.kind'), width: 130, render: (row) => t(`imports.kind.${row.kind}`) },
      { key: 'by', label: t('imports.history.by'), width: 170, render: (row) => row.importedBy },
      ...(['lines', 'added', 'changed', 'ended', 'leftOut'] as const).map((key) => ({
        key,
        label: t(`imports.history.${key}`),
        width: 110,
        align: 'end' as const,
        render: (row: ImportRow) => <NumberText value={row[key]} />,
      })),
    ],
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, i18n.language],
  )
  return (
    <Section title={t('imports.history.title')}>
      <DataList
        name="imports"
        label={t('imports.history.list')}
        list={list}
        columns={columns}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.fileName}
        empty={<EmptyState title={t('imports.history.emptyTitle')}>{t('imports.history.emptyBody')}</EmptyState>}
      />
    </Section>
  )
}
