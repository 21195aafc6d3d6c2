import { Button } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import { FormBox, PasswordField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'

const Reply = z.looseObject({ totpURI: z.nullish(z.string()), backupCodes: z.nullish(z.array(z.string())) })

/** Asks for the password before the second factor changes, and sends it to `path`. */
export function PasswordDialog({
  title,
  body,
  confirm,
  danger = false,
  path,
  onDone,
  onClose,
}: {
  title: string
  body?: string
  confirm: string
  danger?: boolean
  path: string
  onDone: (reply: z.infer<typeof Reply>) => void
  onClose: () => void
}) {
  const { t } = useTranslation(['myProfile', 'signIn', 'common'])
  const writer = useWrite()
  const form = useForm({
    initial: { password: '' },
    check: (values) => requireAll(values, ['password']),
    onSubmit: async ({ password }) => {
      const answer = await writer.send({ method: 'POST', path, body: { password }, reply: Reply })
      if (answer) onDone(answer.reply)
    },
  })
  return (
    <DialogBox
      title={title}
      onClose={onClose}
      busy={writer.busy}
      actions={
        <>
          <SubmitButton state={writer.state} danger={danger} onPress={() => form.submit()}>
            {confirm}
          </SubmitButton>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
        </>
      }
    >
      {body && <p style={{ margin: 0 }}>{body}</p>}
      <p style={{ margin: 0 }}>{t('secondFactor.passwordFirst')}</p>
      <FormBox form={form} error={writer.error} labels={{ password: t('secondFactor.password') }}>
        <PasswordField
          form={form}
          name="password"
          label={t('secondFactor.password')}
          required
          autoFocus
          autoComplete="current-password"
          show={t('signIn:showPassword')}
          hide={t('signIn:hidePassword')}
        />
      </FormBox>
    </DialogBox>
  )
}
