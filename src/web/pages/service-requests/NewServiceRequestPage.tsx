import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { useSession } from '../../session.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { ChooseCustomer } from './ChooseCustomer.tsx'
import { FilingForm } from './FilingForm.tsx'
import { useFilingOptions } from './service-request.ts'

/** Where a customer asks for help, or a partner does on its behalf. Customer and subscription are in the address. */
export function NewServiceRequestPage() {
  const { t } = useTranslation('support')
  const { organization } = useSession()
  const [url, setUrl] = useUrlState({ customer: '', subscription: '' })
  const isCustomer = organization.kind === 'customer'
  const customerId = isCustomer ? organization.id : url.customer
  const { data } = useFilingOptions(customerId)
  return (
    <Page
      narrow
      title={t('form.title')}
      lead={
        isCustomer
          ? t('form.leadCustomer')
          : data && data.customer.id === customerId && t('form.leadPartner', { customer: data.customer.name })
      }
      breadcrumb={[{ label: t('title'), href: links.serviceRequests() }]}
    >
      {customerId === '' ? (
        <ChooseCustomer onChoose={(customer) => setUrl({ customer }, { push: true })} />
      ) : (
        <Filing key={customerId} customerId={customerId} subscriptionId={url.subscription} />
      )}
    </Page>
  )
}

function Filing({ customerId, subscriptionId }: { customerId: string; subscriptionId: string }) {
  const { t } = useTranslation(['support', 'refusals'])
  const { data: options, error, refetch } = useFilingOptions(customerId)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!options) {
    return (
      <Section>
        <BlockSkeleton lines={10} />
      </Section>
    )
  }
  if (options.refused !== null) {
    return (
      <Notice tone="warning" title={t('form.refusedTitle', { customer: options.customer.name })}>
        {t(`refusals:${options.refused}`)}
      </Notice>
    )
  }
  if (options.subscriptions.length === 0 && options.providers.length === 0) {
    return <EmptyState title={t('form.nothing')}>{t('form.nothingBody')}</EmptyState>
  }
  return (
    <Section>
      <FilingForm options={options} subscriptionId={subscriptionId} />
    </Section>
  )
}
