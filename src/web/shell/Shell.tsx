import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from '@tanstack/react-router'
import { useMaybeSession } from '../session.ts'
import { useTablet } from '../ui/screen.ts'
import { Navigation } from './Navigation.tsx'
import { NavigationSheet } from './NavigationSheet.tsx'
import { TopBar } from './TopBar.tsx'

const useStyles = makeStyles({
  root: { minHeight: '100dvh', background: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground1 },
  skip: {
    position: 'fixed',
    left: '8px',
    top: '-48px',
    zIndex: 1_000_002,
    padding: '8px 16px',
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    boxShadow: tokens.shadow16,
    '&:focus': { top: '8px' },
  },
  columns: { display: 'flex', alignItems: 'stretch' },
  side: {
    flexShrink: 0,
    boxSizing: 'border-box',
    width: '240px',
    position: 'sticky',
    top: '48px',
    height: 'calc(100dvh - 48px)',
    overflowY: 'auto',
    scrollbarWidth: 'thin',
    background: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media print': { display: 'none' },
  },
  sideNarrow: { width: '52px' },
  main: { flexGrow: 1, minWidth: 0, outlineStyle: 'none' },
})

const narrowKey = 'kanal.menu.narrow'

/** The frame of all pages with navigation: top bar, menu, content. Visitors of public pages see it without a menu. */
export function Shell({ children }: { children: ReactNode }) {
  const styles = useStyles()
  const { t } = useTranslation('shell')
  const session = useMaybeSession()
  const tablet = useTablet()
  const { pathname } = useLocation()
  const main = useRef<HTMLElement>(null)
  const [narrow, setNarrow] = useState(() => localStorage.getItem(narrowKey) === '1')
  // The address at which the sheet was opened: going elsewhere closes it, whichever way it was done.
  const [sheetAt, setSheetAt] = useState<string>()

  return (
    <div className={styles.root}>
      <a
        href="#main"
        className={styles.skip}
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
      >
        {t('skip')}
      </a>
      <TopBar {...(session && tablet ? { onMenu: () => setSheetAt(pathname) } : {})} />
      <div className={styles.columns}>
        {session && !tablet && (
          <div className={mergeClasses(styles.side, narrow && styles.sideNarrow)}>
            <Navigation
              session={session}
              narrow={narrow}
              onNarrow={() => {
                localStorage.setItem(narrowKey, narrow ? '0' : '1')
                setNarrow(!narrow)
              }}
            />
          </div>
        )}
        {session && tablet && sheetAt === pathname && (
          <NavigationSheet onClose={() => setSheetAt(undefined)}>
            <Navigation session={session} onChoose={() => setSheetAt(undefined)} />
          </NavigationSheet>
        )}
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          {children}
        </main>
      </div>
    </div>
  )
}
