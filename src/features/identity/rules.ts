import type { RefusalName } from '../../kernel/errors.ts'
import { type OrganizationKind, type Role, rolesOf } from '../../kernel/permissions.ts'
import { searchKey } from '../../kernel/text.ts'
import { dayMs, hourMs } from '../../kernel/time.ts'

/** A user as the rules see it. */
export interface Person {
  readonly id: string
  readonly roles: readonly Role[]
}

/** The role that governs an organization and must always be held by somebody active: the operator has its own. */
export function governingRole(kind: OrganizationKind): Role {
  return kind === 'operator' ? 'platform_operator' : 'global_admin'
}

function governs(kind: OrganizationKind, roles: readonly Role[]): boolean {
  return roles.includes(governingRole(kind))
}

const operational: readonly Role[] = ['admin_agent', 'sales_agent', 'helpdesk_agent', 'billing_admin']
const ofTheProgram: readonly Role[] = ['account_admin', 'mpn_partner_admin']

/**
 * The roles that somebody with `held` may give and take in its organization, most powerful first: a global admin all, a user
 * management admin those of daily work, an account admin those of the partner program. Source: docs/product/roles.md, A70–A72.
 */
export function assignableRoles(kind: OrganizationKind, held: readonly Role[]): readonly Role[] {
  if (governs(kind, held)) return rolesOf[kind]
  const may = [
    ...(held.includes('user_management_admin') ? operational : []),
    ...(held.includes('account_admin') ? ofTheProgram : []),
  ]
  return rolesOf[kind].filter((role) => may.includes(role))
}

/** What gets in the way: the refusal, and the roles it is about. */
export interface Objection {
  readonly refuse: RefusalName
  readonly roles?: readonly Role[]
}

/** Whether somebody may make a user with these roles. A user without roles sees its own profile only. */
export function whyNotCreate(kind: OrganizationKind, actor: Person, wanted: readonly Role[]): Objection | undefined {
  const assignable = assignableRoles(kind, actor.roles)
  const beyond = wanted.filter((role) => !assignable.includes(role))
  return beyond.length === 0 ? undefined : { refuse: 'roleNotAssignable', roles: beyond }
}

/** Whether somebody may change a user's roles from those it has to those wanted. */
export function whyNotSetRoles(
  kind: OrganizationKind,
  actor: Person,
  user: Person & { readonly isLastGoverning: boolean },
  wanted: readonly Role[],
): Objection | undefined {
  const changed = [
    ...wanted.filter((role) => !user.roles.includes(role)),
    ...user.roles.filter((role) => !wanted.includes(role)),
  ]
  if (changed.length === 0) return undefined
  if (governs(kind, user.roles) && !governs(kind, actor.roles)) return { refuse: 'globalAdminNeeded' }

  const assignable = assignableRoles(kind, actor.roles)
  const beyond = changed.filter((role) => !assignable.includes(role))
  if (beyond.length > 0) return { refuse: 'roleNotAssignable', roles: beyond }
  if (!changed.includes(governingRole(kind))) return undefined
  if (user.isLastGoverning) return { refuse: 'lastGlobalAdmin' }
  return user.id === actor.id ? { refuse: 'ownAccess' } : undefined
}

/** Whether somebody may block or delete a user: never itself, never the last that governs. */
export function whyNotShutOut(
  kind: OrganizationKind,
  actor: Person,
  user: Person & { readonly isLastGoverning: boolean },
): Objection | undefined {
  if (user.isLastGoverning) return { refuse: 'lastGlobalAdmin' }
  if (user.id === actor.id) return { refuse: 'ownAccess' }
  return whyNotChangeCredentials(kind, actor, user)
}

/** Whether somebody may give a user a new password, take its second factor or unblock it. Source: A74, A75, invariant 47. */
export function whyNotChangeCredentials(kind: OrganizationKind, actor: Person, user: Person): Objection | undefined {
  return governs(kind, user.roles) && !governs(kind, actor.roles) ? { refuse: 'globalAdminNeeded' } : undefined
}

/** Days in which a customer's deleted user can be restored. Source: F184. */
export const restoreDays = 30

