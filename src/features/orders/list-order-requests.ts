import { type RawBuilder, sql } from 'kysely'
import { page, type Page, unpackTimeCursor } from '../../kernel/paging.ts'
import { likePattern, searchKey } from '../../kernel/text.ts'
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import type { CsvReply } from '../../platform/route.ts'
import { worldNow } from '../../platform/world-clock.ts'
import en from '../../strings/en/orderRequests.json' with { type: 'json' }
import tr from '../../strings/tr/orderRequests.json' with { type: 'json' }
import { requestsOf } from './hold-order-request.ts'
import type { OrderRequestFilters, OrderRequestListItem } from './wire/requests.ts'

/** Titles shown in a list. */
const titlesShown = 3

/**
 * A page of order requests, newest first: a reseller's own; for a provider those that were sent to it. `open` are those that
 * wait for the reader's side or the other one: drafts and sent ones.
 *
 * @throws Refusal invalidRequest for a cursor that this list did not give.
 */
export async function listOrderRequests(
  deps: Deps,
  actor: Actor,
  { cursor, size, ...filters }: OrderRequestFilters & { readonly cursor?: string | undefined; readonly size: number },
): Promise<Page<OrderRequestListItem>> {
  const rows = await readRequests(deps, actor, filters, unpackTimeCursor(cursor), size + 1)
  const { items, next } = page(rows, size, ({ listedAt, id }) => [listedAt.toISOString(), id])
  return { items: items.map(toItem), next }
}

/** All requests that the list would show with the same filters, a line of theirs each, with headings in the reader's language. */
export async function exportOrderRequests(deps: Deps, actor: Actor, filters: OrderRequestFilters): Promise<CsvReply> {
  const words = actor.locale === 'tr' ? tr : en
  const { columns } = words.export
  return {
    fileName: `order-requests-${utcDay(worldNow(deps, actor))}.csv`,
    columns: [
      columns.id,
      columns.status,
      columns.kind,
      columns.customer,
      columns.provider,
      columns.reseller,
      columns.product,
      columns.licenses,
      columns.wishOn,
      columns.createdBy,
      columns.sentAt,
    ],
    rows: rowsOf(deps, actor, filters, words),
  }
}

async function* rowsOf(
  deps: Deps,
  actor: Actor,
  filters: OrderRequestFilters,
  words: typeof en | typeof tr,
): AsyncGenerator<readonly (string | number | null)[]> {
  const limit = 500
  let after: { readonly at: Date; readonly id: string } | undefined
  for (;;) {
    const rows = await readRequests(deps, actor, filters, after, limit)
    for (const row of rows) {
      for (const { title, quantity } of row.lines) {
        yield [
          row.id,
          words.status[row.status],
          words.kind[row.kind],
          row.customer.name,
          row.provider.name,
          row.reseller.name,
          title,
          quantity,
          row.wishOn,
          row.createdBy,
          row.sentAt?.toISOString() ?? null,
        ]
      }
    }
    const last = rows.at(-1)
    if (rows.length < limit || !last) return
    after = { at: last.listedAt, id: last.id }
  }
}

interface Row extends Pick<
  OrderRequestListItem,
  'id' | 'customer' | 'provider' | 'reseller' | 'kind' | 'status' | 'wishOn' | 'createdBy'
> {
  readonly createdAt: Date
  readonly sentAt: Date | null
  readonly listedAt: Date
  readonly lines: readonly { readonly title: string; readonly quantity: number }[]
}

async function readRequests(
  deps: Deps,
  actor: Actor,
  { state, search }: OrderRequestFilters,
  after: { readonly at: Date; readonly id: string } | undefined,
  limit: number,
): Promise<readonly Row[]> {
  const where: RawBuilder<unknown>[] = [requestsOf(actor)]
  if (state === 'open') where.push(sql`q.status in ('draft', 'sent')`)
  else if (state !== 'all') where.push(sql`q.status = ${state}`)
  if (search !== undefined) where.push(sql`q.search_key like ${likePattern(searchKey(search))}`)
  if (after) where.push(sql`(q.listed_at, q.id) < (${after.at}, ${after.id}::uuid)`)
  const { rows } = await sql<Row>`
    select q.id, q.kind, q.status, q.lines, q.wish_on as "wishOn", q.created_by_name as "createdBy", q.created_at as "createdAt",
      q.sent_at as "sentAt", q.listed_at as "listedAt", jsonb_build_object('id', c.id, 'name', c.legal_name) as customer,
      jsonb_build_object('id', p.id, 'name', p.trading_name) as provider,
      jsonb_build_object('id', r.id, 'name', r.trading_name) as reseller
    from (select * from order_requests q where ${sql.join(where, sql` and `)} order by q.listed_at desc, q.id desc limit ${limit}) q
    join customers c on c.id = q.customer_id
    join organizations p on p.id = q.provider_id
    join organizations r on r.id = q.reseller_id
    order by q.listed_at desc, q.id desc`.execute(deps.db)
  return rows
}

function toItem({ lines, listedAt: _, ...row }: Row): OrderRequestListItem {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    lineCount: lines.length,
    licenses: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    titles: lines.slice(0, titlesShown).map(({ title }) => title),
  }
}
