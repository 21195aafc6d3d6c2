import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { tabs } from '../../../features/subscriptions/rules.ts'
import { links } from '../../links.ts'
import { usePagedList, useRead } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { ActionButton } from '../../ui/actions.tsx'
import { DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LinkTabs } from '../../ui/LinkTabs.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { useCustomer } from '../customers/customer.ts'
import { CustomerLayout } from '../customers/CustomerLayout.tsx'
import { Counts, pollMs, type SubscriptionListItem, SubscriptionRow, subscriptionsPath } from './subscription.ts'
import { useSubscriptionColumns } from './useSubscriptionColumns.tsx'

/** A customer's subscriptions, by kind; those being provisioned among them, which the page follows. */
export function CustomerSubscriptionsPage() {
  const { customerId } = useParams({ strict: false }) as { customerId: string }
  const { t } = useTranslation(['subscriptions', 'orderRequests', 'common'])
  const { organization } = useSession()
  const mayOrder = usePermission('orders.submit')
  const mayRequest = usePermission('order_requests.write')
  const mayExport = usePermission('customers.export')
  const isProvider = organization.kind === 'provider'
  const account = useCustomer(customerId).data?.account
  const add: Action = isProvider
    ? {
        key: 'add',
        label: t('add'),
        icon: <AddRegular />,
        href: links.newSubscription(customerId),
        disabledBecause: mayOrder ? undefined : t('common:notAllowed.role'),
      }
    : {
        key: 'request',
        label: t('orderRequests:action.request'),
        icon: <AddRegular />,
        href: links.newOrderRequest(customerId),
        disabledBecause: !mayRequest
          ? t('common:notAllowed.role')
          : account?.mayWrite
            ? undefined
            : t('orderRequests:why.noSeller'),
      }
  const commands: readonly Action[] = isProvider
    ? [
        {
          key: 'export',
          label: t('export'),
          icon: <ArrowDownloadRegular />,
          href: '/portal/v1/subscriptions/export',
          download: true,
          disabledBecause: mayExport ? undefined : t('common:notAllowed.role'),
        },
      ]
    : []
  return (
    <CustomerLayout customerId={customerId} tab="subscriptions" primary={add} commands={commands}>
      {(customer) => <List customerId={customer.id} name={customer.name} add={add} />}
    </CustomerLayout>
  )
}

/** Asks again as long as something is being provisioned. */
function whileProvisioning(rows: readonly SubscriptionListItem[] | undefined): number | false {
  return rows?.some(({ provisioning }) => provisioning === 'pending') ? pollMs : false
}

function List({ customerId, name, add }: { customerId: string; name: string; add: Action }) {
  const { t } = useTranslation(['subscriptions', 'common'])
  const [url] = useUrlState({ tab: tabs })
  const path = subscriptionsPath(customerId)
  const list = usePagedList(path, SubscriptionRow, { tab: url.tab }, { refetchInterval: whileProvisioning })
  const counts = useRead(path, Counts, { size: 1 }).data?.counts
  const isWaiting = whileProvisioning(list.rows) !== false
  const columns = useSubscriptionColumns(
    customerId,
    list.rows.some(({ unitRetail }) => unitRetail !== undefined),
  )
  const rowActions = useRowActions(customerId)
  const shownTabs = tabs.filter((tab) => tab === 'all' || tab === url.tab || (counts?.[tab] ?? 0) > 0)
  return (
    <>
      {shownTabs.length > 2 && (
        <LinkTabs
          label={t('tabs.label')}
          current={url.tab}
          tabs={shownTabs.map((tab) => ({
            key: tab,
            label: counts ? t('tabs.withCount', { tab: t(`tabs.${tab}`), count: counts[tab] }) : t(`tabs.${tab}`),
            href: links.customerSubscriptions(customerId, tab === 'all' ? {} : { tab }),
          }))}
        />
      )}
      {isWaiting && (
        <div style={{ marginBottom: '16px' }}>
          <Notice tone="info">{t('provisioningDelay')}</Notice>
        </div>
      )}
      <DataList
        name="subscriptions"
        label={t('list', { customer: name })}
        list={list}
        columns={columns}
        rowKey={({ id }) => id}
        rowLabel={({ title, friendlyName }) => (friendlyName ? `${title}, ${friendlyName}` : title)}
        rowActions={rowActions}
        empty={
          url.tab === 'all' ? (
            <EmptyState title={t('empty.title')} actions={<ActionButton action={add} appearance="primary" />}>
              {add.key === 'add' ? t('empty.body') : t('empty.reseller')}
            </EmptyState>
          ) : (
            <EmptyState title={t('empty.tab')} />
          )
        }
      />
    </>
  )
}

/** What can be done with a subscription from the list. */
function useRowActions(customerId: string): (row: SubscriptionListItem) => readonly Action[] {
  const { t } = useTranslation(['subscriptions', 'common'])
  const { organization } = useSession()
  const mayIncrease = usePermission('subscriptions.increase')
  const mayUpgrade = usePermission('subscriptions.upgrade')
  const noRole = t('common:notAllowed.role')
  return ({ id }) => [
    { key: 'open', label: t('action.open'), href: links.subscription(customerId, id) },
    {
      key: 'more',
      label: t('action.buyMore'),
      href: links.subscription(customerId, id),
      disabledBecause: mayIncrease ? undefined : noRole,
    },
    ...(organization.kind === 'provider'
      ? [
          {
            key: 'upgrade',
            label: t('action.upgrade'),
            href: links.subscriptionUpgrade(customerId, id),
            disabledBecause: mayUpgrade ? undefined : noRole,
          },
        ]
      : []),
  ]
}
