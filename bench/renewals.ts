import type { OrganizationId } from '../src/kernel/ids.ts'
import { subscriptionLife } from '../src/features/subscriptions/advance-subscriptions.ts'
import type { Deps } from '../src/platform/context.ts'
import { ids } from './world.ts'

/** What renewing the world on one day came to. */
export interface Renewed {
  readonly renewed: number
  readonly perSecond: number
  /** Of the rate of plain SQL that writes the same rows, in the same database, just before. */
  readonly ofCeiling: number
  /** Megabytes this process held in the first and in the last quarter of the work, at most. */
  readonly firstRssMb: number
  readonly lastRssMb: number
}

/** Renews all subscriptions of the bench's world, which are due on one day, as the sweep does. */
export async function renewAll(deps: Deps): Promise<Renewed> {
  const { rows } = await deps.pool.query<{ at: Date }>('select min(next_due_at) as at from subscriptions')
  const [{ at } = { at: new Date() }] = rows
  const ceilingMs = await writeByPlainSql(deps, at)
  await vacuum(deps)

  const memory: number[] = []
  const watch = setInterval(() => memory.push(process.memoryUsage.rss() / 2 ** 20), 100)
  const began = performance.now()
  const counts = await subscriptionLife.run(deps, ids.provider as OrganizationId, at, new AbortController().signal)
  const ourMs = performance.now() - began
  clearInterval(watch)

  const renewed = counts['subscription.renewed'] ?? 0
  const quarter = Math.ceil(memory.length / 4)
  return {
    renewed,
    perSecond: (renewed / ourMs) * 1000,
    ofCeiling: ceilingMs / ourMs,
    firstRssMb: Math.max(0, ...memory.slice(0, quarter)),
    lastRssMb: Math.max(0, ...memory.slice(-quarter)),
  }
}

/** Writes the rows of all renewals by one statement, an insert from a select for each table, and takes them back. @returns ms */
async function writeByPlainSql({ pool }: Deps, at: Date): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('set local statement_timeout = 0')
    const began = performance.now()
    await client.query(plainSql(`timestamptz '${at.toISOString()}'`))
    return performance.now() - began
  } finally {
    // Thrown away, and with it what was written.
    client.release(true)
  }
}

/** What was written and taken back must not be in the way of what comes after it. */
async function vacuum({ pool }: Deps): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    await client.query(
      'vacuum (analyze) subscriptions, seat_lots, charge_lines, provisioning_jobs, audit_records, events',
    )
  } finally {
    client.release(true)
  }
}

const shown = `jsonb_build_object('status', status, 'quantity', quantity, 'endOn', end_on, 'autoRenew', auto_renew)`

const plainSql = (at: string): string => `
  with due as materialized (
    select s.*, r.reseller_id, r.partner_id, trunc(s.unit_cost, 2) * s.quantity * 100 as cost, trunc(s.unit_retail, 2) * s.quantity * 100 as retail
    from subscriptions s
    left join resellers_of_record r on r.customer_id = s.customer_id and r.subscription_id = s.id and r.valid_to is null
    where s.provider_id = '${ids.provider}' and s.next_due_at <= ${at} and s.status = 'active'
  ), renewed as (
    update subscriptions s set start_on = d.end_on + 1, end_on = (d.end_on + interval '1 year')::date, term_number = d.term_number + 1,
      charged_until = (d.end_on + interval '1 month')::date, next_due_at = ${at} + interval '1 month',
      cancel_until = ${at} + interval '7 days', state_since = ${at}, changed_at = ${at}, version = d.version + 1
    from due d where s.customer_id = d.customer_id and s.id = d.id
  ), used_up as (
    update seat_lots l set quantity = 0 from due d where l.customer_id = d.customer_id and l.subscription_id = d.id and l.quantity > 0
  ), lots as (
    insert into seat_lots (customer_id, subscription_id, id, quantity, source, added_at, reducible_until)
    select customer_id, id, uuidv7(), quantity, 'renewal', ${at}, ${at} + interval '7 days' from due
  ), charges as (
    insert into charge_lines (customer_id, id, subscription_id, provider_id, type, quantity, charge_start, charge_end, unit_cost,
      unit_retail, cost_minor, retail_minor, currency, reseller_id, reseller_partner_id, written_at)
    select customer_id, uuidv7(), id, provider_id, 'renew', quantity, end_on + 1, (end_on + interval '1 month')::date, unit_cost,
      unit_retail, cost, retail, currency, reseller_id, partner_id, ${at} from due
  ), jobs as (
    insert into provisioning_jobs (customer_id, id, subscription_id, action, quantity, status, run_after, created_at, finished_at)
    select customer_id, uuidv7(), id, 'renew', quantity, 'success', ${at}, ${at}, ${at} from due
  ), audit as (
    insert into audit_records (customer_id, id, at, action, subject_kind, subject_id, actor_user_id, actor_name,
      actor_organization_id, actor_organization, provider_id, reseller_id, before, after, ip)
    select customer_id, uuidv7(), ${at}, 'subscription.renewed', 'subscription', id, provider_id, 'Kanal', provider_id, 'Kanal',
      provider_id, reseller_id, ${shown}, ${shown} || jsonb_build_object('title', title), '' from due
  )
  insert into events (customer_id, id, at, type, subject_kind, subject_id, provider_id, reseller_id, payload)
  select customer_id, uuidv7(), ${at}, 'subscription.renewed', 'subscription', id, provider_id, reseller_id,
    ${shown} || jsonb_build_object('title', title) from due`
