import { Button, Spinner } from '@fluentui/react-components'
import type { ButtonProps } from '@fluentui/react-components'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from './announce.ts'
import type { WriteState } from './useWrite.ts'

/** The primary button of a form: says what is going on, and keeps the focus while it does. */
export function SubmitButton({
  state,
  children,
  onPress,
  danger = false,
  appearance = 'primary',
  icon,
}: {
  state: WriteState
  children: string
  /** Without it the button submits its form. */
  onPress?: () => void
  danger?: boolean
  appearance?: ButtonProps['appearance']
  icon?: ReactElement
}) {
  const { t } = useTranslation()
  const busy = state !== 'idle'
  const label = { idle: children, sending: t('form.sending'), checking: t('form.checking') }[state]
  return (
    <Button
      type={onPress ? 'button' : 'submit'}
      {...(appearance ? { appearance } : {})}
      {...(danger ? { style: dangerLook } : {})}
      disabledFocusable={busy}
      {...(busy ? { icon: <Spinner size="tiny" /> } : icon ? { icon } : {})}
      onClick={() => {
        if (busy) announce(label)
        else onPress?.()
      }}
    >
      {label}
    </Button>
  )
}

const dangerLook = {
  backgroundColor: 'var(--colorStatusDangerBackground3)',
  color: 'var(--colorNeutralForegroundOnBrand)',
}
