import { sql } from 'kysely'
import { addDays, utcDay } from '../../kernel/time.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { whatSees } from '../subscriptions/queries.ts'
import { ends, retailOf, toMinor } from './list-renewals.ts'
import { type RadarOutcome, radarOutcomes } from './rules.ts'
import type { RenewalsFilters, RenewalTotals } from './wire.ts'

interface Row {
  readonly outcome: RadarOutcome
  readonly week: number
  readonly currency: string
  readonly number: number
  readonly retail: string | null
}

/** How many terms end with which outcome, in all and week by week, and what their renewals come to. */
export async function readRenewalTotals(deps: Deps, actor: Actor, filters: RenewalsFilters): Promise<RenewalTotals> {
  const { rows } = await sql<Row>`
    select e.shown_as as outcome, e.days_left / 7 as week, s.currency, count(*)::int as number, sum(${retailOf})::text as retail
    from (${ends(deps, actor, filters)}) e
    join subscriptions s on s.customer_id = e.customer_id and s.id = e.id
    left join scheduled_changes x on x.customer_id = s.customer_id and x.subscription_id = s.id and x.status = 'open'
    group by 1, 2, 3`.execute(deps.db)
  const today = utcDay(worldNow(deps, actor))
  const reach = Number(filters.within)
  const weeks = Array.from({ length: Math.ceil((reach + 1) / 7) }, (_, week) => ({
    startOn: addDays(today, week * 7),
    endOn: addDays(today, Math.min(week * 7 + 6, reach)),
    counts: countsOf(rows.filter((row) => row.week === week)),
  }))
  const expected = [...Map.groupBy(rows, ({ currency }) => currency)].flatMap(([currency, some]) => {
    const retailMinor = some.reduce((sum, { retail }) => sum + (retail === null ? 0 : toMinor(retail, currency)), 0)
    return retailMinor === 0 ? [] : [{ currency, retailMinor }]
  })
  return {
    counts: countsOf(rows),
    weeks,
    ...(whatSees(actor).retail ? { expected: expected.toSorted((a, b) => (a.currency < b.currency ? -1 : 1)) } : {}),
  }
}

function countsOf(rows: readonly Row[]): Record<RadarOutcome, number> {
  const counts = Object.fromEntries(radarOutcomes.map((outcome) => [outcome, 0])) as Record<RadarOutcome, number>
  for (const { outcome, number } of rows) counts[outcome] += number
  return counts
}
