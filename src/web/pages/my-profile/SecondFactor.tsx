import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refresh } from '../../query.ts'
import { useSession } from '../../session.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { BackupCodes } from './BackupCodes.tsx'
import { PasswordDialog } from './PasswordDialog.tsx'
import { SetUpSecondFactor } from './SetUpSecondFactor.tsx'
import type { Setup } from './SetUpSecondFactor.tsx'

type Asking = 'start' | 'off' | 'codes'

/** The state of the second factor, and the ways to change it; each asks for the password first. */
export function SecondFactor() {
  const { t } = useTranslation(['myProfile', 'common'])
  const { user, organization } = useSession()
  const [asking, setAsking] = useState<Asking>()
  const [setup, setSetup] = useState<Setup>()
  const [codes, setCodes] = useState<readonly string[]>()
  const on = user.secondFactorEnabled
  const required = organization.secondFactorRequired

  if (setup) {
    return (
      <SetUpSecondFactor
        setup={setup}
        onCancel={() => setSetup(undefined)}
        onDone={() => {
          setCodes(setup.backupCodes)
          setSetup(undefined)
          toast({ text: t('secondFactor.turnedOn') })
          void refresh('/portal/v1/me')
        }}
      />
    )
  }
  if (codes) return <BackupCodes codes={codes} onDone={() => setCodes(undefined)} />
  return (
    <>
      <p style={{ marginTop: 0 }}>
        <StatusBadge tone={on ? 'success' : 'neutral'}>{on ? t('secondFactor.on') : t('secondFactor.off')}</StatusBadge>
      </p>
      <p>{t('secondFactor.what')}</p>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: '8px' }}>
        {on ? (
          <>
            <ActionButton
              action={{ key: 'codes', label: t('secondFactor.newBackup'), onPress: () => setAsking('codes') }}
            />
            <ActionButton
              appearance="subtle"
              action={{
                key: 'off',
                label: t('secondFactor.turnOff'),
                danger: true,
                onPress: () => setAsking('off'),
                disabledBecause: required ? t('secondFactor.cannotTurnOff') : undefined,
              }}
            />
          </>
        ) : (
          <ActionButton
            appearance="primary"
            action={{ key: 'start', label: t('secondFactor.start'), onPress: () => setAsking('start') }}
          />
        )}
      </div>
      {asking === 'start' && (
        <PasswordDialog
          title={t('secondFactor.start')}
          confirm={t('common:action.next')}
          path="/portal/auth/two-factor/enable"
          onClose={() => setAsking(undefined)}
          onDone={({ totpURI, backupCodes }) => {
            setAsking(undefined)
            if (totpURI) setSetup({ uri: totpURI, backupCodes: backupCodes ?? [] })
          }}
        />
      )}
      {asking === 'codes' && (
        <PasswordDialog
          title={t('secondFactor.newBackup')}
          body={t('secondFactor.newBackupBody')}
          confirm={t('secondFactor.newBackup')}
          path="/portal/auth/two-factor/generate-backup-codes"
          onClose={() => setAsking(undefined)}
          onDone={({ backupCodes }) => {
            setAsking(undefined)
            setCodes(backupCodes ?? [])
          }}
        />
      )}
      {asking === 'off' && (
        <PasswordDialog
          title={t('secondFactor.turnOffTitle')}
          body={t('secondFactor.turnOffBody')}
          confirm={t('secondFactor.turnOff')}
          danger
          path="/portal/auth/two-factor/disable"
          onClose={() => setAsking(undefined)}
          onDone={() => {
            setAsking(undefined)
            toast({ text: t('secondFactor.turnedOff') })
            void refresh('/portal/v1/me')
          }}
        />
      )}
    </>
  )
}
