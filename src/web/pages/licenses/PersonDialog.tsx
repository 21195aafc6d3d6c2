import { Button } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { foldLogin } from '../../../features/identity/rules.ts'
import { nameLength, whyNotLogin } from '../../../features/licenses/rules.ts'
import type { Role } from '../../../kernel/permissions.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import type { FieldError } from '../../ui/errors.ts'
import { FieldRow, FormBox, FormButtons, RadioField, SelectField, TextField } from '../../ui/fields.tsx'
import { type FormErrors, requireAll, useForm } from '../../ui/form.ts'
import { useFormats } from '../../ui/formats.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import type { OneTimePassword } from '../users/PasswordOnceDialog.tsx'
import { PasswordShape, pathOf, type PeopleAccess, type Person } from './people.ts'
import { CustomerRolePicker } from './CustomerRolePicker.tsx'

type Values = {
  firstName: string
  lastName: string
  displayName: string
  local: string
  domain: string
  usageLocation: string
  locale: string
  roles: readonly string[]
}

/** Asks for a new user of a customer, or changes one. `onAdded` gets the temporary password, which is shown this once. */
export function PersonDialog({
  access,
  person,
  onAdded,
  onClose,
}: {
  access: PeopleAccess
  /** Whom to change; a new one without. */
  person?: Person
  onAdded: (shown: OneTimePassword) => void
  onClose: () => void
}) {
  const { t } = useTranslation(['licenses', 'common'])
  const formats = useFormats()
  const { customer, domains, countries } = access
  const base = `${pathOf(customer.id)}/users`
  const writer = useWrite(base, `${pathOf(customer.id)}/users-access`)
  const check = (values: Values): FormErrors<Values> => {
    const errors: { [Name in keyof Values]?: FieldError } = requireAll(
      values,
      person ? ['displayName'] : ['displayName', 'local'],
    )
    const rule = person || errors.local ? null : whyNotLogin(loginOf(values), domains)
    if (rule !== null)
      errors.local = { rule: rule === 'email' ? 'username' : rule, params: { domains: domains.join(', ') } }
    return errors
  }
  const form = useForm<Values>({
    initial: {
      firstName: person?.firstName ?? '',
      lastName: person?.lastName ?? '',
      displayName: person?.name ?? '',
      local: '',
      domain: domains[0] ?? '',
      usageLocation: person ? (person.usageLocation ?? '') : customer.country,
      locale: person?.locale ?? customer.language,
      roles: ['user'],
    },
    check,
    // A click beside the dialog loses nothing.
    ...(person ? {} : { keepAs: `add-person-${customer.id}` }),
    onSubmit: (values) => void save(values),
  })
  const writeOf = (values: Values) => {
    const { firstName, lastName, displayName, usageLocation, locale } = values
    const details = { firstName, lastName, displayName, usageLocation: usageLocation || null, locale }
    return person
      ? ({ method: 'PUT', path: `${base}/${person.id}`, body: details } as const)
      : ({
          method: 'POST',
          path: base,
          body: { username: loginOf(values), ...details, roles: [...values.roles] },
        } as const)
  }
  const save = async (values: Values) => {
    const write = writeOf(values)
    if (person) {
      if (!(await writer.send(write))) return
      toast({ text: t('person.saved', { name: values.displayName }) })
      onClose()
      return
    }
    const answer = await writer.send({ ...write, reply: PasswordShape })
    if (!answer) return
    const { name, username, temporaryPassword } = answer.reply
    form.reset()
    onAdded({ reason: 'added', name, username, password: temporaryPassword })
  }
  const cancel = () => {
    form.reset()
    onClose()
  }
  const labels = {
    firstName: t('person.firstName'),
    lastName: t('person.lastName'),
    displayName: t('person.displayName'),
    local: t('person.username'),
    domain: t('person.domain'),
    usageLocation: t('person.location'),
    locale: t('person.language'),
  }
  const title = person ? t('person.editTitle', { name: person.name }) : t('person.addTitle')
  return (
    <DialogBox wide title={title} busy={writer.busy} onClose={onClose} actions={<></>}>
      <FormBox form={form} error={writer.error} labels={labels} label={title} fieldNames={{ username: 'local' }}>
        <FieldRow>
          <TextField
            form={form}
            name="firstName"
            label={labels.firstName}
            autoFocus
            maxLength={nameLength}
            onBlur={() => offerName(form)}
          />
          <TextField
            form={form}
            name="lastName"
            label={labels.lastName}
            maxLength={nameLength}
            onBlur={() => offerName(form)}
          />
        </FieldRow>
        <TextField form={form} name="displayName" label={labels.displayName} required maxLength={nameLength} />
        {!person && (
          <FieldRow>
            <TextField
              form={form}
              name="local"
              label={labels.local}
              hint={t('person.usernameHint')}
              required
              maxLength={64}
              autoCapitalize="none"
              spellCheck={false}
            />
            <SelectField
              form={form}
              name="domain"
              label={labels.domain}
              required
              choices={domains.map((name) => ({ value: name, label: `@${name}` }))}
            />
          </FieldRow>
        )}
        <SelectField
          form={form}
          name="usageLocation"
          label={labels.usageLocation}
          hint={t('person.locationHint')}
          emptyLabel={t('person.noLocation')}
          choices={countries
            .map((code) => ({ value: code, label: formats.country(code) }))
            .toSorted((one, other) => formats.compare(one.label, other.label))}
        />
        {!person && (
          <CustomerRolePicker
            chosen={form.values.roles as readonly Role[]}
            onChange={(roles) => form.set('roles', roles)}
          />
        )}
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
          <SubmitButton state={writer.state}>{person ? t('common:action.save') : t('person.submit')}</SubmitButton>
          <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : cancel}>
            {t('common:action.cancel')}
          </Button>
          <ApiCallButton write={writeOf(form.values)} />
        </FormButtons>
      </FormBox>
    </DialogBox>
  )
}

function loginOf({ local, domain }: Values): string {
  return foldLogin(`${local.trim()}@${domain}`)
}

/** Most people are called by first and last name, so that is offered. */
function offerName(form: { values: Values; set: (name: 'displayName', value: string) => void }): void {
  const { firstName, lastName, displayName } = form.values
  const name = `${firstName} ${lastName}`.trim()
  if (name !== '' && (displayName === '' || displayName === firstName.trim())) form.set('displayName', name)
}
