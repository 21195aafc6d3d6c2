import type { Actor, Deps } from '../../platform/context.ts'
import type { CsvReply } from '../../platform/route.ts'
import { utcDay } from '../../kernel/time.ts'
import en from '../../strings/en/customers.json' with { type: 'json' }
import tr from '../../strings/tr/customers.json' with { type: 'json' }
import { streamCustomers } from './list-customers.ts'
import type { CustomerFilters } from './wire.ts'

/** All customers that the list would show with the same filters, as a file with headings in the reader's language. */
export async function exportCustomers(deps: Deps, actor: Actor, filters: CustomerFilters): Promise<CsvReply> {
  const words = actor.locale === 'tr' ? tr : en
  const { columns } = words.export
  return {
    fileName: `customers-${utcDay(deps.now())}.csv`,
    columns: [
      columns.id,
      columns.name,
      columns.domain,
      columns.country,
      columns.relationship,
      columns.resellers,
      columns.agreement,
      columns.activeSubscriptions,
    ],
    rows: rowsOf(deps, actor, filters, words),
  }
}

async function* rowsOf(
  deps: Deps,
  actor: Actor,
  filters: CustomerFilters,
  words: typeof en | typeof tr,
): AsyncGenerator<readonly (string | number | null)[]> {
  for await (const customer of streamCustomers(deps, actor, filters)) {
    yield [
      customer.id,
      customer.name,
      customer.primaryDomain,
      customer.country,
      customer.relationship && words.relationship[customer.relationship],
      customer.resellers.map((reseller) => reseller.name).join('; '),
      words.agreement[customer.agreement],
      customer.activeSubscriptions,
    ]
  }
}
