import { z } from 'zod'
import { pageSize } from '../../kernel/paging.ts'
import { idOf } from '../identity/wire.ts'
import { domainPrefixLength, foldDomainPrefix, isDomainPrefix } from './rules.ts'

/** Blanks at the ends are cut; tabs, line breaks and other invisible characters are refused. */
function line(max: number, min = 0) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), { params: { rule: 'controlCharacters' } })
}

const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
const Language = z.enum(['en', 'tr'])
const Country = z
  .string()
  .trim()
  .regex(/^[A-Z]{2}$/)
const Cursor = z.string().max(1000)
const Size = z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual)
const CustomerId = idOf<'customer'>()
const OrganizationId = idOf<'organization'>()
const RequestId = idOf<'relationshipRequest'>()
const Version = z.number().int().min(1).max(2_147_483_647)
/** An IANA time zone such as `Europe/Istanbul`: the acceptor's calendar may be a day ahead of UTC's. */
const TimeZone = z.string().max(64)

const company = {
  legalName: line(255, 1),
  addressLine1: line(200, 1),
  addressLine2: line(200).default(''),
  city: line(100, 1),
  district: line(100).default(''),
  state: line(100).default(''),
  postalCode: line(20).default(''),
  registrationNumber: line(50).default(''),
  taxOffice: line(100).default(''),
}

export const CustomerCompany = z.strictObject({
  ...company,
  country: Country,
  domainPrefix: z
    .string()
    .min(domainPrefixLength.least)
    .max(60)
    .transform(foldDomainPrefix)
    .refine(isDomainPrefix, { params: { rule: 'domainPrefix' } }),
  segment: z.enum(['commercial', 'education', 'government', 'charity']).default('commercial'),
})

export const CustomerContact = z.strictObject({
  firstName: line(80, 1),
  lastName: line(80, 1),
  email: Email,
  phone: line(30).default(''),
})

const attestation = {
  firstName: line(80, 1),
  lastName: line(80, 1),
  email: Email,
  phone: line(30).default(''),
  /** The day the customer accepted. */
  acceptedOn: z.iso.date(),
  timeZone: TimeZone.optional(),
}

/** Who accepted the customer agreement on the customer's behalf, and when, as a partner attests it. */
export const Attestation = z.strictObject(attestation)
export type Attestation = z.infer<typeof Attestation>

/**
 * The fields of a new customer. The wizard's submit adds its order to them, so they come as parts and not as one object.
 * `resellerId` is asked for expressly: null says that no indirect reseller takes part.
 */
export const newCustomerFields = {
  company: CustomerCompany,
  contact: CustomerContact,
  language: Language,
  /** Language and country for dates and numbers; the country's own when left out. */
  culture: z
    .string()
    .regex(/^[a-z]{2,3}-[A-Z]{2}$/)
    .optional(),
  /** Says that an unusual company name is right. */
  nameConfirmed: z.boolean().default(false),
  resellerId: OrganizationId.nullable(),
  agreement: z.discriminatedUnion('method', [
    z.strictObject({ method: z.literal('attested'), ...attestation }),
    z.strictObject({ method: z.literal('ask') }),
  ]),
}

export const ValidateCustomerInput = z.strictObject(newCustomerFields)
export type NewCustomer = z.infer<typeof ValidateCustomerInput>

const Warning = z.object({ field: z.string(), rule: z.string() })

export const ValidatedCustomer = z.object({ warnings: z.array(Warning), domain: z.string() })

export const DomainInput = z.strictObject({ prefix: z.string().max(60) })
export const DomainAnswer = z.object({
  available: z.boolean(),
  /** The whole domain; the prefix folded. Empty when the prefix has the wrong form. */
  name: z.string(),
  reason: z.enum(['domainPrefix', 'domainTaken']).nullable(),
})

const filters = {
  /** A part of the name or of the domain, or a whole customer ID. */
  search: line(100).optional(),
  /** Customers associated with this reseller, or `none`: with no reseller. For a provider. */
  reseller: z.union([z.literal('none'), OrganizationId]).optional(),
  /** Customers shared with this provider. For a reseller. */
  provider: OrganizationId.optional(),
  country: Country.optional(),
  agreement: z.enum(['attested', 'direct', 'missing']).optional(),
  /** How the relationship came about. For a provider. */
  relationship: z.enum(['created', 'invited']).optional(),
}

