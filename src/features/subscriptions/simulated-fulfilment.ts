import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { OrganizationId } from '../../kernel/ids.ts'
import type { Deps } from '../../platform/context.ts'
import type { Fulfilment, Outcome, ProvisioningJob } from './fulfilment.ts'

/** How a sandbox pretends to fulfil. */
export interface Simulation {
  readonly delayMinutes: number
  readonly failurePercent: number
  readonly failingSkus: readonly string[]
}

/** A sandbox's simulated fulfilment; undefined when it fulfils at once, as Kanal itself does. */
export async function readSimulation({ db }: Deps, providerId: OrganizationId): Promise<Simulation | undefined> {
  return await db
    .selectFrom('simulated_fulfilments')
    .select(['delay_minutes as delayMinutes', 'failure_percent as failurePercent', 'failing_skus as failingSkus'])
    .where('provider_id', '=', providerId)
    .where('enabled', '=', true)
    .executeTakeFirst()
}

/**
 * A fulfilment for sandboxes: takes its time, and fails as it is told. What chance decides is decided by the job's id and its
 * try, so that it comes to the same however the clock gets there.
 */
export function simulatedFulfilment(deps: Deps, providerId: OrganizationId, simulation: Simulation): Fulfilment {
  return {
    async begin(job): Promise<Outcome> {
      if (job.externalRef === null && simulation.delayMinutes > 0) {
        const externalRef = `simulated ${job.id} ${job.attempts + 1}`
        return { kind: 'accepted', externalRef, askAfterMs: simulation.delayMinutes * 60_000 }
      }
      const reason = await whyItFails(deps, providerId, simulation, job)
      return reason === undefined ? { kind: 'done' } : { kind: 'failed', reason }
    },
  }
}

async function whyItFails(
  deps: Deps,
  providerId: OrganizationId,
  { failurePercent, failingSkus }: Simulation,
  job: ProvisioningJob,
): Promise<string | undefined> {
  if (failingSkus.length > 0) {
    const sku = await readSku(deps, job)
    if (failingSkus.includes(sku)) return `Simulated: ${sku} always fails.`
  }
  if (await takeFailure(deps, providerId)) return 'Simulated: one of the next tries that were to fail.'
  return draw(job) < failurePercent ? `Simulated: ${failurePercent} of 100 tries fail.` : undefined
}

async function readSku({ db }: Deps, { customerId, subscriptionId }: ProvisioningJob): Promise<string> {
  const { productId, skuId } = await db
    .selectFrom('subscriptions')
    .select(['product_id as productId', 'sku_id as skuId'])
    .where('customer_id', '=', customerId)
    .where('id', '=', subscriptionId)
    .executeTakeFirstOrThrow()
  return `${productId}/${skuId}`
}

/** Uses up one of the failures that somebody ordered; false when none is left. */
async function takeFailure({ db }: Deps, providerId: OrganizationId): Promise<boolean> {
  const taken = await sql`
    update simulated_fulfilments set fail_next = fail_next - 1
    where provider_id = ${providerId} and fail_next > 0`.execute(db)
  return taken.numAffectedRows === 1n
}

/** 0 to 99, evenly spread over jobs and their tries. */
function draw({ id, attempts }: ProvisioningJob): number {
  return createHash('sha256').update(`${id} ${attempts}`).digest().readUInt32BE() % 100
}
