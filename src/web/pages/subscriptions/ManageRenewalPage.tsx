import { useParams } from '@tanstack/react-router'
import { trialQuantity } from '../../../features/catalog/rules.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Section } from '../../ui/Page.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { NextTermForm, NextTermFrame, NotNow } from './NextTermPage.tsx'
import { type SubscriptionDetail, useSubscription } from './subscription.ts'
import { TermFacts } from './TermFacts.tsx'
import { useTranslation } from 'react-i18next'
import { useWhyNot } from './useWhyNot.ts'

/** Plans the next term of a subscription: product, licenses, term, billing, end. The address may name a plan to begin with. */
export function ManageRenewalPage() {
  const { customerId, subscriptionId } = useParams({ strict: false }) as { customerId: string; subscriptionId: string }
  const { data, error, refetch } = useSubscription(customerId, subscriptionId)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  return <Renewal subscription={data} />
}

function Renewal({ subscription }: { subscription: SubscriptionDetail }) {
  const { t } = useTranslation('subscriptions')
  const why = useWhyNot(subscription)('scheduleChange')
  const [url] = useUrlState({ product: '', quantity: '', term: '', plan: '' })
  const planned = subscription.scheduledChange ?? {
    ...subscription,
    endOn: null,
    ...(subscription.kind === 'trial' ? { quantity: trialQuantity, term: 'P1Y', billingPlan: 'monthly' } : {}),
  }
  return (
    <NextTermFrame subscription={subscription} purpose="renewal">
      {why !== undefined ? (
        <NotNow subscription={subscription} why={why} />
      ) : (
        <>
          <Section title={t('running.title')}>
            <TermFacts subscription={subscription} />
          </Section>
          <NextTermForm
            key={subscription.id}
            subscription={subscription}
            purpose="renewal"
            initial={{
              product: url.product || `${planned.productId}/${planned.skuId}`,
              quantity: url.quantity || String(planned.quantity),
              term: url.term || planned.term,
              plan: url.plan || planned.billingPlan,
              endOn: planned.endOn ?? '',
            }}
          />
        </>
      )}
    </NextTermFrame>
  )
}
