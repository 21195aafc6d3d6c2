import en from '../../strings/en/activity.json' with { type: 'json' }
import tr from '../../strings/tr/activity.json' with { type: 'json' }
import type { Actor, Deps } from '../../platform/context.ts'
import type { CsvReply } from '../../platform/route.ts'
import type { AuditAction } from './actions.ts'
import { type ActivityFilters, streamActivity } from './queries.ts'
import { type ActivityRecord, toActivityRecord } from './wire.ts'

const texts = { en, tr }

/**
 * The log as a CSV file in the reader's language, newest first, all that the filters find. Instants stand in it twice: in UTC,
 * and in the given time zone.
 */
export function exportActivity(
  deps: Deps,
  actor: Actor,
  { timeZone, ...filters }: ActivityFilters & { readonly timeZone: string },
): CsvReply {
  const { column, result } = texts[actor.locale]
  return {
    fileName: `activity-${deps.now().toISOString().slice(0, 10)}.csv`,
    columns: [
      column.atUtc,
      `${column.atLocal} (${timeZone})`,
      column.customer,
      column.action,
      column.result,
      column.performedBy,
      column.organization,
      column.onBehalfOf,
      column.before,
      column.after,
      column.requestId,
    ],
    rows: rowsOf(deps, actor, filters, (record) => [
      record.at,
      localTime(record.at, timeZone),
      record.customer?.name ?? null,
      actionText(actor, record.action),
      result[record.result],
      record.performedBy.name,
      record.performedBy.organization,
      record.onBehalfOf,
      record.before === null ? null : JSON.stringify(record.before),
      record.after === null ? null : JSON.stringify(record.after),
      record.requestId,
    ]),
  }
}

type Cells = readonly (string | null)[]

async function* rowsOf(
  deps: Deps,
  actor: Actor,
  filters: ActivityFilters,
  cells: (record: ActivityRecord) => Cells,
): AsyncGenerator<Cells> {
  for await (const row of streamActivity(deps, actor, filters)) yield cells(toActivityRecord(actor, row))
}

/** `2027-03-12 14:05:09`, which spreadsheets read as a time in every language. */
function localTime(iso: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(new Date(iso))
}

function actionText(actor: Actor, action: AuditAction): string {
  const [subject = '', what = ''] = action.split('.')
  const all: Readonly<Record<string, Readonly<Record<string, string>>>> = texts[actor.locale].action
  return all[subject]?.[what] ?? action
}
