import { useParams } from '@tanstack/react-router'
import { trialQuantity } from '../../../features/catalog/rules.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { NextTermForm, NextTermFrame, NotNow } from './NextTermPage.tsx'
import { type SubscriptionDetail, useSubscription } from './subscription.ts'
import { useWhyNot } from './useWhyNot.ts'

/** Makes a trial a paid subscription at once. */
export function ConvertTrialPage() {
  const { customerId, subscriptionId } = useParams({ strict: false }) as { customerId: string; subscriptionId: string }
  const { data, error, refetch } = useSubscription(customerId, subscriptionId)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  return <Convert subscription={data} />
}

function Convert({ subscription }: { subscription: SubscriptionDetail }) {
  const why = useWhyNot(subscription)('convertTrial')
  return (
    <NextTermFrame subscription={subscription} purpose="conversion">
      {why !== undefined ? (
        <NotNow subscription={subscription} why={why} />
      ) : (
        <NextTermForm
          key={subscription.id}
          subscription={subscription}
          purpose="conversion"
          initial={{ product: '', quantity: String(trialQuantity), term: 'P1Y', plan: 'monthly', endOn: '' }}
        />
      )}
    </NextTermFrame>
  )
}
