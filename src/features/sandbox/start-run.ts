import { Refusal } from '../../kernel/errors.ts'
import { newId, type OrganizationId } from '../../kernel/ids.ts'
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { latestTarget, whyNotTo } from './rules.ts'

/** Name of the sweep that moves clocks. */
export const clockSweep = 'clock-runs'

/**
 * Asks for the clock of a sandbox to be moved to an instant. The run is done by a sweep; the answer does not wait for it.
 *
 * @throws Refusal notFound, productionClock, clockBackwards, clockTooFar, clockRunOpen
 */
export async function startRun(
  deps: Deps,
  actor: Actor,
  { providerId, to }: { readonly providerId: OrganizationId; readonly to: Date },
): Promise<{ readonly id: string }> {
  const { result } = await write(deps, actor, async (tx) => {
    const { world, name, now } = await readWorld(deps, tx, providerId)
    const refused = whyNotTo(world, now, to)
    if (refused) {
      throw new Refusal(refused, { params: { now: utcDay(now), latest: utcDay(latestTarget(now)) } })
    }
    const id = newId()
    await tx
      .insertInto('clock_runs')
      .values({
        provider_id: providerId,
        id,
        status: 'waiting',
        from_at: now,
        to_at: to,
        reached_at: now,
        requested_by: actor.userId,
        requested_by_name: actor.userName,
        created_at: deps.now(),
      })
      .execute()
    await record(tx, actor, now, {
      action: 'sandbox.clock_advanced',
      subjectKind: 'organization',
      subjectId: providerId,
      providerId,
      ...(actor.organizationId === providerId ? {} : { onBehalfOf: name }),
      before: { clock: now.toISOString() },
      after: { clock: to.toISOString() },
    })
    return { id }
  })
  deps.nudge(clockSweep)
  return result
}

/** A provider and the time in its world. @throws Refusal notFound */
export async function readWorld(
  deps: Pick<Deps, 'now'>,
  db: Db,
  providerId: OrganizationId,
): Promise<{ readonly world: 'production' | 'sandbox'; readonly name: string; readonly now: Date }> {
  const row = await db
    .selectFrom('organizations')
    .select(['world', 'trading_name as name', 'clock_offset_ms as offset'])
    .where('id', '=', providerId)
    .where('kind', '=', 'provider')
    .executeTakeFirst()
  if (!row) throw new Refusal('notFound')
  return { world: row.world, name: row.name, now: worldNow(deps, { clockOffsetMs: Number(row.offset) }) }
}
