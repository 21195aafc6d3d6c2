import { useTranslation } from 'react-i18next'
import type { Delivery, Webhook } from '../../../features/events/wire.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'

/** Whether a webhook is sent to, and if not, why; one that fails is told from one that works. */
export function WebhookStateBadge({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation('webhooks')
  if (webhook.disabledBecause === 'person') return <StatusBadge tone="neutral">{t('state.person')}</StatusBadge>
  if (webhook.disabledBecause) return <StatusBadge tone="danger">{t(`state.${webhook.disabledBecause}`)}</StatusBadge>
  if (webhook.failures > 0) return <StatusBadge tone="warning">{t('state.trouble')}</StatusBadge>
  return <StatusBadge tone="success">{t('state.enabled')}</StatusBadge>
}

const tones = { waiting: 'pending', delivered: 'success', dead: 'danger' } as const

/** What became of a delivery so far. */
export function DeliveryBadge({ status }: { status: Delivery['status'] }) {
  const { t } = useTranslation('webhooks')
  return <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>
}
