import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { requestStates } from '../../../features/orders/rules/requests.ts'
import { withParams } from '../../api.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { ActionButton } from '../../ui/actions.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { DateText, InstantText, NumberText } from '../../ui/formats.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { type OrderRequestListItem, RequestRow, requestsPath, requestTones } from './request.ts'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

/** What resellers ask of the provider; for a reseller what it asks of its providers. */
export function OrderRequestsPage() {
  const { t } = useTranslation(['orderRequests', 'common'])
  const { organization } = useSession()
  const isProvider = organization.kind === 'provider'
  const [url, setUrl] = useUrlState({ search: '', state: requestStates })
  const params = { state: url.state, search: url.search }
  const list = usePagedList(requestsPath, RequestRow, params)
  const columns = useColumns(isProvider)
  const toCustomers: Action = { key: 'customers', label: t('empty.toCustomers'), href: links.customers() }
  const clear = () => setUrl({ search: '', state: 'open' })
  return (
    <Page
      title={t('title')}
      lead={isProvider ? t('lead') : t('leadReseller')}
      commands={[
        {
          key: 'export',
          label: t('export.button'),
          icon: <ArrowDownloadRegular />,
          href: withParams(`${requestsPath}/export`, params),
          download: true,
        },
      ]}
    >
      <DataList
        name="orderRequests"
        label={t('list')}
        list={list}
        columns={columns}
        rowKey={({ id }) => id}
        rowLabel={({ customer }) => customer.name}
        rowActions={(row) => [
          { key: 'open', label: t('action.open'), href: links.orderRequest(row.customer.id, row.id) },
        ]}
        search={url.search}
        onSearch={(search) => setUrl({ search })}
        filters={[
          ...(url.state === 'open'
            ? []
            : [
                {
                  key: 'state',
                  label: t('stateChip', { state: t(`state.${url.state}`) }),
                  onRemove: () => setUrl({ state: 'open' }),
                },
              ]),
          ...(url.search === ''
            ? []
            : [
                {
                  key: 'search',
                  label: t('searchChip', { text: url.search }),
                  onRemove: () => setUrl({ search: '' }),
                },
              ]),
        ]}
        onClearFilters={clear}
        filterControls={
          <FilterSelect
            label={t('stateLabel')}
            value={url.state}
            options={requestStates.map((state) => ({ value: state, label: t(`state.${state}`) }))}
            onChoose={(value) => setUrl({ state: value })}
          />
        }
        empty={
          <EmptyState
            picture="done"
            title={t('empty.title')}
            actions={!isProvider && <ActionButton action={toCustomers} appearance="primary" />}
          >
            {isProvider ? t('empty.body') : t('empty.reseller')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function useColumns(isProvider: boolean): readonly Column<OrderRequestListItem>[] {
  const { t, i18n } = useTranslation('orderRequests')
  return useMemo(
    (): readonly Column<OrderRequestListItem>[] => [
      {
        key: 'customer',
        label: t('column.customer'),
        width: 200,
        render: ({ id, customer }) => <AppLink href={links.orderRequest(customer.id, id)}>{customer.name}</AppLink>,
      },
      {
        key: 'content',
        label: t('column.content'),
        width: 260,
        render: ({ kind, titles, lineCount }) => (
          <>
            {kind !== 'new' && <>{t(`kind.${kind}`)}: </>}
            {lineCount > 1 ? t('more', { title: titles[0] ?? '', count: lineCount - 1 }) : (titles[0] ?? '–')}
          </>
        ),
      },
      {
        key: 'status',
        label: t('column.status'),
        width: 140,
        render: ({ status }) => <StatusBadge tone={requestTones[status]}>{t(`status.${status}`)}</StatusBadge>,
      },
      {
        key: 'partner',
        label: isProvider ? t('column.reseller') : t('column.provider'),
        width: 180,
        render: ({ provider, reseller }) => (isProvider ? reseller.name : provider.name),
      },
      {
        key: 'wishOn',
        label: t('column.wishOn'),
        width: 120,
        render: ({ wishOn }) => (wishOn ? <DateText day={wishOn} /> : '–'),
      },
      {
        key: 'sentAt',
        label: t('column.sentAt'),
        width: 150,
        render: ({ sentAt }) => (sentAt ? <InstantText at={sentAt} /> : '–'),
      },
      {
        key: 'licenses',
        label: t('column.licenses'),
        width: 90,
        align: 'end',
        render: ({ licenses }) => <NumberText value={licenses} />,
      },
      { key: 'createdBy', label: t('column.createdBy'), width: 150, render: ({ createdBy }) => createdBy },
    ],
    // `t` stays the same when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, isProvider, i18n.language],
  )
}
