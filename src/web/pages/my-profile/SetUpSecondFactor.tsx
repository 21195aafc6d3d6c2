import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { QRCodeSVG } from 'qrcode.react'
import { useTranslation } from 'react-i18next'
import { FormBox, FormButtons, TextField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { IdText } from '../../ui/IdText.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'

/** What the server gave to begin with; it counts only after a code was right. */
export interface Setup {
  readonly uri: string
  readonly backupCodes: readonly string[]
}

const useStyles = makeStyles({
  // Dark on white in every theme: cameras do not read it the other way round.
  code: {
    display: 'inline-block',
    padding: '16px',
    background: '#ffffff',
    borderRadius: tokens.borderRadiusMedium,
    lineHeight: 0,
  },
  key: { margin: '12px 0 20px' },
})

/** Shows the secret as a picture and as text, and asks for a first code. */
export function SetUpSecondFactor({
  setup,
  onDone,
  onCancel,
}: {
  setup: Setup
  onDone: () => void
  onCancel: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['myProfile', 'common'])
  const writer = useWrite()
  const form = useForm({
    initial: { code: '' },
    check: (values) => requireAll(values, ['code']),
    onSubmit: async ({ code }) => {
      const body = { code: code.replaceAll(/\s/g, ''), trustDevice: false }
      if (await writer.send({ method: 'POST', path: '/portal/auth/two-factor/verify-totp', body })) onDone()
    },
  })
  const key = new URL(setup.uri).searchParams.get('secret') ?? ''
  return (
    <>
      <p style={{ marginTop: 0 }}>{t('secondFactor.scan')}</p>
      <div className={styles.code}>
        <QRCodeSVG value={setup.uri} size={176} title={t('secondFactor.qr')} />
      </div>
      <div className={styles.key}>
        {t('secondFactor.key')}: <IdText id={key} name={t('secondFactor.key')} whole />
      </div>
      <FormBox form={form} error={writer.error} labels={{ code: t('secondFactor.code') }}>
        <TextField
          form={form}
          name="code"
          label={t('secondFactor.code')}
          hint={t('secondFactor.codeHint')}
          required
          autoFocus
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
        />
        <FormButtons>
          <SubmitButton state={writer.state}>{t('secondFactor.verify')}</SubmitButton>
          <Button onClick={onCancel}>{t('common:action.cancel')}</Button>
        </FormButtons>
      </FormBox>
    </>
  )
}
