import { sql } from 'kysely'
import type { OrganizationId } from '../kernel/ids.ts'
import { doInOrder, readWorldNow, tryHoldingWorld } from './advance-clock.ts'
import type { Db, Deps } from './context.ts'
import type { Sweep } from './sweep.ts'

/** How often each act was done, by its audit action or another short name. */
export type DueCounts = Readonly<Record<string, number>>

/**
 * Work that falls due at instants of a provider's clock: renewals, expiries, reminders. A sweep does it when the clock gets
 * there by itself; who moves a sandbox's clock has it done step by step, in its order.
 */
export interface DueWork {
  readonly name: string
  /** The earliest instant, at or before `until`, at which something of a provider is due; undefined when nothing is. */
  readonly nextDue: (db: Db, providerId: OrganizationId, until: Date) => Promise<Date | undefined>
  /**
   * Does all that is due at or before `at`, dated `at`. Each thing is done exactly once, however often and at however many
   * places this runs: the row that says it is due is held, and changed in the transaction that does it. Returns at its next
   * step once `stopping` is aborted.
   */
  readonly run: (deps: Deps, providerId: OrganizationId, at: Date, stopping: AbortSignal) => Promise<DueCounts>
}

/** Name of the sweep that does what is due; changes that make something due soon may nudge it. */
export const dueSweep = 'due-work'

/**
 * Does, every minute and when nudged, what has become due in the worlds of all providers. A world whose clock is just being
 * moved, or that another process looks after, is left to them.
 */
export function dueWorkSweep(table: readonly DueWork[]): Sweep {
  return {
    name: dueSweep,
    everySeconds: 60,
    async run(deps, stopping) {
      const { rows } = await sql<{ id: OrganizationId; world: 'production' | 'sandbox' }>`
        select id, world from organizations where kind = 'provider' order by id`.execute(deps.db)
      for (const { id, world } of rows) {
        if (stopping.aborted) return
        await tryHoldingWorld(deps, id, async () => {
          const until = await readWorldNow(deps, id)
          // An order that is placed while a clock is moved is caught up with, in the order in which things would have happened.
          if (world === 'sandbox') await doInOrder(deps, table, id, until, stopping)
          else await doTogether(deps, table, id, until, stopping)
        })
      }
    },
  }
}

/** In production little falls due between two runs, and much of it at one instant. */
async function doTogether(
  deps: Deps,
  table: readonly DueWork[],
  providerId: OrganizationId,
  until: Date,
  stopping: AbortSignal,
): Promise<void> {
  for (const work of table) {
    if (stopping.aborted) return
    if (await work.nextDue(deps.db, providerId, until)) await work.run(deps, providerId, until, stopping)
  }
}
