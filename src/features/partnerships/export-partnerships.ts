import type { Actor, Deps, Locale } from '../../platform/context.ts'
import type { CsvReply } from '../../platform/route.ts'
import en from '../../strings/en/partnerships.json' with { type: 'json' }
import tr from '../../strings/tr/partnerships.json' with { type: 'json' }
import { streamPartnerships } from './list-partnerships.ts'
import type { ListPartnershipsInput, PartnershipRow } from './wire.ts'

const texts: Readonly<Record<Locale, typeof en.export>> = { en: en.export, tr: tr.export }

/** The list of partnerships as a file, with the filters and order of the page; instants are UTC. */
export async function exportPartnerships(
  deps: Deps,
  actor: Actor,
  input: Pick<ListPartnershipsInput, 'state' | 'search' | 'sort'>,
): Promise<CsvReply> {
  const text = texts[actor.locale]
  const countries = new Intl.DisplayNames(actor.locale, { type: 'region' })
  const yesNo = (value: boolean | null) => (value === null ? '' : value ? text.yes : text.no)
  const cells = (row: PartnershipRow) => [
    row.name,
    row.city,
    countries.of(row.country) ?? row.country,
    row.partnerId ?? '',
    yesNo(row.agreementSigned),
    row.status === null ? '' : text.standing[row.status],
    text.state[row.state],
    row.customers,
    row.activeSubscriptions,
    row.startedAt,
    row.endedAt ?? '',
    row.organizationId,
  ]
  const { name, city, country, partnerId, agreement, status, state, customers, subscriptions, since, ended, id } =
    text.column
  return {
    fileName: text.fileName,
    columns: [name, city, country, partnerId, agreement, status, state, customers, subscriptions, since, ended, id],
    rows: (async function* () {
      for await (const row of streamPartnerships(deps, actor, input)) yield cells(row)
    })(),
  }
}
