import { makeStyles, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { auditActions } from '../../../features/audit/actions.ts'
import { ActivityRecord } from '../../../features/audit/wire.ts'
import { links } from '../../links.ts'
import { withParams } from '../../api.ts'
import { usePagedList } from '../../query.ts'
import { may, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { type Column, DataList, type FilterChip } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InstantText, useFormats } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { ActivityFilters } from './ActivityFilters.tsx'
import { ChangedValues } from './ChangedValues.tsx'
import { instantsOf } from './period.ts'

const useStyles = makeStyles({
  utc: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
  second: {
    display: 'block',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
})

const path = '/portal/v1/activity'
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** What was done, by whom, for whom, with the values before and after. */
export function ActivityPage() {
  const { t } = useTranslation(['activity', 'common'])
  const session = useSession()
  const formats = useFormats()
  const { kind } = session.organization
  const [url, setUrl] = useUrlState({ from: '', to: '', customer: '', action: ['', ...auditActions], user: '' })
  const asked = { ...instantsOf(url.from, url.to), customer: url.customer, action: url.action, user: url.user }
  const list = usePagedList(path, ActivityRecord, asked)
  const columns = useColumns(kind !== 'customer')
  const customerName = list.rows.find(({ customer }) => customer?.id === url.customer)?.customer?.name ?? url.customer

  const chips: FilterChip[] = []
  const chip = (key: keyof typeof url, value: string) => {
    const label = `${t(`filter.${key}`)}: ${value}`
    if (url[key] !== '') chips.push({ key, label, onRemove: () => setUrl({ [key]: '' }) })
  }
  chip('from', url.from === '' ? '' : formats.date(url.from))
  chip('to', url.to === '' ? '' : formats.date(url.to))
  chip('customer', customerName)
  chip('action', url.action === '' ? '' : t(`action.${url.action}`))
  chip('user', url.user)

  const rowActions = (record: ActivityRecord): readonly Action[] => [
    ...(record.customer && kind !== 'customer' && url.customer === ''
      ? [
          only('customer', t('only.customer', { name: record.customer.name }), () =>
            setUrl({ customer: record.customer?.id ?? '' }),
          ),
        ]
      : []),
    ...(url.user === ''
      ? [
          only('user', t('only.user', { name: record.performedBy.name }), () =>
            setUrl({ user: record.performedBy.name }),
          ),
        ]
      : []),
    ...(url.action === ''
      ? [
          only('action', t('only.action', { name: t(`action.${record.action}`) }), () =>
            setUrl({ action: record.action }),
          ),
        ]
      : []),
  ]
  const download = withParams(`${path}/export`, { ...asked, timeZone })
  return (
    <Page
      title={t(kind === 'customer' ? 'titleCustomer' : 'title')}
      lead={t(may(session, 'activity.read_all') ? 'lead' : 'leadOwn')}
      commands={[{ key: 'export', label: t('export'), icon: <ArrowDownloadRegular />, href: download, download: true }]}
    >
      <DataList
        name="activity"
        label={t('title')}
        list={list}
        columns={columns}
        rowKey={(record) => record.id}
        rowLabel={(record) => t(`action.${record.action}`)}
        filters={chips}
        onClearFilters={() => setUrl({ from: '', to: '', customer: '', action: '', user: '' })}
        filterControls={
          <ActivityFilters chosen={url} onChoose={setUrl} withCustomer={kind === 'provider' || kind === 'reseller'} />
        }
        rowActions={rowActions}
        expand={(record) => <ChangedValues record={record} />}
        empty={
          <EmptyState picture="box" title={t('empty')}>
            {t('emptyBody')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function only(key: string, label: string, onPress: () => void): Action {
  return { key, label, onPress }
}

function useColumns(withCustomer: boolean): readonly Column<ActivityRecord>[] {
  const styles = useStyles()
  const { t, i18n } = useTranslation('activity')
  return useMemo(
    (): readonly Column<ActivityRecord>[] => [
      {
        key: 'at',
        label: t('column.at'),
        width: 190,
        render: ({ at }) => (
          <>
            <InstantText at={at} />
            <span className={styles.utc}>{at.slice(0, 19).replace('T', ' ')} UTC</span>
          </>
        ),
      },
      { key: 'action', label: t('column.action'), width: 220, render: ({ action }) => t(`action.${action}`) },
      ...(withCustomer
        ? [
            {
              key: 'customer',
              label: t('column.customer'),
              width: 220,
              render: ({ customer }: ActivityRecord) =>
                customer ? (
                  <AppLink href={links.customerSubscriptions(customer.id)}>{customer.name}</AppLink>
                ) : (
                  t('noCustomer')
                ),
            },
          ]
        : []),
      {
        key: 'performedBy',
        label: t('column.performedBy'),
        width: 220,
        render: ({ performedBy, onBehalfOf }) => (
          <>
            {performedBy.name}
            <span className={styles.second}>
              {performedBy.organization}
              {onBehalfOf === null ? null : ` · ${t('onBehalf', { name: onBehalfOf })}`}
            </span>
          </>
        ),
      },
      {
        key: 'result',
        label: t('column.result'),
        width: 140,
        render: ({ result }) => (
          <StatusBadge tone={result === 'succeeded' ? 'success' : 'danger'}>{t(`result.${result}`)}</StatusBadge>
        ),
      },
      {
        key: 'requestId',
        label: t('column.requestId'),
        width: 260,
        hidden: true,
        render: ({ requestId }) => (requestId === null ? null : <IdText id={requestId} name={t('column.requestId')} />),
      },
    ],
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, styles, withCustomer, i18n.language],
  )
}
