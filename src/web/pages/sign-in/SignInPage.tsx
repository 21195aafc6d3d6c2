import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { queryClient } from '../../query.ts'
import { sessionQuery } from '../../session.ts'
import { BareFrame } from '../../shell/BareFrame.tsx'
import { useGo } from '../../ui/AppLink.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { useFirstRun } from '../first-run/useFirstRun.ts'
import { CodeForm } from './CodeForm.tsx'
import { PasswordForm } from './PasswordForm.tsx'

/** Only addresses of this portal: `//elsewhere` and `https:` would lead somebody away with our name on it. */
function ownAddress(to: string): string {
  return /^\/(?![/\\])/.test(to) ? to : links.home()
}

/** Sign-in with user name or e-mail and password, then with a code where a second factor is set up; then on to where one was going. */
export function SignInPage() {
  const { t } = useTranslation('signIn')
  const go = useGo()
  const [url] = useUrlState({ to: '', ended: ['', '1'] })
  const [needsCode, setNeedsCode] = useState(false)
  useFirstRun()
  const invited = url.to.startsWith('/invitation/') || url.to.startsWith('/relationship/')

  const enter = async () => {
    queryClient.clear()
    const session = await queryClient.fetchQuery(sessionQuery)
    const to = ownAddress(url.to)
    go(session?.mustFirst === 'passwordChangeRequired' ? links.firstSignIn(to) : to, { replace: true })
  }
  if (needsCode) {
    return (
      <BareFrame title={t('code.title')} lead={t('code.lead')}>
        <CodeForm onDone={enter} onBack={() => setNeedsCode(false)} />
      </BareFrame>
    )
  }
  return (
    <BareFrame title={t('title')} lead={t('lead')}>
      {(invited || url.ended === '1') && (
        <div style={{ marginBottom: '16px' }}>
          <Notice tone="info">{invited ? t('invited') : t('signedOut')}</Notice>
        </div>
      )}
      <PasswordForm onDone={enter} onCode={() => setNeedsCode(true)} />
    </BareFrame>
  )
}
