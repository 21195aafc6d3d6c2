import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle'
import { CircleRegular } from '@fluentui/react-icons/svg/circle'
import { ClockRegular } from '@fluentui/react-icons/svg/clock'
import { DismissCircleRegular } from '@fluentui/react-icons/svg/dismiss-circle'
import { InfoRegular } from '@fluentui/react-icons/svg/info'
import { WarningRegular } from '@fluentui/react-icons/svg/warning'
import type { ReactNode } from 'react'

const icons = {
  success: CheckmarkCircleRegular,
  pending: ClockRegular,
  warning: WarningRegular,
  danger: DismissCircleRegular,
  info: InfoRegular,
  neutral: CircleRegular,
} as const

export type StatusTone = keyof typeof icons

const useStyles = makeStyles({
  badge: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    maxWidth: '100%',
    boxSizing: 'border-box',
    minHeight: '24px',
    padding: '0 6px',
    borderRadius: tokens.borderRadiusMedium,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  icon: { flexShrink: 0, fontSize: '16px' },
  success: {
    background: tokens.colorStatusSuccessBackground1,
    color: tokens.colorStatusSuccessForeground1,
    border: `1px solid ${tokens.colorStatusSuccessBorder1}`,
  },
  warning: {
    background: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground1,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
  },
  danger: {
    background: tokens.colorStatusDangerBackground1,
    color: tokens.colorStatusDangerForeground1,
    border: `1px solid ${tokens.colorStatusDangerBorder1}`,
  },
  info: {
    background: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    border: `1px solid ${tokens.colorBrandStroke2}`,
  },
  pending: {
    background: tokens.colorNeutralBackground4,
    color: tokens.colorNeutralForeground2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  neutral: {
    background: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
})

/** A state as an icon and a word; the colour only helps. */
export function StatusBadge({ tone, children }: { tone: StatusTone; children: ReactNode }) {
  const styles = useStyles()
  const Icon = icons[tone]
  return (
    <span className={mergeClasses(styles.badge, styles[tone])}>
      <Icon className={styles.icon} aria-hidden />
      {children}
    </span>
  )
}
