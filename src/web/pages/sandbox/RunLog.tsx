import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { usePagedList } from '../../query.ts'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InstantText, useFormats } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { StatusBadge, type StatusTone } from '../../ui/StatusBadge.tsx'
import { type ClockRun, RunRow, runsPath, useActs } from './clock.ts'

const tones: Readonly<Record<ClockRun['status'], StatusTone>> = {
  waiting: 'pending',
  running: 'pending',
  done: 'success',
  stopped: 'neutral',
  failed: 'danger',
}

/** The times the clock was moved, newest first. */
export function RunLog() {
  const { t } = useTranslation('sandbox')
  const formats = useFormats()
  const actsOf = useActs()
  const list = usePagedList(runsPath, RunRow)
  const columns = useMemo(
    (): readonly Column<ClockRun>[] => [
      { key: 'to', label: t('runs.to'), width: 150, render: (run) => <InstantText at={run.toAt} dayOnly /> },
      {
        key: 'status',
        label: t('runs.status'),
        width: 130,
        render: (run) => <StatusBadge tone={tones[run.status]}>{t(`status.${run.status}`)}</StatusBadge>,
      },
      {
        key: 'acts',
        label: t('runs.acts'),
        width: 420,
        render: (run) => run.error ?? (actsOf(run.counts).join(', ') || t('run.nothing')),
      },
      { key: 'reached', label: t('runs.reached'), width: 170, render: (run) => <InstantText at={run.reachedAt} /> },
      { key: 'from', label: t('runs.from'), width: 150, render: (run) => <InstantText at={run.fromAt} dayOnly /> },
      { key: 'by', label: t('runs.by'), width: 160, render: (run) => run.requestedBy },
      { key: 'at', label: t('runs.at'), width: 170, render: (run) => <InstantText at={run.createdAt} /> },
    ],
    [t, actsOf],
  )
  return (
    <Section title={t('runs.title')}>
      <DataList
        name="clockRuns"
        label={t('runs.list')}
        list={list}
        columns={columns}
        rowKey={(run) => run.id}
        rowLabel={(run) => formats.instantDay(run.toAt)}
        empty={<EmptyState title={t('runs.empty')} />}
      />
    </Section>
  )
}
