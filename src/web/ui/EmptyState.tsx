import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const pictures = {
  /** Nothing is here yet. */
  box: (
    <>
      <path d="M24 44 60 30l36 14v34L60 92 24 78Z" fill="var(--soft)" />
      <path d="M24 44 60 58l36-14M60 58v34" stroke="var(--line)" />
      <path d="M24 44 60 30l36 14v34L60 92 24 78Z" stroke="var(--line)" />
      <path d="M42 37l36 14v10" stroke="var(--line)" />
    </>
  ),
  /** Nothing was found. */
  search: (
    <>
      <circle cx="54" cy="54" r="26" fill="var(--soft)" stroke="var(--line)" />
      <path d="m73 73 22 22" stroke="var(--line)" strokeWidth="6" />
      <path d="M43 50h22M43 60h14" stroke="var(--line)" />
    </>
  ),
  /** Partners: two who are connected. */
  people: (
    <>
      <circle cx="40" cy="44" r="13" fill="var(--soft)" stroke="var(--line)" />
      <circle cx="80" cy="44" r="13" fill="var(--soft)" stroke="var(--line)" />
      <path
        d="M18 86c2-16 11-23 22-23s20 7 22 23ZM58 86c2-16 11-23 22-23s20 7 22 23Z"
        fill="var(--soft)"
        stroke="var(--line)"
      />
      <path d="M50 27c6-6 14-6 20 0" stroke="var(--line)" strokeDasharray="3 5" />
    </>
  ),
  /** Everything is done. */
  done: (
    <>
      <circle cx="60" cy="60" r="34" fill="var(--soft)" stroke="var(--line)" />
      <path d="m44 61 11 11 22-24" stroke="var(--line)" strokeWidth="4" />
    </>
  ),
  /** Something did not work. */
  trouble: (
    <>
      <path d="M60 24 100 92H20Z" fill="var(--soft)" stroke="var(--line)" />
      <path d="M60 48v20M60 78v2" stroke="var(--line)" strokeWidth="4" />
    </>
  ),
  /** A closed door. */
  lock: (
    <>
      <rect x="30" y="54" width="60" height="42" rx="6" fill="var(--soft)" stroke="var(--line)" />
      <path d="M42 54V42a18 18 0 0 1 36 0v12M60 70v10" stroke="var(--line)" strokeWidth="4" />
    </>
  ),
} as const

export type Picture = keyof typeof pictures

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    textAlign: 'center',
    gap: '8px',
    padding: '40px 16px',
    '--soft': tokens.colorBrandBackground2,
    '--line': tokens.colorBrandStroke1,
  },
  title: {
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
    maxWidth: '480px',
    margin: 0,
  },
  body: { color: tokens.colorNeutralForeground2, maxWidth: '480px', margin: 0 },
  actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: '8px', marginTop: '8px' },
})

/** Where nothing is: a picture, one sentence, at most a second one, and the action that ends the emptiness. */
export function EmptyState({
  picture = 'box',
  title,
  children,
  actions,
}: {
  picture?: Picture
  title: string
  children?: ReactNode
  actions?: ReactNode
}) {
  const styles = useStyles()
  return (
    <div className={styles.root}>
      <svg
        width="120"
        height="120"
        viewBox="0 0 120 120"
        fill="none"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden
      >
        {pictures[picture]}
      </svg>
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.body}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
