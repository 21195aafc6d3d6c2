import { utcDay } from '../../kernel/time.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import type { CsvReply } from '../../platform/route.ts'
import en from '../../strings/en/support.json' with { type: 'json' }
import tr from '../../strings/tr/support.json' with { type: 'json' }
import { streamServiceRequests } from './queries.ts'
import type { ServiceRequestFilters } from './wire.ts'

const texts = { en, tr }

/** All requests that the list would show with the same filters, as a file with headings in the reader's language. */
export function exportServiceRequests(deps: Deps, actor: Actor, filters: ServiceRequestFilters): CsvReply {
  const { column } = texts[actor.locale]
  return {
    fileName: `service-requests-${utcDay(deps.now())}.csv`,
    columns: [
      column.number,
      column.title,
      column.customer,
      column.subscription,
      column.severity,
      column.status,
      column.owner,
      column.escalated,
      column.filedAt,
      column.responseDueAt,
      column.response,
    ],
    rows: rowsOf(deps, actor, filters),
  }
}

async function* rowsOf(
  deps: Deps,
  actor: Actor,
  filters: ServiceRequestFilters,
): AsyncGenerator<readonly (string | number | null)[]> {
  const words = texts[actor.locale]
  for await (const row of streamServiceRequests(deps, actor, filters)) {
    yield [
      row.number,
      row.title,
      row.customer.name,
      row.subscription?.name ?? null,
      words.severity[row.severity],
      words.status[row.status],
      row.owner.name,
      row.escalated ? words.yes : words.no,
      row.filedAt,
      row.responseDueAt,
      words.response[row.responseState],
    ]
  }
}
