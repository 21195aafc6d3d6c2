import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { useTranslation } from 'react-i18next'
import { usePermission, useSession } from '../../session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { OrderList } from './OrderList.tsx'

/** All orders of a provider; for a reseller those with a subscription it is the reseller of. */
export function OrdersPage() {
  const { t } = useTranslation(['orders', 'subscriptions', 'common'])
  const { organization } = useSession()
  const mayExport = usePermission('charges.read')
  const isProvider = organization.kind === 'provider'
  const [url, setUrl] = useUrlState({ search: '' })
  return (
    <Page
      title={t('title')}
      lead={isProvider ? t('lead') : t('leadReseller')}
      commands={[
        {
          key: 'charges',
          label: t('subscriptions:exportCharges'),
          icon: <ArrowDownloadRegular />,
          href: '/portal/v1/charge-lines/export',
          download: true,
          disabledBecause: mayExport ? undefined : t('common:notAllowed.role'),
        },
      ]}
    >
      <OrderList
        path="/portal/v1/orders"
        params={{ search: url.search }}
        label={t('title')}
        withCustomer
        search={url.search}
        onSearch={(search) => setUrl({ search })}
        filters={
          url.search === ''
            ? []
            : [
                {
                  key: 'search',
                  label: t('searchChip', { number: url.search }),
                  onRemove: () => setUrl({ search: '' }),
                },
              ]
        }
        onClearFilters={() => setUrl({ search: '' })}
        empty={<EmptyState title={t('empty.title')}>{isProvider ? t('empty.body') : t('empty.reseller')}</EmptyState>}
      />
    </Page>
  )
}
