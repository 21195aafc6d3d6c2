import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { passwordLength, whyPasswordIsWeak } from '../../../features/identity/rules.ts'
import type { PasswordOwner } from '../../../features/identity/rules.ts'
import { useSession } from '../../session.ts'
import type { FieldError } from '../../ui/errors.ts'
import { FormBox, FormButtons, PasswordField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import type { FormErrors } from '../../ui/form.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'

type Values = { currentPassword: string; newPassword: string; repeated: string }

function check(values: Values, owner: PasswordOwner): FormErrors<Values> {
  const errors: { [Name in keyof Values]?: FieldError } = {
    ...requireAll(values, ['currentPassword', 'newPassword', 'repeated']),
  }
  const weak = whyPasswordIsWeak(values.newPassword, owner)
  if (!errors.newPassword && weak) {
    errors.newPassword = { rule: weak, params: { min: passwordLength.least, max: passwordLength.most } }
  }
  if (!errors.newPassword && values.newPassword === values.currentPassword)
    errors.newPassword = { rule: 'passwordSame' }
  if (!errors.repeated && values.repeated !== values.newPassword) errors.repeated = { rule: 'passwordRepeat' }
  return errors
}

/** Asks for the present password and twice for the new one. `temporary` changes what the present one is called. */
export function NewPasswordForm({
  onDone,
  extra,
  temporary = true,
}: {
  onDone: () => Promise<void> | void
  extra?: ReactNode
  temporary?: boolean
}) {
  const { t } = useTranslation('signIn')
  const { user, organization } = useSession()
  const writer = useWrite('/portal/v1/me')
  const form = useForm<Values>({
    initial: { currentPassword: '', newPassword: '', repeated: '' },
    check: (values) =>
      check(values, {
        name: user.name,
        username: user.username,
        email: user.email ?? '',
        organizationName: organization.name,
      }),
    onSubmit: async ({ currentPassword, newPassword }) => {
      const answer = await writer.send({
        method: 'POST',
        path: '/portal/v1/me/password',
        body: { currentPassword, newPassword },
      })
      if (!answer) return
      form.reset()
      await onDone()
    },
  })
  const current = temporary ? t('first.current') : t('first.currentOwn')
  const names = { currentPassword: current, newPassword: t('first.next'), repeated: t('first.repeat') }
  const eye = { show: t('showPassword'), hide: t('hidePassword') }
  return (
    <FormBox form={form} error={writer.error} label={t('first.title')} labels={names}>
      <PasswordField
        form={form}
        name="currentPassword"
        label={current}
        required
        autoComplete="current-password"
        {...eye}
      />
      <PasswordField
        form={form}
        name="newPassword"
        label={names.newPassword}
        hint={t('first.rule')}
        required
        autoComplete="new-password"
        {...eye}
      />
      <PasswordField form={form} name="repeated" label={names.repeated} required autoComplete="new-password" {...eye} />
      <FormButtons>
        <SubmitButton state={writer.state}>{temporary ? t('first.submit') : t('first.change')}</SubmitButton>
        {extra}
      </FormButtons>
    </FormBox>
  )
}
