import type { Kysely, Transaction } from 'kysely'
import type { Pool } from 'pg'
import type { Config } from '../config.ts'
import type { Id, OrganizationId, UserId } from '../kernel/ids.ts'
import type { OrganizationKind, Permission, Role } from '../kernel/permissions.ts'
import type { Schema } from './schema.ts'

/** Marks one request: what makes a repeat of it the same, and how to find it again. */
export interface RequestMark {
  /** The caller's `MS-RequestId`; without one every call stands alone. */
  readonly id?: string
  /** Keyed hash over method, path and input: the same id with another hash is refused. */
  readonly hash: string
  readonly correlationId: string
  readonly ip: string
}

/** Who is asking. Made once, at the edge, from a verified session; roles are read anew for each request. */
export interface Actor {
  readonly userId: UserId
  readonly userName: string
  /** The session the request came by, when it came by one. */
  readonly sessionId?: Id<'session'>
  /** The user's organization; for a customer's user the customer's id. */
  readonly organizationId: OrganizationId
  readonly organizationName: string
  readonly organizationKind: OrganizationKind
  readonly roles: readonly Role[]
  readonly permissions: ReadonlySet<Permission>
  readonly locale: Locale
  readonly request: RequestMark
  /** For a sandbox provider's user: how far its world's clock is ahead; see `worldNow`. */
  readonly clockOffsetMs?: number
}

/** Languages Kanal speaks. */
export type Locale = 'en' | 'tr'

/** What a use case may touch. Built once in main.ts; a test builds its own. */
export interface Deps {
  readonly db: Kysely<Schema>
  readonly pool: Pool
  readonly config: Config
  /** The clock, UTC. */
  readonly now: () => Date
  /** Asks a background sweep to run soon. Call it after the transaction; losing the call only delays the sweep. */
  readonly nudge: (sweep: string) => void
}

export type Tx = Transaction<Schema>

/** A query runs on the pool or inside a transaction. */
export type Db = Kysely<Schema> | Tx
