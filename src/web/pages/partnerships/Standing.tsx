import { useTranslation } from 'react-i18next'
import type { PartnershipRow } from '../../../features/partnerships/wire.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'

const looks = {
  active: ['success', 'agreement.signed'],
  agreementMissing: ['warning', 'agreement.missing'],
  suspended: ['danger', 'agreement.suspended'],
  notEnrolled: ['danger', 'agreement.notEnrolled'],
} as const

/** Whether the other side may trade: signed, or what is in the way. A dash for those who may not know. */
export function Standing({ status }: { status: PartnershipRow['status'] }) {
  const { t } = useTranslation('partnerships')
  if (status === null) return <>–</>
  const [tone, key] = looks[status]
  return <StatusBadge tone={tone}>{t(key)}</StatusBadge>
}
