import { Button } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { queryClient } from '../../query.ts'
import { sessionQuery, useMaybeSession } from '../../session.ts'
import { BareFrame } from '../../shell/BareFrame.tsx'
import { useSignOut } from '../../shell/useSignOut.ts'
import { useGo } from '../../ui/AppLink.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { useWrite } from '../../ui/useWrite.ts'
import { NewPasswordForm } from './NewPasswordForm.tsx'

/** The first thing after signing in with a temporary password: a password of one's own. Nothing else opens before. */
export function FirstSignInPage() {
  const { t } = useTranslation('signIn')
  const go = useGo()
  const signOut = useSignOut()
  const session = useMaybeSession()
  const language = useWrite()
  const [url] = useUrlState({ to: '' })
  const to = /^\/(?![/\\])/.test(url.to) ? url.to : links.home()
  if (!session) {
    // Opened by its address: there is nothing to change before signing in.
    return (
      <BareFrame title={t('first.title')}>
        <Button appearance="primary" onClick={() => go(links.signIn(to))}>
          {t('submit')}
        </Button>
      </BareFrame>
    )
  }
  return (
    <BareFrame
      title={t('first.title')}
      lead={t('first.lead')}
      onLanguage={(locale) => void language.send({ method: 'PUT', path: '/portal/v1/me/locale', body: { locale } })}
    >
      <NewPasswordForm
        onDone={async () => {
          await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
          toast({ text: t('first.done') })
          go(to, { replace: true })
        }}
        extra={
          <Button appearance="transparent" onClick={() => void signOut()}>
            {t('first.signOut')}
          </Button>
        }
      />
    </BareFrame>
  )
}
