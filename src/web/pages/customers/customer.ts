import * as z from 'zod/mini'
import { useRead } from '../../query.ts'

export const customersPath = '/portal/v1/customers'

const Named = z.object({ id: z.string(), name: z.string() })
const AgreementStatus = z.enum(['attested', 'direct', 'missing'])
export type AgreementStatus = z.infer<typeof AgreementStatus>

/** A customer as the server lists it. */
export const CustomerRow = z.object({
  id: z.string(),
  name: z.string(),
  primaryDomain: z.string(),
  country: z.string(),
  resellers: z.array(Named),
  providers: z.array(Named),
  agreement: AgreementStatus,
  relationship: z.nullable(z.enum(['created', 'invited'])),
  activeSubscriptions: z.number(),
})
export type CustomerRow = z.infer<typeof CustomerRow>

const Company = z.object({
  legalName: z.string(),
  tenantName: z.string(),
  country: z.string(),
  addressLine1: z.string(),
  addressLine2: z.string(),
  city: z.string(),
  district: z.string(),
  state: z.string(),
  postalCode: z.string(),
  registrationNumber: z.string(),
  taxOffice: z.string(),
})
export type Company = z.infer<typeof Company>

const Contact = z.object({
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string(),
  language: z.enum(['en', 'tr']),
})
export type Contact = z.infer<typeof Contact>

const AdminRelationship = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  status: z.enum(['active', 'expired', 'terminated']),
  activatedAt: z.string(),
  endsAt: z.string(),
})

const Account = z.object({
  version: z.number(),
  segment: z.enum(['commercial', 'education', 'government', 'charity']),
  relationship: z.nullable(z.object({ via: z.enum(['created', 'invited']), since: z.string() })),
  details: z.nullable(z.object({ company: Company, contact: Contact })),
  resellers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      partnerId: z.nullable(z.string()),
      since: z.string(),
      grantedBy: z.string(),
      partnershipActive: z.boolean(),
    }),
  ),
  providers: z.array(Named),
  agreement: z.object({
    status: AgreementStatus,
    acceptance: z.nullable(
      z.object({
        method: z.enum(['attested', 'direct']),
        version: z.string(),
        firstName: z.string(),
        lastName: z.string(),
        email: z.string(),
        phone: z.string(),
        acceptedOn: z.string(),
        recordedBy: z.string(),
        recordedAt: z.string(),
      }),
    ),
  }),
  lastOrder: z.nullable(z.object({ id: z.string(), number: z.string(), submittedAt: z.string() })),
  nextRenewal: z.nullable(
    z.object({ subscriptionId: z.string(), title: z.string(), on: z.string(), renews: z.boolean() }),
  ),
  subscriptions: z.object({
    total: z.number(),
    active: z.number(),
    pending: z.number(),
    suspended: z.number(),
    licenses: z.number(),
  }),
  adminRelationships: z.array(AdminRelationship),
  mayWrite: z.boolean(),
})
export type Account = z.infer<typeof Account>

export const Customer = z.object({
  id: z.string(),
  name: z.string(),
  primaryDomain: z.nullable(z.string()),
  country: z.nullable(z.string()),
  access: z.enum(['account', 'subscriptions']),
  account: z.nullable(Account),
})
export type Customer = z.infer<typeof Customer>

/** One customer with its account, as far as the person may see it. */
export function useCustomer(customerId: string) {
  return useRead(`${customersPath}/${encodeURIComponent(customerId)}`, Customer)
}

const Country = z.object({
  code: z.string(),
  regionId: z.string(),
  culture: z.string(),
  callingCode: z.string(),
  postalCodePattern: z.nullable(z.string()),
  postalCodeExample: z.nullable(z.string()),
  stateRequired: z.boolean(),
  registrationRequired: z.boolean(),
  registrationPattern: z.nullable(z.string()),
  registrationExample: z.nullable(z.string()),
  phoneRequired: z.boolean(),
  inRegion: z.boolean(),
})
export type Country = z.infer<typeof Country>

const Countries = z.union([z.array(Country), z.object({ items: z.array(Country) })])

/** What each country asks of an address; undefined while it loads. */
export function useCountries(): readonly Country[] | undefined {
  const { data } = useRead('/portal/v1/countries', Countries)
  return data && ('items' in data ? data.items : data)
}

const ResellerChoices = z.object({
  items: z.array(
    z.object({
      resellerId: z.string(),
      name: z.string(),
      partnerId: z.string(),
      selectable: z.boolean(),
      reasonText: z.nullable(z.string()),
    }),
  ),
})
export type ResellerChoice = z.infer<typeof ResellerChoices>['items'][number]

/** The resellers a provider may put on something new, each with the reason when it cannot be chosen; undefined while they load. */
export function useResellerChoices(enabled = true): readonly ResellerChoice[] | undefined {
  return useRead('/portal/v1/reseller-choices', ResellerChoices, undefined, { enabled }).data?.items
}

const listKey = 'kanal.customers.list'

/** Remembers how the list was filtered, so that the way back from a customer leads to the same rows. */
export function rememberList(search: string): void {
  sessionStorage.setItem(listKey, search)
}

/** The address of the customers' list as it was last seen in this tab. */
export function listAsLeft(path: string): string {
  return `${path}${sessionStorage.getItem(listKey) ?? ''}`
}
