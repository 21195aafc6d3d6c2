import { Field, Radio, RadioGroup } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { currentLanguage, languages } from '../../i18n.ts'
import { links } from '../../links.ts'
import { queryClient } from '../../query.ts'
import { sessionQuery, useSession } from '../../session.ts'
import { useChooseLanguage } from '../../shell/useChooseLanguage.ts'
import { densities, themeChoices, useDensity, useTheme } from '../../theme.ts'
import { FactList } from '../../ui/FactList.tsx'
import { FieldRow } from '../../ui/fields.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { NewPasswordForm } from '../first-sign-in/NewPasswordForm.tsx'
import { MailChoices } from './MailChoices.tsx'
import { SecondFactor } from './SecondFactor.tsx'

/** A person's own account: who they are here, language and looks, password, second factor. */
export function MyProfilePage() {
  const { t } = useTranslation(['myProfile', 'common'])
  const formats = useFormats()
  const { user, organization, roles, mustFirst } = useSession()
  const roleNames = roles.map((role) => t(`common:role.${role}`))
  return (
    <Page
      title={t('title')}
      breadcrumb={[{ label: t('common:home'), href: links.home() }]}
      narrow
      banner={mustFirst === 'secondFactorRequired' && <Notice tone="warning">{t('secondFactor.required')}</Notice>}
    >
      <Section title={t('about.title')}>
        <FactList
          lines
          facts={[
            { label: t('about.name'), value: user.name },
            { label: t('about.username'), value: user.username },
            { label: t('about.email'), value: user.email },
            { label: t('about.organization'), value: organization.name },
            { label: t('about.roles'), value: roleNames.length > 0 ? formats.list(roleNames) : t('common:role.none') },
          ]}
        />
        <p style={{ marginBottom: 0 }}>{t('about.change')}</p>
      </Section>
      <Section title={t('secondFactor.title')}>
        <SecondFactor />
      </Section>
      <Section title={t('preferences.title')}>
        <Preferences />
      </Section>
      <Section title={t('mails.title')}>
        <MailChoices />
      </Section>
      <Section title={t('password.title')}>
        <NewPasswordForm
          temporary={false}
          onDone={async () => {
            await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
            toast({ text: t('password.changed') })
          }}
        />
      </Section>
    </Page>
  )
}

function Preferences() {
  const { t } = useTranslation(['myProfile', 'common'])
  const chooseLanguage = useChooseLanguage()
  const theme = useTheme()
  const density = useDensity()
  return (
    <FieldRow>
      <Field label={t('preferences.language')} hint={t('preferences.languageHint')}>
        <RadioGroup
          value={currentLanguage()}
          onChange={(_, { value }) => void chooseLanguage(value === 'tr' ? 'tr' : 'en')}
        >
          {languages.map((language) => (
            <Radio key={language} value={language} label={t(`common:language.${language}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Field label={t('preferences.theme')} hint={t('preferences.deviceHint')}>
        <RadioGroup
          value={theme.choice}
          onChange={(_, { value }) => theme.choose(themeChoices.find((one) => one === value) ?? 'system')}
        >
          {themeChoices.map((choice) => (
            <Radio key={choice} value={choice} label={t(`preferences.${choice}`)} />
          ))}
        </RadioGroup>
      </Field>
      <Field label={t('preferences.density')} hint={t('preferences.deviceHint')}>
        <RadioGroup
          value={density.density}
          onChange={(_, { value }) => density.choose(densities.find((one) => one === value) ?? 'comfortable')}
        >
          {densities.map((one) => (
            <Radio key={one} value={one} label={t(`common:density.${one}`)} />
          ))}
        </RadioGroup>
      </Field>
    </FieldRow>
  )
}
