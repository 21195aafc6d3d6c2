import { useTranslation } from 'react-i18next'
import type { ProvisioningStatus, SubscriptionStatus } from '../../../features/subscriptions/rules.ts'
import type { StatusTone } from '../../ui/StatusBadge.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'

const statusTones: Readonly<Record<SubscriptionStatus, StatusTone>> = {
  pending: 'pending',
  active: 'success',
  suspended: 'warning',
  renewing: 'pending',
  expired: 'neutral',
  disabled: 'neutral',
  canceled: 'neutral',
  deleted: 'neutral',
}

/** A subscription's state. */
export function SubscriptionStatusBadge({ status }: { status: SubscriptionStatus }) {
  const { t } = useTranslation('subscriptions')
  return <StatusBadge tone={statusTones[status]}>{t(`status.${status}`)}</StatusBadge>
}

const provisioningTones: Readonly<Record<ProvisioningStatus, StatusTone>> = {
  pending: 'pending',
  success: 'success',
  failed: 'danger',
}

/** How far the fulfilment of a subscription is. */
export function ProvisioningBadge({ status }: { status: ProvisioningStatus }) {
  const { t } = useTranslation('subscriptions')
  return <StatusBadge tone={provisioningTones[status]}>{t(`provisioning.${status}`)}</StatusBadge>
}
