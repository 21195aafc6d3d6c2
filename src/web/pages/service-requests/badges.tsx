import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { StatusTone } from '../../ui/StatusBadge.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import type { ServiceRequestListItem } from './service-request.ts'

const useStyles = makeStyles({
  line: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  over: { color: tokens.colorStatusDangerForeground1, fontWeight: tokens.fontWeightSemibold },
})

const statusTones: Readonly<Record<ServiceRequestListItem['status'], StatusTone>> = {
  open: 'info',
  attention: 'warning',
  closed: 'neutral',
}

export function RequestStatusBadge({ status }: { status: ServiceRequestListItem['status'] }) {
  const { t } = useTranslation('support')
  return <StatusBadge tone={statusTones[status]}>{t(`status.${status}`)}</StatusBadge>
}

const severityTones: Readonly<Record<ServiceRequestListItem['severity'], StatusTone>> = {
  critical: 'danger',
  moderate: 'warning',
  minimal: 'neutral',
}

export function SeverityBadge({ severity }: { severity: ServiceRequestListItem['severity'] }) {
  const { t } = useTranslation('support')
  return <StatusBadge tone={severityTones[severity]}>{t(`severity.${severity}`)}</StatusBadge>
}

/** How the first response stands, in words: how long is left, by how much it is overdue, or how it ended. */
export function DueText({ request }: { request: Pick<ServiceRequestListItem, 'responseState' | 'minutesLeft'> }) {
  const styles = useStyles()
  const { t } = useTranslation('support')
  const { responseState, minutesLeft } = request
  if (minutesLeft === null) {
    if (responseState === 'waiting' || responseState === 'overdue') return null
    return <span className={styles.line}>{t(`due.${responseState}`)}</span>
  }
  const minutes = Math.abs(minutesLeft)
  const time =
    minutes < 60
      ? t('time.minutes', { count: minutes })
      : minutes < 48 * 60
        ? t('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
        : t('time.days', { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60) })
  return responseState === 'overdue' ? (
    <span className={mergeClasses(styles.line, styles.over)}>{t('due.over', { time })}</span>
  ) : (
    <span className={styles.line}>{t('due.left', { time })}</span>
  )
}
