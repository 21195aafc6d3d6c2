import { type RawBuilder, sql } from 'kysely'
import { newId, type OrganizationId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/context.ts'
import { itself } from '../audit/record.ts'
import { completeAction, notify } from '../notifications/notify.ts'
import { suspendWithoutBase } from './advance-subscriptions.ts'
import { completeRenewals } from './complete-renewal.ts'
import { mostAttempts, type ProvisioningJob, waitAfter } from './fulfilment.ts'

const { userId: nobody, userName: product } = itself

/**
 * Makes processes that split an order's jobs finish one after the other: the later one sees what the earlier one did, and
 * completes the order. In one order of rows, so that none waits for another in a circle.
 */
export async function holdOrders(tx: Tx, jobs: readonly ProvisioningJob[]): Promise<void> {
  const ofOrders = jobs.filter(({ orderId }) => orderId !== null)
  if (ofOrders.length === 0) return
  await sql`
    select from orders o
    where (o.customer_id, o.id) in (select * from unnest(${ofOrders.map(({ customerId }) => customerId)}::uuid[],
        ${ofOrders.map(({ orderId }) => orderId)}::uuid[]))
      and o.status <> 'completed'
    order by o.customer_id, o.id for no key update of o`.execute(tx)
}

/** Ends jobs that succeeded: what was ordered becomes active, its order is completed once nothing of it is open. */
export async function succeed(tx: Tx, at: Date, jobs: readonly ProvisioningJob[]): Promise<void> {
  const ids = jobs.map(() => newId())
  const eventIds = jobs.map(() => newId())
  const { rows } = await sql<Hit>`
    with job as materialized (
      select * from unnest(${jobs.map(({ customerId }) => customerId)}::uuid[], ${jobs.map(({ id }) => id)}::uuid[],
        ${jobs.map(({ subscriptionId }) => subscriptionId)}::uuid[], ${jobs.map(({ orderId }) => orderId)}::uuid[],
        ${ids}::uuid[], ${eventIds}::uuid[]) as j (customer_id, id, subscription_id, order_id, audit_id, event_id)
    ), finished as (
      update provisioning_jobs p set status = 'success', attempts = p.attempts + 1, last_error = null, lease_until = null,
        finished_at = ${at}
      from job where p.customer_id = job.customer_id and p.id = job.id
    ), ready as (
      update subscriptions s set status = case s.status when 'pending' then 'active' else s.status end,
        provisioning_status = coalesce((
          select case when bool_or(p.status in ('failed', 'givenUp')) then 'failed' else 'pending' end
          from provisioning_jobs p
          where p.customer_id = s.customer_id and p.subscription_id = s.id and p.status <> 'success'
            and not exists (select from job where job.id = p.id)
          having count(*) > 0), 'success'),
        changed_at = ${at}
      from (select distinct on (customer_id, subscription_id) customer_id, subscription_id, audit_id, event_id from job
        order by customer_id, subscription_id) j
      where s.customer_id = j.customer_id and s.id = j.subscription_id
      returning s.customer_id, s.id, s.provider_id, s.title, s.quantity, j.audit_id, j.event_id
    ), completed as (
      update orders o set status = 'completed'
      from (select distinct customer_id, order_id from job where order_id is not null) j
      where o.customer_id = j.customer_id and o.id = j.order_id and o.status <> 'completed'
        and not exists (select from provisioning_jobs p
          where p.customer_id = o.customer_id and p.order_id = o.id and p.status not in ('success', 'givenUp')
            and not exists (select from job where job.id = p.id))
    ), audit as (
      insert into audit_records (customer_id, id, at, action, subject_kind, subject_id, actor_user_id, actor_name,
        actor_organization_id, actor_organization, provider_id, after, ip)
      select customer_id, audit_id, ${at}, 'subscription.provisioned', 'subscription', id::text, ${nobody}, ${product}, ${nobody},
        ${product}, provider_id, ${summary}, '' from ready
    ), event as (
      insert into events (customer_id, id, at, type, subject_kind, subject_id, actor_organization_id, provider_id, payload)
      select customer_id, event_id, ${at}, 'subscription.provisioned', 'subscription', id::text, ${nobody}, provider_id,
        ${summary} from ready
    )
    select provider_id as "providerId", customer_id as "customerId", id as "subscriptionId" from ready`.execute(tx)
  await completeRenewals(
    tx,
    at,
    jobs.filter(({ action }) => action === 'renew'),
  )
  await suspendWithoutBase(tx, at, jobs)
  // What failed before and works now is nobody's task any more.
  const retried = new Set(jobs.flatMap(({ attempts, subscriptionId }) => (attempts > 0 ? [subscriptionId] : [])))
  for (const { providerId, ...hit } of rows.filter(({ subscriptionId }) => retried.has(subscriptionId))) {
    for (const kind of ['provisioningFailed', 'provisioningGivenUp'] as const) {
      await completeAction(tx, at, { organizationId: providerId, kind, link: linkTo(hit) })
    }
  }
}

interface Hit {
  readonly providerId: OrganizationId
  readonly customerId: string
  readonly subscriptionId: string
}

const summary: RawBuilder<unknown> = sql`jsonb_build_object('title', title, 'quantity', quantity)`

/** Where a subscription is shown. */
export function linkTo({ customerId, subscriptionId }: Pick<Hit, 'customerId' | 'subscriptionId'>): string {
  return `/customers/${customerId}/subscriptions/${subscriptionId}`
}

/** Puts a job back that the fulfilment accepted and will have done later. */
export async function keepAccepted(
  tx: Tx,
  at: Date,
  { customerId, id }: ProvisioningJob,
  { externalRef, askAfterMs }: { readonly externalRef: string; readonly askAfterMs: number },
): Promise<void> {
  await tx
    .updateTable('provisioning_jobs')
    .set({
      status: 'queued',
      lease_until: null,
      external_ref: externalRef.slice(0, 200),
      run_after: new Date(at.getTime() + Math.max(askAfterMs, 1_000)),
    })
    .where('customer_id', '=', customerId)
    .where('id', '=', id)
    .execute()
}

/**
 * Ends a try that failed: the job is tried again after a while, ever longer, and given up after the last try. The provider's
 * people are told of the first failure and of the end.
 */
export async function fail(tx: Tx, at: Date, job: ProvisioningJob, reason: string): Promise<void> {
  const text = reason.slice(0, 500)
  const attempts = job.attempts + 1
  const isOver = attempts >= mostAttempts
  const retryAt = new Date(at.getTime() + waitAfter(attempts))
  const action = isOver ? 'subscription.provisioning_given_up' : 'subscription.provisioning_failed'
  const detail = sql`jsonb_build_object('title', title, 'error', ${text}::text, 'attempts', ${attempts}::int)`
  const { rows } = await sql<{ providerId: OrganizationId; title: string; customer: string }>`
    with finished as (
      update provisioning_jobs set status = ${isOver ? 'givenUp' : 'failed'}, attempts = ${attempts}, last_error = ${text},
        lease_until = null, external_ref = null, finished_at = ${at},
        run_after = ${isOver ? sql`run_after` : sql`${retryAt}::timestamptz`}
      where customer_id = ${job.customerId} and id = ${job.id}
    ), hit as (
      update subscriptions s set provisioning_status = 'failed', changed_at = ${at}
      from customers c
      where c.id = s.customer_id and s.customer_id = ${job.customerId} and s.id = ${job.subscriptionId}
      returning s.customer_id, s.id, s.provider_id, s.title, c.legal_name as customer
    ), audit as (
      insert into audit_records (customer_id, id, at, action, subject_kind, subject_id, actor_user_id, actor_name,
        actor_organization_id, actor_organization, provider_id, after, ip)
      select customer_id, ${newId()}, ${at}, ${action}, 'subscription', id::text, ${nobody}, ${product},
        ${nobody}, ${product}, provider_id, ${detail}, '' from hit
    ), event as (
      insert into events (customer_id, id, at, type, subject_kind, subject_id, actor_organization_id, provider_id, payload)
      select customer_id, ${newId()}, ${at}, ${action}, 'subscription', id::text, ${nobody}, provider_id, ${detail} from hit
    )
    select provider_id as "providerId", title, customer from hit`.execute(tx)
  const [hit] = rows
  if (!hit) return
  const kind = isOver ? ('provisioningGivenUp' as const) : ('provisioningFailed' as const)
  const link = linkTo(job)
  if (isOver) await completeAction(tx, at, { organizationId: hit.providerId, kind: 'provisioningFailed', link })
  else if (await isToldAlready(tx, hit.providerId, link)) return
  await notify(tx, at, {
    organizationId: hit.providerId,
    audienceRoles: ['global_admin', 'admin_agent', 'sales_agent', 'helpdesk_agent'],
    class: 'recommended',
    kind,
    params: { subscription: hit.title, customer: hit.customer },
    link,
  })
}

async function isToldAlready(tx: Tx, organizationId: OrganizationId, link: string): Promise<boolean> {
  const open = await tx
    .selectFrom('notifications')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('kind', '=', 'provisioningFailed')
    .where('link', '=', link)
    .where('completed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return open !== undefined
}
