import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { EyeRegular } from '@fluentui/react-icons/svg/eye'
import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off'
import { KeyResetRegular } from '@fluentui/react-icons/svg/key-reset'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asSent } from '../../api.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { media } from '../../ui/screen.ts'
import { useLeaveGuard } from '../../ui/useLeaveGuard.tsx'
import { useWrite } from '../../ui/useWrite.ts'

interface ResetReply {
  readonly temporaryPassword?: string
  readonly alreadyShown: boolean
}

const Reset = asSent<ResetReply>()

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px' },
  rows: {
    display: 'grid',
    gridTemplateColumns: 'max-content max-content 1fr',
    gap: '12px 16px',
    alignItems: 'center',
    [media.phone]: { gridTemplateColumns: '1fr auto' },
  },
  label: { color: tokens.colorNeutralForeground3, [media.phone]: { gridColumn: '1 / -1' } },
  value: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase400,
    overflowWrap: 'anywhere',
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
  },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '8px',
    [media.phone]: { '& > *': { flex: '1 1 100%', minHeight: '44px' } },
    [media.print]: { display: 'none' },
  },
  note: { margin: 0, color: tokens.colorNeutralForeground2, maxWidth: '720px' },
  masked: { letterSpacing: '2px' },
})

/**
 * The user name and temporary password of a new customer's administrator, shown this once. The password is in the memory of the
 * page only: after a reload it is gone, and can be replaced by another one until the administrator has signed in.
 */
export function SetupInfo({
  customerId,
  adminUserId,
  userName,
  password,
  onPassword,
}: {
  customerId: string
  adminUserId: string
  userName: string
  password: string | undefined
  onPassword: (password: string | undefined) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const [shown, setShown] = useState(false)
  const [copied, setCopied] = useState(false)
  const [asking, setAsking] = useState(false)
  const writer = useWrite()
  const guard = useLeaveGuard(password !== undefined && !copied, {
    title: t('setup.leaveTitle'),
    body: t('setup.leaveBody'),
  })
  const reset = async () => {
    const path = `/portal/v1/customers/${encodeURIComponent(customerId)}/users/${encodeURIComponent(adminUserId)}/password-reset`
    const answer = await writer.send({ method: 'POST', path, reply: Reset })
    if (!answer) return
    setAsking(false)
    setCopied(false)
    setShown(false)
    onPassword(answer.reply.temporaryPassword)
  }
  return (
    <Section title={t('setup.title')}>
      {guard}
      <div className={styles.stack}>
        {password === undefined ? (
          <Notice
            tone="info"
            actions={
              <Button size="small" icon={<KeyResetRegular />} onClick={() => setAsking(true)}>
                {t('setup.reset')}
              </Button>
            }
          >
            {t('setup.already')}
          </Notice>
        ) : (
          <Notice tone="warning">{t('setup.note')}</Notice>
        )}
        <div className={styles.rows}>
          <span className={styles.label}>{t('setup.userName')}</span>
          <span className={styles.value} data-test="admin-user-name">
            {userName}
          </span>
          <CopyButton text={userName} name={t('setup.userName')} />
          {password !== undefined && (
            <>
              <span className={styles.label}>{t('setup.password')}</span>
              <span className={styles.value}>
                <span data-test="temporary-password" className={shown ? undefined : styles.masked}>
                  {shown ? password : '•'.repeat(12)}
                </span>
                <Button
                  appearance="subtle"
                  size="small"
                  icon={shown ? <EyeOffRegular /> : <EyeRegular />}
                  aria-label={shown ? t('setup.hide') : t('setup.show')}
                  aria-pressed={shown}
                  onClick={() => setShown(!shown)}
                />
              </span>
              <CopyButton text={password} name={t('setup.password')} onCopied={() => setCopied(true)} />
            </>
          )}
        </div>
        {password !== undefined && (
          <>
            <div className={styles.buttons}>
              <CopyButton
                text={`${t('setup.userName')}: ${userName}\n${t('setup.password')}: ${password}`}
                name={t('setup.title')}
                appearance="primary"
                onCopied={() => setCopied(true)}
              >
                {t('setup.copyBoth')}
              </CopyButton>
            </div>
            <p className={styles.note}>{t('setup.send')}</p>
          </>
        )}
      </div>
      {asking && (
        <ConfirmDialog
          title={t('setup.resetTitle')}
          confirm={t('setup.reset')}
          state={writer.state}
          error={writer.error}
          onConfirm={() => void reset()}
          onClose={() => setAsking(false)}
        >
          <p className={styles.note}>{t('setup.resetBody')}</p>
        </ConfirmDialog>
      )}
    </Section>
  )
}
