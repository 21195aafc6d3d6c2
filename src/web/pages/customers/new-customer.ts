import {
  checkAcceptanceDay,
  checkCompany,
  checkContact,
  foldDomainPrefix,
  isDomainPrefix,
  latestAcceptanceDay,
} from '../../../features/customers/rules.ts'
import type { FieldRefusal } from '../../../kernel/errors.ts'
import type { FieldError } from '../../ui/errors.ts'
import { requireAll } from '../../ui/form.ts'
import type { FormErrors } from '../../ui/form.ts'
import type { Country } from './customer.ts'

/** What is typed into the New customer form. */
export type NewCustomerValues = {
  /** A reseller's id, `none`, or empty while nothing is chosen. */
  resellerId: string
  country: string
  legalName: string
  /** The person says that an unusual name is right. */
  nameConfirmed: boolean
  domainPrefix: string
  addressLine1: string
  addressLine2: string
  city: string
  district: string
  state: string
  postalCode: string
  registrationNumber: string
  taxOffice: string
  segment: string
  firstName: string
  lastName: string
  email: string
  phone: string
  language: string
  /** `attested`, `ask`, or empty while nothing is chosen. */
  agreementMethod: string
  acceptedOn: string
  acceptorFirstName: string
  acceptorLastName: string
  acceptorEmail: string
  acceptorPhone: string
}

/** An empty form; `resellerId` when the reseller is chosen already. */
export function emptyCustomer(given: {
  readonly language: 'en' | 'tr'
  readonly resellerId?: string
}): NewCustomerValues {
  return {
    resellerId: given.resellerId ?? '',
    country: '',
    legalName: '',
    nameConfirmed: false,
    domainPrefix: '',
    addressLine1: '',
    addressLine2: '',
    city: '',
    district: '',
    state: '',
    postalCode: '',
    registrationNumber: '',
    taxOffice: '',
    segment: 'commercial',
    firstName: '',
    lastName: '',
    email: '',
    phone: '',
    language: given.language,
    agreementMethod: '',
    acceptedOn: '',
    acceptorFirstName: '',
    acceptorLastName: '',
    acceptorEmail: '',
    acceptorPhone: '',
  }
}

/** The part of a request that describes the customer: for its check, and for the submit of the wizard. */
export function customerBody(values: NewCustomerValues) {
  const { legalName, country, addressLine1, addressLine2, city, district, state, postalCode } = values
  const { registrationNumber, taxOffice, segment, firstName, lastName, email, phone } = values
  return {
    company: {
      legalName,
      country,
      addressLine1,
      addressLine2,
      city,
      district,
      state,
      postalCode,
      registrationNumber,
      taxOffice,
      domainPrefix: values.domainPrefix,
      segment,
    },
    contact: { firstName, lastName, email, phone },
    language: values.language,
    nameConfirmed: values.nameConfirmed,
    resellerId: values.resellerId === 'none' ? null : values.resellerId,
    agreement:
      values.agreementMethod === 'attested'
        ? {
            method: 'attested',
            acceptedOn: values.acceptedOn,
            firstName: values.acceptorFirstName,
            lastName: values.acceptorLastName,
            email: values.acceptorEmail,
            phone: values.acceptorPhone,
            timeZone: deviceZone(),
          }
        : { method: 'ask' },
  }
}

/** Fields of the request that are called otherwise in the form. */
export const customerFieldNames = {
  'agreement.acceptedOn': 'acceptedOn',
  'agreement.firstName': 'acceptorFirstName',
  'agreement.lastName': 'acceptorLastName',
  'agreement.email': 'acceptorEmail',
  'agreement.phone': 'acceptorPhone',
  'agreement.method': 'agreementMethod',
  agreement: 'agreementMethod',
} as const satisfies Readonly<Record<string, keyof NewCustomerValues>>

const looksLikeEmail = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** What can be said about the form without asking the server; the rules are the server's own. */
export function checkNewCustomer(
  values: NewCustomerValues,
  country: Country | undefined,
): FormErrors<NewCustomerValues> {
  const attested = values.agreementMethod === 'attested'
  const errors: { [Name in keyof NewCustomerValues]?: FieldError } = requireAll(values, [
    'resellerId',
    'country',
    'legalName',
    'domainPrefix',
    'addressLine1',
    'city',
    'firstName',
    'lastName',
    'email',
    'language',
    'agreementMethod',
    ...(attested ? (['acceptedOn', 'acceptorFirstName', 'acceptorLastName', 'acceptorEmail'] as const) : []),
  ])
  const add = (found: readonly FieldRefusal[]): void => {
    for (const { field, rule, params } of found) errors[field as keyof NewCustomerValues] ??= { rule, params }
  }
  if (country) {
    add(checkCompany(values, country, ''))
    add(checkContact(values, country, [], ''))
  }
  if (!errors.domainPrefix && !isDomainPrefix(foldDomainPrefix(values.domainPrefix)))
    errors.domainPrefix = { rule: 'domainPrefix' }
  if (!errors.email && !looksLikeEmail.test(values.email.trim())) errors.email = { rule: 'email' }
  if (!attested) return errors
  if (!errors.acceptorEmail && !looksLikeEmail.test(values.acceptorEmail.trim()))
    errors.acceptorEmail = { rule: 'email' }
  const day = errors.acceptedOn ? undefined : checkAcceptanceDay(values.acceptedOn, new Date(), deviceZone())
  if (day) errors.acceptedOn = { rule: day }
  return errors
}

/** The time zone of the device, where an acceptor's today may be a day ahead of UTC's. */
export function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The latest day an acceptance may carry, here and now. */
export function latestAcceptance(): string {
  return latestAcceptanceDay(new Date(), deviceZone())
}

/** What a newly chosen country does not accept of what is already typed; empty fields are left in peace. */
export function flagForCountry(values: NewCustomerValues, country: Country): FormErrors<NewCustomerValues> {
  const flagged: { [Name in keyof NewCustomerValues]?: FieldError } = {}
  for (const { field, rule, params } of checkCompany(values, country, '')) {
    const name = field as keyof NewCustomerValues
    if (values[name] !== '') flagged[name] ??= { rule, params }
  }
  return flagged
}
