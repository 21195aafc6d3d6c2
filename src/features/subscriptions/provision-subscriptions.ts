import { setTimeout as sleep } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { type CustomerId, newId, noCustomer, type OrganizationId } from '../../kernel/ids.ts'
import type { Deps, Tx } from '../../platform/context.ts'
import { notify } from '../notifications/notify.ts'

/** What the fulfilment of a subscription has to do. */
export interface ProvisioningJob {
  readonly id: string
  readonly customerId: CustomerId
  readonly subscriptionId: string
  readonly orderId: string | null
  readonly action: 'create' | 'changeQuantity' | 'convert'
  readonly quantity: number
  readonly attempts: number
}

/** Says of a job that it failed, and why; undefined when it succeeded. It must answer at once: rows are held meanwhile. */
export type Fulfil = (job: ProvisioningJob) => string | undefined

/** Kanal keeps the subscriptions itself, so nothing can fail. A connection to a vendor's fulfilment takes this place. */
const builtIn: Fulfil = () => undefined

/** Jobs taken at a time. */
const batch = 200

/** Of its time, what it works: orders that come in meanwhile have the database to themselves for the rest. */
const shareOfTime = 0.1

/**
 * Provisions everything that waits for it: subscriptions of new orders become active, changes of licenses take effect. Works a
 * tenth of the time at most, so that people who work at the same moment do not wait for it. Several may run at once.
 */
export async function provisionSubscriptions(
  deps: Deps,
  stopping: AbortSignal,
  fulfil: Fulfil = builtIn,
): Promise<void> {
  let more = true
  while (more && !stopping.aborted) {
    const began = performance.now()
    const done = await provisionBatch(deps, fulfil)
    more = done === batch
    // Also after the last batch: whoever asks again at once waits for its turn.
    if (done > 0) await pause((performance.now() - began) * (1 / shareOfTime - 1), stopping)
  }
}

/** Waits, but not once the program is stopping. */
async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: stopping })
  } catch {
    // Aborted: the caller sees it, too.
  }
}

async function provisionBatch(deps: Deps, fulfil: Fulfil): Promise<number> {
  return await deps.db.transaction().execute(async (tx) => {
    const at = deps.now()
    const jobs = await takeJobs(tx, at)
    const failed = new Map(
      jobs.flatMap((job) => {
        const error = fulfil(job)
        return error === undefined ? [] : [[job.id, error] as const]
      }),
    )
    const succeeded = jobs.filter(({ id }) => !failed.has(id))
    if (succeeded.length > 0) {
      await holdOrders(tx, succeeded)
      await succeed(tx, at, succeeded)
    }
    for (const job of jobs) {
      const error = failed.get(job.id)
      if (error !== undefined) await fail(tx, at, job, error)
    }
    return jobs.length
  })
}

async function takeJobs(tx: Tx, at: Date): Promise<readonly ProvisioningJob[]> {
  const { rows } = await sql<ProvisioningJob>`
    select id, customer_id as "customerId", subscription_id as "subscriptionId", order_id as "orderId", action, quantity, attempts
    from provisioning_jobs where status = 'queued' and run_after <= ${at}
    order by run_after limit ${batch} for update skip locked`.execute(tx)
  return rows
}

/**
 * Makes processes that split an order's jobs finish one after the other: the later one sees what the earlier one did, and
 * completes the order. In one order of rows, so that none waits for another in a circle.
 */
async function holdOrders(tx: Tx, jobs: readonly ProvisioningJob[]): Promise<void> {
  const ofOrders = jobs.filter(({ orderId }) => orderId !== null)
  if (ofOrders.length === 0) return
  await sql`
    select from orders o
    where (o.customer_id, o.id) in (select * from unnest(${ofOrders.map(({ customerId }) => customerId)}::uuid[],
        ${ofOrders.map(({ orderId }) => orderId)}::uuid[]))
      and o.status <> 'completed'
    order by o.customer_id, o.id for no key update of o`.execute(tx)
}

/** Whom the record names: nobody did it, the product did. */
const nobody = noCustomer
const itself = 'Kanal'

