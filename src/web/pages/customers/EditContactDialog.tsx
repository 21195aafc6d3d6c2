import { Button } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { checkContact } from '../../../features/customers/rules.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import type { FieldError } from '../../ui/errors.ts'
import { FieldRow, FormBox, FormButtons, RadioField, TextField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { type Contact, customersPath, useCountries } from './customer.ts'

type Values = { firstName: string; lastName: string; email: string; phone: string; language: string }

/** Changes a customer's primary contact. Somebody else's change in between is not overwritten. */
export function EditContactDialog({
  customerId,
  version,
  contact,
  country,
  onClose,
}: {
  customerId: string
  version: number
  contact: Contact
  country: string
  onClose: () => void
}) {
  const { t } = useTranslation(['customers', 'common'])
  const rules = useCountries()?.find((one) => one.code === country)
  const writer = useWrite(customersPath)
  const writeOf = (values: Values) =>
    ({ method: 'PATCH', path: `${customersPath}/${customerId}/contact`, body: { ...values, version } }) as const
  const form = useForm<Values>({
    initial: contact,
    check: (values) => {
      const errors: { [Name in keyof Values]?: FieldError } = requireAll(values, ['firstName', 'lastName', 'email'])
      for (const { field, rule } of checkContact(values, rules ?? { phoneRequired: false }, [], '')) {
        errors[field as keyof Values] ??= { rule }
      }
      return errors
    },
    onSubmit: async (values) => {
      if (!(await writer.send(writeOf(values)))) return
      toast({ text: t('account.saved') })
      onClose()
    },
  })
  const labels = {
    firstName: t('form.firstName'),
    lastName: t('form.lastName'),
    email: t('form.email'),
    phone: t('form.phone'),
    language: t('form.language'),
  }
  return (
    <DialogBox
      wide
      title={t('account.editContact')}
      busy={writer.busy}
      alert={form.dirty}
      onClose={onClose}
      actions={<ApiCallButton write={writeOf(form.values)} />}
    >
      <FormBox form={form} error={writer.error} labels={labels} label={t('account.editContact')}>
        <FieldRow>
          <TextField form={form} name="firstName" label={labels.firstName} required maxLength={80} />
          <TextField form={form} name="lastName" label={labels.lastName} required maxLength={80} />
        </FieldRow>
        <FieldRow>
          <TextField
            form={form}
            name="email"
            type="email"
            label={labels.email}
            hint={t('form.emailHint')}
            required
            maxLength={254}
          />
          <TextField
            form={form}
            name="phone"
            type="tel"
            label={labels.phone}
            required={rules?.phoneRequired ?? false}
            maxLength={30}
          />
        </FieldRow>
        <RadioField
          form={form}
          name="language"
          label={labels.language}
          hint={t('form.languageHint')}
          required
          choices={[
            { value: 'en', label: t('common:language.en') },
            { value: 'tr', label: t('common:language.tr') },
          ]}
        />
        <FormButtons>
          <SubmitButton state={writer.state}>{t('common:action.save')}</SubmitButton>
          <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : onClose}>
            {t('common:action.cancel')}
          </Button>
        </FormButtons>
      </FormBox>
    </DialogBox>
  )
}
