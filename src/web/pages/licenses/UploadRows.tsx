import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePagedList } from '../../query.ts'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { NumberText, useFormats } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { type UploadRow, UploadRowShape, type UploadState } from './people.ts'

const tones = { waiting: 'neutral', created: 'success', refused: 'danger' } as const

/** The rows of a list, and what became of each. */
export function UploadRows({ path, state }: { path: string; state: UploadState }) {
  const { t, i18n } = useTranslation(['licenses', 'refusals'])
  const formats = useFormats()
  const list = usePagedList(
    `${path}/rows`,
    UploadRowShape,
    {},
    { refetchInterval: state.status === 'running' ? 4_000 : 0 },
  )
  const columns = useMemo(
    (): readonly Column<UploadRow>[] => [
      { key: 'name', label: t('column.name'), width: 180, render: ({ name }) => name },
      { key: 'username', label: t('column.username'), width: 240, render: ({ username }) => username },
      {
        key: 'state',
        label: t('uploading.result'),
        width: 140,
        render: (row) => <StatusBadge tone={tones[row.state]}>{t(`uploading.state.${row.state}`)}</StatusBadge>,
      },
      {
        key: 'reason',
        label: t('uploading.reason'),
        width: 300,
        render: ({ problem, licenseProblems }) =>
          problem === null
            ? licenseProblems
                .map(({ title, reason }) => t('assign.reason', { product: title, reason: t(`refusals:${reason}`) }))
                .join(' ')
            : t(`refusals:${problem}`),
      },
      {
        key: 'location',
        label: t('column.location'),
        width: 140,
        hidden: true,
        render: ({ usageLocation }) => formats.country(usageLocation),
      },
      {
        key: 'line',
        label: t('uploading.line'),
        width: 70,
        hidden: true,
        align: 'end',
        render: ({ line }) => <NumberText value={line} />,
      },
    ],
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, formats, i18n.language],
  )
  return (
    <Section title={t('uploading.rows')}>
      <DataList
        name="upload-rows"
        label={t('uploading.rows')}
        list={list}
        columns={columns}
        rowKey={({ line }) => String(line)}
        rowLabel={({ name }) => name}
        empty={<EmptyState title={t('uploading.noProblems')} />}
      />
    </Section>
  )
}
