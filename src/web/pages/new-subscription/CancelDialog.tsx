import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'

/** Asks before everything that was entered is thrown away. */
export function CancelDialog({
  what,
  onConfirm,
  onClose,
}: {
  what: 'customer' | 'order'
  onConfirm: () => void
  onClose: () => void
}) {
  const { t } = useTranslation('orders')
  return (
    <ConfirmDialog
      title={t('wizard.cancelTitle')}
      confirm={t('wizard.cancelYes')}
      cancel={t('wizard.cancelNo')}
      danger
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {t(what === 'customer' ? 'wizard.cancelCustomer' : 'wizard.cancelOrder')}
    </ConfirmDialog>
  )
}