/** The last instant at which a user deleted at `deletedAt` can be restored; afterwards it is forgotten. */
export function restorableUntil(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + restoreDays * dayMs)
}

/** How many global admins there should be at least, so that one can help the other. */
export const recommendedGlobalAdmins = 2

/* Names and addresses */

/** Characters that a user name may have: it is compared by ASCII rules, whatever language its reader speaks. */
export const usernamePattern = /^[a-z0-9][a-z0-9._@+-]{2,127}$/

/** Brings a user name or an e-mail address to the one form it is compared in; other letters stay and are refused later. */
export function foldLogin(text: string): string {
  return text.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** E-mail addresses that we can compare and send to: ASCII, one @, a dot in the domain. */
export const emailPattern = /^[!-?A-~]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,187}[a-z0-9])?\.[a-z]{2,63}$/

/* Passwords */

export const passwordLength = { least: 12, most: 128 } as const

/** Whose password it is: words that do not belong in it. */
export interface PasswordOwner {
  readonly name: string
  readonly username: string
  readonly email: string
  readonly organizationName: string
}

const tooCommon = [
  'password',
  'passw0rd',
  'qwertyuiop',
  'qwertyui',
  'asdfghjkl',
  'zxcvbnm',
  'qazwsxedc',
  '1q2w3e4r5t',
  'iloveyou',
  'letmein',
  'welcome',
  'administrator',
  'admin',
  'changeme',
  'trustno1',
  'football',
  'baseball',
  'superman',
  'princess',
  'sunshine',
  'dragon',
  'monkey',
  'parola',
  'sifre',
  'galatasaray',
  'fenerbahce',
  'besiktas',
  'trabzonspor',
  'istanbul',
  'turkiye',
  'ankara',
  'mustafakemal',
  'ataturk',
  'merhaba',
  'hosgeldiniz',
  'kanal',
  'microsoft',
  'partnercenter',
]

/**
 * What is wrong with a password, as a key of `fieldRules.json`; undefined when it will do. Length counts, kinds of characters
 * do not: four words are better than one word with a digit behind it.
 */
export function whyPasswordIsWeak(
  password: string,
  owner: PasswordOwner,
): 'passwordTooShort' | 'tooLong' | 'passwordTooCommon' | 'passwordOwnName' | undefined {
  if (password.length < passwordLength.least) return 'passwordTooShort'
  if (password.length > passwordLength.most) return 'tooLong'
  const bare = searchKey(password).replaceAll(' ', '')
  if (isMonotonous(bare) || isCommon(bare)) return 'passwordTooCommon'
  return ownWords(owner).some((word) => bare.includes(word)) ? 'passwordOwnName' : undefined
}

/** A few characters over and over, or a run along the alphabet or the digits. */
function isMonotonous(bare: string): boolean {
  if (new Set(bare).size < 5) return true
  let steps = 0
  for (let at = 1; at < bare.length; at += 1) {
    const step = bare.charCodeAt(at) - bare.charCodeAt(at - 1)
    if (step === 1 || step === -1 || step === -9) steps += 1
  }
  return steps >= bare.length * 0.7
}

/** A common word, perhaps repeated, with only digits and signs around: `Password123456!` is one. */
function isCommon(bare: string): boolean {
  const letters = bare.replaceAll('0', 'o').replaceAll(/[1!|]/g, 'i').replaceAll(/[@4]/g, 'a').replaceAll('$', 's')
  return [bare, letters].some((form) => {
    let rest = form
    for (const word of tooCommon) rest = rest.replaceAll(word, '')
    return rest.length < form.length && rest.replaceAll(/[^a-z]/g, '').length < 4
  })
}

function ownWords({ name, username, email, organizationName }: PasswordOwner): readonly string[] {
  const mailbox = email.split('@')[0] ?? ''
  const login = username.split('@')[0] ?? ''
  return [name, login, mailbox, organizationName]
    .flatMap((text) => searchKey(text).split(/[\s.@]+/))
    .filter((word) => word.length >= 4)
}

/* Lock-out */

/** Ten wrong passwords within 15 minutes lock an account for 15 minutes. */
export const lockOut = { attempts: 10, withinMs: hourMs / 4, forMs: hourMs / 4 } as const
