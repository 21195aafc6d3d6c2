import { sql } from 'kysely'
import en from '../../strings/en/subscriptions.json' with { type: 'json' }
import tr from '../../strings/tr/subscriptions.json' with { type: 'json' }
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import type { CsvReply } from '../../platform/route.ts'
import { seesSubscription } from '../customers/sql.ts'
import { resellerJson, shownColumns, supportContactJson, whatSees } from './queries.ts'
import type { SubscriptionListItem } from './wire.ts'

const texts = { en, tr }
const portion = 1000

type Cells = readonly (string | number | null)[]

/** All subscriptions the provider sold and still serves, newest first, with headings and words in the reader's language. */
export function exportSubscriptions(deps: Deps, actor: Actor): CsvReply {
  const { column } = texts[actor.locale]
  const sees = whatSees(actor)
  return {
    fileName: `subscriptions-${utcDay(deps.now())}.csv`,
    columns: [
      column.customer,
      column.customerId,
      column.subscriptionId,
      column.name,
      column.friendlyName,
      column.kind,
      column.productId,
      column.sku,
      column.quantity,
      column.term,
      column.billingPlan,
      column.status,
      column.provisioning,
      column.startOn,
      column.endOn,
      column.autoRenew,
      column.reseller,
      column.resellerMpnId,
      column.supportContact,
      column.orderNumber,
      column.currency,
      ...(sees.cost ? [column.unitCost] : []),
      ...(sees.retail ? [column.unitRetail] : []),
    ],
    rows: rowsOf(deps, actor),
  }
}

interface Row extends SubscriptionListItem {
  readonly customer: string
  readonly customerId: string
  readonly productId: string
  readonly skuId: string
  readonly orderNumber: string
  readonly createdAt: Date
}

async function* rowsOf(deps: Deps, actor: Actor): AsyncGenerator<Cells> {
  const words = texts[actor.locale]
  const sees = whatSees(actor)
  let last: Row | undefined
  for (;;) {
    const rows = await readPortion(deps, actor, last)
    for (const row of rows) {
      yield [
        row.customer,
        row.customerId,
        row.id,
        row.title,
        row.friendlyName,
        words.kind[row.kind],
        row.productId,
        row.skuId,
        row.quantity,
        words.term[row.term || 'none'],
        words.billingPlan[row.billingPlan || 'none'],
        words.status[row.status],
        words.provisioning[row.provisioning],
        row.startOn,
        row.endOn,
        row.autoRenew ? words.yes : words.no,
        row.reseller?.name ?? null,
        row.reseller?.partnerId ?? null,
        row.supportContact?.name ?? null,
        row.orderNumber,
        row.currency,
        ...(sees.cost ? [row.unitCost ?? null] : []),
        ...(sees.retail ? [row.unitRetail ?? null] : []),
      ]
    }
    last = rows.at(-1)
    if (rows.length < portion) return
  }
}

async function readPortion(deps: Deps, actor: Actor, last: Row | undefined): Promise<readonly Row[]> {
  const after = last ? sql`(s.created_at, s.id) < (${last.createdAt}, ${last.id})` : sql`true`
  const { rows } = await sql<Row>`
    select ${shownColumns}, c.legal_name as customer, s.customer_id as "customerId", s.product_id as "productId",
      s.sku_id as "skuId", o.number as "orderNumber", s.created_at as "createdAt",
      ${resellerJson(actor)} as reseller, ${supportContactJson(actor)} as "supportContact"
    from subscriptions s
    join customers c on c.id = s.customer_id
    join organizations p on p.id = s.provider_id
    join orders o on o.customer_id = s.customer_id and o.id = s.order_id
    where s.provider_id = ${actor.organizationId} and ${seesSubscription(actor, 's')} and ${after}
    order by s.created_at desc, s.id desc limit ${portion}`.execute(deps.db)
  return rows
}
