import { sql } from 'kysely'
import { type CustomerId, newId, type UserId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { hourMs } from '../../kernel/time.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import { temporaryPasswordHours } from './passwords.ts'
import { governingRole, type Person } from './rules.ts'

/** A user as its administrators act on it. */
export interface LockedUser extends Person {
  readonly id: UserId
  readonly name: string
  readonly username: string
  readonly status: 'active' | 'blocked'
  readonly twoFactorEnabled: boolean
  readonly lockedUntil: Date | null
  /** Whether nobody else active governs the organization. */
  readonly isLastGoverning: boolean
}

/**
 * Holds the organization's users until the transaction ends, so that two administrators cannot take each other's role at the
 * same moment, and reads one of them. Undefined when there is none, it is deleted, or somebody else's.
 */
export async function lockUser(
  tx: Tx,
  { organizationId, organizationKind }: Pick<Actor, 'organizationId' | 'organizationKind'>,
  userId: UserId,
): Promise<LockedUser | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`users of ${organizationId}`}, 0))`.execute(tx)
  const role = governingRole(organizationKind)
  const found = await sql<Omit<LockedUser, 'isLastGoverning'> & { readonly others: boolean }>`
    select u.id, u.display_name as name, u.username, u.status, u.two_factor_enabled as "twoFactorEnabled",
      u.locked_until as "lockedUntil",
      array(select r.role from role_assignments r where r.user_id = u.id and r.revoked_at is null) as roles,
      exists (select from role_assignments r join users o on o.id = r.user_id
        where r.organization_id = u.organization_id and r.role = ${role} and r.revoked_at is null
          and o.status = 'active' and o.id <> u.id) as others
    from users u
    where u.id = ${userId} and u.organization_id = ${organizationId} and u.status <> 'deleted'
    for update of u`.execute(tx)
  const user = found.rows[0]
  if (!user) return undefined
  const { others, ...rest } = user
  return { ...rest, isLastGoverning: user.status === 'active' && user.roles.includes(role) && !others }
}

/** Takes roles from a user and gives it others. Both lists hold changes only. */
export async function changeRoles(
  tx: Tx,
  actor: Actor,
  at: Date,
  userId: UserId,
  { taken, given }: { readonly taken: readonly Role[]; readonly given: readonly Role[] },
): Promise<void> {
  if (taken.length > 0) {
    await sql`
      update role_assignments set revoked_at = ${at}
      where user_id = ${userId} and role = any(${[...taken]}::text[]) and revoked_at is null`.execute(tx)
  }
  if (given.length > 0) {
    await sql`
      insert into role_assignments (id, user_id, organization_id, role, granted_by, granted_by_name, granted_at)
      select given.id, u.id, u.organization_id, given.role, ${actor.userId}, ${actor.userName}, ${at}
      from users u, unnest(${given.map(() => newId())}::uuid[], ${[...given]}::text[]) as given (id, role)
      where u.id = ${userId}`.execute(tx)
  }
  await sql`update users set changed_at = ${at} where id = ${userId}`.execute(tx)
}

/** Puts a temporary password in place of a user's own, ends its sessions and unlocks it. */
export async function putTemporaryPassword(tx: Tx, at: Date, userId: UserId, passwordHash: string): Promise<void> {
  const until = new Date(at.getTime() + temporaryPasswordHours * hourMs)
  await sql`
    update users set must_change_password = true, temporary_password_expires_at = ${until}, failed_sign_ins = 0,
      failed_since = null, locked_until = null, changed_at = ${at}
    where id = ${userId}`.execute(tx)
  // Somebody restored, or of a long list of new users, has no password yet.
  await sql`
    insert into credentials (id, user_id, account_id, password_hash, created_at, changed_at)
    values (${newId()}, ${userId}, ${userId}, ${passwordHash}, ${at}, ${at})
    on conflict (user_id, provider_id) do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at`.execute(
    tx,
  )
  await endSessions(tx, userId)
}

/** Puts a user's own new password in place of the old one. False when the old one is no longer what it was. */
export async function putOwnPassword(
  tx: Tx,
  at: Date,
  { userId, sessionId }: Actor,
  hashes: { readonly old: string; readonly next: string },
): Promise<boolean> {
  const changed = await sql`
    update credentials set password_hash = ${hashes.next}, changed_at = ${at}
    where user_id = ${userId} and password_hash = ${hashes.old}`.execute(tx)
  if (changed.numAffectedRows !== 1n) return false
  await sql`
    update users set must_change_password = false, temporary_password_expires_at = null, changed_at = ${at}
    where id = ${userId}`.execute(tx)
  await endSessions(tx, userId, sessionId)
  return true
}

/** Ends a user's sessions, but one; also sign-ins that wait for a code, and devices that need none. */
export async function endSessions(tx: Tx, userId: UserId, except?: string): Promise<void> {
  await sql`delete from sessions where user_id = ${userId} and id is distinct from ${except ?? null}::uuid`.execute(tx)
  await sql`delete from verifications where value = ${userId}`.execute(tx)
}

/** Shuts a user out, or lets it in again. */
export async function setStatus(tx: Tx, at: Date, userId: UserId, status: 'active' | 'blocked'): Promise<void> {
  await sql`
    update users set status = ${status}, failed_sign_ins = 0, failed_since = null, locked_until = null, changed_at = ${at}
    where id = ${userId}`.execute(tx)
  if (status === 'blocked') await endSessions(tx, userId)
}

/**
 * Deletes a user: its name and address become free, its licenses too, and what it did stays under the name it did it with. Of a
 * customer's user what it was called and might do is kept beside, so that it can be restored for a while.
 */
export async function markDeleted(tx: Tx, at: Date, userId: UserId): Promise<void> {
  await sql`
    update users set status = 'deleted', deleted_at = ${at}, changed_at = ${at}, username = ${`deleted-${userId}`},
      email = ${`deleted-${userId}`}, must_change_password = false, temporary_password_expires_at = null,
      two_factor_enabled = false, search_key = case when organization_kind = 'customer' then search_key else '' end,
      former_username = case when organization_kind = 'customer' then username end,
      former_email = case when organization_kind = 'customer' then email end,
      former_roles = case when organization_kind = 'customer' then array(
        select role from role_assignments where user_id = ${userId} and revoked_at is null) end
    where id = ${userId}`.execute(tx)
  await sql`update role_assignments set revoked_at = ${at} where user_id = ${userId} and revoked_at is null`.execute(tx)
  await sql`delete from credentials where user_id = ${userId}`.execute(tx)
  await removeFactor(tx, userId)
  await freeLicenses(tx, userId)
}

/** Gives back what licenses a user holds. The pools are locked first, in one order for everybody, so that nobody waits in a circle. */
async function freeLicenses(tx: Tx, userId: UserId): Promise<void> {
  await sql`
    select from license_pools p
    join license_assignments a using (customer_id, product_id, sku_id)
    join users u on u.id = a.user_id and u.organization_id = a.customer_id
    where u.id = ${userId} order by p.product_id, p.sku_id for update of p`.execute(tx)
  await sql`
    delete from license_assignments where user_id = ${userId}
      and customer_id = (select organization_id from users where id = ${userId})`.execute(tx)
}

/**
 * Makes a deleted user what it was, with a temporary password. A name or address that somebody else has taken meanwhile
 * violates `users_username_key` or `users_customer_email_key`. Its licenses are gone for good.
 */
export async function markRestored(
  tx: Tx,
  actor: Actor,
  at: Date,
  {
    userId,
    roles,
    passwordHash,
  }: { readonly userId: UserId; readonly roles: readonly Role[]; readonly passwordHash: string },
): Promise<void> {
  await sql`
    update users set status = 'active', deleted_at = null, username = former_username, email = former_email,
      former_username = null, former_email = null, former_roles = null
    where id = ${userId}`.execute(tx)
  await changeRoles(tx, actor, at, userId, { taken: [], given: roles })
  await putTemporaryPassword(tx, at, userId, passwordHash)
}

/**
 * Forgets who deleted users were, of whom `until` or earlier was the end: their rows stay for what points at them, without a name.
 * A batch at a time.
 */
export async function forgetDeleted(tx: Tx, deletedBefore: Date): Promise<readonly ForgottenUser[]> {
  const { rows } = await sql<ForgottenUser>`
    with due as (
      select id, display_name, former_username from users
      where former_username is not null and deleted_at < ${deletedBefore}
      order by deleted_at limit 500 for update skip locked)
    update users u set former_username = null, former_email = null, former_roles = null, first_name = '', last_name = '',
      display_name = '', search_key = '', sort_key = '', usage_location = null
    from due where u.id = due.id
    returning u.id as "userId", u.organization_id as "customerId", due.display_name as name, due.former_username as username`.execute(
    tx,
  )
  return rows
}

export interface ForgottenUser {
  readonly userId: UserId
  readonly customerId: CustomerId
  readonly name: string
  readonly username: string
}

/** Takes a user's second factor away and ends its sessions; it may set up another one. */
export async function removeSecondFactor(tx: Tx, at: Date, userId: UserId): Promise<void> {
  await sql`update users set two_factor_enabled = false, changed_at = ${at} where id = ${userId}`.execute(tx)
  await removeFactor(tx, userId)
}

async function removeFactor(tx: Tx, userId: UserId): Promise<void> {
  await sql`delete from two_factors where user_id = ${userId}`.execute(tx)
  await endSessions(tx, userId)
}
