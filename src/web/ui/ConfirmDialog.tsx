import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorBar } from './ErrorState.tsx'
import { media } from './screen.ts'
import { SubmitButton } from './SubmitButton.tsx'
import type { WriteState } from './useWrite.ts'

const useStyles = makeStyles({
  surface: {
    [media.phone]: {
      margin: 0,
      width: '100vw',
      maxWidth: '100vw',
      height: '100dvh',
      maxHeight: '100dvh',
      borderRadius: 0,
      border: 0,
      padding: '16px',
    },
  },
  wide: { maxWidth: '840px' },
  body: {
    [media.phone]: { height: '100%', maxHeight: 'none', gridTemplateRows: 'auto 1fr auto' },
  },
  // What is too long is scrolled, never squeezed.
  content: { display: 'flex', flexDirection: 'column', gap: '12px', '& > *': { flexShrink: 0 } },
  actions: { [media.phone]: { '& > *, & > span > *': { minHeight: '44px' } } },
})

/**
 * A dialog with a title, content and buttons; fills the screen on a phone. Shown while it is in the tree. `busy` keeps it open
 * until the answer is known. The first of `actions` is the primary one.
 */
export function DialogBox({
  title,
  children,
  actions,
  onClose,
  busy = false,
  wide = false,
  alert = false,
}: {
  title: string
  children: ReactNode
  actions: ReactNode
  onClose: () => void
  busy?: boolean
  wide?: boolean
  /** It asks about something grave: a click beside it does not close it. */
  alert?: boolean
}) {
  const styles = useStyles()
  return (
    <Dialog
      open
      modalType={alert ? 'alert' : 'modal'}
      onOpenChange={(_, { open }) => {
        if (!open && !busy) onClose()
      }}
    >
      <DialogSurface className={wide ? `${styles.surface} ${styles.wide}` : styles.surface} aria-busy={busy}>
        <DialogBody className={styles.body}>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>{children}</DialogContent>
          <DialogActions className={styles.actions}>{actions}</DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}

/**
 * A question with two answers. Give the writer's `state` and `error`, and both buttons wait and the reason stands in the
 * dialog. `danger` for what takes something away. `disabledBecause` keeps the confirming button in sight with its reason.
 */
export function ConfirmDialog({
  title,
  children,
  confirm,
  cancel,
  danger = false,
  wide = false,
  state = 'idle',
  error,
  disabledBecause,
  onConfirm,
  onClose,
}: {
  title: string
  children: ReactNode
  confirm: string
  cancel?: string
  danger?: boolean
  wide?: boolean
  state?: WriteState
  error?: unknown
  disabledBecause?: string | undefined
  onConfirm: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const busy = state !== 'idle'
  return (
    <DialogBox
      title={title}
      onClose={onClose}
      busy={busy}
      wide={wide}
      alert={danger}
      actions={
        <>
          <SubmitButton state={state} danger={danger} disabledBecause={disabledBecause} onPress={onConfirm}>
            {confirm}
          </SubmitButton>
          <Button disabledFocusable={busy} onClick={busy ? undefined : onClose}>
            {cancel ?? t('action.cancel')}
          </Button>
        </>
      }
    >
      {children}
      <ErrorBar error={error} />
    </DialogBox>
  )
}
