import { sql } from 'kysely'
import { addDays, addMonths, daysBetween, termEnd, type Term, utcDay } from '../src/kernel/time.ts'
import type { Stage } from './stage.ts'

/**
 * Brings subscriptions into the states that time brings: the product does not let time pass yet, so these are written here.
 * Terms that have run out are moved on, some end within the month, some are suspended, expired, disabled, canceled or deleted.
 */
export async function loadLives(stage: Stage): Promise<void> {
  const living = await readLiving(stage)
  const take = (count: number, wanted: (one: Living) => boolean): readonly Living[] => {
    const chosen = living.filter((one) => !one.taken && wanted(one)).slice(0, count)
    for (const one of chosen) one.taken = true
    return chosen
  }
  const yearly = ({ term, kind }: Living): boolean => term === 'P1Y' && kind === 'license'
  const today = utcDay(stage.today)

  for (const one of take(7, yearly)) await endOn(stage, one, addDays(today, -(5 + (one.place % 20))), 'expired', false)
  for (const one of take(6, yearly))
    await endOn(stage, one, addDays(today, -(40 + (one.place % 60))), 'disabled', false)
  for (const one of take(4, yearly))
    await endOn(stage, one, addDays(today, -(170 + (one.place % 30))), 'deleted', false)
  for (const one of take(2, yearly)) await endOn(stage, one, addDays(today, -1), 'renewing', true)
  for (const one of take(7, ({ kind }) => kind === 'license')) await setStatus(stage, one, 'canceled')
  for (const one of take(8, ({ kind, endOn: end }) => kind === 'license' && end !== null))
    await setStatus(stage, one, 'suspended')
  for (const [turn, one] of take(14, yearly).entries()) {
    await endOn(stage, one, addDays(today, 2 + turn * 2), 'active', turn % 4 !== 3)
  }
  for (const one of living) if (one.status === 'active' && !one.taken) await rollOver(stage, one, today)
  await sql`update orders set status = 'completed' where status = 'validated' and submitted_at < ${stage.at(1)}`.execute(
    stage.deps.db,
  )
}

interface Living {
  readonly place: number
  readonly customerId: string
  readonly id: string
  readonly kind: string
  readonly term: Term
  readonly status: string
  readonly startOn: string
  readonly endOn: string | null
  taken: boolean
}

async function readLiving({ deps }: Stage): Promise<Living[]> {
  const { rows } = await sql<Omit<Living, 'place' | 'taken'>>`
    select customer_id as "customerId", id, kind, term, status, start_on as "startOn", end_on as "endOn"
    from subscriptions where status = 'active' and created_at < ${deps.now()}::timestamptz - interval '20 days'
      and upgraded_from_id is null
    order by md5(title || customer_id::text), id`.execute(deps.db)
  return rows.map((row, place) => ({ ...row, place, taken: false }))
}

/** Moves the whole term so that it ends on a day, and sets the status that follows from it. */
async function endOn({ deps }: Stage, one: Living, day: string, status: string, autoRenew: boolean): Promise<void> {
  const start = addDays(addMonths(day, -12), 1)
  await sql`
    update subscriptions set start_on = ${start}, end_on = ${termEnd(start, 'P1Y') ?? day}, status = ${status}, auto_renew = ${autoRenew},
      cancel_until = ${`${addDays(start, 7)}T00:00:00Z`}
    where customer_id = ${one.customerId} and id = ${one.id}`.execute(deps.db)
}

async function setStatus({ deps }: Stage, one: Living, status: 'suspended' | 'canceled'): Promise<void> {
  await sql`
    update subscriptions set status = ${status}, auto_renew = false,
      suspension_reason = ${status === 'suspended' ? (one.place % 2 === 0 ? 'nonPayment' : 'customerRequest') : null}
    where customer_id = ${one.customerId} and id = ${one.id}`.execute(deps.db)
}

/** Gives a subscription whose term has run out the term it is in now, as its renewals would have done; trials just end. */
async function rollOver({ deps }: Stage, one: Living, today: string): Promise<void> {
  if (one.endOn === null || one.endOn >= today) return
  if (one.kind === 'trial') {
    await sql`
      update subscriptions set status = 'expired', auto_renew = false
      where customer_id = ${one.customerId} and id = ${one.id}`.execute(deps.db)
    return
  }
  let start = one.startOn
  for (let end = one.endOn; end < today; end = termEnd(start, one.term) ?? today) start = addDays(end, 1)
  const renewals = Math.max(daysBetween(one.startOn, start), 0)
  await sql`
    update subscriptions set start_on = ${start}, end_on = ${termEnd(start, one.term) ?? null}, changed_at = ${`${start}T00:10:00Z`}
    where customer_id = ${one.customerId} and id = ${one.id} and ${renewals} > 0`.execute(deps.db)
}
