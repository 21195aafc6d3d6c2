import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { usePermission, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LinkTabs } from '../../ui/LinkTabs.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { type Customer, listAsLeft, useCustomer } from './customer.ts'

export type CustomerTab = 'subscriptions' | 'orders' | 'users' | 'account'

/**
 * The frame of a customer's pages: its name, the way back to the list as it was left, and the tabs Subscriptions, Order history,
 * Users and licenses, and Account. Reads the customer and hands it to `children`; shows what there is to show while it loads, or when there is no
 * such customer for this person. Needs the texts `customers`.
 */
export function CustomerLayout({
  customerId,
  tab,
  primary,
  commands,
  badges,
  banner,
  children,
}: {
  customerId: string
  tab: CustomerTab
  primary?: Action | undefined
  commands?: readonly Action[]
  badges?: ReactNode
  banner?: ReactNode
  children: (customer: Customer) => ReactNode
}) {
  const { t } = useTranslation('customers')
  const { data: customer, error, refetch } = useCustomer(customerId)
  const { organization } = useSession()
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!customer) return <PageSkeleton />
  const former = organization.kind === 'reseller' && customer.account?.mayWrite === false
  return (
    <Page
      title={customer.name}
      breadcrumb={[{ label: t('title'), href: listAsLeft(links.customers()) }]}
      primary={primary}
      {...(commands ? { commands } : {})}
      badges={badges}
      banner={
        former || banner ? (
          <>
            {former && <Notice tone="info">{t('noPartnership')}</Notice>}
            {banner}
          </>
        ) : undefined
      }
    >
      <CustomerTabs customer={customer} current={tab} />
      {children(customer)}
    </Page>
  )
}

function CustomerTabs({ customer, current }: { customer: Customer; current: CustomerTab }) {
  const { t } = useTranslation('customers')
  const readsUsers = usePermission('customer_users.read')
  const uploadsUsers = usePermission('customer_users.upload')
  const { id } = customer
  if (customer.access === 'subscriptions') {
    return (
      <div style={{ marginBottom: '16px' }}>
        <Notice tone="info">{t('single')}</Notice>
      </div>
    )
  }
  return (
    <LinkTabs
      label={t('tabs.label')}
      current={current}
      tabs={[
        { key: 'subscriptions', label: t('tabs.subscriptions'), href: links.customerSubscriptions(id) },
        { key: 'orders', label: t('tabs.orders'), href: links.customerOrders(id) },
        ...(readsUsers || uploadsUsers
          ? [{ key: 'users' as const, label: t('tabs.users'), href: links.customerUsers(id) }]
          : []),
        { key: 'account', label: t('tabs.account'), href: links.customerAccount(id) },
      ]}
    />
  )
}
