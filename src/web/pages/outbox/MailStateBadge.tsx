import { useTranslation } from 'react-i18next'
import type { Mail } from '../../../features/notifications/wire.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'

const tones = { waiting: 'pending', sent: 'success', failed: 'danger' } as const

/** What became of a mail so far. */
export function MailStateBadge({ state }: { state: Mail['state'] }) {
  const { t } = useTranslation('outbox')
  return <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
}
