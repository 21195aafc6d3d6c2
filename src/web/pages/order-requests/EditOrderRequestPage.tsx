import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { useCustomer } from '../customers/customer.ts'
import { basketOf, useOrderRequest } from './request.ts'
import { RequestWizard } from './RequestWizard.tsx'

/** Changes a draft. */
export function EditOrderRequestPage() {
  const { customerId, orderRequestId } = useParams({ strict: false }) as { customerId: string; orderRequestId: string }
  const { t } = useTranslation('orderRequests')
  const { data: request, error, refetch } = useOrderRequest(customerId, orderRequestId)
  const customer = useCustomer(customerId)
  const failed = error ?? customer.error
  if (failed) return <ErrorState error={failed} onRetry={() => void refetch()} />
  if (!request || !customer.data) return <PageSkeleton />
  if (request.status !== 'draft' || request.kind !== 'new') {
    return (
      <Page title={t('edit')} breadcrumb={[{ label: t('title'), href: links.orderRequests() }]}>
        <Notice
          tone="info"
          actions={<AppLink href={links.orderRequest(customerId, orderRequestId)}>{t('action.open')}</AppLink>}
        >
          {t('why.onlyDraft')}
        </Notice>
      </Page>
    )
  }
  return (
    <RequestWizard
      key={`${request.id} ${request.version}`}
      keepAs={`order-request ${request.id} ${request.version}`}
      customer={{ ...request.customer, country: customer.data.country ?? '' }}
      provider={request.provider}
      draft={{ id: request.id, version: request.version }}
      initial={{ basket: basketOf(request), wishOn: request.wishOn ?? '', note: request.note }}
    />
  )
}
