import { sql } from 'kysely'
import { subscriptionLife } from '../src/features/subscriptions/advance-subscriptions.ts'
import type { OrganizationId } from '../src/kernel/ids.ts'
import { dayMs } from '../src/kernel/time.ts'
import type { Stage } from './stage.ts'

/** Something that somebody did, some days before today at an hour (UTC). */
export interface Happening {
  readonly daysAgo: number
  readonly hour: number
  run(): Promise<unknown>
}

/** Lets things happen in the order of their times, and between them what time does by itself; then everything until today. */
export async function happen(stage: Stage, happenings: readonly Happening[]): Promise<void> {
  const instant = ({ daysAgo, hour }: Happening) => hour / 24 - daysAgo
  for (const one of happenings.toSorted((a, b) => instant(a) - instant(b))) {
    await liveUntil(stage, stage.at(one.daysAgo, one.hour))
    await one.run()
  }
  await liveUntil(stage, stage.at(0, 24))
}

/** How far each stage's world has come. */
const reached = new WeakMap<Stage, number>()

/**
 * Does what is due at every instant at which a term or a state ends. Charges in between are written with the next of them: a
 * visit to each of their days would make loading long.
 */
async function liveUntil(stage: Stage, until: Date): Promise<void> {
  const day = Math.floor(until.getTime() / dayMs)
  // States end at any time of day, terms at midnight; once a day is enough for a world that is only looked at.
  if (reached.get(stage) === day && until < stage.today) return
  reached.set(stage, day)
  const { db } = stage.deps
  const { rows } = await sql<{ id: OrganizationId }>`
    select id from organizations where kind = 'provider' order by id`.execute(db)
  for (const { id } of rows) {
    for (let at = await nextEnd(stage, id, until); at; at = await nextEnd(stage, id, until)) {
      await subscriptionLife.run(stage.deps, id, at, new AbortController().signal)
    }
    await subscriptionLife.run(stage.deps, id, until, new AbortController().signal)
  }
}

async function nextEnd({ deps }: Stage, providerId: OrganizationId, until: Date): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(at) as at from (
      select case when status in ('active', 'suspended') then (end_on + 1)::timestamp at time zone 'UTC' else next_due_at end as at
      from subscriptions
      where provider_id = ${providerId} and status in ('active', 'suspended', 'expired', 'disabled', 'canceled')) as ends
    where at <= ${until}`.execute(deps.db)
  return rows[0]?.at ?? undefined
}
