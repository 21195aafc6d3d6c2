import { Field, makeStyles, Select } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { type Customer, useCustomer } from '../customers/customer.ts'
import { useSellers } from './request.ts'
import { RequestWizard } from './RequestWizard.tsx'

const useStyles = makeStyles({ field: { maxWidth: '420px', marginBottom: '24px' } })

/** Asks a provider to order for a customer that it shares with the reseller. */
export function NewOrderRequestPage() {
  const { customerId } = useParams({ strict: false }) as { customerId: string }
  const { data: customer, error, refetch } = useCustomer(customerId)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!customer) return <PageSkeleton />
  return <RequestFor key={customer.id} customer={customer} />
}

function RequestFor({ customer }: { customer: Customer }) {
  const styles = useStyles()
  const { t } = useTranslation(['orderRequests', 'customers'])
  const { data, error, refetch } = useSellers(customer.id)
  const [url, setUrl] = useUrlState({ provider: '' })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  const usable = data.items.filter(({ reason }) => reason === null)
  const seller = usable.find(({ id }) => id === url.provider) ?? usable[0]
  if (!seller) {
    return (
      <Page
        title={t('new')}
        breadcrumb={[
          { label: t('customers:title'), href: links.customers() },
          { label: customer.name, href: links.customerSubscriptions(customer.id) },
        ]}
      >
        <Notice tone="warning" title={t('why.noSeller')}>
          {data.items[0]?.reasonText}
        </Notice>
      </Page>
    )
  }
  return (
    <RequestWizard
      key={seller.id}
      keepAs={`order-request ${customer.id} ${seller.id}`}
      customer={{ id: customer.id, name: customer.name, country: customer.country ?? '' }}
      provider={seller}
      initial={{ basket: [], wishOn: '', note: '' }}
      head={
        data.items.length > 1 ? (
          <Field className={styles.field} label={t('form.provider')} hint={t('form.providerHint')}>
            <Select value={seller.id} onChange={(_, { value }) => setUrl({ provider: value })}>
              {data.items.map(({ id, name, reason, reasonText }) => (
                <option key={id} value={id} disabled={reason !== null}>
                  {reason === null ? name : `${name} – ${reasonText ?? ''}`}
                </option>
              ))}
            </Select>
          </Field>
        ) : undefined
      }
    />
  )
}
