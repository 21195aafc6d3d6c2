import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CheckField, FormBox, FormButtons, TextField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'

/** The second factor: a code of the authenticator app, or one of the backup codes. */
export function CodeForm({ onDone, onBack }: { onDone: () => Promise<void>; onBack: () => void }) {
  const { t } = useTranslation('signIn')
  const writer = useWrite()
  const [backup, setBackup] = useState(false)
  const form = useForm({
    initial: { code: '', trustDevice: false },
    check: (values) => requireAll(values, ['code']),
    onSubmit: async ({ code, trustDevice }) => {
      const answer = await writer.send({
        method: 'POST',
        path: backup ? '/portal/auth/two-factor/verify-backup-code' : '/portal/auth/two-factor/verify-totp',
        body: { code: backup ? code.trim() : code.replaceAll(/\s/g, ''), trustDevice },
      })
      if (answer) await onDone()
    },
  })
  const label = backup ? t('code.backupLabel') : t('code.label')
  return (
    <FormBox form={form} error={writer.error} label={t('code.title')} labels={{ code: label }}>
      <TextField
        key={String(backup)}
        form={form}
        name="code"
        label={label}
        required
        autoFocus
        autoComplete="one-time-code"
        inputMode={backup ? 'text' : 'numeric'}
        spellCheck={false}
        maxLength={40}
      />
      <CheckField form={form} name="trustDevice" label={t('code.trust')} />
      <FormButtons>
        <SubmitButton state={writer.state}>{t('code.submit')}</SubmitButton>
        <Button
          appearance="transparent"
          onClick={() => {
            setBackup(!backup)
            form.reset()
            writer.clear()
          }}
        >
          {backup ? t('code.useApp') : t('code.useBackup')}
        </Button>
        <Button appearance="transparent" onClick={onBack}>
          {t('code.back')}
        </Button>
      </FormButtons>
    </FormBox>
  )
}
