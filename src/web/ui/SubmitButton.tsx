import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import type { ButtonProps } from '@fluentui/react-components'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from './announce.ts'
import type { WriteState } from './useWrite.ts'
import { Tooltip } from './Tooltip.tsx'

const useStyles = makeStyles({
  danger: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    '&:hover': {
      backgroundColor: tokens.colorStatusDangerBackground3Hover,
      color: tokens.colorNeutralForegroundOnBrand,
    },
    '&:hover:active': {
      backgroundColor: tokens.colorStatusDangerBackground3Pressed,
      color: tokens.colorNeutralForegroundOnBrand,
    },
  },
})

/**
 * The button that sends something: says what is going on, and keeps the focus while it does. Without `onPress` it submits the
 * form it stands in.
 */
export function SubmitButton({
  state,
  children,
  onPress,
  danger = false,
  disabledBecause,
  appearance = 'primary',
  icon,
}: {
  state: WriteState
  children: string
  onPress?: () => void
  danger?: boolean
  disabledBecause?: string | undefined
  appearance?: NonNullable<ButtonProps['appearance']>
  icon?: ReactElement
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const busy = state !== 'idle'
  const off = busy || disabledBecause !== undefined
  const label = { idle: children, sending: t('form.sending'), checking: t('form.checking') }[state]
  const button = (
    <Button
      type={onPress ? 'button' : 'submit'}
      appearance={appearance}
      {...(danger && !off ? { className: styles.danger } : {})}
      disabledFocusable={off}
      {...(busy ? { icon: <Spinner size="tiny" /> } : icon ? { icon } : {})}
      onClick={(event) => {
        if (off) {
          event.preventDefault()
          announce(disabledBecause ?? label)
        } else onPress?.()
      }}
    >
      {label}
    </Button>
  )
  if (!disabledBecause) return button
  return (
    <Tooltip content={disabledBecause} relationship="description">
      {button}
    </Tooltip>
  )
}
