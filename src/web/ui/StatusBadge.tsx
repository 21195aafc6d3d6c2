import { Badge } from '@fluentui/react-components'
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle'
import { CircleRegular } from '@fluentui/react-icons/svg/circle'
import { ClockRegular } from '@fluentui/react-icons/svg/clock'
import { DismissCircleRegular } from '@fluentui/react-icons/svg/dismiss-circle'
import { InfoRegular } from '@fluentui/react-icons/svg/info'
import { WarningRegular } from '@fluentui/react-icons/svg/warning'
import type { ReactNode } from 'react'

const looks = {
  success: { color: 'success', Icon: CheckmarkCircleRegular },
  pending: { color: 'informative', Icon: ClockRegular },
  warning: { color: 'warning', Icon: WarningRegular },
  danger: { color: 'danger', Icon: DismissCircleRegular },
  info: { color: 'brand', Icon: InfoRegular },
  neutral: { color: 'subtle', Icon: CircleRegular },
} as const

export type StatusTone = keyof typeof looks

/** A state as an icon and a word; the colour only helps. */
export function StatusBadge({ tone, children }: { tone: StatusTone; children: ReactNode }) {
  const { color, Icon } = looks[tone]
  return (
    <Badge appearance="tint" color={color} icon={<Icon aria-hidden />} size="large" shape="rounded">
      {children}
    </Badge>
  )
}
