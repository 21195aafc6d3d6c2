import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { InvitationLanding } from '../../../features/partnerships/wire.ts'
import { links } from '../../links.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { AuthorizationText } from './AuthorizationText.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '16px' },
  heading: { margin: 0, fontSize: '16px', lineHeight: '22px', fontWeight: tokens.fontWeightSemibold },
  text: { margin: '4px 0 0', color: tokens.colorNeutralForeground2 },
  button: { display: 'flex', flexDirection: 'column', '& > *': { minHeight: '44px' } },
  foot: { margin: 0, color: tokens.colorNeutralForeground2 },
})

/** For visitors: what they would authorize, sign in and come back, or find out how to get an account. */
export function SignInFirst({ invitation, token }: { invitation: InvitationLanding; token: string }) {
  const styles = useStyles()
  const { t } = useTranslation('invitation')
  return (
    <div className={styles.root}>
      <AuthorizationText text={invitation.authorization.text} />
      <div>
        <h2 className={styles.heading}>{t('signIn.title')}</h2>
        <p className={styles.text}>{t('signIn.body')}</p>
      </div>
      <div className={styles.button}>
        <ActionButton
          appearance="primary"
          action={{ key: 'signIn', label: t('signIn.action'), href: links.signIn(links.invitation(token)) }}
        />
      </div>
      <p className={styles.foot}>
        {t('signIn.noAccount')}{' '}
        <AppLink inline href={links.help('partner-with-providers')}>
          {t('signIn.enroll')}
        </AppLink>
        . {t('signIn.stays')}
      </p>
    </div>
  )
}