async function succeed(tx: Tx, at: Date, jobs: readonly ProvisioningJob[]): Promise<void> {
  const ids = jobs.map(() => newId())
  const eventIds = jobs.map(() => newId())
  await sql`
    with job as materialized (
      select * from unnest(${jobs.map(({ customerId }) => customerId)}::uuid[], ${jobs.map(({ id }) => id)}::uuid[],
        ${jobs.map(({ subscriptionId }) => subscriptionId)}::uuid[], ${jobs.map(({ orderId }) => orderId)}::uuid[],
        ${ids}::uuid[], ${eventIds}::uuid[]) as j (customer_id, id, subscription_id, order_id, audit_id, event_id)
    ), finished as (
      update provisioning_jobs p set status = 'success', attempts = p.attempts + 1, last_error = null, finished_at = ${at}
      from job where p.customer_id = job.customer_id and p.id = job.id
    ), ready as (
      update subscriptions s set status = case s.status when 'pending' then 'active' else s.status end,
        provisioning_status = 'success', changed_at = ${at}
      from (select distinct on (customer_id, subscription_id) customer_id, subscription_id, audit_id, event_id from job
        order by customer_id, subscription_id) j
      where s.customer_id = j.customer_id and s.id = j.subscription_id
      returning s.customer_id, s.id, s.provider_id, s.title, s.quantity, j.audit_id, j.event_id
    ), completed as (
      update orders o set status = 'completed'
      from (select distinct customer_id, order_id from job where order_id is not null) j
      where o.customer_id = j.customer_id and o.id = j.order_id and o.status <> 'completed'
        and not exists (select from provisioning_jobs p
          where p.customer_id = o.customer_id and p.order_id = o.id and p.status <> 'success'
            and not exists (select from job where job.id = p.id))
    ), audit as (
      insert into audit_records (customer_id, id, at, action, subject_kind, subject_id, actor_user_id, actor_name,
        actor_organization_id, actor_organization, provider_id, after, ip)
      select customer_id, audit_id, ${at}, 'subscription.provisioned', 'subscription', id::text, ${nobody}, ${itself}, ${nobody},
        ${itself}, provider_id, ${summary}, '' from ready
    )
    insert into events (customer_id, id, at, type, subject_kind, subject_id, provider_id, payload)
    select customer_id, event_id, ${at}, 'subscription.provisioned', 'subscription', id::text, provider_id, ${summary} from ready`.execute(
    tx,
  )
}

const summary: RawBuilder<unknown> = sql`jsonb_build_object('title', title, 'quantity', quantity)`

async function fail(tx: Tx, at: Date, job: ProvisioningJob, error: string): Promise<void> {
  const text = error.slice(0, 500)
  const { rows } = await sql<{ providerId: OrganizationId; title: string; customer: string }>`
    with finished as (
      update provisioning_jobs set status = 'failed', attempts = attempts + 1, last_error = ${text}, finished_at = ${at}
      where customer_id = ${job.customerId} and id = ${job.id}
    ), hit as (
      update subscriptions s set provisioning_status = 'failed', changed_at = ${at}
      from customers c
      where c.id = s.customer_id and s.customer_id = ${job.customerId} and s.id = ${job.subscriptionId}
      returning s.customer_id, s.id, s.provider_id, s.title, c.legal_name as customer
    ), audit as (
      insert into audit_records (customer_id, id, at, action, subject_kind, subject_id, actor_user_id, actor_name,
        actor_organization_id, actor_organization, provider_id, after, ip)
      select customer_id, ${newId()}, ${at}, 'subscription.provisioning_failed', 'subscription', id::text, ${nobody}, ${itself},
        ${nobody}, ${itself}, provider_id, jsonb_build_object('title', title, 'error', ${text}::text), '' from hit
    ), event as (
      insert into events (customer_id, id, at, type, subject_kind, subject_id, provider_id, payload)
      select customer_id, ${newId()}, ${at}, 'subscription.provisioning_failed', 'subscription', id::text, provider_id,
        jsonb_build_object('title', title, 'error', ${text}::text) from hit
    )
    select provider_id as "providerId", title, customer from hit`.execute(tx)
  const [hit] = rows
  if (!hit) return
  await notify(tx, at, {
    organizationId: hit.providerId,
    audienceRoles: ['global_admin', 'admin_agent', 'sales_agent', 'helpdesk_agent'],
    class: 'recommended',
    kind: 'provisioningFailed',
    params: { subscription: hit.title, customer: hit.customer },
    link: `/customers/${job.customerId}/subscriptions/${job.subscriptionId}`,
  })
}
