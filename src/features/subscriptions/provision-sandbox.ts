import { type RawBuilder, sql } from 'kysely'
import type { OrganizationId } from '../../kernel/ids.ts'
import type { DueWork } from '../../platform/due-work.ts'
import { handOver } from './hand-over-provisioning.ts'
import { isSoldBy, provisionAtOnce } from './provision-subscriptions.ts'
import { readSimulation, simulatedFulfilment } from './simulated-fulfilment.ts'

/**
 * Provisions what a sandbox sold, at the times of its world: at once, or as its simulated fulfilment has it. In production a
 * sweep of its own does it. Whoever runs this holds the world, so a job that is still running was left by somebody who is gone.
 */
export const sandboxProvisioning: DueWork = {
  name: 'provisioning',
  async nextDue(db, providerId, until) {
    const { rows } = await sql<{ next: Date | null }>`
      select min(j.run_after) as next from provisioning_jobs j
      where j.status in ('queued', 'failed', 'running') and j.run_after <= ${until} and ${inSandbox(providerId)}`.execute(
      db,
    )
    return rows[0]?.next ?? undefined
  },
  async run(deps, providerId, at, stopping) {
    const simulation = await readSimulation(deps, providerId)
    const whose = inSandbox(providerId)
    const counts = { done: 0, accepted: 0, failed: 0 }
    for (let more = true; more && !stopping.aborted;) {
      const { done, accepted, failed } = simulation
        ? await handOver(deps, simulatedFulfilment(deps, providerId, simulation), { at, whose, abandoned: sql`true` })
        : { done: await provisionAtOnce(deps, at, whose), accepted: 0, failed: 0 }
      counts.done += done
      counts.accepted += accepted
      counts.failed += failed
      more = done + accepted + failed > 0
    }
    return {
      ...(counts.done > 0 ? { 'subscription.provisioned': counts.done } : {}),
      ...(counts.accepted > 0 ? { 'provisioning.accepted': counts.accepted } : {}),
      ...(counts.failed > 0 ? { 'subscription.provisioning_failed': counts.failed } : {}),
    }
  },
}

function inSandbox(providerId: OrganizationId): RawBuilder<unknown> {
  return sql`${isSoldBy(sql`${providerId}::uuid`)}
    and exists (select from organizations o where o.id = ${providerId} and o.world = 'sandbox')`
}
