import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { usePermission, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'

/** What can be done with a customer from the list and from its unfolded record. A reseller asks the provider to order. */
export function useCustomerActions(): (customer: { readonly id: string }) => readonly Action[] {
  const { t } = useTranslation(['customers', 'common'])
  const { organization } = useSession()
  const mayOrder = usePermission('orders.submit')
  return ({ id }) => [
    ...(organization.kind === 'provider'
      ? [
          {
            key: 'add',
            label: t('action.addSubscription'),
            href: links.newSubscription(id),
            disabledBecause: mayOrder ? undefined : t('common:notAllowed.role'),
          },
        ]
      : []),
    { key: 'subscriptions', label: t('action.viewSubscriptions'), href: links.customerSubscriptions(id) },
    { key: 'account', label: t('action.account'), href: links.customerAccount(id) },
  ]
}
