import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Mail } from '../../../features/notifications/wire.ts'
import { mailKinds, mailStates } from '../../../kernel/mails.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { type Column, DataList, type FilterChip } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { InstantText, NumberText } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { MailStateBadge } from './MailStateBadge.tsx'
import { mailsPath, useRetryMail, useSending } from './useRetryMail.ts'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

const noFilters = { search: '', state: '', kind: '' } as const

/** Every mail that leaves the installation, and what became of it; for the operator. */
export function OutboxPage() {
  const { t } = useTranslation(['outbox', 'common'])
  const [url, setUrl] = useUrlState({ search: '', state: ['', ...mailStates], kind: ['', ...mailKinds] })
  const list = usePagedList(mailsPath, Mail, url)
  const columns = useColumns()
  const sending = useSending()
  const retry = useRetryMail()
  const chips: FilterChip[] = []
  if (url.state !== '') {
    const label = t('filter.stateChip', { name: t(`state.${url.state}`) })
    chips.push({ key: 'state', label, onRemove: () => setUrl({ state: '' }) })
  }
  if (url.kind !== '') {
    const label = t('filter.kindChip', { name: t(`kind.${url.kind}`) })
    chips.push({ key: 'kind', label, onRemove: () => setUrl({ kind: '' }) })
  }
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      banner={
        sending === false && (
          <Notice tone="warning" title={t('noServer.title')}>
            {t('noServer.body')}
          </Notice>
        )
      }
    >
      {retry.error ? <ErrorBar error={retry.error} /> : null}
      <DataList
        name="outbox"
        label={t('title')}
        list={list}
        columns={columns}
        rowKey={({ id }) => id}
        rowLabel={({ subject }) => subject}
        rowActions={(mail) => [retry.retryOf(mail)]}
        search={url.search}
        onSearch={(search) => setUrl({ search })}
        filters={chips}
        onClearFilters={() => setUrl(noFilters)}
        filterControls={
          <>
            <FilterSelect
              label={t('filter.state')}
              value={url.state}
              options={[
                { value: '', label: t('filter.anyState') },
                ...mailStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
              ]}
              onChoose={(value) => setUrl({ state: value })}
            />
            <FilterSelect
              label={t('filter.kind')}
              value={url.kind}
              options={[
                { value: '', label: t('filter.anyKind') },
                ...mailKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
              ]}
              onChoose={(value) => setUrl({ kind: value })}
            />
          </>
        }
        empty={
          <EmptyState picture="done" title={t('empty.title')}>
            {t('empty.body')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function useColumns(): readonly Column<Mail>[] {
  const { t, i18n } = useTranslation('outbox')
  return useMemo(
    (): readonly Column<Mail>[] => [
      {
        key: 'subject',
        label: t('column.subject'),
        width: 360,
        render: ({ id, subject }) => <AppLink href={links.mail(id)}>{subject}</AppLink>,
      },
      { key: 'state', label: t('column.state'), width: 140, render: ({ state }) => <MailStateBadge state={state} /> },
      {
        key: 'recipient',
        label: t('column.recipient'),
        width: 240,
        render: ({ recipient }) => (
          <>
            {recipient.name}
            <div>{recipient.address}</div>
          </>
        ),
      },
      { key: 'kind', label: t('column.kind'), width: 190, render: ({ kind }) => t(`kind.${kind}`) },
      { key: 'at', label: t('column.at'), width: 170, render: ({ createdAt }) => <InstantText at={createdAt} /> },
      {
        key: 'attempts',
        label: t('column.attempts'),
        width: 100,
        align: 'end',
        hidden: true,
        render: ({ attempts }) => <NumberText value={attempts} />,
      },
      {
        key: 'error',
        label: t('column.error'),
        width: 260,
        hidden: true,
        render: ({ lastError }) => lastError ?? '–',
      },
    ],
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, i18n.language],
  )
}