export const ListCustomersInput = z.strictObject({
  ...filters,
  /**
   * For a reseller: `account` lists the customers whose account it manages, by name; `subscriptions` those of which it has
   * single subscriptions only, oldest first.
   */
  access: z.enum(['account', 'subscriptions']).default('account'),
  sort: z.enum(['name', '-name']).default('name'),
  cursor: Cursor.optional(),
  size: Size,
})
export type ListCustomersInput = z.infer<typeof ListCustomersInput>

export const ExportCustomersInput = z.strictObject(filters)
export type CustomerFilters = z.infer<typeof ExportCustomersInput>

const Named = z.object({ id: z.string(), name: z.string() })
const AgreementStatus = z.enum(['attested', 'direct', 'missing'])

export const CustomerListItem = z.object({
  id: z.string(),
  name: z.string(),
  primaryDomain: z.string(),
  country: z.string(),
  /** For a provider its resellers; a reseller sees itself only. */
  resellers: z.array(Named),
  /** For a reseller: the providers it shares the customer with. */
  providers: z.array(Named),
  agreement: AgreementStatus,
  relationship: z.enum(['created', 'invited']).nullable(),
  activeSubscriptions: z.number().int(),
})
export type CustomerListItem = z.infer<typeof CustomerListItem>

export const CustomerPage = z.object({ items: z.array(CustomerListItem), next: z.string().nullable() })

export const CustomerInput = z.strictObject({ customerId: CustomerId })

const Agreement = z.object({
  status: AgreementStatus,
  /** Left out where only the status may be known. */
  acceptance: z
    .object({
      method: z.enum(['attested', 'direct']),
      version: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      email: z.string(),
      phone: z.string(),
      acceptedOn: z.string(),
      recordedBy: z.string(),
      recordedAt: z.string(),
    })
    .nullable(),
})

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

const Contact = z.object({
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  phone: z.string(),
  language: Language,
})

const AdminRelationship = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  status: z.enum(['active', 'expired', 'terminated']),
  activatedAt: z.string(),
  endsAt: z.string(),
})

export const CustomerDetail = z.object({
  id: z.string(),
  name: z.string(),
  primaryDomain: z.string().nullable(),
  country: z.string().nullable(),
  /** What the reader has: the account with all subscriptions sold by the provider, or single subscriptions only. */
  access: z.enum(['account', 'subscriptions']),
  /** Null when the reader has single subscriptions only. */
  account: z
    .object({
      version: z.number().int(),
      segment: z.string(),
      relationship: z.object({ via: z.enum(['created', 'invited']), since: z.string() }).nullable(),
      /** Null without delegated access: a relationship alone does not show the company's details. */
      details: z.object({ company: Company, contact: Contact }).nullable(),
      resellers: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          partnerId: z.string().nullable(),
          since: z.string(),
          grantedBy: z.string(),
          /** False: the partnership has ended, the association is history that still shows. */
          partnershipActive: z.boolean(),
        }),
      ),
      providers: z.array(Named),
      agreement: Agreement,
      lastOrder: z.object({ id: z.string(), number: z.string(), submittedAt: z.string() }).nullable(),
      nextRenewal: z
        .object({ subscriptionId: z.string(), title: z.string(), on: z.string(), renews: z.boolean() })
        .nullable(),
      subscriptions: z.object({
        total: z.number().int(),
        active: z.number().int(),
        pending: z.number().int(),
        suspended: z.number().int(),
        licenses: z.number().int(),
      }),
      adminRelationships: z.array(AdminRelationship),
      /** For a reseller: whether an active partnership still lets it change something. */
      mayWrite: z.boolean(),
    })
    .nullable(),
})
export type CustomerDetail = z.infer<typeof CustomerDetail>

export const EditContactInput = z.strictObject({
  customerId: CustomerId,
  version: Version,
  ...CustomerContact.shape,
  language: Language,
})
export type EditContact = z.infer<typeof EditContactInput>

export const EditCompanyInput = z.strictObject({
  customerId: CustomerId,
  version: Version,
  ...company,
  nameConfirmed: z.boolean().default(false),
})
export type EditCompany = z.infer<typeof EditCompanyInput>

export const Versioned = z.object({ version: z.number().int() })

export const AssociateResellerInput = z.strictObject({ customerId: CustomerId, resellerId: OrganizationId })
export type AssociateReseller = z.infer<typeof AssociateResellerInput>

export const Associated = z.object({ resellerId: z.string(), since: z.string() })

export const AttestAgreementInput = z.strictObject({ customerId: CustomerId, ...attestation })
export type AttestAgreement = z.infer<typeof AttestAgreementInput>

