import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { clockSweep } from './start-run.ts'

/**
 * Asks for a run of the own clock to stop at the instant it is at. A run that has ended stays as it ended.
 *
 * @throws Refusal notFound
 */
export async function stopRun(deps: Deps, actor: Actor, { runId }: { readonly runId: string }): Promise<void> {
  await write(deps, actor, async (tx) => {
    const run = await tx
      .selectFrom('clock_runs')
      .select(['ended_at as endedAt', 'stop_asked as stopAsked', 'reached_at as reachedAt'])
      .where('provider_id', '=', actor.organizationId)
      .where('id', '=', runId)
      .forUpdate()
      .executeTakeFirst()
    if (!run) throw new Refusal('notFound')
    if (run.endedAt !== null || run.stopAsked) return
    await tx
      .updateTable('clock_runs')
      .set({ stop_asked: true })
      .where('provider_id', '=', actor.organizationId)
      .where('id', '=', runId)
      .execute()
    await record(tx, actor, worldNow(deps, actor), {
      action: 'sandbox.clock_stopped',
      subjectKind: 'organization',
      subjectId: actor.organizationId,
      after: { clock: run.reachedAt.toISOString() },
    })
  })
  deps.nudge(clockSweep)
}
