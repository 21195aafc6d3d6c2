import { z } from 'zod'
import { type RefusalName, refusals } from '../../kernel/errors.ts'
import { pageSize } from '../../kernel/paging.ts'
import { roles } from '../../kernel/permissions.ts'
import { foldLogin } from '../identity/rules.ts'
import { idOf } from '../identity/wire.ts'
import { mostAtOnce, nameLength } from './rules.ts'

const CustomerId = idOf<'customer'>()
const UserId = idOf<'user'>()
const UploadId = idOf<'userUpload'>()
const control = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const plain = { params: { rule: 'controlCharacters' } }
const Name = z
  .string()
  .trim()
  .max(nameLength)
  .refine((text) => !control.test(text), plain)
const DisplayName = Name.min(1)
const Country = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/)
const Locale = z.enum(['en', 'tr'])
const Roles = z
  .array(z.enum(roles))
  .max(roles.length)
  .transform((list) => [...new Set(list)])
const Reason = z.enum(Object.keys(refusals) as [RefusalName, ...RefusalName[]])
const size = z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual)
const cursor = z.string().max(2000).optional()

const Sku = z.strictObject({ productId: z.string().max(50), skuId: z.string().max(50) })

/** No product stands in the list twice. */
function isEachOnce(list: readonly { readonly productId: string; readonly skuId: string }[]): boolean {
  return new Set(list.map(({ productId, skuId }) => `${productId}/${skuId}`)).size === list.length
}

export const OfCustomer = z.strictObject({ customerId: CustomerId })
export const OfPerson = z.strictObject({ customerId: CustomerId, userId: UserId })
export const OfUpload = z.strictObject({ customerId: CustomerId, uploadId: UploadId })

/* People */

/** What somebody may do here: null, or the name of what refuses it. */
const MayDo = z.strictObject({
  read: Reason.nullable(),
  manage: Reason.nullable(),
  resetPassword: Reason.nullable(),
  resetAdminPassword: Reason.nullable(),
  upload: Reason.nullable(),
  assignLicenses: Reason.nullable(),
})

export const PeopleAccess = z.strictObject({
  customer: z.strictObject({ id: z.string(), name: z.string(), country: z.string(), language: Locale }),
  may: MayDo,
  /** Domains that people may sign in at; none for somebody who may add nobody. */
  domains: z.array(z.string()),
  /** Countries that people may work in. */
  countries: z.array(z.string()),
  /** How many active global admins the customer has. */
  globalAdmins: z.number().int(),
})
export type PeopleAccess = z.infer<typeof PeopleAccess>

export const peopleTabs = ['active', 'deleted'] as const

export const ListPeopleInput = z.strictObject({
  customerId: CustomerId,
  tab: z.enum(peopleTabs).default('active'),
  search: z.string().max(200).optional(),
  role: z.enum(roles).optional(),
  cursor,
  size,
})
export type ListPeople = z.infer<typeof ListPeopleInput>

export const Person = z.strictObject({
  id: z.string(),
  name: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  /** What the person signs in with; of a deleted one what it was. */
  username: z.string(),
  locale: Locale,
  usageLocation: z.string().nullable(),
  roles: z.array(z.enum(roles)),
  status: z.enum(['active', 'blocked', 'deleted']),
  secondFactorEnabled: z.boolean(),
  lastSignInAt: z.iso.datetime().nullable(),
  /** Set while the person has not chosen a password of its own. */
  temporaryPasswordExpiresAt: z.iso.datetime().nullable(),
  lockedUntil: z.iso.datetime().nullable(),
  /** For a deleted person: the last instant at which it can be restored. */
  restorableUntil: z.iso.datetime().nullable(),
  /** Days until then, the last one counted. */
  daysLeft: z.number().int().nullable(),
  licenses: z.array(
    z.strictObject({
      productId: z.string(),
      skuId: z.string(),
      title: z.string(),
      /** Services of the product that are switched off. */
      offPlans: z.array(z.string()),
    }),
  ),
})
export type Person = z.infer<typeof Person>

export const PeoplePage = z.strictObject({ items: z.array(Person), next: z.string().nullable() })

const personFields = {
  firstName: Name.default(''),
  lastName: Name.default(''),
  displayName: DisplayName,
  usageLocation: Country.nullable(),
  locale: Locale,
}

export const CreatePersonInput = z.strictObject({
  customerId: CustomerId,
  username: z.string().max(254).transform(foldLogin),
  ...personFields,
  roles: Roles,
})
export type CreatePerson = z.infer<typeof CreatePersonInput>

export const EditPersonInput = z.strictObject({ ...OfPerson.shape, ...personFields })
export type EditPerson = z.infer<typeof EditPersonInput>

export const SetPersonRolesInput = z.strictObject({ ...OfPerson.shape, roles: Roles })
export type SetPersonRoles = z.infer<typeof SetPersonRolesInput>

/** A new user, or one with another password. The password is in the first answer, and nowhere else ever. */
export const PersonPassword = z.strictObject({
  userId: z.string(),
  name: z.string(),
  username: z.string(),
  temporaryPassword: z.string().optional(),
  alreadyShown: z.boolean(),
})
export type PersonPassword = z.infer<typeof PersonPassword>

/* Licenses */

export const ListLicensesInput = z.strictObject({ customerId: CustomerId, cursor, size })
export type ListLicenses = z.infer<typeof ListLicensesInput>

