import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { CopyRegular } from '@fluentui/react-icons/svg/copy'
import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { suggestDomainPrefix } from '../../../features/customers/rules.ts'
import { FieldRow, FieldSet, FormBox, RadioField, SelectField, TextField } from '../../ui/fields.tsx'
import { useForm } from '../../ui/form.ts'
import type { Form } from '../../ui/form.ts'
import { useFormats } from '../../ui/formats.tsx'
import type { WriteState } from '../../ui/useWrite.ts'
import { useWrite } from '../../ui/useWrite.ts'
import { type Country, customersPath, useCountries, useResellerChoices } from './customer.ts'
import { DomainField } from './DomainField.tsx'
import { NameDialog } from './NameDialog.tsx'
import {
  checkNewCustomer,
  customerBody,
  customerFieldNames,
  flagForCountry,
  latestAcceptance,
  type NewCustomerValues,
} from './new-customer.ts'

const Checked = z.object({ warnings: z.array(z.object({ field: z.string(), rule: z.string() })), domain: z.string() })

const useStyles = makeStyles({
  parts: { display: 'flex', flexDirection: 'column', gap: '32px' },
  note: { margin: 0, color: tokens.colorNeutralForeground2 },
  same: { alignSelf: 'flex-start' },
})

/**
 * The form of a new customer: step 1 of the wizard. Keeps what is typed and hands it up with every change; `onDone` is called
 * once the server has found nothing wrong and an unusual name is confirmed. Nothing is stored by it.
 *
 * @param initial What was typed before, or `emptyCustomer(…)`.
 * @param error Why the wizard's submit was refused, when it was about these fields: they are marked here.
 * @param buttons Below the form; gets the state of the check. The submitting button is a `SubmitButton` without `onPress`.
 */
export function NewCustomerForm({
  initial,
  onChange,
  onDone,
  error,
  buttons,
}: {
  initial: NewCustomerValues
  onChange: (values: NewCustomerValues) => void
  onDone: (values: NewCustomerValues) => void
  error?: unknown
  buttons: (state: WriteState) => ReactNode
}) {
  const styles = useStyles()
  const { t } = useTranslation(['customers', 'common'])
  const countries = useCountries()
  const checker = useWrite()
  const [warning, setWarning] = useState<string>()
  const countryOf = (code: string) => countries?.find((one) => one.code === code)

  const validate = async (values: NewCustomerValues) => {
    const answer = await checker.send({
      method: 'POST',
      path: `${customersPath}/validation`,
      body: customerBody(values),
      reply: Checked,
    })
    if (!answer) return
    const [first] = answer.reply.warnings
    if (first) setWarning(first.rule)
    else onDone(values)
  }
  const form = useForm<NewCustomerValues>({
    initial,
    check: (values) => checkNewCustomer(values, countryOf(values.country)),
    onSubmit: (values) => void validate(values),
  })
  const { values } = form
  const country = countryOf(values.country)
  useHandUp(values, onChange)

  const chooseCountry = (code: string) => {
    const chosen = countryOf(code)
    const { state, postalCode, registrationNumber } = values
    // What another country objected to is asked anew.
    form.change({ country: code, state, postalCode, registrationNumber })
    if (chosen) form.flag(flagForCountry({ ...values, country: code }, chosen))
  }
  const labels = useLabels(country)
  return (
    <>
      <FormBox
        form={form}
        error={checker.error ?? error}
        fieldNames={customerFieldNames}
        labels={labels}
        label={t('form.label')}
      >
        <div className={styles.parts}>
          <ResellerPart form={form} label={labels.resellerId} />
          <CompanyPart form={form} labels={labels} countries={countries} country={country} onCountry={chooseCountry} />
          <ContactPart form={form} labels={labels} country={country} />
          <AgreementPart form={form} labels={labels} />
        </div>
        {buttons(checker.state)}
      </FormBox>
      {warning && (
        <NameDialog
          name={values.legalName}
          rule={warning}
          onUse={() => {
            const confirmed = { ...values, nameConfirmed: true }
            setWarning(undefined)
            form.change({ nameConfirmed: true })
            void validate(confirmed)
          }}
          onClose={() => {
            setWarning(undefined)
            document.getElementById(`${form.id}-legalName`)?.focus()
          }}
        />
      )}
    </>
  )
}

/** Hands every change up, but not what was there at the beginning. */
function useHandUp(values: NewCustomerValues, onChange: (values: NewCustomerValues) => void): void {
  const latest = useRef(onChange)
  const before = useRef(values)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => {
    if (before.current === values) return
    before.current = values
    latest.current(values)
  }, [values])
}

