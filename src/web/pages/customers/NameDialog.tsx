import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useFieldErrorText } from '../../ui/errors.ts'

/** Asks whether an unusual company name is right, with what is unusual about it. */
export function NameDialog({
  name,
  rule,
  onUse,
  onClose,
}: {
  name: string
  rule: string
  onUse: () => void
  onClose: () => void
}) {
  const { t } = useTranslation('customers')
  const text = useFieldErrorText()
  return (
    <ConfirmDialog
      title={t('form.nameTitle')}
      confirm={t('form.nameUse')}
      cancel={t('form.nameChange')}
      onConfirm={onUse}
      onClose={onClose}
    >
      <strong style={{ overflowWrap: 'anywhere' }}>{name}</strong>
      <p style={{ margin: 0 }}>{text({ rule })}</p>
    </ConfirmDialog>
  )
}