export const Removal = z.object({
  /** Subscriptions in the way, at most 50; `total` counts all. */
  blockers: z.array(
    z.object({
      subscriptionId: z.string(),
      title: z.string(),
      friendlyName: z.string(),
      quantity: z.number().int(),
      status: z.string(),
    }),
  ),
  total: z.number().int(),
})
export type Removal = z.infer<typeof Removal>

export const RequestRelationshipInput = z.strictObject({
  /** For a provider: the reseller that takes part, if any. */
  resellerId: OrganizationId.nullable().optional(),
  /** For a reseller, which always takes part itself: the provider it asks for. */
  providerId: OrganizationId.optional(),
  includePrivileges: z.boolean().default(false),
  recipientEmail: Email.optional(),
  language: Language,
})
export type RequestRelationship = z.infer<typeof RequestRelationshipInput>

/** A message to be sent by hand. The link is personal and must stay in it. */
export const RelationshipDraft = z.object({
  id: z.string(),
  link: z.string(),
  subject: z.string(),
  body: z.string(),
  expiresAt: z.string(),
  recipientEmail: z.string().nullable(),
})

export const RelationshipDraftInput = z.strictObject({ requestId: RequestId, language: Language })
export const RelationshipRequestInput = z.strictObject({ requestId: RequestId })

const RequestState = z.enum(['issued', 'opened', 'accepted', 'declined', 'revoked', 'expired'])

export const ListRequestsInput = z.strictObject({
  /** `open` leaves out what is decided or over. */
  state: z.enum(['open', 'all']).default('open'),
  cursor: Cursor.optional(),
  size: Size,
})
export type ListRequests = z.infer<typeof ListRequestsInput>

export const RelationshipRequestItem = z.object({
  id: z.string(),
  state: RequestState,
  provider: Named,
  reseller: Named.nullable(),
  includePrivileges: z.boolean(),
  recipientEmail: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  openedAt: z.string().nullable(),
  decidedAt: z.string().nullable(),
})
export type RelationshipRequestItem = z.infer<typeof RelationshipRequestItem>

export const RelationshipRequestPage = z.object({
  items: z.array(RelationshipRequestItem),
  next: z.string().nullable(),
})

export const TokenInput = z.strictObject({ token: z.string().min(1).max(200) })

const PartnerCard = z.object({ name: z.string(), city: z.string(), country: z.string() })

/** What the customer sees before it answers. */
export const RelationshipOffer = z.object({
  state: RequestState,
  expiresAt: z.string(),
  provider: PartnerCard,
  reseller: PartnerCard.nullable(),
  /** Null when no privileges are asked for. */
  privileges: z.object({ roles: z.array(z.string()), days: z.number().int() }).nullable(),
  agreement: z.object({ version: z.string(), text: z.string() }),
  viewer: z
    .object({
      organizationName: z.string(),
      canAnswer: z.boolean(),
      /** A refusal's name; null when the viewer can answer. */
      reason: z.string().nullable(),
      globalAdmins: z.array(z.string()),
    })
    .nullable(),
})
export type RelationshipOffer = z.infer<typeof RelationshipOffer>

export const AcceptRelationshipInput = z.strictObject({
  token: z.string().min(1).max(200),
  relationship: z.boolean(),
  agreement: z.boolean(),
})
export type AcceptRelationship = z.infer<typeof AcceptRelationshipInput>

export const AcceptAgreementInput = z.strictObject({ agreement: z.boolean(), version: z.string().max(20) })
export type AcceptAgreement = z.infer<typeof AcceptAgreementInput>

export const MyPartners = z.object({
  agreement: z.object({
    status: AgreementStatus,
    acceptedOn: z.string().nullable(),
    acceptedBy: z.string().nullable(),
    /** The text in force, in the reader's language. */
    version: z.string(),
    text: z.string(),
  }),
  partners: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['provider', 'reseller']),
      city: z.string(),
      country: z.string(),
      supportEmail: z.string(),
      supportPhone: z.string(),
      relationshipSince: z.string().nullable(),
      /** Providers that delegated the account and its subscriptions to this reseller. */
      manages: z.array(z.object({ providerName: z.string(), since: z.string() })),
      subscriptionsAsReseller: z.number().int(),
      subscriptionsAsSupportContact: z.number().int(),
      privileges: z.array(AdminRelationship),
    }),
  ),
})
export type MyPartners = z.infer<typeof MyPartners>
