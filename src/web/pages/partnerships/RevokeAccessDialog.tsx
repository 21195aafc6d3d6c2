import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { partnershipsPath } from './paths.ts'

/** Asks whether the provider shall lose its access to the reseller's own account; the partnership stays. */
export function RevokeAccessDialog({
  partnership,
  onClose,
}: {
  partnership: { readonly id: string; readonly name: string }
  onClose: () => void
}) {
  const { t } = useTranslation('partnerships')
  const revocation = useWrite(partnershipsPath)
  const revoke = async () => {
    const path = `${partnershipsPath}/${partnership.id}/admin-access-revocation`
    if (!(await revocation.send({ method: 'POST', path }))) return
    toast({ text: t('detail.accessRevoked') })
    onClose()
  }
  return (
    <ConfirmDialog
      title={t('detail.revokeAccessTitle')}
      confirm={t('detail.revokeAccess')}
      danger
      state={revocation.state}
      error={revocation.error}
      onConfirm={() => void revoke()}
      onClose={onClose}
    >
      {t('detail.revokeAccessBody', { name: partnership.name })}
    </ConfirmDialog>
  )
}
