import { Field, Input } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { clockPath, everything } from './clock.ts'

/** Asks for the provider's name before everything in the sandbox is removed. */
export function ResetDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('sandbox')
  const { name } = useSession().organization
  const [typed, setTyped] = useState('')
  const resetting = useWrite(everything)
  const reset = async () => {
    const done = await resetting.send({
      method: 'POST',
      path: `${clockPath}/reset`,
      body: { confirmation: typed.trim() },
    })
    if (!done) return
    toast({ text: t('reset.done') })
    onClose()
  }
  return (
    <ConfirmDialog
      title={t('reset.title')}
      confirm={t('reset.confirm')}
      danger
      state={resetting.state}
      error={resetting.error}
      disabledBecause={typed.trim() === name ? undefined : t('reset.differs')}
      onConfirm={() => void reset()}
      onClose={onClose}
    >
      <span>{t('reset.body', { name })}</span>
      <Field label={t('reset.type', { name })}>
        <Input value={typed} maxLength={200} autoComplete="off" onChange={(_, { value }) => setTyped(value)} />
      </Field>
    </ConfirmDialog>
  )
}
