import * as z from 'zod/mini'
import { roles } from '../../../kernel/permissions.ts'
import { governingRole, whyNotChangeCredentials, whyNotShutOut } from '../../../features/identity/rules.ts'
import type { Objection } from '../../../features/identity/rules.ts'
import type { Session } from '../../session.ts'

export const usersPath = '/portal/v1/users'

/** A user as the server lists it. */
export const UserRow = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  email: z.string(),
  locale: z.enum(['en', 'tr']),
  roles: z.array(z.enum(roles)),
  secondFactorEnabled: z.boolean(),
  lastSignInAt: z.nullable(z.string()),
  status: z.enum(['active', 'blocked']),
  temporaryPasswordExpiresAt: z.nullable(z.string()),
  lockedUntil: z.nullable(z.string()),
})
export type UserRow = z.infer<typeof UserRow>

export const GlobalAdmins = z.object({ items: z.array(z.object({ name: z.string(), email: z.string() })) })

/** What a user's state is called, and until when where it has an end. */
export function stateOf(user: Pick<UserRow, 'status' | 'lockedUntil' | 'temporaryPasswordExpiresAt'>): {
  state: 'active' | 'blocked' | 'locked' | 'waiting' | 'expired'
  until?: string
} {
  const now = new Date().toISOString()
  if (user.status === 'blocked') return { state: 'blocked' }
  if (user.lockedUntil !== null && user.lockedUntil > now) return { state: 'locked', until: user.lockedUntil }
  const until = user.temporaryPasswordExpiresAt
  if (until === null) return { state: 'active' }
  return { state: until > now ? 'waiting' : 'expired', until }
}

/** What the server's rules will say about each act on a user; undefined where they say nothing. */
export interface Objections {
  /** Whether any change of roles is possible; which ones, the dialog tells. */
  readonly setRoles: Objection | undefined
  readonly credentials: Objection | undefined
  readonly shutOut: Objection | undefined
}

/** @param governors How many active users govern the organization. */
export function objectionsTo(user: UserRow, session: Session, governors: number): Objections {
  const { kind } = session.organization
  const actor = { id: session.user.id, roles: session.roles }
  const isLastGoverning = user.status === 'active' && user.roles.includes(governingRole(kind)) && governors === 1
  const person = { id: user.id, roles: user.roles, isLastGoverning }
  const credentials = whyNotChangeCredentials(kind, actor, person)
  return {
    setRoles: credentials,
    credentials: user.id === actor.id ? { refuse: 'ownAccount' } : credentials,
    shutOut: whyNotShutOut(kind, actor, person),
  }
}
