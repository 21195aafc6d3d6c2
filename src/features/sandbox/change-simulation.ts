import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { readSettings } from './queries.ts'
import { readWorld } from './start-run.ts'
import type { ChangeSimulation, SimulationSettings } from './wire.ts'

/**
 * Says how the fulfilment of the own sandbox is simulated. It counts from the next try on.
 *
 * @throws Refusal productionClock, stale
 */
export async function changeSimulation(
  deps: Deps,
  actor: Actor,
  { version, ...wanted }: ChangeSimulation,
): Promise<SimulationSettings> {
  const { result } = await write(deps, actor, async (tx) => {
    const { world, now } = await readWorld(deps, tx, actor.organizationId)
    if (world !== 'sandbox') throw new Refusal('productionClock')
    const before = await readSettings(tx, actor)
    const stored = await sql`
      insert into simulated_fulfilments as x (provider_id, enabled, delay_minutes, failure_percent, fail_next, failing_skus, changed_at)
      select ${actor.organizationId}, ${wanted.enabled}, ${wanted.delayMinutes}, ${wanted.failurePercent}, ${wanted.failNext},
        ${wanted.failingSkus}::text[], ${now}
      where ${version} = 0 or exists (select from simulated_fulfilments o where o.provider_id = ${actor.organizationId})
      on conflict (provider_id) do update
      set enabled = excluded.enabled, delay_minutes = excluded.delay_minutes, failure_percent = excluded.failure_percent,
        fail_next = excluded.fail_next, failing_skus = excluded.failing_skus, changed_at = excluded.changed_at, version = x.version + 1
      where x.version = ${version}`.execute(tx)
    if (stored.numAffectedRows === 0n) throw new Refusal('stale')
    await record(tx, actor, now, {
      action: 'sandbox.simulation_changed',
      subjectKind: 'organization',
      subjectId: actor.organizationId,
      before: { ...before, version: undefined },
      after: { ...wanted },
    })
    return await readSettings(tx, actor)
  })
  return result
}
