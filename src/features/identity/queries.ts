import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { isUuid, type UserId } from '../../kernel/ids.ts'
import { type Page, packCursor, unpackCursor } from '../../kernel/paging.ts'
import type { Role } from '../../kernel/permissions.ts'
import { searchKey } from '../../kernel/text.ts'
import type { Actor, Db } from '../../platform/context.ts'
import { governingRole } from './rules.ts'

/** The signed-in user's own account, and what its organization demands. */
export interface OwnAccount {
  readonly username: string
  readonly email: string
  readonly mustChangePassword: boolean
  readonly secondFactorEnabled: boolean
  readonly country: string
  readonly secondFactorRequired: boolean
  readonly passwordHash: string
  readonly temporaryUntil: Date | null
  /** How far the clock of the own sandbox is ahead; null in production. */
  readonly sandboxOffsetMs: bigint | null
  readonly lockedUntil: Date | null
}

/** Reads the actor's own account, with the hash of its password: for the use cases of this feature only. */
export async function readOwnAccount(db: Db, actor: Actor): Promise<OwnAccount> {
  const found = await sql<OwnAccount>`
    select u.username, u.email, case when o.world = 'sandbox' then o.clock_offset_ms end as "sandboxOffsetMs",
      u.must_change_password as "mustChangePassword", u.two_factor_enabled as "secondFactorEnabled",
      coalesce(o.country, c.country) as country,
      coalesce(o.second_factor_required, c.second_factor_required) as "secondFactorRequired",
      k.password_hash as "passwordHash", u.temporary_password_expires_at as "temporaryUntil",
      u.locked_until as "lockedUntil"
    from users u
    join credentials k on k.user_id = u.id and k.provider_id = 'credential'
    left join organizations o on o.id = u.organization_id and u.organization_kind <> 'customer'
    left join customers c on c.id = u.organization_id and u.organization_kind = 'customer'
    where u.id = ${actor.userId}`.execute(db)
  const account = found.rows[0]
  if (!account) throw new Refusal('notSignedIn')
  return account
}

/** One line of the user list. */
export interface UserRow {
  readonly id: UserId
  readonly name: string
  readonly firstName: string
  readonly lastName: string
  readonly username: string
  readonly email: string
  readonly locale: 'en' | 'tr'
  readonly roles: readonly Role[]
  readonly secondFactorEnabled: boolean
  readonly lastSignInAt: Date | null
  readonly status: 'active' | 'blocked'
  /** Set while the user has not chosen a password of its own. */
  readonly temporaryPasswordExpiresAt: Date | null
  readonly lockedUntil: Date | null
}

export interface UserFilter {
  readonly search?: string | undefined
  readonly role?: Role | undefined
  readonly cursor?: string | undefined
  readonly size: number
}

/** The users of the actor's organization by name, in the order of the Turkish alphabet. Deleted ones are left out. */
export async function listUsers(db: Db, actor: Actor, filter: UserFilter): Promise<Page<UserRow>> {
  const { role, cursor, size } = filter
  const after = cursor === undefined ? undefined : unpackCursor(cursor, 2)
  if (cursor !== undefined && !isUuid(after?.[1] ?? '')) {
    throw new Refusal('invalidRequest', { fields: [{ field: 'cursor', rule: 'invalid' }] })
  }
  const words = searchKey(filter.search ?? '')
    .split(' ')
    .filter((word) => word !== '')
  const found = await sql<UserRow & { readonly sortKey: string }>`
    select ${userColumns}, u.sort_key as "sortKey" from users u
    where u.organization_id = ${actor.organizationId} and u.status <> 'deleted'
      ${after === undefined ? sql`` : sql`and (u.sort_key, u.id) > (${after[0]}, ${after[1]}::uuid)`}
      ${
        role === undefined
          ? sql``
          : sql`and exists (select from role_assignments r
        where r.user_id = u.id and r.role = ${role} and r.revoked_at is null)`
      }
      ${
        words.length === 0
          ? sql``
          : sql`and ${sql.join(
              words.map((word) => sql`u.search_key like ${`%${word}%`}`),
              sql` and `,
            )}`
      }
    order by u.sort_key, u.id
    limit ${size + 1}`.execute(db)
  const rows = found.rows.slice(0, size)
  const last = rows.at(-1)
  const more = found.rows.length > size && last !== undefined
  return { items: rows.map(({ sortKey: _, ...row }) => row), next: more ? packCursor([last.sortKey, last.id]) : null }
}

/** One user of the actor's organization, as the list shows it; undefined when there is none. */
export async function readUser(db: Db, actor: Actor, userId: UserId): Promise<UserRow | undefined> {
  const found = await sql<UserRow>`
    select ${userColumns} from users u
    where u.id = ${userId} and u.organization_id = ${actor.organizationId} and u.status <> 'deleted'`.execute(db)
  return found.rows[0]
}

const userColumns = sql`
  u.id, u.display_name as name, u.first_name as "firstName", u.last_name as "lastName", u.username, u.email, u.locale,
  array(select r.role from role_assignments r where r.user_id = u.id and r.revoked_at is null order by r.role) as roles,
  u.two_factor_enabled as "secondFactorEnabled", u.last_sign_in_at as "lastSignInAt", u.status,
  u.temporary_password_expires_at as "temporaryPasswordExpiresAt", u.locked_until as "lockedUntil"`

/** Who can help: the active users that govern the actor's organization, the first 20 by name. */
export async function listGlobalAdmins(db: Db, actor: Actor): Promise<readonly { name: string; email: string }[]> {
  const found = await sql<{ name: string; email: string }>`
    select u.display_name as name, u.email from role_assignments r join users u on u.id = r.user_id
    where r.organization_id = ${actor.organizationId} and r.role = ${governingRole(actor.organizationKind)}
      and r.revoked_at is null and u.status = 'active'
    order by u.sort_key, u.id limit 20`.execute(db)
  return found.rows
}

/** Whether nobody can sign in yet: then the first operator has to be made at the command line. */
export async function isUnused(db: Db): Promise<boolean> {
  const found = await sql<{ used: boolean }>`select exists (select from users) as used`.execute(db)
  return found.rows[0]?.used !== true
}
