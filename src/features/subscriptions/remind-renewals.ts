import { sql } from 'kysely'
import type { CustomerId, OrganizationId, SubscriptionId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { addDays, utcDay } from '../../kernel/time.ts'
import type { Deps, Tx } from '../../platform/context.ts'
import type { DueWork } from '../../platform/due-work.ts'
import { queueMails } from '../../platform/mail.ts'
import { mailSweepName } from '../../platform/send-mails.ts'
import { notifyAll } from '../notifications/notify.ts'
import { type Reminded, reminderMails, reminderNotifications, type Told } from './reminder-texts.ts'
import { type RemindedOutcome, reminders, reminderWindows } from './rules/reminders.ts'

/** Who is told at the provider and at resellers. */
const audience: readonly Role[] = ['global_admin', 'admin_agent', 'sales_agent']

/** A mail names so many subscriptions at most, those that end first, and counts the others. */
const namedAtMost = 50

/** How long it is kept that somebody was reminded, in days; longer than any reminder looks ahead. */
const keptDays = 90

/** Organizations whose people are written to at a time: memory stays flat. */
const batch = 200

/**
 * Reminds of terms that come to their end: 30, 7 and 1 days before, trials 14, 7 and 1. In the action center, and with one mail a
 * person and day that names all of them, to admin agents, sales agents and global admins of the provider and of the resellers
 * that manage or resell the subscriptions and are its partners. Due at the beginning of the day, UTC, on the provider's clock. All
 * of a day is one transaction: together or not at all, and never twice. Source: F163, F238.
 */
export const renewalReminders: DueWork = {
  name: 'renewal-reminders',
  async nextDue(db, providerId, until) {
    const { rows } = await sql<{ day: string | null }>`
      select min(s.end_on - r.days) as day
      from (select ${doneOn(providerId)} as done_on) d,
        unnest(${reminders.map(({ outcome }) => outcome)}::text[], ${reminders.map(({ daysBefore }) => daysBefore)}::int[])
          as r (outcome, days),
        lateral (select x.end_on from subscriptions x
          where x.provider_id = ${providerId} and x.renewal_outcome = r.outcome and x.end_on > d.done_on + r.days
          order by x.end_on limit 1) s`.execute(db)
    const day = rows[0]?.day
    const at = day ? beginningOf(day) : undefined
    return at && at <= until ? at : undefined
  },
  async run(deps, providerId, at) {
    const reminded = await deps.db.transaction().execute((tx) => remind(tx, deps, providerId, utcDay(at)))
    if (reminded > 0) deps.nudge(mailSweepName)
    return reminded === 0 ? {} : { 'renewal.reminded': reminded }
  },
}

function beginningOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

/** The last day that is done; before the first one, the day before the provider sold anything. Null when it never did. */
function doneOn(providerId: OrganizationId) {
  return sql<string | null>`coalesce(
    (select done_on from reminder_days where provider_id = ${providerId}),
    (select (min(created_at) at time zone 'UTC')::date - 1 from subscriptions where provider_id = ${providerId}))`
}

async function remind(tx: Tx, deps: Deps, providerId: OrganizationId, day: string): Promise<number> {
  const done = await holdDays(tx, providerId)
  if (done === undefined || done >= day) return 0
  await tx.updateTable('reminder_days').set({ done_on: day }).where('provider_id', '=', providerId).execute()
  await sql`
    delete from renewal_reminders where provider_id = ${providerId} and reminded_on < ${addDays(day, -keptDays)}`.execute(
    tx,
  )
  const reminded = await insertReminders(tx, providerId, done, day)
  if (reminded > 0) await tell(tx, deps, providerId, day)
  return reminded
}

/** Holds the provider's days until the transaction ends. @returns the last one done; undefined when nothing was sold yet. */
async function holdDays(tx: Tx, providerId: OrganizationId): Promise<string | undefined> {
  await sql`
    insert into reminder_days (provider_id, done_on)
    select ${providerId}, done_on from (select ${doneOn(providerId)} as done_on) d where done_on is not null
    on conflict do nothing`.execute(tx)
  const row = await tx
    .selectFrom('reminder_days')
    .select('done_on')
    .where('provider_id', '=', providerId)
    .forUpdate()
    .executeTakeFirst()
  return row?.done_on
}

/** Notes all reminders of a day. A term that begins after its reminder would have been due has none: who just bought it knows. */
async function insertReminders(tx: Tx, providerId: OrganizationId, done: string, day: string): Promise<number> {
  const windows = reminderWindows(done, day)
  const { numAffectedRows } = await sql`
    insert into renewal_reminders (customer_id, subscription_id, end_on, days_before, provider_id, reminded_on)
    select s.customer_id, s.id, s.end_on, w.days_before, s.provider_id, ${day}::date
    from unnest(${windows.map(({ outcome }) => outcome)}::text[], ${windows.map(({ endOn }) => endOn)}::date[],
        ${windows.map(({ daysBefore }) => daysBefore)}::int[]) as w (outcome, end_on, days_before)
    join subscriptions s on s.provider_id = ${providerId} and s.renewal_outcome = w.outcome and s.end_on = w.end_on
    where s.end_on - w.days_before > s.start_on
      and exists (select from customer_relationships tie where tie.customer_id = s.customer_id
        and tie.partner_id = s.provider_id and tie.state = 'active')
    on conflict do nothing`.execute(tx)
  return Number(numAffectedRows ?? 0n)
}

async function tell(tx: Tx, deps: Deps, providerId: OrganizationId, day: string): Promise<void> {
  const told = Map.groupBy(await readReminded(tx, providerId, day), ({ organizationId }) => organizationId)
  const ids = [...told.keys()]
  for (let start = 0; start < ids.length; start += batch) {
    const some = await readTold(tx, providerId, ids.slice(start, start + batch))
    const withRows = some.map((one) => ({ ...one, day, rows: told.get(one.organizationId) ?? [] }))
    await notifyAll(
      tx,
      beginningOf(day),
      withRows.flatMap((one) => reminderNotifications(one, audience)),
    )
    await queueMails(
      tx,
      deps.now(),
      withRows.flatMap((one) => reminderMails(one)),
    )
  }
}

interface RemindedRow extends Reminded {
  readonly organizationId: OrganizationId
}

/** What each organization is told of on a day: its first subscriptions by their end, each with the number of all. */
async function readReminded(tx: Tx, providerId: OrganizationId, day: string): Promise<readonly RemindedRow[]> {
  const isPartner = (resellerId: string) => sql`exists (select from partnerships p
    where p.provider_id = ${providerId} and p.reseller_id = ${sql.ref(resellerId)} and p.state = 'active')`
  const { rows } = await sql<{
    organizationId: OrganizationId
    total: number
    customerId: CustomerId
    subscriptionId: SubscriptionId
    title: string
    friendlyName: string
    quantity: number
    endOn: string
    outcome: RemindedOutcome
    customer: string
  }>`
    with due as materialized (
      select s.customer_id, s.id, s.end_on, s.renewal_outcome, s.quantity, s.title, s.friendly_name
      from renewal_reminders d
      join subscriptions s on s.customer_id = d.customer_id and s.id = d.subscription_id
      where d.provider_id = ${providerId} and d.reminded_on = ${day}
    ), told as (
      select ${providerId}::uuid as organization_id, d.* from due d
      union
      select a.reseller_id, d.* from due d
      join customer_reseller_associations a
        on a.customer_id = d.customer_id and a.provider_id = ${providerId} and a.ended_at is null
      where ${isPartner('a.reseller_id')}
      union
      select r.reseller_id, d.* from due d
      join resellers_of_record r on r.customer_id = d.customer_id and r.subscription_id = d.id and r.valid_to is null
      where ${isPartner('r.reseller_id')}
    ), ranked as (
      select t.*, count(*) over (partition by t.organization_id)::int as total,
        row_number() over (partition by t.organization_id order by t.end_on, t.customer_id, t.id) as place
      from told t
    )
    select r.organization_id as "organizationId", r.total, r.customer_id as "customerId", r.id as "subscriptionId", r.title,
      r.friendly_name as "friendlyName", r.quantity, r.end_on as "endOn", r.renewal_outcome as outcome, c.legal_name as customer
    from ranked r join customers c on c.id = r.customer_id
    where r.place <= ${namedAtMost}
    order by r.organization_id, r.place`.execute(tx)
  return rows
}

/** Organizations with the people in them who have a role that is told and want it by mail. */
async function readTold(
  tx: Tx,
  providerId: OrganizationId,
  organizationIds: readonly OrganizationId[],
): Promise<readonly Omit<Told, 'day' | 'rows'>[]> {
  const { rows } = await sql<Omit<Told, 'day' | 'rows'>>`
    select o.id as "organizationId", o.trading_name as organization,
      jsonb_build_object('id', p.id, 'name', p.trading_name, 'world', p.world) as provider,
      coalesce((
        select jsonb_agg(jsonb_build_object('address', u.email, 'name', u.display_name, 'language', u.locale) order by u.id)
        from users u
        where u.organization_id = o.id and u.status = 'active'
          and exists (select from role_assignments g
            where g.user_id = u.id and g.revoked_at is null and g.role = any(${[...audience]}::text[]))
          and not exists (select from reminder_opt_outs x where x.user_id = u.id)), '[]') as people
    from organizations o, organizations p
    where o.id = any(${[...organizationIds]}::uuid[]) and p.id = ${providerId}
    order by o.id`.execute(tx)
  return rows
}
