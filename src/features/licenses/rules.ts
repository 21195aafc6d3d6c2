import type { RefusalName } from '../../kernel/errors.ts'
import { type OrganizationKind, type Permission, type Role, rolesOf } from '../../kernel/permissions.ts'
import {
  emailPattern,
  foldLogin,
  type Objection,
  type Person,
  restorableUntil,
  usernamePattern,
  whyNotSetRoles,
  whyNotShutOut,
} from '../identity/rules.ts'
import type { SubscriptionStatus } from '../subscriptions/rules.ts'

/** What may be done with a customer's people. */
export type PeopleAct = 'read' | 'manage' | 'resetPassword' | 'resetAdminPassword' | 'upload' | 'assignLicenses'

interface Asked {
  readonly permission: Permission
  /** Delegated roles of which a partner needs one. */
  readonly privileges: readonly string[]
}

/** What each act asks of a partner: the permission of its own tenant, and a delegated role. Source: docs/product/roles.md, A52–A57. */
const asks: Readonly<Record<PeopleAct, Asked>> = {
  read: {
    permission: 'customer_users.read',
    privileges: [
      'directory_reader',
      'global_reader',
      'user_admin',
      'license_admin',
      'helpdesk_admin',
      'privileged_authentication_admin',
      'global_admin',
    ],
  },
  manage: { permission: 'customer_users.manage', privileges: ['user_admin', 'global_admin'] },
  resetPassword: {
    permission: 'customer_users.reset_password',
    privileges: ['helpdesk_admin', 'user_admin', 'privileged_authentication_admin', 'global_admin'],
  },
  resetAdminPassword: {
    permission: 'customer_users.reset_password',
    privileges: ['privileged_authentication_admin'],
  },
  upload: { permission: 'customer_users.upload', privileges: ['user_admin', 'global_admin'] },
  assignLicenses: { permission: 'licenses.assign', privileges: ['license_admin', 'user_admin', 'global_admin'] },
}

export const peopleActs = Object.keys(asks) as readonly PeopleAct[]

/** Roles of a partner that reset passwords of others than the first administrator; of an administrator the first alone. A54, A55. */
const resetters: Readonly<Partial<Record<OrganizationKind, readonly Role[]>>> = {
  provider: ['admin_agent', 'helpdesk_agent'],
  reseller: ['admin_agent', 'global_admin', 'sales_agent', 'helpdesk_agent'],
}

/** Roles of a reseller that use what privileges are left after the partnership ended. Source: B24. */
const afterPartnership: readonly Role[] = ['admin_agent', 'helpdesk_agent']

/** Who stands before a customer's people. */
export interface Reach {
  readonly kind: OrganizationKind
  readonly roles: readonly Role[]
  readonly permissions: ReadonlySet<Permission> | readonly Permission[]
  /** The delegated roles that the partner holds at this moment; a customer's own people need none. */
  readonly privileges: readonly string[]
  /** False for a reseller that has no active partnership any more. */
  readonly isPartner: boolean
}

/** Why somebody may not do something with a customer's people that it can see; null when it may. */
export function whyNot(act: PeopleAct, reach: Reach): RefusalName | null {
  const { permission, privileges } = asks[act]
  const held = reach.permissions
  const permitted = 'has' in held ? held.has(permission) : held.includes(permission)
  if (!permitted || !hasResetRole(act, reach)) return 'accessDenied'
  if (reach.kind === 'customer') return null
  if (!reach.isPartner && !reach.roles.some((role) => afterPartnership.includes(role))) return 'partnershipRequired'
  if (reach.privileges.length === 0) return 'noDelegatedAccess'
  return reach.privileges.some((role) => privileges.includes(role)) ? null : 'privilegeMissing'
}

/** The delegated roles that cover an act. */
export function privilegesFor(act: PeopleAct): readonly string[] {
  return asks[act].privileges
}

function hasResetRole(act: PeopleAct, { kind, roles }: Reach): boolean {
  if (kind === 'customer') return true
  if (act === 'resetAdminPassword') return roles.includes('admin_agent')
  return act !== 'resetPassword' || roles.some((role) => resetters[kind]?.includes(role))
}

