import { sql } from 'kysely'
import type { CustomerId, UserId } from '../../kernel/ids.ts'
import type { Actor, Deps, RequestMark } from '../../platform/context.ts'
import type { SignInPeople } from '../../platform/serve-sign-in.ts'
import { hashToken, readSessionToken } from '../../platform/session-cookie.ts'
import type { AuditAction } from '../audit/actions.ts'
import { record } from '../audit/record.ts'
import { readActor } from './authenticate.ts'
import { hashPassword, verifyNobody, verifyPassword } from './passwords.ts'
import { foldLogin, lockOut } from './rules.ts'

const noUser = '00000000-0000-0000-0000-000000000000' as UserId

/** Tells sign-in who people are, and records what it tells of them. */
export function signInPeople(deps: Deps): SignInPeople {
  return {
    hash: (password) => hashPassword(password),
    verify: (password, hash) => verifyPassword(password, hash),
    verifyNobody,
    admit: (login) => admit(deps, login),
    whyNoSession: (userId) => whyNoSession(deps, userId),
    failed: (userId, mark) => countFailure(deps, userId, mark),
    signedIn: (userId, mark) => noteSignIn(deps, userId, mark),
    signedOut: (actor, cookie) => noteSignOut(deps, actor, cookie),
    secondFactorChanged: (actor, enabled) => recordAbout(deps, actor, 'user.second_factor_changed', { enabled }),
  }
}

/** A user name goes before an address; an address that several customers' users share says nothing about who is meant. */
async function admit(deps: Deps, login: string): ReturnType<SignInPeople['admit']> {
  const folded = foldLogin(login)
  const { rows } = await sql<{ userId: UserId; username: string; named: boolean; open: boolean }>`
    select id as "userId", username, username = ${folded} as named,
      status = 'active' and (locked_until is null or locked_until <= ${deps.now()}) as open
    from users where username = ${folded} or (email = ${folded} and status <> 'deleted')
    order by named desc limit 2`.execute(deps.db)
  const [first, second] = rows
  if (!first?.open || (!first.named && second !== undefined)) return undefined
  return { userId: first.userId, username: first.username }
}

async function whyNoSession(deps: Deps, userId: UserId): ReturnType<SignInPeople['whyNoSession']> {
  const user = await deps.db
    .selectFrom('users')
    .select(['status', 'temporary_password_expires_at as temporaryUntil'])
    .where('id', '=', userId)
    .executeTakeFirst()
  if (user?.status !== 'active') return 'signInFailed'
  return user.temporaryUntil !== null && user.temporaryUntil <= deps.now() ? 'temporaryPasswordExpired' : undefined
}

/** Counts a wrong password; the tenth within a quarter of an hour locks the account, which is recorded. */
export async function countFailure(deps: Deps, userId: UserId, mark: RequestMark): Promise<void> {
  const at = deps.now()
  const since = new Date(at.getTime() - lockOut.withinMs)
  const until = new Date(at.getTime() + lockOut.forMs)
  const counted = await sql<{ locked: boolean }>`
    update users set
      failed_sign_ins = case when failed_since is null or failed_since <= ${since} then 1
                             when failed_sign_ins + 1 >= ${lockOut.attempts} then 0 else failed_sign_ins + 1 end,
      failed_since = case when failed_since is null or failed_since <= ${since} then ${at}
                          when failed_sign_ins + 1 >= ${lockOut.attempts} then null else failed_since end,
      locked_until = case when failed_since > ${since} and failed_sign_ins + 1 >= ${lockOut.attempts} then ${until}
                          else locked_until end
    where id = ${userId}
    returning locked_until = ${until} as locked`.execute(deps.db)
  if (counted.rows[0]?.locked !== true) return
  const user = await readActor(deps, userId, mark)
  // Who tried is not known, and least of all that it was the user: the lock is ours.
  const kanal = user && { ...user, userId: noUser, userName: 'Kanal' }
  if (kanal) await recordAbout(deps, user, 'user.locked_out', { attempts: lockOut.attempts }, kanal)
}

async function noteSignIn(deps: Deps, userId: UserId, mark: RequestMark): Promise<void> {
  const actor = await readActor(deps, userId, mark)
  if (!actor) return
  const at = deps.now()
  await deps.db.transaction().execute(async (tx) => {
    await sql`
      update users set last_sign_in_at = ${at}, failed_sign_ins = 0, failed_since = null, locked_until = null
      where id = ${userId}`.execute(tx)
    await record(tx, actor, at, { action: 'user.signed_in', ...subject(actor) })
  })
}

async function noteSignOut(deps: Deps, actor: Actor, cookie: string | undefined): Promise<void> {
  const token = readSessionToken(deps.config, cookie)
  await deps.db.transaction().execute(async (tx) => {
    if (token !== undefined) await tx.deleteFrom('sessions').where('token_hash', '=', hashToken(token)).execute()
    await record(tx, actor, deps.now(), { action: 'user.signed_out', ...subject(actor) })
  })
}

async function recordAbout(
  deps: Deps,
  user: Actor,
  action: AuditAction,
  after: Readonly<Record<string, unknown>>,
  author: Actor = user,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    await record(tx, author, deps.now(), { action, ...subject(user), after })
  })
}

function subject(user: Actor) {
  return {
    subjectKind: 'user',
    subjectId: user.userId,
    ...(user.organizationKind === 'customer' ? { customerId: user.organizationId as string as CustomerId } : {}),
  }
}
