import type { z } from 'zod'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { readOwnAccount } from './queries.ts'
import type { MeReply } from './wire.ts'

/** Who is signed in, what they may do, and what they must do first. */
export async function readMe(deps: Deps, actor: Actor): Promise<z.input<typeof MeReply>> {
  const account = await readOwnAccount(deps.db, actor)
  const { username, email, mustChangePassword, secondFactorEnabled, secondFactorRequired, country, sandboxOffsetMs } =
    account
  const factorMissing = secondFactorRequired && !secondFactorEnabled
  return {
    user: {
      id: actor.userId,
      name: actor.userName,
      username,
      email,
      locale: actor.locale,
      mustChangePassword,
      secondFactorEnabled,
    },
    organization: {
      id: actor.organizationId,
      name: actor.organizationName,
      kind: actor.organizationKind,
      country,
      secondFactorRequired,
      sandboxNow:
        sandboxOffsetMs === null ? null : worldNow(deps, { clockOffsetMs: Number(sandboxOffsetMs) }).toISOString(),
    },
    roles: [...actor.roles],
    permissions: [...actor.permissions],
    mustFirst: mustChangePassword ? 'passwordChangeRequired' : factorMissing ? 'secondFactorRequired' : null,
  }
}
