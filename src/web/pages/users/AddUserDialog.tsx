import { Button } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { emailPattern, foldLogin, usernamePattern } from '../../../features/identity/rules.ts'
import type { Role } from '../../../kernel/permissions.ts'
import { useSession } from '../../session.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import type { FieldError } from '../../ui/errors.ts'
import { FieldRow, FormBox, FormButtons, RadioField, TextField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import type { FormErrors } from '../../ui/form.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import type { OneTimePassword } from './PasswordOnceDialog.tsx'
import { RolePicker } from './RolePicker.tsx'
import { UserRow, usersPath } from './user.ts'

type Values = {
  firstName: string
  lastName: string
  email: string
  username: string
  locale: string
  roles: readonly string[]
}

const Added = z.object({ user: UserRow, temporaryPassword: z.optional(z.string()) })

function check(values: Values): FormErrors<Values> {
  const errors: { [Name in keyof Values]?: FieldError } = requireAll(values, [
    'firstName',
    'lastName',
    'email',
    'username',
  ])
  if (!errors.email && !emailPattern.test(foldLogin(values.email))) errors.email = { rule: 'email' }
  if (!errors.username && !usernamePattern.test(foldLogin(values.username))) errors.username = { rule: 'username' }
  return errors
}

/** Asks for a new colleague; `onAdded` gets the temporary password, which is shown this once. */
export function AddUserDialog({
  onAdded,
  onClose,
}: {
  onAdded: (shown: OneTimePassword) => void
  onClose: () => void
}) {
  const { t } = useTranslation(['users', 'common'])
  const { user } = useSession()
  const writer = useWrite(usersPath, '/portal/v1/global-admins')
  const bodyOf = (values: Values) => ({ ...values, roles: [...values.roles] })
  const form = useForm<Values>({
    initial: { firstName: '', lastName: '', email: '', username: '', locale: user.locale, roles: [] },
    check,
    // A click beside the dialog loses nothing.
    keepAs: 'add-user',
    onSubmit: async (values) => {
      const answer = await writer.send({ method: 'POST', path: usersPath, body: bodyOf(values), reply: Added })
      if (!answer) return
      const { user: added, temporaryPassword } = answer.reply
      form.reset()
      onAdded({ reason: 'added', name: added.name, username: added.username, password: temporaryPassword })
    },
  })
  const cancel = () => {
    form.reset()
    onClose()
  }
  const labels = {
    firstName: t('form.firstName'),
    lastName: t('form.lastName'),
    email: t('form.email'),
    username: t('form.username'),
    locale: t('form.language'),
    roles: t('form.roles'),
  }
  return (
    <DialogBox wide title={t('form.title')} busy={writer.busy} onClose={onClose} actions={<></>}>
      <FormBox form={form} error={writer.error} labels={labels} label={t('form.title')}>
        <FieldRow>
          <TextField form={form} name="firstName" label={labels.firstName} required autoFocus maxLength={64} />
          <TextField form={form} name="lastName" label={labels.lastName} required maxLength={64} />
        </FieldRow>
        <FieldRow>
          <TextField
            form={form}
            name="email"
            type="email"
            label={labels.email}
            required
            maxLength={254}
            onBlur={() => {
              // Most organizations sign in with the address, so that is offered.
              if (form.values.username === '') form.set('username', foldLogin(form.values.email))
            }}
          />
          <TextField
            form={form}
            name="username"
            label={labels.username}
            hint={t('form.usernameHint')}
            required
            maxLength={128}
            autoCapitalize="none"
            spellCheck={false}
          />
        </FieldRow>
        <RolePicker
          label={labels.roles}
          hint={t('form.rolesHint')}
          chosen={form.values.roles as readonly Role[]}
          onChange={(roles) => form.set('roles', roles)}
        />
        <RadioField
          form={form}
          name="locale"
          label={labels.locale}
          required
          choices={[
            { value: 'en', label: t('common:language.en') },
            { value: 'tr', label: t('common:language.tr') },
          ]}
        />
        <FormButtons>
          <SubmitButton state={writer.state}>{t('form.submit')}</SubmitButton>
          <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : cancel}>
            {t('common:action.cancel')}
          </Button>
          <ApiCallButton write={{ method: 'POST', path: usersPath, body: bodyOf(form.values) }} />
        </FormButtons>
      </FormBox>
    </DialogBox>
  )
}
