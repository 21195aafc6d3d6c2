import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle'
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle'
import { InfoFilled } from '@fluentui/react-icons/svg/info'
import { WarningFilled } from '@fluentui/react-icons/svg/warning'
import type { ReactNode } from 'react'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: '12px',
    padding: '8px 12px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
  },
  icon: { flexShrink: 0, fontSize: '20px' },
  body: { flex: '1 1 auto', minWidth: 0, overflowWrap: 'anywhere' },
  title: { display: 'block', fontWeight: tokens.fontWeightSemibold },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '8px' },
  error: { background: tokens.colorStatusDangerBackground1, border: `1px solid ${tokens.colorStatusDangerBorder1}` },
  warning: {
    background: tokens.colorStatusWarningBackground1,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
  },
  success: {
    background: tokens.colorStatusSuccessBackground1,
    border: `1px solid ${tokens.colorStatusSuccessBorder1}`,
  },
  info: { background: tokens.colorNeutralBackground3, border: `1px solid ${tokens.colorNeutralStroke1}` },
  errorIcon: { color: tokens.colorStatusDangerForeground1 },
  warningIcon: { color: tokens.colorStatusWarningForeground3 },
  successIcon: { color: tokens.colorStatusSuccessForeground1 },
  infoIcon: { color: tokens.colorNeutralForeground3 },
})

const icons = { error: ErrorCircleFilled, warning: WarningFilled, success: CheckmarkCircleFilled, info: InfoFilled }

/**
 * A message in the place it is about: an icon, a sentence, perhaps a title and buttons. `live` has it read out when it appears;
 * leave it off for what stands there from the start.
 */
export function Notice({
  tone,
  title,
  actions,
  live = false,
  children,
}: {
  tone: 'error' | 'warning' | 'success' | 'info'
  title?: string
  actions?: ReactNode
  live?: boolean
  children?: ReactNode
}) {
  const styles = useStyles()
  const Icon = icons[tone]
  return (
    <div
      className={mergeClasses(styles.root, styles[tone])}
      {...(live ? { role: tone === 'error' ? 'alert' : 'status' } : {})}
    >
      <Icon className={mergeClasses(styles.icon, styles[`${tone}Icon`])} aria-hidden />
      <div className={styles.body}>
        {title && <strong className={styles.title}>{title}</strong>}
        {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  )
}
