import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage, languages, showLanguage } from '../i18n.ts'
import { links } from '../links.ts'
import { AppLink } from '../ui/AppLink.tsx'
import { media } from '../ui/screen.ts'
import { Mark } from './Mark.tsx'

const useStyles = makeStyles({
  root: {
    minHeight: '100dvh',
    display: 'flex',
    flexDirection: 'column',
    background: `linear-gradient(160deg, ${tokens.colorBrandBackground2} 0%, ${tokens.colorNeutralBackground2} 55%)`,
    [media.phone]: { background: tokens.colorNeutralBackground1 },
  },
  main: {
    flexGrow: 1,
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    padding: '24px',
    [media.phone]: { padding: '24px 16px', alignItems: 'flex-start' },
  },
  card: {
    boxSizing: 'border-box',
    width: '100%',
    padding: '40px',
    background: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    boxShadow: tokens.shadow16,
    [media.phone]: { padding: 0, boxShadow: 'none' },
  },
  brand: {
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    marginBottom: '24px',
    fontSize: '20px',
    lineHeight: '28px',
    fontWeight: tokens.fontWeightSemibold,
  },
  title: {
    margin: '0 0 4px',
    fontSize: '28px',
    lineHeight: '36px',
    fontWeight: tokens.fontWeightSemibold,
    outlineStyle: 'none',
  },
  lead: { margin: '0 0 24px', color: tokens.colorNeutralForeground2 },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '4px 16px',
    padding: '16px 24px 24px',
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  chosen: { fontWeight: tokens.fontWeightSemibold, textDecorationLine: 'underline', textUnderlineOffset: '4px' },
  help: { display: 'inline-flex', alignItems: 'center', gap: '4px' },
})

/**
 * The frame of pages without navigation: sign-in, first sign-in, and pages opened from an e-mail. `width` of the card in px;
 * `onLanguage` for somebody who is signed in, whose choice is kept on the server.
 */
export function BareFrame({
  title,
  lead,
  width = 440,
  onLanguage,
  children,
}: {
  title: string
  lead?: ReactNode
  width?: number
  onLanguage?: (language: 'en' | 'tr') => void
  children: ReactNode
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${t('product')}`
  }, [title, t])
  return (
    <div className={styles.root}>
      <main id="main" className={styles.main}>
        <div className={styles.card} style={{ maxWidth: `${width}px` }}>
          <div className={styles.brand}>
            <Mark size={32} />
            {t('product')}
          </div>
          <h1 className={styles.title} ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead ? <p className={styles.lead}>{lead}</p> : <div style={{ height: '16px' }} />}
          {children}
        </div>
      </main>
      <footer className={styles.foot}>
        {languages.map((language) => (
          <Button
            key={language}
            appearance="transparent"
            size="small"
            lang={language}
            aria-pressed={language === currentLanguage()}
            className={language === currentLanguage() ? styles.chosen : ''}
            onClick={() => {
              void showLanguage(language)
              onLanguage?.(language)
            }}
          >
            {t(`language.${language}`)}
          </Button>
        ))}
        <AppLink href={links.help()} className={styles.help}>
          <QuestionCircleRegular aria-hidden /> {t('help')}
        </AppLink>
        <span>{t('notAffiliated')}</span>
      </footer>
    </div>
  )
}
