import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { asSent } from '../../api.ts'
import { FormBox, FormButtons, PasswordField, TextField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'

const Reply = asSent<{ twoFactorRedirect: boolean }>()

const useStyles = makeStyles({
  hint: {
    margin: '16px 0 0',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
})

/** Name and password. */
export function PasswordForm({ onDone, onCode }: { onDone: () => Promise<void>; onCode: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation('signIn')
  const writer = useWrite()
  const form = useForm({
    initial: { username: '', password: '' },
    check: (values) => requireAll(values, ['username', 'password']),
    onSubmit: async ({ username, password }) => {
      const answer = await writer.send({
        method: 'POST',
        path: '/portal/auth/sign-in/username',
        body: { username: username.trim(), password },
        reply: Reply,
      })
      if (!answer) return
      if (answer.reply.twoFactorRedirect) onCode()
      else await onDone()
    },
  })
  return (
    <>
      <FormBox
        form={form}
        error={writer.error}
        label={t('title')}
        labels={{ username: t('username'), password: t('password') }}
      >
        <TextField
          form={form}
          name="username"
          label={t('username')}
          required
          autoFocus
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
        />
        <PasswordField
          form={form}
          name="password"
          label={t('password')}
          required
          autoComplete="current-password"
          show={t('showPassword')}
          hide={t('hidePassword')}
        />
        <FormButtons>
          <SubmitButton state={writer.state}>{t('submit')}</SubmitButton>
        </FormButtons>
      </FormBox>
      <p className={styles.hint}>{t('forgot')}</p>
    </>
  )
}