/**
 * Whether somebody may change the roles of a customer's user. The customer's own people by the rules of every organization; a
 * partner gives and takes what is no administrator's. Source: F182, invariants 46 and 47.
 */
export function whyNotRoles(
  kind: OrganizationKind,
  actor: Person,
  user: Person & { readonly isLastGoverning: boolean },
  wanted: readonly Role[],
): Objection | undefined {
  const beyond = wanted.filter((role) => !rolesOf.customer.includes(role))
  if (beyond.length > 0) return { refuse: 'roleNotAssignable', roles: beyond }
  if (kind === 'customer') return whyNotSetRoles('customer', actor, user, wanted)
  const touchesAdmin = user.roles.includes('global_admin') || wanted.includes('global_admin')
  return touchesAdmin ? { refuse: 'globalAdminNeeded' } : undefined
}

/** Whether somebody may delete a customer's user: a partner no administrator, nobody itself or the last one. */
export function whyNotDelete(
  kind: OrganizationKind,
  actor: Person,
  user: Person & { readonly isLastGoverning: boolean },
): Objection | undefined {
  if (kind === 'customer') return whyNotShutOut('customer', actor, user)
  if (user.isLastGoverning) return { refuse: 'lastGlobalAdmin' }
  return user.roles.includes('global_admin') ? { refuse: 'globalAdminNeeded' } : undefined
}

/** Whether somebody may restore a deleted user at an instant, with the roles it had. Source: F184, invariant 47. */
export function whyNotRestore(
  kind: OrganizationKind,
  actor: Person,
  user: { readonly deletedAt: Date; readonly roles: readonly Role[] },
  at: Date,
): Objection | undefined {
  if (at > restorableUntil(user.deletedAt)) return { refuse: 'restoreTooLate' }
  const givesAdmin = user.roles.includes('global_admin')
  return givesAdmin && !(kind === 'customer' && actor.roles.includes('global_admin'))
    ? { refuse: 'globalAdminNeeded' }
    : undefined
}

/* Licenses */

/** Kinds of subscription whose licenses are people's. */
export const assignableKinds = ['license', 'addon', 'trial'] as const

/** States in which a subscription's licenses can be given to somebody: an expired one still works for a while. */
export const usableStatuses = ['active', 'renewing', 'expired'] as const satisfies readonly SubscriptionStatus[]

/** A product as licenses are kept by. */
export interface Sku {
  readonly productId: string
  readonly skuId: string
}

/** One product's licenses at a customer. */
export interface Pool {
  /** Licenses of its subscriptions that can be given to somebody now. */
  readonly owned: number
  readonly assigned: number
}

/** Licenses that are left to give; none, and not fewer, when a suspension left more assigned than can be used. */
export function availableOf({ owned, assigned }: Pool): number {
  return Math.max(owned - assigned, 0)
}

/** Whether somebody may be given one more license. Source: F186, F189, invariant 39. */
export function whyNotAssign(pool: Pool, user: { readonly usageLocation: string | null }): RefusalName | null {
  if (user.usageLocation === null) return 'usageLocationMissing'
  return availableOf(pool) > 0 ? null : 'noLicenses'
}

/** People that one request gives licenses to at most. */
export const mostAtOnce = 100

/* Names to sign in with */

/** What is wrong with a new user's sign-in name: a name at one of the customer's domains, compared by ASCII rules. */
export function whyNotLogin(login: string, domains: readonly string[]): 'username' | 'email' | 'customerDomain' | null {
  const folded = foldLogin(login)
  if (!emailPattern.test(folded)) return 'email'
  if (!usernamePattern.test(folded)) return 'username'
  return domains.includes(folded.slice(folded.indexOf('@') + 1)) ? null : 'customerDomain'
}

/* Lists of users */

/** Rows that are created while one waits; more are created in the background. Source: F191. */
export const rowsAtOnce = 100

/** Rows of one list at most. */
export const mostRows = 5000

export const nameLength = 50

/** The columns of a list, in the order of the template. */
export const uploadColumns = [
  'First name',
  'Last name',
  'Display name',
  'Email',
  'Usage location',
  'Status update',
] as const
