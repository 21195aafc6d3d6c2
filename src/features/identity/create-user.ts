import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { type CustomerId, newId, noCustomer, type OrganizationId, type UserId } from '../../kernel/ids.ts'
import type { OrganizationKind, Role } from '../../kernel/permissions.ts'
import { searchKey, sortKey } from '../../kernel/text.ts'
import { hourMs } from '../../kernel/time.ts'
import type { Actor, Locale, Tx } from '../../platform/context.ts'
import { record } from '../audit/record.ts'
import { temporaryPasswordHours } from './passwords.ts'

export interface NewUser {
  /** The customer's id for a user of a customer. */
  readonly organizationId: OrganizationId | CustomerId
  readonly organizationKind: OrganizationKind
  /** Folded by `foldUsername` already. */
  readonly username: string
  /** Folded by `foldEmail` already. */
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  /** First and last name unless given. */
  readonly displayName?: string
  readonly locale: Locale
  readonly roles: readonly Role[]
  /** ISO 3166-1 code of the country the person works in; licenses ask for it. */
  readonly usageLocation?: string
  /** From `hashPassword`, made before the transaction. Without one the user cannot sign in until it gets a temporary password. */
  readonly passwordHash?: string
  /** The password must be changed at the first sign-in and expires in 72 hours. */
  readonly temporary: boolean
  /** The customer's name, when a partner makes the user for it. */
  readonly onBehalfOf?: string
}

/**
 * Adds a user with its roles and password hash, and records it, in the caller's transaction. Whether the actor may give
 * these roles is the caller's question.
 *
 * @throws Refusal usernameTaken, when somebody else signs in with this name as an e-mail address. A taken name or address
 * violates `users_username_key` or `users_email_key`, which `write` turns into usernameTaken or emailTaken.
 */
export async function createUser(tx: Tx, actor: Actor, at: Date, user: NewUser): Promise<UserId> {
  const id = newId<'user'>()
  const displayName = user.displayName ?? `${user.firstName} ${user.lastName}`.trim()
  const temporaryUntil = user.temporary ? new Date(at.getTime() + temporaryPasswordHours * hourMs) : null

  // A name that is somebody else's address would take over that person's sign-in.
  const created = await sql`
    with added as (
      insert into users (id, organization_id, organization_kind, username, email, first_name, last_name, display_name, locale,
        usage_location, must_change_password, temporary_password_expires_at, sort_key, search_key, created_at, changed_at)
      select ${id}, ${user.organizationId}, ${user.organizationKind}, ${user.username}, ${user.email}, ${user.firstName},
        ${user.lastName}, ${displayName}, ${user.locale}, ${user.usageLocation ?? null}, ${user.temporary}, ${temporaryUntil}::timestamptz, ${sortKey(displayName)},
        ${searchKey(`${displayName} ${user.username} ${user.email}`)}, ${at}, ${at}
      where not exists (
        select from users where email = ${user.username} and status <> 'deleted' and ${user.username} <> ${user.email})
      returning id, organization_id
    ), credential as (
      insert into credentials (id, user_id, account_id, password_hash, created_at, changed_at)
      select ${newId()}, id, id::text, ${user.passwordHash ?? ''}, ${at}, ${at} from added where ${user.passwordHash !== undefined}
    ), assigned as (
      insert into role_assignments (id, user_id, organization_id, role, granted_by, granted_by_name, granted_at)
      select given.id, added.id, added.organization_id, given.role, ${actor.userId}, ${actor.userName}, ${at}
      from added, unnest(${user.roles.map(() => newId())}::uuid[], ${[...user.roles]}::text[]) as given (id, role)
    )
    select id from added`.execute(tx)
  if (created.rows.length === 0) throw new Refusal('usernameTaken')

  await record(tx, actor, at, {
    action: 'user.created',
    subjectKind: 'user',
    subjectId: id,
    ...(user.organizationKind === 'customer'
      ? { customerId: user.organizationId as CustomerId }
      : { customerId: noCustomer }),
    ...(user.onBehalfOf === undefined ? {} : { onBehalfOf: user.onBehalfOf }),
    after: { name: displayName, username: user.username, roles: user.roles },
  })
  return id
}
