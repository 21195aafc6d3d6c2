import { Button, mergeClasses } from '@fluentui/react-components'
import { AlertRegular } from '@fluentui/react-icons/svg/alert'
import { LocalLanguageRegular } from '@fluentui/react-icons/svg/local-language'
import { NavigationRegular } from '@fluentui/react-icons/svg/navigation'
import { PersonCircleRegular } from '@fluentui/react-icons/svg/person-circle'
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle'
import { useTranslation } from 'react-i18next'
import { asSent } from '../api.ts'
import { currentLanguage, languages } from '../i18n.ts'
import { links } from '../links.ts'
import { useRead } from '../query.ts'
import { useMaybeSession, usePermission } from '../session.ts'
import type { Session } from '../session.ts'
import { themeChoices, useTheme } from '../theme.ts'
import { ChoiceMenu } from '../ui/actions.tsx'
import { useGo, useStayInside } from '../ui/AppLink.tsx'
import { useFormats } from '../ui/formats.tsx'
import { usePhone } from '../ui/screen.ts'
import { useBarStyles } from './bar-styles.ts'
import { GlobalSearch } from './GlobalSearch.tsx'
import { Mark } from './Mark.tsx'
import { useChooseLanguage } from './useChooseLanguage.ts'
import { useSignOut } from './useSignOut.ts'

/** The dark bar on top of everything. `onMenu` where the navigation is a sheet. */
export function TopBar({ onMenu }: { onMenu?: () => void }) {
  const styles = useBarStyles()
  const { t } = useTranslation(['shell', 'common'])
  const session = useMaybeSession()
  const phone = usePhone()
  const go = useGo()
  const { name } = useTheme()
  const home = useStayInside(links.home())
  const help = useStayInside(links.help())
  return (
    <header className={mergeClasses(styles.bar, name !== 'light' && styles[name])}>
      {onMenu && (
        <Button
          className={styles.button}
          appearance="transparent"
          icon={<NavigationRegular />}
          aria-label={t('openMenu')}
          aria-haspopup="dialog"
          onClick={onMenu}
        />
      )}
      <a href={links.home()} className={styles.brand} onClick={home}>
        <Mark size={24} />
        {(!phone || !session) && <span>{t('common:product')}</span>}
        {phone && session && <span className="visually-hidden">{t('common:product')}</span>}
        {session && <span className={styles.organization}>{session.organization.name}</span>}
      </a>
      {session?.organization.sandboxNow && <SandboxMark now={session.organization.sandboxNow} />}
      <div className={styles.middle}>{session && <GlobalSearch />}</div>
      {session && <Bell />}
      {!(phone && session) && (
        <Button
          className={styles.button}
          appearance="transparent"
          icon={<QuestionCircleRegular />}
          as="a"
          href={links.help()}
          onClick={help}
          aria-label={t('common:help')}
          title={t('common:help')}
        />
      )}
      {!(phone && session) && <LanguageMenu />}
      {session ? (
        <AccountMenu session={session} />
      ) : (
        <Button className={styles.button} appearance="transparent" onClick={() => go(links.signIn(location.pathname))}>
          {t('signIn')}
        </Button>
      )}
    </header>
  )
}

/** Tells who lives in a sandbox that it is none of this world, and which day it is there. */
function SandboxMark({ now }: { now: string }) {
  const styles = useBarStyles()
  const { t } = useTranslation('shell')
  const formats = useFormats()
  const phone = usePhone()
  const inside = useStayInside(links.sandbox())
  const mayMove = usePermission('sandbox.manage')
  const whole = t('sandboxOn', { date: formats.date(now.slice(0, 10)) })
  const text = phone ? formats.date(now.slice(0, 10)) : whole
  if (!mayMove) {
    return (
      <span className={styles.sandbox} title={whole}>
        {text}
      </span>
    )
  }
  return (
    <a className={styles.sandbox} href={links.sandbox()} onClick={inside} title={whole} aria-label={whole}>
      {text}
    </a>
  )
}

const Count = asSent<{ unread: number; mandatory: number }>()

function Bell() {
  const styles = useBarStyles()
  const { t } = useTranslation('shell')
  const formats = useFormats()
  const stayInside = useStayInside(links.actionCenter())
  const { data } = useRead('/portal/v1/action-center/count', Count, undefined, { refetchInterval: 120_000 })
  const count = data ? Math.max(data.unread, data.mandatory) : 0
  const name = t('notifications', { count })
  return (
    <span className={styles.bell}>
      <Button
        className={styles.button}
        appearance="transparent"
        icon={<AlertRegular />}
        as="a"
        href={links.actionCenter()}
        onClick={stayInside}
        aria-label={name}
        title={name}
      />
      {count > 0 && (
        <span className={styles.count} aria-hidden>
          {count > 99 ? '99+' : formats.number(count)}
        </span>
      )}
    </span>
  )
}

function useLanguageChoices() {
  const { t } = useTranslation(['shell', 'common'])
  const choose = useChooseLanguage()
  return {
    name: 'language',
    label: t('language'),
    several: false,
    chosen: [currentLanguage()],
    items: languages.map((language) => ({ value: language, label: t(`common:language.${language}`) })),
    onToggle: (value: string) => void choose(value === 'tr' ? 'tr' : 'en'),
  }
}

function LanguageMenu() {
  const styles = useBarStyles()
  const { t } = useTranslation('shell')
  const choices = useLanguageChoices()
  return (
    <ChoiceMenu
      button={
        <Button
          className={styles.button}
          appearance="transparent"
          icon={<LocalLanguageRegular />}
          aria-label={t('language')}
          title={t('language')}
          aria-haspopup="menu"
        />
      }
      groups={[choices]}
    />
  )
}

function AccountMenu({ session }: { session: Session }) {
  const styles = useBarStyles()
  const { t } = useTranslation(['shell', 'common'])
  const formats = useFormats()
  const phone = usePhone()
  const signOut = useSignOut()
  const { choice, choose } = useTheme()
  const language = useLanguageChoices()
  const roles = session.roles.map((role) => t(`common:role.${role}`))
  const themes = {
    name: 'theme',
    label: t('theme.label'),
    several: false,
    chosen: [choice],
    items: themeChoices.map((one) => ({ value: one, label: t(`theme.${one}`) })),
    onToggle: (value: string) => choose(themeChoices.find((one) => one === value) ?? 'system'),
  }
  const help = { key: 'help', label: t('common:help'), href: links.help() }
  const name = t('account', { name: session.user.name })
  return (
    <ChoiceMenu
      button={
        <Button
          className={styles.button}
          appearance="transparent"
          icon={<PersonCircleRegular />}
          aria-label={name}
          title={session.user.name}
          aria-haspopup="menu"
        />
      }
      head={
        <div className={styles.person}>
          <span className={styles.personName}>{session.user.name}</span>
          <span className={styles.personMore}>{session.organization.name}</span>
          <span className={styles.personMore}>{roles.length > 0 ? formats.list(roles) : t('common:role.none')}</span>
        </div>
      }
      first={[{ key: 'profile', label: t('page.myProfile'), href: links.myProfile() }, ...(phone ? [help] : [])]}
      groups={phone ? [language, themes] : [themes]}
      last={[{ key: 'out', label: t('signOut'), onPress: () => void signOut() }]}
    />
  )
}
