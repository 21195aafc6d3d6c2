import { Checkbox, makeStyles } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { serviceRequestStatuses, severities } from '../../../features/support/rules.ts'
import { withParams } from '../../api.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { ActionButton } from '../../ui/actions.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { type Column, DataList, type FilterChip } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InstantText } from '../../ui/formats.tsx'
import { Page } from '../../ui/Page.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { DueText, RequestStatusBadge, SeverityBadge } from './badges.tsx'
import { listPath, type ServiceRequestListItem, ServiceRequestRow } from './service-request.ts'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

const useStyles = makeStyles({ filter: { '@media (min-width: 641px)': { maxWidth: '200px' } } })

const noFilters = { status: '', severity: '', overdue: '', customer: '', search: '' } as const
type Filters = {
  status: '' | 'open' | 'attention' | 'closed'
  severity: '' | 'critical' | 'moderate' | 'minimal'
  overdue: '' | 'true'
  customer: string
  search: string
}

/** The service requests somebody takes part in: a provider's queue, a reseller's, or a customer's own. */
export function ServiceRequestsPage() {
  const { t } = useTranslation(['support', 'common'])
  const { organization } = useSession()
  const kind = organization.kind === 'operator' ? 'provider' : organization.kind
  const mayWrite = usePermission('service_requests.write')
  const [url, setUrl] = useUrlState({
    search: '',
    customer: '',
    status: ['', ...serviceRequestStatuses],
    severity: ['', ...severities],
    overdue: ['', 'true'],
  })
  const { customer, ...others } = url
  const params = { ...others, customerId: customer }
  const list = usePagedList(listPath, ServiceRequestRow, params, { refetchInterval: 60_000 })
  const chips = useChips(url, list.rows, setUrl)
  const create: Action = {
    key: 'new',
    label: t('new'),
    icon: <AddRegular />,
    href: links.newServiceRequest(),
    disabledBecause: mayWrite ? undefined : t('common:notAllowed.role'),
  }
  return (
    <Page
      title={t('title')}
      lead={t(`lead.${kind}`)}
      primary={create}
      commands={[
        {
          key: 'export',
          label: t('export'),
          icon: <ArrowDownloadRegular />,
          href: withParams(`${listPath}/export`, params),
          download: true,
        },
      ]}
    >
      <DataList
        name={`service-requests-${kind}`}
        label={t('list')}
        list={list}
        columns={useColumns(kind !== 'customer')}
        rowKey={({ id }) => id}
        rowLabel={({ number }) => number}
        search={url.search}
        onSearch={(search) => setUrl({ search })}
        filters={chips}
        onClearFilters={() => setUrl(noFilters)}
        filterControls={<Controls filters={url} onChange={setUrl} />}
        empty={
          <EmptyState title={t('empty.title')} actions={<ActionButton action={create} appearance="primary" />}>
            {t(`empty.${kind}`)}
          </EmptyState>
        }
      />
    </Page>
  )
}

function Controls({ filters, onChange }: { filters: Filters; onChange: (changes: Partial<Filters>) => void }) {
  const styles = useStyles()
  const { t } = useTranslation('support')
  return (
    <>
      <FilterSelect
        className={styles.filter}
        label={t('filter.status')}
        value={filters.status}
        options={[
          { value: '', label: t('filter.anyStatus') },
          ...serviceRequestStatuses.map((status) => ({ value: status, label: t(`status.${status}`) })),
        ]}
        onChoose={(value) => onChange({ status: value })}
      />
      <FilterSelect
        className={styles.filter}
        label={t('filter.severity')}
        value={filters.severity}
        options={[
          { value: '', label: t('filter.anySeverity') },
          ...severities.map((severity) => ({ value: severity, label: t(`severity.${severity}`) })),
        ]}
        onChoose={(value) => onChange({ severity: value })}
      />
      <Checkbox
        label={t('filter.overdue')}
        checked={filters.overdue === 'true'}
        onChange={(_, { checked }) => onChange({ overdue: checked === true ? 'true' : '' })}
      />
    </>
  )
}

function useChips(
  { status, severity, overdue, customer, search }: Filters,
  rows: readonly ServiceRequestListItem[],
  onChange: (changes: Partial<Filters>) => void,
): readonly FilterChip[] {
  const { t } = useTranslation('support')
  const chips: FilterChip[] = []
  if (status !== '') {
    const name = t(`status.${status}`)
    chips.push({ key: 'status', label: t('filter.statusChip', { name }), onRemove: () => onChange({ status: '' }) })
  }
  if (severity !== '') {
    const name = t(`severity.${severity}`)
    chips.push({
      key: 'severity',
      label: t('filter.severityChip', { name }),
      onRemove: () => onChange({ severity: '' }),
    })
  }
  if (overdue !== '') {
    chips.push({ key: 'overdue', label: t('filter.overdueChip'), onRemove: () => onChange({ overdue: '' }) })
  }
  if (customer !== '') {
    const name = rows.find((row) => row.customer.id === customer)?.customer.name ?? t('filter.oneCustomer')
    chips.push({
      key: 'customer',
      label: t('filter.customerChip', { name }),
      onRemove: () => onChange({ customer: '' }),
    })
  }
  if (search !== '') {
    chips.push({
      key: 'search',
      label: t('filter.searchChip', { text: search }),
      onRemove: () => onChange({ search: '' }),
    })
  }
  return chips
}

function useColumns(withCustomer: boolean): readonly Column<ServiceRequestListItem>[] {
  const { t, i18n } = useTranslation('support')
  return useMemo(
    (): readonly Column<ServiceRequestListItem>[] => [
      {
        key: 'title',
        label: t('column.title'),
        width: 280,
        render: ({ customer, id, title, number }) => (
          <>
            <AppLink href={links.serviceRequest(customer.id, id)}>{title}</AppLink>
            <div style={{ fontFamily: 'var(--fontFamilyMonospace)', fontSize: '12px' }}>{number}</div>
          </>
        ),
      },
      {
        key: 'status',
        label: t('column.status'),
        width: 160,
        render: ({ status }) => <RequestStatusBadge status={status} />,
      },
      {
        key: 'response',
        label: t('column.responseDueAt'),
        width: 190,
        render: (request) => (
          <>
            <InstantText at={request.responseDueAt} />
            <DueText request={request} />
          </>
        ),
      },
      {
        key: 'severity',
        label: t('column.severity'),
        width: 140,
        render: ({ severity }) => <SeverityBadge severity={severity} />,
      },
      ...(withCustomer
        ? [
            {
              key: 'customer',
              label: t('column.customer'),
              width: 190,
              render: ({ customer }: ServiceRequestListItem) => (
                <AppLink href={links.serviceRequests({ customer: customer.id })}>{customer.name}</AppLink>
              ),
            },
          ]
        : []),
      {
        key: 'subscription',
        label: t('column.subscription'),
        width: 200,
        render: ({ subscription }) => subscription?.name ?? t('general'),
      },
      {
        key: 'owner',
        label: t('column.owner'),
        width: 170,
        render: ({ owner, escalated }) => (escalated ? `${owner.name} · ${t('escalated')}` : owner.name),
      },
      { key: 'filedAt', label: t('column.filedAt'), width: 170, render: ({ filedAt }) => <InstantText at={filedAt} /> },
      {
        key: 'changedAt',
        label: t('column.changedAt'),
        width: 170,
        hidden: true,
        render: ({ changedAt }) => <InstantText at={changedAt} />,
      },
    ],
    // `t` stays the same when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, withCustomer, i18n.language],
  )
}