type Labels = Record<Exclude<keyof NewCustomerValues, 'nameConfirmed'>, string>

/** In the order of the page. */
function useLabels(country: Country | undefined): Labels {
  const { t } = useTranslation('customers')
  return {
    resellerId: t('form.reseller'),
    country: t('form.country'),
    legalName: t('form.legalName'),
    domainPrefix: t('form.domainPrefix'),
    addressLine1: t('form.addressLine1'),
    addressLine2: t('form.addressLine2'),
    city: t('form.city'),
    district: t('form.district'),
    state: t('form.state'),
    postalCode: t('form.postalCode'),
    registrationNumber: country?.code === 'TR' ? t('form.taxNumber') : t('form.registration'),
    taxOffice: t('form.taxOffice'),
    segment: t('form.segment'),
    firstName: t('form.firstName'),
    lastName: t('form.lastName'),
    email: t('form.email'),
    phone: t('form.phone'),
    language: t('form.language'),
    agreementMethod: t('form.agreementMethod'),
    acceptedOn: t('form.acceptedOn'),
    acceptorFirstName: t('form.acceptorFirstName'),
    acceptorLastName: t('form.acceptorLastName'),
    acceptorEmail: t('form.acceptorEmail'),
    acceptorPhone: t('form.acceptorPhone'),
  }
}

function ResellerPart({ form, label }: { form: Form<NewCustomerValues>; label: string }) {
  const { t } = useTranslation('customers')
  const choices = useResellerChoices() ?? []
  return (
    <FieldSet legend={t('form.resellerSet')}>
      <SelectField
        form={form}
        name="resellerId"
        label={label}
        hint={t('form.resellerHint')}
        required
        choices={[
          { value: 'none', label: t('form.noReseller') },
          ...choices.map(({ resellerId, name, partnerId, selectable, reasonText }) => ({
            value: resellerId,
            label: selectable ? `${name} (${partnerId})` : t('form.resellerBarred', { name, reason: reasonText ?? '' }),
            disabled: !selectable,
          })),
        ]}
      />
    </FieldSet>
  )
}

function CompanyPart({
  form,
  labels,
  countries,
  country,
  onCountry,
}: {
  form: Form<NewCustomerValues>
  labels: Labels
  countries: readonly Country[] | undefined
  country: Country | undefined
  onCountry: (code: string) => void
}) {
  const { t } = useTranslation('customers')
  const formats = useFormats()
  const choices = (countries ?? [])
    .filter((one) => one.inRegion)
    .map(({ code }) => ({ value: code, label: formats.country(code) }))
    .toSorted((one, other) => formats.compare(one.label, other.label))
  const { values } = form
  const hintOf = (example: string | null | undefined, key: 'form.postalCodeExample' | 'form.registrationExample') =>
    example ? { hint: t(key, { example }) } : {}
  return (
    <FieldSet legend={t('form.companySet')}>
      <SelectField
        form={{
          ...form,
          set: (name, value) => (name === 'country' ? onCountry(String(value)) : form.set(name, value)),
        }}
        name="country"
        label={labels.country}
        hint={t('form.countryHint')}
        required
        choices={choices}
        autoComplete="country"
      />
      <TextField
        form={{
          ...form,
          set: (name, value) =>
            name === 'legalName'
              ? form.change({ legalName: String(value), nameConfirmed: false })
              : form.set(name, value),
        }}
        name="legalName"
        label={labels.legalName}
        hint={t('form.legalNameHint')}
        required
        maxLength={255}
        autoComplete="organization"
        onBlur={() => {
          if (values.domainPrefix === '') form.set('domainPrefix', suggestDomainPrefix(values.legalName))
        }}
      />
      <DomainField form={form} label={labels.domainPrefix} />
      <TextField
        form={form}
        name="addressLine1"
        label={labels.addressLine1}
        required
        maxLength={200}
        autoComplete="address-line1"
      />
      <TextField
        form={form}
        name="addressLine2"
        label={labels.addressLine2}
        maxLength={200}
        autoComplete="address-line2"
      />
      <FieldRow>
        <TextField
          form={form}
          name="postalCode"
          label={labels.postalCode}
          {...hintOf(country?.postalCodeExample, 'form.postalCodeExample')}
          required={country !== undefined && country.postalCodePattern !== null}
          maxLength={20}
          autoComplete="postal-code"
          {...(/^[\d ]+$/.test(country?.postalCodeExample ?? '') ? { inputMode: 'numeric' as const } : {})}
        />
        <TextField form={form} name="city" label={labels.city} required maxLength={100} autoComplete="address-level2" />
      </FieldRow>
      <FieldRow>
        <TextField form={form} name="district" label={labels.district} maxLength={100} autoComplete="address-level3" />
        <TextField
          form={form}
          name="state"
          label={labels.state}
          required={country?.stateRequired ?? false}
          maxLength={100}
          autoComplete="address-level1"
        />
      </FieldRow>
      <FieldRow>
        <TextField
          form={form}
          name="registrationNumber"
          label={labels.registrationNumber}
          {...hintOf(country?.registrationExample, 'form.registrationExample')}
          required={country?.registrationRequired ?? false}
          maxLength={50}
          {...(/^\d+$/.test(country?.registrationExample ?? '') ? { inputMode: 'numeric' as const } : {})}
        />
        {country?.code === 'TR' && <TextField form={form} name="taxOffice" label={labels.taxOffice} maxLength={100} />}
      </FieldRow>
      <SelectField
        form={form}
        name="segment"
        label={labels.segment}
        required
        choices={(['commercial', 'education', 'government', 'charity'] as const).map((segment) => ({
          value: segment,
          label: t(`form.segments.${segment}`),
        }))}
      />
    </FieldSet>
  )
}

