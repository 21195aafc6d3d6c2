import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { useMaybeSession } from '../../session.ts'
import { useSignOut } from '../../shell/useSignOut.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '0 8px',
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
  },
})

/** Who answers, and the way to answer as somebody else. */
export function SignedInAs() {
  const styles = useStyles()
  const { t } = useTranslation('relationships')
  const { token = '' } = useParams({ strict: false }) as { token?: string }
  const session = useMaybeSession()
  const signOut = useSignOut()
  if (!session) return null
  return (
    <div className={styles.root}>
      {t('landing.signedInAs', { name: session.user.name, organization: session.organization.name })}
      <Button
        appearance="transparent"
        size="small"
        onClick={() => void signOut(links.signIn(links.relationship(token)))}
      >
        {t('landing.otherAccount')}
      </Button>
    </div>
  )
}
