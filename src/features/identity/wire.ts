import { z } from 'zod'
import { type Id, isUuid } from '../../kernel/ids.ts'
import { permissions, roles } from '../../kernel/permissions.ts'
import { emailPattern, foldLogin, passwordLength, usernamePattern } from './rules.ts'

/** An id in a request; GUIDs compare without regard to case. */
export function idOf<Kind extends string>(): z.ZodType<Id<Kind>, string> {
  const schema = z
    .string()
    .trim()
    .toLowerCase()
    .refine(isUuid, { params: { rule: 'id' } })
  return schema as unknown as z.ZodType<Id<Kind>, string>
}

const control = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine((text) => !control.test(text), { params: { rule: 'controlCharacters' } })

const Username = z
  .string()
  .max(128)
  .transform(foldLogin)
  .refine((text) => usernamePattern.test(text), { params: { rule: 'username' } })

const Email = z
  .string()
  .max(254)
  .transform(foldLogin)
  .refine((text) => emailPattern.test(text), { params: { rule: 'email' } })

const Locale = z.enum(['en', 'tr'])
const Role = z.enum(roles)
const Roles = z
  .array(Role)
  .max(roles.length)
  .transform((list) => [...new Set(list)])

export const Nothing = z.strictObject({})
export const OfUser = z.strictObject({ userId: z.guid().toLowerCase() })

export const ChangePasswordInput = z.strictObject({
  currentPassword: z.string().min(1).max(1024),
  newPassword: z
    .string()
    .min(1)
    .max(passwordLength.most * 8),
})
export const ChangeLocaleInput = z.strictObject({ locale: Locale })
export const ListUsersInput = z.strictObject({
  search: z.string().max(200).optional(),
  role: Role.optional(),
  cursor: z.string().max(2000).optional(),
  size: z.coerce.number().int().min(1).max(200).default(50),
})
export const AddUserInput = z.strictObject({
  firstName: PersonName,
  lastName: PersonName,
  username: Username,
  email: Email,
  roles: Roles,
  locale: Locale,
})
export const SetRolesInput = z.strictObject({ ...OfUser.shape, roles: Roles })
export const SecondFactorInput = z.strictObject({ required: z.boolean() })

export const MeReply = z.strictObject({
  user: z.strictObject({
    id: z.string(),
    name: z.string(),
    username: z.string(),
    email: z.string(),
    locale: Locale,
    mustChangePassword: z.boolean(),
    secondFactorEnabled: z.boolean(),
  }),
  organization: z.strictObject({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['operator', 'provider', 'reseller', 'customer']),
    country: z.string(),
    secondFactorRequired: z.boolean(),
    /** The time in the world of a provider that lives in a sandbox; null for everybody else. */
    sandboxNow: z.string().nullable(),
  }),
  roles: z.array(Role),
  permissions: z.array(z.enum(permissions as [string, ...string[]])),
  mustFirst: z.enum(['passwordChangeRequired', 'secondFactorRequired']).nullable(),
})

export const User = z.strictObject({
  id: z.string(),
  name: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  username: z.string(),
  email: z.string(),
  locale: Locale,
  roles: z.array(Role),
  secondFactorEnabled: z.boolean(),
  lastSignInAt: z.iso.datetime().nullable(),
  status: z.enum(['active', 'blocked']),
  temporaryPasswordExpiresAt: z.iso.datetime().nullable(),
  lockedUntil: z.iso.datetime().nullable(),
})
export type User = z.infer<typeof User>

export const UserList = z.strictObject({
  items: z.array(User),
  next: z.string().nullable(),
  /** How many active users govern the organization: with only one, nobody can help that one. */
  globalAdmins: z.number().int(),
})

/** The password is in the first answer only, and nowhere else. */
export const AddedUser = z.strictObject({ user: User, temporaryPassword: z.string().optional() })
export const ResetPasswordReply = z.strictObject({ temporaryPassword: z.string().optional() })

export const GlobalAdmins = z.strictObject({
  items: z.array(z.strictObject({ name: z.string(), email: z.string() })),
})
export const FirstRun = z.strictObject({ needed: z.boolean() })
