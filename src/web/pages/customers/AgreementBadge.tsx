import { useTranslation } from 'react-i18next'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import type { AgreementStatus } from './customer.ts'

const tones = { attested: 'success', direct: 'success', missing: 'warning' } as const

/** Whether, and how, a customer accepted the customer agreement. */
export function AgreementBadge({ status }: { status: AgreementStatus }) {
  const { t } = useTranslation('customers')
  return <StatusBadge tone={tones[status]}>{t(`agreement.${status}`)}</StatusBadge>
}
