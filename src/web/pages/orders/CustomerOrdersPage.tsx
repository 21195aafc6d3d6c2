import { AddRegular } from '@fluentui/react-icons/svg/add'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { usePermission, useSession } from '../../session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { CustomerLayout } from '../customers/CustomerLayout.tsx'
import { ordersPath } from '../new-subscription/order.ts'
import { OrderList } from './OrderList.tsx'

/** A customer's order history: number, date, lines, who, status. */
export function CustomerOrdersPage() {
  const { customerId } = useParams({ strict: false }) as { customerId: string }
  const { t } = useTranslation(['orders', 'subscriptions', 'common'])
  const { organization } = useSession()
  const mayOrder = usePermission('orders.submit')
  const add =
    organization.kind === 'provider'
      ? {
          key: 'add',
          label: t('subscriptions:add'),
          icon: <AddRegular />,
          href: links.newSubscription(customerId),
          disabledBecause: mayOrder ? undefined : t('common:notAllowed.role'),
        }
      : undefined
  return (
    <CustomerLayout customerId={customerId} tab="orders" primary={add}>
      {(customer) => (
        <OrderList
          path={ordersPath(customer.id)}
          label={t('history')}
          withCustomer={false}
          empty={<EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>}
        />
      )}
    </CustomerLayout>
  )
}
