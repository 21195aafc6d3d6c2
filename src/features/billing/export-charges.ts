import { sql } from 'kysely'
import en from '../../strings/en/subscriptions.json' with { type: 'json' }
import tr from '../../strings/tr/subscriptions.json' with { type: 'json' }
import { minorDigits } from '../../kernel/money.ts'
import { addMonths, utcDay } from '../../kernel/time.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import type { CsvReply } from '../../platform/route.ts'
import type { ExportCharges } from './wire.ts'

const texts = { en, tr }
const portion = 2000

type Cells = readonly (string | number | null)[]

/**
 * Charges as a CSV file, newest first: for a provider all of its own, with cost and retail side; for a reseller those that carry
 * its location id, without cost. The reseller's MPN ID stands on every line that has a reseller, as it was when charged.
 */
export function exportCharges(deps: Deps, actor: Actor, filters: ExportCharges): CsvReply {
  const { column } = texts[actor.locale]
  const seesCost = actor.organizationKind === 'provider'
  return {
    fileName: `charge-lines-${utcDay(deps.now())}.csv`,
    columns: [
      column.chargedAt,
      column.customer,
      column.customerId,
      column.subscriptionId,
      column.name,
      column.orderNumber,
      column.chargeType,
      column.quantity,
      column.chargeStart,
      column.chargeEnd,
      column.provider,
      column.resellerMpnId,
      column.currency,
      ...(seesCost ? [column.unitCost, column.cost] : []),
      column.unitRetail,
      column.subtotal,
    ],
    rows: rowsOf(deps, actor, filters),
  }
}

interface Row {
  readonly id: string
  readonly writtenAt: Date
  readonly customer: string
  readonly customerId: string
  readonly subscriptionId: string
  readonly title: string
  readonly orderNumber: string
  readonly type: keyof typeof en.chargeType
  readonly quantity: number
  readonly chargeStart: string
  readonly chargeEnd: string
  readonly provider: string
  readonly resellerPartnerId: string | null
  readonly currency: string
  readonly unitCost: string
  readonly unitRetail: string
  readonly costMinor: bigint
  readonly retailMinor: bigint
}

async function* rowsOf(deps: Deps, actor: Actor, filters: ExportCharges): AsyncGenerator<Cells> {
  const words = texts[actor.locale]
  const seesCost = actor.organizationKind === 'provider'
  let last: Row | undefined
  for (;;) {
    const rows = await readPortion(deps, actor, filters, last)
    for (const row of rows) {
      yield [
        row.writtenAt.toISOString(),
        row.customer,
        row.customerId,
        row.subscriptionId,
        row.title,
        row.orderNumber,
        words.chargeType[row.type],
        row.quantity,
        row.chargeStart,
        row.chargeEnd,
        row.provider,
        row.resellerPartnerId,
        row.currency,
        ...(seesCost ? [row.unitCost, decimal(row.costMinor, row.currency)] : []),
        row.unitRetail,
        decimal(row.retailMinor, row.currency),
      ]
    }
    last = rows.at(-1)
    if (rows.length < portion) return
  }
}

/** A reseller's lines are found by the reseller on them, and by nothing else. */
async function readPortion(
  deps: Deps,
  actor: Actor,
  { from, to }: ExportCharges,
  last: Row | undefined,
): Promise<readonly Row[]> {
  const own = actor.organizationId
  const side = actor.organizationKind === 'provider' ? sql`l.provider_id = ${own}` : sql`l.reseller_id = ${own}`
  const since = from ?? addMonths(utcDay(deps.now()), -12)
  const after = last ? sql`(l.written_at, l.id) < (${last.writtenAt}, ${last.id})` : sql`true`
  const { rows } = await sql<Row>`
    select l.id, l.written_at as "writtenAt", c.legal_name as customer, l.customer_id as "customerId",
      l.subscription_id as "subscriptionId", s.title, o.number as "orderNumber", l.type, l.quantity,
      l.charge_start as "chargeStart", l.charge_end as "chargeEnd", p.trading_name as provider,
      l.reseller_partner_id as "resellerPartnerId", l.currency, l.unit_cost as "unitCost", l.unit_retail as "unitRetail",
      l.cost_minor as "costMinor", l.retail_minor as "retailMinor"
    from charge_lines l
    join subscriptions s on s.customer_id = l.customer_id and s.id = l.subscription_id
    join orders o on o.customer_id = s.customer_id and o.id = s.order_id
    join customers c on c.id = l.customer_id
    join organizations p on p.id = l.provider_id
    where ${side} and l.written_at >= ${since}::date
      and ${to === undefined ? sql`true` : sql`l.written_at < ${to}::date + 1`} and ${after}
    order by l.written_at desc, l.id desc limit ${portion}`.execute(deps.db)
  return rows
}

/** Minor units as a decimal such as `-1234.50`. */
function decimal(minor: bigint, currency: string): string {
  const digits = minorDigits(currency)
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0')
  const sign = minor < 0n ? '-' : ''
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}
