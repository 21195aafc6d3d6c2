import { z } from 'zod'
import { pageSize } from '../../kernel/paging.ts'
import { AddUserInput } from '../identity/wire.ts'
import { directoryServices } from './rules.ts'

/** A country as forms need it. Patterns hold for the whole text, in capitals. */
export const Country = z.object({
  code: z.string(),
  regionId: z.string(),
  currency: z.string(),
  culture: z.string(),
  callingCode: z.string(),
  postalCodePattern: z.string().nullable(),
  postalCodeExample: z.string().nullable(),
  stateRequired: z.boolean(),
  registrationRequired: z.boolean(),
  registrationPattern: z.string().nullable(),
  registrationExample: z.string().nullable(),
  phoneRequired: z.boolean(),
  /** Whether the reader may trade there; false for visitors. */
  inRegion: z.boolean(),
})
export type Country = z.infer<typeof Country>

export const Countries = z.array(Country)

const Service = z.enum(directoryServices)

/** A provider in the directory. */
export const DirectoryEntry = z.object({
  providerId: z.string(),
  name: z.string(),
  country: z.string(),
  city: z.string(),
  regionId: z.string(),
  /** In the reader's language. */
  regionName: z.string(),
  /** Whether the provider trades in the reader's region, so that they could become partners. */
  inRegion: z.boolean(),
  /** In the reader's language. */
  description: z.string(),
  services: z.array(Service),
  website: z.string(),
  contactEmail: z.string(),
  contactPhone: z.string(),
  listed: z.boolean(),
})
export type DirectoryEntry = z.infer<typeof DirectoryEntry>

export const DirectoryPage = z.object({ items: z.array(DirectoryEntry), next: z.string().nullable() })

/** A provider's whole entry. */
export const DirectoryProfile = DirectoryEntry.extend({
  legalName: z.string(),
  partnerId: z.string().nullable(),
  descriptionEn: z.string(),
  descriptionTr: z.string(),
  address: z.object({
    line1: z.string(),
    line2: z.string(),
    city: z.string(),
    state: z.string(),
    postalCode: z.string(),
    country: z.string(),
  }),
  notListedReason: z.string(),
  /** Null until the operator writes the entry. */
  updatedAt: z.string().nullable(),
  /** To be sent back with a change; 0 when there is no entry yet. */
  version: z.number(),
  /** Who changes the entry; only the provider itself and the operator are told. */
  representative: z.object({ name: z.string(), email: z.string(), phone: z.string() }).nullable(),
})
export type DirectoryProfile = z.infer<typeof DirectoryProfile>

/** An organization as the operator lists it. */
export const OrganizationRow = z.object({
  id: z.string(),
  kind: z.enum(['provider', 'reseller']),
  name: z.string(),
  legalName: z.string(),
  country: z.string(),
  city: z.string(),
  regionName: z.string(),
  status: z.enum(['active', 'suspended']),
  partnerId: z.string().nullable(),
  enrollment: z.enum(['draft', 'pending', 'qualified', 'active', 'rejected', 'suspended', 'deauthorized']).nullable(),
  agreementSigned: z.boolean(),
  /** Whether the provider is in the directory; null for resellers and for providers without an entry. */
  listed: z.boolean().nullable(),
  /** The time in the world of a provider that lives in a sandbox; null for all others. */
  sandboxNow: z.string().nullable(),
})
export type OrganizationRow = z.infer<typeof OrganizationRow>

export const OrganizationPage = z.object({ items: z.array(OrganizationRow), next: z.string().nullable() })

const paging = {
  cursor: z.string().max(1000).optional(),
  size: z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual),
}
const search = z.string().trim().max(100).optional()

export const ListDirectoryInput = z.strictObject({
  search,
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** `own`: only providers of the reader's region. */
  region: z.enum(['own', 'all']).optional(),
  ...paging,
})

export const ListOrganizationsInput = z.strictObject({
  search,
  kind: z.enum(['provider', 'reseller']).optional(),
  ...paging,
})

const text = (most: number) => z.string().trim().max(most)
const email = z.union([z.literal(''), z.email().max(254)])
const website = z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(200)])
const phone = z.union([z.literal(''), z.string().regex(/^\+?[0-9][0-9 ()/-]{2,28}[0-9]$/)])

/** A whole entry, as the operator saves it. */
export const EditDirectoryProfileInput = z.strictObject({
  providerId: z.uuid(),
  listed: z.boolean(),
  notListedReason: text(500),
  descriptionEn: text(2000),
  descriptionTr: text(2000),
  services: z.array(Service).max(directoryServices.length),
  website,
  contactEmail: email,
  contactPhone: phone,
  representativeName: text(100).min(1),
  representativeEmail: z.email().max(254),
  representativePhone: phone,
  version: z.number().int().min(0),
})
export type EditDirectoryProfileInput = z.infer<typeof EditDirectoryProfileInput>

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((value) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value), { params: { rule: 'controlCharacters' } })
const companyName = (most: number) =>
  line(most)
    .min(1)
    .refine((value) => value === '' || /[\p{L}\p{N}]/u.test(value), { params: { rule: 'companyNameOnlySigns' } })
const newPartnerId = z
  .string()
  .trim()
  .refine((value) => /^[1-9][0-9]{3,9}$/.test(value), { params: { rule: 'mpnIdForm' } })
const emailDomain = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(253)
  .refine((value) => value === '' || /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(value), {
    params: { rule: 'emailDomain' },
  })

const partner = {
  legalName: companyName(255),
  tradingName: companyName(200),
  country: z.string().trim().toUpperCase().min(1).max(10),
  city: line(100).min(1),
  emailDomain,
  registrationNumber: line(50).default(''),
  /** Ids of the global account and its location; chosen when left out. */
  globalId: newPartnerId.optional(),
  locationId: newPartnerId.optional(),
  adminUsername: AddUserInput.shape.username,
  adminEmail: AddUserInput.shape.email,
  adminFirstName: AddUserInput.shape.firstName,
  adminLastName: AddUserInput.shape.lastName,
  language: z.enum(['en', 'tr']).default('en'),
  /** Who signed the partner agreement of the region for the organization; left out while nobody has. */
  agreementSignedBy: line(200).min(1).optional(),
}

export const AddProviderInput = z.strictObject({
  kind: z.literal('provider'),
  ...partner,
  /** Whether it lives in a sandbox, with a clock of its own; it stays what it is. */
  sandbox: z.boolean().default(false),
  /** Who looks after the provider's entry in the directory. */
  representativeName: EditDirectoryProfileInput.shape.representativeName,
  representativeEmail: EditDirectoryProfileInput.shape.representativeEmail,
})
export const AddPartnerInput = z.discriminatedUnion('kind', [
  AddProviderInput,
  z.strictObject({ kind: z.literal('reseller'), ...partner }),
])
export type AddPartnerInput = z.infer<typeof AddPartnerInput>

export const templateKinds = [
  'partner',
  'customer',
  'removal_attestation',
  'order_attestation',
  'partnership_authorization',
] as const

/** A text people agree to; lines are paragraphs, `1. ` begins a point. */
export const Agreement = z.object({
  kind: z.enum(templateKinds),
  version: z.string(),
  language: z.enum(['en', 'tr']),
  text: z.string(),
})
export type Agreement = z.infer<typeof Agreement>
