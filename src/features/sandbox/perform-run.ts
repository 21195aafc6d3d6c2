import { sql } from 'kysely'
import type { OrganizationId } from '../../kernel/ids.ts'
import { advanceHeld, type Advanced, holdingWorld, type OnProgress } from '../../platform/advance-clock.ts'
import type { Deps } from '../../platform/context.ts'
import type { DueCounts, DueWork } from '../../platform/due-work.ts'

interface OpenRun {
  readonly to: Date
  readonly counts: DueCounts
}

/**
 * Does a run that was asked for, or the rest of one that somebody began and did not finish. When another process is at it,
 * waits until that is done with it. What goes wrong ends the run as failed, with its reason; what was done stays done.
 *
 * @param onProgress Told of the acts of the whole run, also of those before an end in the middle.
 */
export async function performRun(
  deps: Deps,
  works: readonly DueWork[],
  { providerId, id }: { readonly providerId: OrganizationId; readonly id: string },
  stopping: AbortSignal,
  onProgress: OnProgress = () => {},
): Promise<void> {
  await holdingWorld(deps, providerId, stopping, async () => {
    const run = await takeRun(deps, providerId, id)
    if (!run) return
    const asked = new AbortController()
    const stop = AbortSignal.any([stopping, asked.signal])
    const told = async (reached: Advanced) => {
      const soFar = { at: reached.at, counts: sum(run.counts, reached.counts) }
      if (await storeProgress(deps, providerId, id, soFar)) asked.abort()
      await onProgress(soFar)
    }
    try {
      if (await storeProgress(deps, providerId, id, undefined)) asked.abort()
      await advanceHeld(deps, works, providerId, run.to, stop, told)
    } catch (error) {
      await endRun(deps, providerId, id, 'failed', error instanceof Error ? error.message : String(error))
      throw error
    }
    if (asked.signal.aborted) await endRun(deps, providerId, id, 'stopped', null)
    else if (!stopping.aborted) await endRun(deps, providerId, id, 'done', null)
  })
}

async function takeRun({ db }: Deps, providerId: OrganizationId, id: string): Promise<OpenRun | undefined> {
  const { rows } = await sql<OpenRun>`
    update clock_runs set status = 'running'
    where provider_id = ${providerId} and id = ${id} and ended_at is null
    returning to_at as "to", counts`.execute(db)
  return rows[0]
}

/** Keeps how far a run has come. Returns whether somebody asked for it to stop. */
async function storeProgress(
  { db }: Deps,
  providerId: OrganizationId,
  id: string,
  reached: Advanced | undefined,
): Promise<boolean> {
  const { rows } = await sql<{ stop: boolean }>`
    update clock_runs set reached_at = greatest(reached_at, ${reached?.at ?? null}::timestamptz),
      counts = coalesce(${reached ? JSON.stringify(reached.counts) : null}::jsonb, counts)
    where provider_id = ${providerId} and id = ${id}
    returning stop_asked as stop`.execute(db)
  return rows[0]?.stop === true
}

async function endRun(
  { db, now }: Deps,
  providerId: OrganizationId,
  id: string,
  status: 'done' | 'stopped' | 'failed',
  error: string | null,
): Promise<void> {
  await db
    .updateTable('clock_runs')
    .set({ status, error: error?.slice(0, 500) ?? null, ended_at: now() })
    .where('provider_id', '=', providerId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

function sum(one: DueCounts, other: DueCounts): DueCounts {
  const both: Record<string, number> = { ...one }
  for (const [act, count] of Object.entries(other)) both[act] = (both[act] ?? 0) + count
  return both
}
