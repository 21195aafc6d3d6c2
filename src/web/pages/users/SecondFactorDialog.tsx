import { useTranslation } from 'react-i18next'
import { useSession } from '../../session.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'

/** Demands a second factor of everybody in the organization, or stops it. */
export function SecondFactorDialog({ without, onClose }: { without: number; onClose: () => void }) {
  const { t } = useTranslation('users')
  const { organization } = useSession()
  const writer = useWrite('/portal/v1/me')
  const required = !organization.secondFactorRequired
  const write = { method: 'PUT', path: '/portal/v1/organization/second-factor', body: { required } } as const
  const confirm = async () => {
    if (!(await writer.send(write))) return
    toast({ text: required ? t('factor.doneOn') : t('factor.doneOff') })
    onClose()
  }
  return (
    <ConfirmDialog
      danger={!required}
      title={required ? t('factor.requireTitle') : t('factor.stopTitle')}
      confirm={required ? t('factor.require') : t('factor.stop')}
      state={writer.state}
      error={writer.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <p style={{ margin: 0 }}>
        {required ? t('factor.requireBody', { organization: organization.name }) : t('factor.stopBody')}
      </p>
      {required && without > 0 && <p style={{ margin: 0 }}>{t('factor.requireCount', { count: without })}</p>}
      <div>
        <ApiCallButton write={write} />
      </div>
    </ConfirmDialog>
  )
}
