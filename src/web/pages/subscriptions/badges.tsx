import { useTranslation } from 'react-i18next'
import type { ProvisioningStatus, SubscriptionStatus } from '../../../features/subscriptions/rules.ts'
import type { StatusTone } from '../../ui/StatusBadge.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'

const statusTones: Readonly<Record<SubscriptionStatus, StatusTone>> = {
  pending: 'pending',
  active: 'success',
  suspended: 'warning',
  renewing: 'pending',
  expired: 'warning',
  disabled: 'danger',
  canceled: 'neutral',
  deleted: 'neutral',
}

/** A subscription's state; of a disabled one also which of its two stages, where that is known. */
export function SubscriptionStatusBadge({
  status,
  disabledStage,
}: {
  status: SubscriptionStatus
  disabledStage?: number | null
}) {
  const { t } = useTranslation('subscriptions')
  const text =
    status === 'disabled' && disabledStage ? t('disabledStage', { stage: disabledStage }) : t(`status.${status}`)
  return <StatusBadge tone={statusTones[status]}>{text}</StatusBadge>
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