function ContactPart({
  form,
  labels,
  country,
}: {
  form: Form<NewCustomerValues>
  labels: Labels
  country: Country | undefined
}) {
  const styles = useStyles()
  const { t } = useTranslation(['customers', 'common'])
  return (
    <FieldSet legend={t('form.contactSet')}>
      <p className={styles.note}>{t('form.contactHint')}</p>
      <FieldRow>
        <TextField form={form} name="firstName" label={labels.firstName} required maxLength={80} autoComplete="off" />
        <TextField form={form} name="lastName" label={labels.lastName} required maxLength={80} autoComplete="off" />
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
          autoComplete="off"
        />
        <TextField
          form={form}
          name="phone"
          type="tel"
          label={labels.phone}
          {...(country ? { hint: t('form.phoneExample', { code: country.callingCode }) } : {})}
          required={country?.phoneRequired ?? false}
          maxLength={30}
          autoComplete="off"
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
    </FieldSet>
  )
}

function AgreementPart({ form, labels }: { form: Form<NewCustomerValues>; labels: Labels }) {
  const styles = useStyles()
  const { t } = useTranslation('customers')
  const { values } = form
  const takeContact = () =>
    form.change({
      acceptorFirstName: values.firstName,
      acceptorLastName: values.lastName,
      acceptorEmail: values.email,
      acceptorPhone: values.phone,
    })
  return (
    <FieldSet legend={t('form.agreementSet')}>
      <RadioField
        form={form}
        name="agreementMethod"
        label={labels.agreementMethod}
        required
        choices={[
          { value: 'attested', label: t('form.attested'), hint: t('form.attestedHint') },
          { value: 'ask', label: t('form.ask'), hint: t('form.askHint') },
        ]}
      />
      {values.agreementMethod === 'attested' && (
        <>
          <FieldRow>
            <TextField
              form={form}
              name="acceptedOn"
              type="date"
              label={labels.acceptedOn}
              hint={t('form.acceptedOnHint')}
              required
              max={latestAcceptance()}
            />
            <span />
          </FieldRow>
          <Button className={styles.same} icon={<CopyRegular />} onClick={takeContact}>
            {t('form.sameAsContact')}
          </Button>
          <FieldRow>
            <TextField
              form={form}
              name="acceptorFirstName"
              label={labels.acceptorFirstName}
              required
              maxLength={80}
              autoComplete="off"
            />
            <TextField
              form={form}
              name="acceptorLastName"
              label={labels.acceptorLastName}
              required
              maxLength={80}
              autoComplete="off"
            />
          </FieldRow>
          <FieldRow>
            <TextField
              form={form}
              name="acceptorEmail"
              type="email"
              label={labels.acceptorEmail}
              required
              maxLength={254}
              autoComplete="off"
            />
            <TextField
              form={form}
              name="acceptorPhone"
              type="tel"
              label={labels.acceptorPhone}
              maxLength={30}
              autoComplete="off"
            />
          </FieldRow>
        </>
      )}
    </FieldSet>
  )
}
