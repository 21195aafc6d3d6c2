import { setTimeout as sleep } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { OrganizationId } from '../../kernel/ids.ts'
import type { Deps, Tx } from '../../platform/context.ts'
import { dueSweep } from '../../platform/due-work.ts'
import { holdOrders, succeed } from './finish-provisioning.ts'
import type { Fulfilment, ProvisioningJob } from './fulfilment.ts'
import { handOver } from './hand-over-provisioning.ts'

/** Jobs taken at a time. */
const batch = 200

/** Of its time, what it works: orders that come in meanwhile have the database to themselves for the rest. */
const shareOfTime = 0.1

/**
 * Provisions everything that waits for it in production: subscriptions of new orders become active, changes take effect. Works
 * a tenth of the time at most, so that people who work at the same moment do not wait for it. Several may run at once. What
 * waits in sandboxes is left to the work that is due there.
 *
 * @param fulfilment A connection to a vendor; without one Kanal keeps the subscriptions itself, and all is done at once.
 */
export async function provisionSubscriptions(
  deps: Deps,
  stopping: AbortSignal,
  fulfilment?: Fulfilment,
): Promise<void> {
  const sandboxes = await readSandboxes(deps)
  const whose = sandboxes.length === 0 ? sql`true` : sql`not ${isSoldBy(sql`any(${sandboxes}::uuid[])`)}`
  let more = true
  while (more && !stopping.aborted) {
    const began = performance.now()
    const done = fulfilment
      ? await handOverBatch(deps, fulfilment, whose)
      : await provisionAtOnce(deps, deps.now(), whose)
    more = done === batch
    // Also after the last batch: whoever asks again at once waits for its turn.
    if (done > 0) await pause((performance.now() - began) * (1 / shareOfTime - 1), stopping)
  }
  if (sandboxes.length > 0 && (await isDueIn(deps, sandboxes))) deps.nudge(dueSweep)
}

async function handOverBatch(deps: Deps, fulfilment: Fulfilment, whose: RawBuilder<unknown>): Promise<number> {
  const at = deps.now()
  const counts = await handOver(deps, fulfilment, { at, whose, abandoned: sql`j.lease_until <= ${at}` })
  return counts.done + counts.accepted + counts.failed
}

/** Waits, but not once the program is stopping. */
async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: stopping })
  } catch {
    // Aborted: the caller sees it, too.
  }
}

/**
 * Provisions a batch without asking anybody: nothing can fail, and all of it is one transaction.
 *
 * @param whose Condition on a job, known as j.
 * @returns how many there were.
 */
export async function provisionAtOnce(deps: Deps, at: Date, whose: RawBuilder<unknown>): Promise<number> {
  return await deps.db.transaction().execute(async (tx) => {
    const jobs = await takeJobs(tx, at, whose)
    if (jobs.length > 0) {
      await holdOrders(tx, jobs)
      await succeed(tx, at, jobs)
    }
    return jobs.length
  })
}

async function takeJobs(tx: Tx, at: Date, whose: RawBuilder<unknown>): Promise<readonly ProvisioningJob[]> {
  const { rows } = await sql<ProvisioningJob>`
    select j.customer_id as "customerId", j.id, j.subscription_id as "subscriptionId", j.order_id as "orderId", j.action,
      j.quantity, j.attempts, j.external_ref as "externalRef"
    from provisioning_jobs j
    where j.status in ('queued', 'failed') and j.run_after <= ${at} and ${whose}
    order by j.run_after, j.id limit ${batch} for update of j skip locked`.execute(tx)
  return rows
}

/** Whether a job, known as j, is of a subscription that one of some providers sold. */
export function isSoldBy(providers: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (select from subscriptions s
    where s.customer_id = j.customer_id and s.id = j.subscription_id and s.provider_id = ${providers})`
}

async function readSandboxes({ db }: Deps): Promise<readonly OrganizationId[]> {
  const rows = await db.selectFrom('organizations').select('id').where('world', '=', 'sandbox').execute()
  return rows.map(({ id }) => id as OrganizationId)
}

async function isDueIn({ db, now }: Deps, sandboxes: readonly OrganizationId[]): Promise<boolean> {
  const { rows } = await sql`
    select from provisioning_jobs j
    join subscriptions s on s.customer_id = j.customer_id and s.id = j.subscription_id and s.provider_id = any(${sandboxes}::uuid[])
    join organizations o on o.id = s.provider_id
    where j.status in ('queued', 'failed', 'running')
      and j.run_after <= ${now()}::timestamptz + o.clock_offset_ms * interval '1 millisecond'
    limit 1`.execute(db)
  return rows.length > 0
}
