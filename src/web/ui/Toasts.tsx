import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle'
import { InfoFilled } from '@fluentui/react-icons/svg/info'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { media } from './screen.ts'

export interface Toast {
  /** What happened, in a sentence or two words. */
  readonly text: string
  readonly tone?: 'success' | 'info' | 'error'
  /** One thing the person may want now, such as Undo. Keeps the toast longer. */
  readonly action?: { readonly label: string; readonly onPress: () => void }
}

type Shown = Toast & { readonly id: number }

let shown: readonly Shown[] = []
let lastId = 0
const listeners = new Set<() => void>()

function change(next: readonly Shown[]) {
  shown = next
  for (const listener of listeners) listener()
}

/** Tells the person that something succeeded (errors belong beside what failed). At most three are shown at once. */
export function toast(told: Toast): void {
  change([...shown.slice(-2), { ...told, id: ++lastId }])
}

const useStyles = makeStyles({
  region: {
    position: 'fixed',
    right: '24px',
    bottom: '24px',
    zIndex: 1_000_001,
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    maxWidth: '380px',
    [media.phone]: { left: '16px', right: '16px', bottom: '84px', maxWidth: 'none' },
  },
  toast: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    padding: '8px 8px 8px 16px',
    minHeight: '32px',
    color: tokens.colorNeutralForeground1,
    background: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    boxShadow: tokens.shadow16,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
  },
  text: { flexGrow: 1, overflowWrap: 'anywhere' },
  success: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0, fontSize: '20px' },
  info: { color: tokens.colorBrandForeground1, flexShrink: 0, fontSize: '20px' },
  error: { color: tokens.colorStatusDangerForeground1, flexShrink: 0, fontSize: '20px' },
})

/** Where toasts appear. Once, in the app's frame. */
export function Toasts() {
  const styles = useStyles()
  const toasts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => shown,
  )
  return (
    <div className={styles.region} role="status" aria-live="polite" data-print="none">
      {toasts.map((one) => (
        <OneToast key={one.id} toast={one} />
      ))}
    </div>
  )
}

function OneToast({ toast: { id, text, tone = 'success', action } }: { toast: Shown }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const close = () => change(shown.filter((one) => one.id !== id))
  useEffect(() => {
    const timer = setTimeout(() => change(shown.filter((one) => one.id !== id)), action ? 12_000 : 6_000)
    return () => clearTimeout(timer)
  }, [id, action])
  const Icon = { success: CheckmarkCircleFilled, info: InfoFilled, error: ErrorCircleFilled }[tone]
  return (
    <div className={styles.toast}>
      <Icon className={styles[tone]} aria-hidden />
      <span className={styles.text}>{text}</span>
      {action && (
        <Button
          appearance="transparent"
          size="small"
          onClick={() => {
            action.onPress()
            close()
          }}
        >
          {action.label}
        </Button>
      )}
      <Button
        appearance="subtle"
        size="small"
        icon={<DismissRegular />}
        aria-label={t('action.close')}
        onClick={close}
      />
    </div>
  )
}
