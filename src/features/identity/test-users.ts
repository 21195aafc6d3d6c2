import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { newId, type CustomerId, type OrganizationId, type UserId } from '../../kernel/ids.ts'
import { type OrganizationKind, permissionsOf, type Role } from '../../kernel/permissions.ts'
import { searchKey, sortKey } from '../../kernel/text.ts'
import type { Actor, Deps, Locale } from '../../platform/context.ts'
import { hashToken, sessionCookie } from '../../platform/session-cookie.ts'
import { hashPassword, testCost } from './passwords.ts'

/** The password of every user that `givenUser` makes. */
export const testPassword = 'correct horse battery staple'

let testHash: Promise<string> | undefined

export interface GivenUser {
  readonly organizationId: OrganizationId | CustomerId
  readonly kind: OrganizationKind
  readonly roles: readonly Role[]
  readonly name?: string
  readonly username?: string
  readonly email?: string
  readonly locale?: Locale
}

export interface TestUser {
  readonly userId: UserId
  readonly username: string
  /** For calling a use case directly, and for `world.request`. Each call stands alone: it has no request id. */
  readonly actor: Actor
  /** `Cookie` header of a session that lasts, for requests through the real sign-in. */
  readonly cookie: string
}

/** For tests: a user with roles and a session, in three quick statements. Its organization need not exist. */
export async function givenUser(deps: Deps, given: GivenUser): Promise<TestUser> {
  testHash ??= hashPassword(testPassword, testCost)
  const id = newId<'user'>()
  const username = given.username ?? `user-${id}@test.example`
  const email = given.email ?? `${id}@mail.test.example`
  const name = given.name ?? `User ${id.slice(-4)}`
  const [firstName = name, ...rest] = name.split(' ')
  const locale = given.locale ?? 'en'
  const token = randomBytes(24).toString('base64url')
  const at = deps.now()

  await sql`
    insert into users (id, organization_id, organization_kind, username, email, first_name, last_name, display_name, locale,
      sort_key, search_key, created_at, changed_at)
    values (${id}, ${given.organizationId}, ${given.kind}, ${username}, ${email}, ${firstName}, ${rest.join(' ')}, ${name}, ${locale},
      ${sortKey(name)}, ${searchKey(`${name} ${username} ${email}`)}, ${at}, ${at})`.execute(deps.db)
  const named = await sql<{ name: string }>`
    with credential as (
      insert into credentials (id, user_id, account_id, password_hash, created_at, changed_at)
      values (${newId()}, ${id}, ${id}, ${await testHash}, ${at}, ${at})
    ), session as (
      insert into sessions (id, user_id, token_hash, created_at, changed_at, expires_at)
      values (${newId()}, ${id}, ${hashToken(token)}, ${at}, ${at}, '2100-01-01T00:00:00Z')
    ), assigned as (
      insert into role_assignments (id, user_id, organization_id, role, granted_by, granted_by_name, granted_at)
      select given.id, ${id}, ${given.organizationId}, given.role, ${id}, ${name}, ${at}
      from unnest(${given.roles.map(() => newId())}::uuid[], ${[...given.roles]}::text[]) as given (id, role)
    )
    select trading_name as name from organizations where id = ${given.organizationId}
    union all select legal_name from customers where id = ${given.organizationId}`.execute(deps.db)

  return {
    userId: id,
    username,
    actor: {
      userId: id,
      userName: name,
      organizationId: given.organizationId as OrganizationId,
      organizationName: named.rows[0]?.name ?? 'Test organization',
      organizationKind: given.kind,
      roles: given.roles,
      permissions: permissionsOf(given.kind, given.roles),
      locale,
      request: { hash: '', correlationId: newId(), ip: '127.0.0.1' },
    },
    cookie: sessionCookie(deps.config, token),
  }
}
