import type { UserId, OrganizationId, CustomerId } from '../src/kernel/ids.ts'
import { newId } from '../src/kernel/ids.ts'
import { type OrganizationKind, permissionsOf, type Role } from '../src/kernel/permissions.ts'
import { dayMs, hourMs } from '../src/kernel/time.ts'
import type { Actor, Deps, Locale } from '../src/platform/context.ts'

/** A user of the demo world, as it acts and as it signs in. */
export interface DemoUser {
  readonly role: Role
  readonly username: string
  readonly actor: Actor
}

/** A party with its people. */
export interface DemoTenant {
  readonly key: string
  readonly tenantId: OrganizationId | CustomerId
  readonly kind: OrganizationKind
  readonly name: string
  readonly domain: string
  /** What a reader of the list of accounts should know about it. */
  readonly note: string
  readonly users: DemoUser[]
}

/** Before this day there are no agreement texts, so nothing can be agreed to. */
const firstDay = Date.parse('2026-01-02T00:00:00Z')

/** Where the world is made: a clock that is set to the moment of each act, and what all acts share. */
export interface Stage {
  readonly deps: Deps
  /** When the world is loaded; nothing in it is later. */
  readonly today: Date
  /** Hash of everybody's password. */
  readonly passwordHash: string
  /** Sets the clock to some days before today, at an hour of the day (UTC), and returns that moment. Never before 2026. */
  at(daysAgo: number, hour?: number): Date
  readonly tenants: Map<string, DemoTenant>
}

/** Sets the stage on a database session. */
export function makeStage(deps: Deps, passwordHash: string): Stage {
  const today = deps.now()
  let now = today
  return {
    deps: { ...deps, now: () => now, nudge: () => {} },
    today,
    passwordHash,
    tenants: new Map(),
    at(daysAgo, hour = 9) {
      const midnight = Math.floor((today.getTime() - daysAgo * dayMs) / dayMs) * dayMs
      const wanted = Math.min(Math.max(midnight, firstDay) + hour * hourMs, today.getTime())
      now = new Date(wanted)
      return now
    },
  }
}

/** A party by its key. Throws when there is none: a slip in the files of the demo world. */
export function tenantOf(stage: Stage, key: string): DemoTenant {
  const tenant = stage.tenants.get(key)
  if (!tenant) throw new Error(`The demo world has no party ${key}.`)
  return tenant
}

/** Whoever holds a role at a party, as an actor of one request. */
export function actorOf(stage: Stage, key: string, role: Role): Actor {
  const user = tenantOf(stage, key).users.find((one) => one.role === role)
  if (!user) throw new Error(`The demo world has no ${role} at ${key}.`)
  return { ...user.actor, request: { hash: '', correlationId: newId(), ip: '127.0.0.1' } }
}

/** The actor that a user is. */
export function makeActor(
  tenant: Pick<DemoTenant, 'tenantId' | 'kind' | 'name'>,
  user: { readonly userId: UserId; readonly name: string; readonly role: Role; readonly locale: Locale },
): Actor {
  return {
    userId: user.userId,
    userName: user.name,
    organizationId: tenant.tenantId as OrganizationId,
    organizationName: tenant.name,
    organizationKind: tenant.kind,
    roles: [user.role],
    permissions: permissionsOf(tenant.kind, [user.role]),
    locale: user.locale,
    request: { hash: '', correlationId: newId(), ip: '127.0.0.1' },
  }
}
