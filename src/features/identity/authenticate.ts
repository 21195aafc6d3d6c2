import type { FastifyRequest } from 'fastify'
import type { Id, OrganizationId, UserId } from '../../kernel/ids.ts'
import { type OrganizationKind, permissionsOf, type Role } from '../../kernel/permissions.ts'
import type { Actor, Deps, Locale, RequestMark } from '../../platform/context.ts'
import type { Identified } from '../../platform/serve.ts'
import { hashToken, readSessionToken } from '../../platform/session-cookie.ts'

interface Row {
  readonly session_id?: Id<'session'>
  readonly user_id: UserId
  readonly display_name: string
  readonly organization_id: OrganizationId
  readonly organization_kind: OrganizationKind
  readonly organization_name: string
  readonly locale: Locale
  readonly must_change_password: boolean
  readonly second_factor_missing: boolean
  readonly roles: readonly Role[]
  /** bigint as text. */
  readonly clock_offset_ms: string | null
}

const columns = `
  u.id as user_id, u.display_name, u.organization_id, u.organization_kind, u.locale, u.must_change_password,
  coalesce(o.trading_name, c.legal_name) as organization_name, nullif(o.clock_offset_ms, 0) as clock_offset_ms,
  coalesce(o.second_factor_required, c.second_factor_required) and not u.two_factor_enabled as second_factor_missing,
  array(select r.role from role_assignments r where r.user_id = u.id and r.revoked_at is null) as roles`

const organization = `
  left join organizations o on o.id = u.organization_id and u.organization_kind <> 'customer'
  left join customers c on c.id = u.organization_id and u.organization_kind = 'customer'`

// Named, so that each database session plans it once: it runs for every request.
const bySession = {
  name: 'authenticate',
  text: `select s.id as session_id, ${columns} from sessions s join users u on u.id = s.user_id ${organization}
    where s.token_hash = $1 and s.expires_at > $2 and u.status = 'active' and coalesce(o.id, c.id) is not null`,
}
const byUser = `select ${columns} from users u ${organization} where u.id = $1 and coalesce(o.id, c.id) is not null`

/**
 * Finds out who sends a request, in one round trip: the session behind its signed cookie, the user, its organization and the
 * roles it holds at this moment. Undefined when there is no session, it has ended, or the user is blocked or deleted.
 */
export async function authenticate(
  deps: Deps,
  request: FastifyRequest,
  mark: RequestMark,
): Promise<Identified | undefined> {
  const token = readSessionToken(deps.config, request.headers.cookie)
  if (token === undefined) return undefined
  const found = await deps.pool.query<Row>({ ...bySession, values: [hashToken(token), deps.now()] })
  const row = found.rows[0]
  if (row === undefined) return undefined

  const mustFirst = whatMustBeFirst(row)
  return { actor: actorOf(row, mark), ...(mustFirst === undefined ? {} : { mustFirst }) }
}

/** A user as the author of what happens around its sign-in, when there is no session; undefined when there is no such user. */
export async function readActor(deps: Deps, userId: UserId, mark: RequestMark): Promise<Actor | undefined> {
  const found = await deps.pool.query<Row>(byUser, [userId])
  return found.rows[0] && actorOf(found.rows[0], mark)
}

function actorOf(row: Row, request: RequestMark): Actor {
  return {
    userId: row.user_id,
    userName: row.display_name,
    ...(row.session_id === undefined ? {} : { sessionId: row.session_id }),
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    organizationKind: row.organization_kind,
    roles: row.roles,
    permissions: permissionsOf(row.organization_kind, row.roles),
    locale: row.locale,
    request,
    ...(row.clock_offset_ms === null ? {} : { clockOffsetMs: Number(row.clock_offset_ms) }),
  }
}

function whatMustBeFirst(row: Row): Identified['mustFirst'] {
  if (row.must_change_password) return 'passwordChangeRequired'
  return row.second_factor_missing ? 'secondFactorRequired' : undefined
}
