import type { OrganizationId } from '../../kernel/ids.ts'
import type { DueWork } from '../../platform/due-work.ts'
import type { Sweep } from '../../platform/sweep.ts'
import { performRun } from './perform-run.ts'
import { clockSweep } from './start-run.ts'

/** Moves the clocks that somebody asked to be moved, one after the other. */
export function sandboxSweeps(works: readonly DueWork[]): readonly Sweep[] {
  return [
    {
      name: clockSweep,
      everySeconds: 5,
      async run(deps, stopping) {
        const open = await deps.db
          .selectFrom('clock_runs')
          .select(['provider_id as providerId', 'id'])
          .where('ended_at', 'is', null)
          .orderBy('created_at')
          .limit(100)
          .execute()
        for (const { providerId, id } of open) {
          if (stopping.aborted) return
          await performRun(deps, works, { providerId: providerId as OrganizationId, id }, stopping)
        }
      },
    },
  ]
}
