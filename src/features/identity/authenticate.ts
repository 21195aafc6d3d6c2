import type { FastifyRequest } from 'fastify'
import type { OrganizationId, UserId } from '../../kernel/ids.ts'
import { type OrganizationKind, permissionsOf, type Role } from '../../kernel/permissions.ts'
import type { Deps, Locale, RequestMark } from '../../platform/context.ts'
import type { Identified } from '../../platform/serve.ts'
import { hashToken, readSessionToken } from '../../platform/session-cookie.ts'

interface Row {
  readonly user_id: UserId
  readonly display_name: string
  readonly organization_id: OrganizationId
  readonly organization_kind: OrganizationKind
  readonly organization_name: string
  readonly locale: Locale
  readonly must_change_password: boolean
  readonly second_factor_missing: boolean
  readonly roles: readonly Role[]
}

// Named, so that each database session plans it once: it runs for every request.
const statement = {
  name: 'authenticate',
  text: `
    select u.id as user_id, u.display_name, u.organization_id, u.organization_kind, u.locale, u.must_change_password,
      coalesce(o.trading_name, c.legal_name) as organization_name,
      coalesce(o.second_factor_required, c.second_factor_required) and not u.two_factor_enabled as second_factor_missing,
      array(select r.role from role_assignments r where r.user_id = u.id and r.revoked_at is null) as roles
    from sessions s
    join users u on u.id = s.user_id
    left join organizations o on o.id = u.organization_id and u.organization_kind <> 'customer'
    left join customers c on c.id = u.organization_id and u.organization_kind = 'customer'
    where s.token_hash = $1 and s.expires_at > $2 and u.status = 'active' and coalesce(o.id, c.id) is not null`,
}

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
  const found = await deps.pool.query<Row>({ ...statement, values: [hashToken(token), deps.now()] })
  const row = found.rows[0]
  if (row === undefined) return undefined

  const mustFirst = whatMustBeFirst(row)
  return {
    actor: {
      userId: row.user_id,
      userName: row.display_name,
      organizationId: row.organization_id,
      organizationName: row.organization_name,
      organizationKind: row.organization_kind,
      roles: row.roles,
      permissions: permissionsOf(row.organization_kind, row.roles),
      locale: row.locale,
      request: mark,
    },
    ...(mustFirst === undefined ? {} : { mustFirst }),
  }
}

function whatMustBeFirst(row: Row): Identified['mustFirst'] {
  if (row.must_change_password) return 'passwordChangeRequired'
  return row.second_factor_missing ? 'secondFactorRequired' : undefined
}
