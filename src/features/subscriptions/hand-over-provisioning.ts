import { type RawBuilder, sql } from 'kysely'
import type { Deps, Tx } from '../../platform/context.ts'
import { fail, holdOrders, keepAccepted, succeed } from './finish-provisioning.ts'
import type { Fulfilment, Outcome, ProvisioningJob } from './fulfilment.ts'

/** Jobs handed over at a time. */
const batch = 200

/** Calls to a fulfilment that are under way at once. */
const together = 20

/** How long somebody who took a job may be silent, on the installation's clock; after that, others take it. */
const leaseMs = 10 * 60_000

export interface HandOver {
  /** The world's time: what is due by then is handed over, and what comes of it is dated with it. */
  readonly at: Date
  /** Condition on a job, known as j. */
  readonly whose: RawBuilder<unknown>
  /** Condition on a job that somebody took and did not finish, known as j: whether that one is gone. */
  readonly abandoned: RawBuilder<unknown>
}

/** How many jobs of a batch came to what. */
export type HandedOver = Readonly<Record<Outcome['kind'], number>>

/**
 * Hands a batch of jobs to a fulfilment: takes them, calls it outside of any transaction, and writes what came of it. Who dies
 * in between leaves jobs that are running; they are taken again. Who comes back too late changes nothing.
 */
export async function handOver(deps: Deps, fulfilment: Fulfilment, wanted: HandOver): Promise<HandedOver> {
  const leaseUntil = new Date(deps.now().getTime() + leaseMs)
  const jobs = await takeJobs(deps, wanted, leaseUntil)
  const counts = { done: 0, accepted: 0, failed: 0 }
  for (let from = 0; from < jobs.length; from += together) {
    const some = jobs.slice(from, from + together)
    const outcomes = await Promise.all(some.map((job) => callOn(fulfilment, job)))
    await deps.db
      .transaction()
      .execute((tx) => finish(tx, wanted.at, leaseUntil, new Map(some.map((job, place) => [job, outcomes[place]]))))
    for (const { kind } of outcomes) counts[kind] += 1
  }
  return counts
}

async function takeJobs(
  { db }: Deps,
  { at, whose, abandoned }: HandOver,
  leaseUntil: Date,
): Promise<readonly ProvisioningJob[]> {
  const { rows } = await sql<ProvisioningJob & { runAfter: Date }>`
    update provisioning_jobs p set status = 'running', lease_until = ${leaseUntil}
    from (select j.customer_id, j.id from provisioning_jobs j
      where j.run_after <= ${at} and (j.status in ('queued', 'failed') or (j.status = 'running' and ${abandoned})) and ${whose}
      order by j.run_after, j.id limit ${batch} for update of j skip locked) due
    where p.customer_id = due.customer_id and p.id = due.id
    returning p.customer_id as "customerId", p.id, p.subscription_id as "subscriptionId", p.order_id as "orderId", p.action,
      p.quantity, p.attempts, p.external_ref as "externalRef", p.run_after as "runAfter"`.execute(db)
  return rows.toSorted((a, b) => a.runAfter.getTime() - b.runAfter.getTime() || (a.id < b.id ? -1 : 1))
}

async function callOn(fulfilment: Fulfilment, job: ProvisioningJob): Promise<Outcome> {
  try {
    return await fulfilment.begin(job, AbortSignal.timeout(leaseMs / 2))
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
  }
}

async function finish(
  tx: Tx,
  at: Date,
  leaseUntil: Date,
  outcomes: ReadonlyMap<ProvisioningJob, Outcome | undefined>,
): Promise<void> {
  const held = new Set(await holdTaken(tx, [...outcomes.keys()], leaseUntil))
  const mine = [...outcomes].filter(([{ id }]) => held.has(id))
  const done = mine.flatMap(([job, outcome]) => (outcome?.kind === 'done' ? [job] : []))
  if (done.length > 0) {
    await holdOrders(tx, done)
    await succeed(tx, at, done)
  }
  for (const [job, outcome] of mine) {
    if (outcome?.kind === 'accepted') await keepAccepted(tx, at, job, outcome)
    if (outcome?.kind === 'failed') await fail(tx, at, job, outcome.reason)
  }
}

/** Holds the jobs that are still ours; one whose lease ran out may be somebody else's by now. */
async function holdTaken(tx: Tx, jobs: readonly ProvisioningJob[], leaseUntil: Date): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select j.id from provisioning_jobs j
    where (j.customer_id, j.id) in (select * from unnest(${jobs.map(({ customerId }) => customerId)}::uuid[],
        ${jobs.map(({ id }) => id)}::uuid[]))
      and j.status = 'running' and j.lease_until = ${leaseUntil}
    order by j.customer_id, j.id for update of j`.execute(tx)
  return rows.map(({ id }) => id)
}
