import en from '../../strings/en/renewals.json' with { type: 'json' }
import tr from '../../strings/tr/renewals.json' with { type: 'json' }
import { minorDigits } from '../../kernel/money.ts'
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import type { CsvReply } from '../../platform/route.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { whatSees } from '../subscriptions/queries.ts'
import { streamRenewals } from './list-renewals.ts'
import type { RenewalsFilters } from './wire.ts'

const texts = { en, tr }

/** All ends that the radar would show with the same filters, soonest first, with headings in the reader's language. */
export async function exportRenewals(deps: Deps, actor: Actor, filters: RenewalsFilters): Promise<CsvReply> {
  const { column } = texts[actor.locale]
  return {
    fileName: `renewals-${utcDay(worldNow(deps, actor))}.csv`,
    columns: [
      column.endOn,
      column.daysLeft,
      column.outcome,
      column.customer,
      column.customerId,
      column.subscription,
      column.friendlyName,
      column.subscriptionId,
      column.quantity,
      column.planned,
      column.plannedQuantity,
      column.provider,
      column.reseller,
      column.currency,
      ...(whatSees(actor).retail ? [column.retail] : []),
    ],
    rows: rowsOf(deps, actor, filters),
  }
}

async function* rowsOf(
  deps: Deps,
  actor: Actor,
  filters: RenewalsFilters,
): AsyncGenerator<readonly (string | number | null)[]> {
  const words = texts[actor.locale]
  for await (const renewal of streamRenewals(deps, actor, filters)) {
    const { retailMinor, currency } = renewal
    yield [
      renewal.endOn,
      renewal.daysLeft,
      words.outcome[renewal.reason ?? renewal.outcome],
      renewal.customer.name,
      renewal.customer.id,
      renewal.title,
      renewal.friendlyName,
      renewal.subscriptionId,
      renewal.quantity,
      renewal.planned?.title ?? null,
      renewal.planned?.quantity ?? null,
      renewal.provider.name,
      renewal.reseller?.name ?? null,
      currency,
      ...(retailMinor === undefined ? [] : [retailMinor === null ? null : decimal(retailMinor, currency)]),
    ]
  }
}

function decimal(minor: number, currency: string): string {
  const digits = minorDigits(currency)
  return (minor / 10 ** digits).toFixed(digits)
}
