import { useTranslation } from 'react-i18next'
import { usePermission, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import type { SubscriptionDetail } from './subscription.ts'

/** What a reseller asks its provider to do with a subscription; nothing for others. */
export function useRequestActions(
  { status, kind }: SubscriptionDetail,
  ask: (kind: 'quantity' | 'cancel') => void,
): readonly Action[] {
  const { t } = useTranslation(['orderRequests', 'refusals', 'common'])
  const { organization } = useSession()
  const mayWrite = usePermission('order_requests.write')
  if (organization.kind !== 'reseller') return []
  const noRole = mayWrite ? undefined : t('common:notAllowed.role')
  const over = status === 'active' ? undefined : t('refusals:subscriptionNotActive')
  const fixed = kind === 'trial' ? t('refusals:trialFixed') : kind === 'usage' ? t('refusals:usageMetered') : undefined
  return [
    {
      key: 'requestLicenses',
      label: t('action.requestLicenses'),
      onPress: () => ask('quantity'),
      disabledBecause: noRole ?? over ?? fixed,
    },
    {
      key: 'requestCancellation',
      label: t('action.requestCancellation'),
      onPress: () => ask('cancel'),
      disabledBecause: noRole ?? over,
    },
  ]
}