export const ProductLicenses = z.strictObject({
  productId: z.string(),
  skuId: z.string(),
  title: z.string(),
  owned: z.number().int(),
  assigned: z.number().int(),
  available: z.number().int(),
  plans: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  /** A subscription of it that the reader sees and can buy more in. */
  subscriptionId: z.string().nullable(),
})
export type ProductLicenses = z.infer<typeof ProductLicenses>

export const LicensePage = z.strictObject({ items: z.array(ProductLicenses), next: z.string().nullable() })

const Plans = z.array(z.string().min(1).max(100)).max(100).default([])

export const AssignLicensesInput = z.strictObject({
  customerId: CustomerId,
  userIds: z.array(UserId).min(1).max(mostAtOnce),
  /** For each product what shall hold afterwards. Without `assigned` who has it keeps it and only services are switched. */
  licenses: z
    .array(z.strictObject({ ...Sku.shape, assigned: z.boolean().optional(), plansOn: Plans, plansOff: Plans }))
    .min(1)
    .max(50)
    .refine(isEachOnce, { params: { rule: 'invalid' } }),
})
export type AssignLicenses = z.infer<typeof AssignLicensesInput>

const LicenseProblem = z.strictObject({
  productId: z.string(),
  skuId: z.string(),
  title: z.string(),
  reason: Reason,
})
export type LicenseProblem = z.infer<typeof LicenseProblem>

export const AssignedLicenses = z.strictObject({
  changed: z.number().int(),
  refused: z.number().int(),
  results: z.array(
    z.strictObject({
      userId: z.string(),
      name: z.string(),
      given: z.number().int(),
      taken: z.number().int(),
      /** Licenses whose services were switched. */
      switched: z.number().int(),
      problems: z.array(LicenseProblem),
      /** The user is not there: deleted meanwhile, or never was. */
      missing: z.boolean(),
    }),
  ),
})
export type AssignedLicenses = z.infer<typeof AssignedLicenses>

/* Lists of users */

export const UploadPeopleInput = z.strictObject({
  customerId: CustomerId,
  /** Where those work whose row says nothing else. */
  usageLocation: Country,
  /** What they read until they choose. */
  locale: Locale,
})
export type UploadPeople = z.infer<typeof UploadPeopleInput>

const RowProblem = z.strictObject({
  line: z.number().int(),
  column: z.string(),
  value: z.string(),
  /** A key of `fieldRules.json`. */
  rule: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type RowProblem = z.infer<typeof RowProblem>

export const CheckedUpload = z.strictObject({
  /** The list to save; null when it has problems, and then nothing is kept of it. */
  uploadId: z.string().nullable(),
  rows: z.number().int(),
  badRows: z.number().int(),
  problems: z.array(RowProblem),
})
export type CheckedUpload = z.infer<typeof CheckedUpload>

export const UploadState = z.strictObject({
  id: z.string(),
  fileName: z.string(),
  status: z.enum(['checked', 'running', 'done', 'stopped']),
  rows: z.number().int(),
  created: z.number().int(),
  refused: z.number().int(),
  /** Rows whose user was created without all of the licenses. */
  withoutLicense: z.number().int(),
  /** Created users who have never signed in: they can be given temporary passwords. */
  neverSignedIn: z.number().int(),
  createdByName: z.string(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  stoppedBecause: Reason.nullable(),
})
export type UploadState = z.infer<typeof UploadState>

export const UploadRowsInput = z.strictObject({
  ...OfUpload.shape,
  only: z.enum(['all', 'problems']).default('all'),
  cursor,
  size,
})
export type UploadRows = z.infer<typeof UploadRowsInput>

export const UploadRow = z.strictObject({
  line: z.number().int(),
  username: z.string(),
  name: z.string(),
  usageLocation: z.string(),
  state: z.enum(['waiting', 'created', 'refused']),
  problem: Reason.nullable(),
  licenseProblems: z.array(LicenseProblem),
})
export type UploadRow = z.infer<typeof UploadRow>
export const UploadRowPage = z.strictObject({ items: z.array(UploadRow), next: z.string().nullable() })

export const SaveUploadInput = z.strictObject({
  ...OfUpload.shape,
  licenses: z
    .array(Sku)
    .max(20)
    .refine(isEachOnce, { params: { rule: 'invalid' } }),
})
export type SaveUpload = z.infer<typeof SaveUploadInput>

const Password = z.strictObject({
  line: z.number().int(),
  name: z.string(),
  username: z.string(),
  temporaryPassword: z.string(),
})
export type Password = z.infer<typeof Password>

export const SavedUpload = z.strictObject({
  status: z.enum(['running', 'done']),
  /** In the first answer to a list that is created at once, and nowhere else ever. */
  passwords: z.array(Password),
  alreadyShown: z.boolean(),
})
export type SavedUpload = z.infer<typeof SavedUpload>

export const IssuePasswordsInput = z.strictObject({
  ...OfUpload.shape,
  /** The line to go on after. */
  after: z.number().int().min(0).max(1_000_000).default(0),
})
export type IssuePasswords = z.infer<typeof IssuePasswordsInput>

export const IssuedPasswords = z.strictObject({
  passwords: z.array(Password),
  alreadyShown: z.boolean(),
  /** The line to go on after; null at the end. */
  next: z.number().int().nullable(),
})
export type IssuedPasswords = z.infer<typeof IssuedPasswords>
