import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionButton, ActionMenu } from './actions.tsx'
import type { Action } from './actions.tsx'
import { AppLink } from './AppLink.tsx'
import { media, usePhone } from './screen.ts'

const useStyles = makeStyles({
  root: {
    boxSizing: 'border-box',
    maxWidth: '1488px',
    margin: '0 auto',
    padding: '16px 24px 40px',
    [media.phone]: { padding: '12px 16px 24px' },
  },
  narrow: { maxWidth: '848px' },
  sticky: { [media.phone]: { paddingBottom: '96px' } },
  crumbs: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px',
    margin: '0 0 4px',
    padding: 0,
    listStyleType: 'none',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
    '& li': { display: 'inline-flex', alignItems: 'center', gap: '4px', minHeight: '24px' },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: '24px',
    rowGap: '8px',
    minHeight: '40px',
  },
  titles: { flex: '1 1 320px', minWidth: 0 },
  titleLine: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '12px' },
  title: {
    margin: 0,
    fontSize: '28px',
    lineHeight: '36px',
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: 'anywhere',
    outlineStyle: 'none',
    [media.phone]: { fontSize: '20px', lineHeight: '28px' },
  },
  lead: { margin: '4px 0 0', maxWidth: '720px', color: tokens.colorNeutralForeground2 },
  primary: {
    display: 'flex',
    gap: '8px',
    [media.phone]: {
      position: 'fixed',
      left: 0,
      right: 0,
      bottom: 0,
      zIndex: 5,
      padding: '12px 16px calc(12px + env(safe-area-inset-bottom))',
      background: tokens.colorNeutralBackground1,
      borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
      '& > *': { flexGrow: 1, minHeight: '44px' },
    },
    [media.print]: { display: 'none' },
  },
  commands: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px',
    margin: '8px -12px 0',
    [media.print]: { display: 'none' },
  },
  command: { minWidth: 'auto', fontWeight: tokens.fontWeightRegular },
  divider: { width: '1px', height: '20px', background: tokens.colorNeutralStroke2, margin: '0 4px' },
  banner: { marginTop: '16px', display: 'flex', flexDirection: 'column', gap: '8px' },
  body: { marginTop: '24px', [media.phone]: { marginTop: '16px' } },
  section: {
    background: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    padding: '16px 24px 24px',
    marginBottom: '16px',
    [media.phone]: { padding: '12px 16px 16px' },
  },
  sectionHead: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px',
    minHeight: '32px',
    marginBottom: '12px',
  },
  sectionTitle: {
    flex: '1 1 auto',
    margin: 0,
    fontSize: '16px',
    lineHeight: '22px',
    fontWeight: tokens.fontWeightSemibold,
  },
})

export interface Crumb {
  readonly label: string
  readonly href: string
}

/** The page focused its heading once already: the first page a person sees keeps the focus where the browser puts it. */
let somePageWasShown = false

/**
 * The frame of every page: where we are (`breadcrumb`, without the page itself), what this is (`title`, with `badges` beside it
 * and one sentence of `lead`), the one primary action, the other `commands`, `banner`s, and the content. Sets the document's
 * title and moves the focus to the heading when a page opens. `narrow` is for forms and text.
 *
 * On a phone the primary action stands at the bottom of the screen and the commands go into a menu.
 */
export function Page({
  title,
  breadcrumb = [],
  badges,
  lead,
  primary,
  commands = [],
  banner,
  narrow = false,
  children,
}: {
  title: string
  breadcrumb?: readonly Crumb[]
  badges?: ReactNode
  lead?: ReactNode
  primary?: Action | undefined
  commands?: readonly Action[]
  banner?: ReactNode
  narrow?: boolean
  children: ReactNode
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const phone = usePhone()
  const heading = useRef<HTMLHeadingElement>(null)

  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])

  useEffect(() => {
    if (somePageWasShown) heading.current?.focus({ preventScroll: true })
    somePageWasShown = true
  }, [])

  const harmless = commands.filter((command) => !command.danger)
  const dangerous = commands.filter((command) => command.danger)
  return (
    <div className={mergeClasses(styles.root, narrow && styles.narrow, primary && styles.sticky)}>
      {breadcrumb.length > 0 && (
        <nav aria-label={t('breadcrumb')}>
          <ol className={styles.crumbs}>
            {breadcrumb.map((crumb) => (
              <li key={crumb.href}>
                <AppLink href={crumb.href}>{crumb.label}</AppLink>
                <ChevronRightRegular aria-hidden fontSize={12} />
              </li>
            ))}
            <li aria-current="page">{title}</li>
          </ol>
        </nav>
      )}
      <div className={styles.head}>
        <div className={styles.titles}>
          <div className={styles.titleLine}>
            <h1 className={styles.title} ref={heading} tabIndex={-1}>
              {title}
            </h1>
            {badges}
            {phone && <ActionMenu label={t('moreActions')} actions={commands} />}
          </div>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {primary && (
          <div className={styles.primary}>
            <ActionButton action={primary} appearance="primary" />
          </div>
        )}
      </div>
      {!phone && commands.length > 0 && (
        <div className={styles.commands} role="group" aria-label={t('pageActions')}>
          {harmless.map((command) => (
            <ActionButton key={command.key} action={command} appearance="subtle" className={styles.command} />
          ))}
          {harmless.length > 0 && dangerous.length > 0 && <span className={styles.divider} aria-hidden />}
          {dangerous.map((command) => (
            <ActionButton key={command.key} action={command} appearance="subtle" className={styles.command} />
          ))}
        </div>
      )}
      {banner && <div className={styles.banner}>{banner}</div>}
      <div className={styles.body}>{children}</div>
    </div>
  )
}

/** A part of a page with its own heading, drawn as a card. */
export function Section({
  title,
  actions,
  children,
  id,
}: {
  title?: string
  actions?: ReactNode
  children: ReactNode
  id?: string
}) {
  const styles = useStyles()
  return (
    <section className={styles.section} {...(id ? { id } : {})} {...(title ? { 'aria-label': title } : {})}>
      {(title || actions) && (
        <div className={styles.sectionHead}>
          {title && <h2 className={styles.sectionTitle}>{title}</h2>}
          {actions}
        </div>
      )}
      {children}
    </section>
  )
}
