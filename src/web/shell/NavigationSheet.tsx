import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

const useStyles = makeStyles({
  sheet: {
    margin: 0,
    padding: 0,
    border: 0,
    width: 'min(300px, calc(100vw - 48px))',
    maxWidth: 'none',
    height: '100dvh',
    maxHeight: 'none',
    position: 'fixed',
    insetBlock: 0,
    insetInlineStart: 0,
    insetInlineEnd: 'auto',
    background: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground1,
    boxShadow: tokens.shadow64,
    '&::backdrop': { background: 'rgba(0, 0, 0, 0.4)' },
  },
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', padding: '8px 8px 0 16px' },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
})

/** The menu on tablets and phones: a sheet over the page. The browser's own dialog keeps the focus inside and closes on Escape. */
export function NavigationSheet({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const styles = useStyles()
  const { t } = useTranslation('shell')
  const sheet = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = sheet.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={sheet}
      className={styles.sheet}
      aria-label={t('menu')}
      onClose={onClose}
      // A click beside it closes it, where the browser knows this.
      {...{ closedby: 'any' }}
    >
      <div className={styles.head}>
        <h2 className={styles.title}>{t('menu')}</h2>
        <Button
          appearance="subtle"
          size="large"
          icon={<DismissRegular />}
          aria-label={t('closeMenu')}
          onClick={onClose}
        />
      </div>
      {children}
    </dialog>
  )
}
