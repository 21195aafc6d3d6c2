import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { checkCompany, whyNameUnusual } from '../../../features/customers/rules.ts'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { DialogBox } from '../../ui/ConfirmDialog.tsx'
import type { FieldError } from '../../ui/errors.ts'
import { FieldRow, FormBox, FormButtons, TextField } from '../../ui/fields.tsx'
import { requireAll, useForm } from '../../ui/form.ts'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { type Company, customersPath, useCountries } from './customer.ts'
import { NameDialog } from './NameDialog.tsx'

type Values = {
  legalName: string
  addressLine1: string
  addressLine2: string
  postalCode: string
  city: string
  district: string
  state: string
  registrationNumber: string
  taxOffice: string
}

function valuesOf({ tenantName: _tenant, country: _country, ...company }: Company): Values {
  return company
}

/** Changes a customer's company name and address. The country and the name of the tenant stay. */
export function EditCompanyDialog({
  customerId,
  version,
  company,
  onClose,
}: {
  customerId: string
  version: number
  company: Company
  onClose: () => void
}) {
  const { t } = useTranslation(['customers', 'common'])
  const country = useCountries()?.find((one) => one.code === company.country)
  const writer = useWrite(customersPath)
  const [unusual, setUnusual] = useState<string>()
  const writeOf = (values: Values, nameConfirmed = false) =>
    ({
      method: 'PATCH',
      path: `${customersPath}/${customerId}/company`,
      body: { ...values, version, nameConfirmed },
    }) as const
  const save = async (values: Values, nameConfirmed: boolean) => {
    if (!(await writer.send(writeOf(values, nameConfirmed)))) return
    toast({ text: t('account.saved') })
    onClose()
  }
  const form = useForm<Values>({
    initial: valuesOf(company),
    check: (values) => {
      const errors: { [Name in keyof Values]?: FieldError } = requireAll(values, ['legalName', 'addressLine1', 'city'])
      for (const { field, rule, params } of country ? checkCompany(values, country, '') : []) {
        errors[field as keyof Values] ??= { rule, params }
      }
      return errors
    },
    onSubmit: (values) => {
      const rule = values.legalName.trim() === company.legalName ? undefined : whyNameUnusual(values.legalName)
      if (rule) setUnusual(rule)
      else void save(values, false)
    },
  })
  const labels = {
    legalName: t('form.legalName'),
    addressLine1: t('form.addressLine1'),
    addressLine2: t('form.addressLine2'),
    postalCode: t('form.postalCode'),
    city: t('form.city'),
    district: t('form.district'),
    state: t('form.state'),
    registrationNumber: company.country === 'TR' ? t('form.taxNumber') : t('form.registration'),
    taxOffice: t('form.taxOffice'),
  }
  return (
    <DialogBox
      wide
      title={t('account.editCompany')}
      busy={writer.busy}
      alert={form.dirty}
      onClose={onClose}
      actions={<ApiCallButton write={writeOf(form.values)} />}
    >
      <p style={{ margin: 0 }}>{t('account.countryFixed')}</p>
      <FormBox form={form} error={writer.error} labels={labels} label={t('account.editCompany')}>
        <TextField
          form={form}
          name="legalName"
          label={labels.legalName}
          hint={t('account.tenantNameHint')}
          required
          maxLength={255}
        />
        <TextField form={form} name="addressLine1" label={labels.addressLine1} required maxLength={200} />
        <TextField form={form} name="addressLine2" label={labels.addressLine2} maxLength={200} />
        <FieldRow>
          <TextField
            form={form}
            name="postalCode"
            label={labels.postalCode}
            required={country !== undefined && country.postalCodePattern !== null}
            maxLength={20}
          />
          <TextField form={form} name="city" label={labels.city} required maxLength={100} />
        </FieldRow>
        <FieldRow>
          <TextField form={form} name="district" label={labels.district} maxLength={100} />
          <TextField
            form={form}
            name="state"
            label={labels.state}
            required={country?.stateRequired ?? false}
            maxLength={100}
          />
        </FieldRow>
        <FieldRow>
          <TextField
            form={form}
            name="registrationNumber"
            label={labels.registrationNumber}
            required={country?.registrationRequired ?? false}
            maxLength={50}
          />
          {company.country === 'TR' && (
            <TextField form={form} name="taxOffice" label={labels.taxOffice} maxLength={100} />
          )}
        </FieldRow>
        <FormButtons>
          <SubmitButton state={writer.state}>{t('common:action.save')}</SubmitButton>
          <Button disabledFocusable={writer.busy} onClick={writer.busy ? undefined : onClose}>
            {t('common:action.cancel')}
          </Button>
        </FormButtons>
      </FormBox>
      {unusual && (
        <NameDialog
          name={form.values.legalName}
          rule={unusual}
          onUse={() => {
            setUnusual(undefined)
            void save(form.values, true)
          }}
          onClose={() => setUnusual(undefined)}
        />
      )}
    </DialogBox>
  )
}
