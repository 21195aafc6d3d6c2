import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, OrderId } from '../../kernel/ids.ts'
import { wireMinor } from '../../kernel/money.ts'
import { page, type Page, unpackTimeCursor } from '../../kernel/paging.ts'
import { likePattern } from '../../kernel/text.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { managesCustomer } from '../customers/sql.ts'
import { whatSees } from '../subscriptions/queries.ts'
import type { OrderDetail, OrderListItem } from './wire.ts'

/** Which page of a list. */
interface Paging {
  readonly cursor?: string | undefined
  readonly size: number
}

/** Titles shown in a list. */
const titlesShown = 3

/**
 * A page of the actor's orders, newest first: a provider's own; for a reseller those with a line it is the reseller of.
 *
 * @throws Refusal invalidRequest for a cursor this list did not give.
 */
export async function listOrders(
  deps: Deps,
  actor: Actor,
  { search, ...paging }: Paging & { readonly search?: string | undefined },
): Promise<Page<OrderListItem>> {
  const wanted = search ? sql`o.number like ${likePattern(search.toUpperCase()).slice(1)}` : sql`true`
  if (actor.organizationKind === 'provider') {
    return await readOrders(deps, actor, sql`${seesOrder(actor)} and ${wanted}`, paging)
  }
  if (actor.organizationKind !== 'reseller') return { items: [], next: null }
  // Ids are made in the order of time, so the index of lines serves the page.
  return await readOrders(
    deps,
    actor,
    sql`o.id in (select l.order_id from order_lines l where l.reseller_id = ${actor.organizationId}) and ${wanted}`,
    paging,
  )
}

/**
 * A page of a customer's orders, newest first, as far as the actor sees them: a provider those it placed; a reseller those of
 * a provider that associated it with the customer, and of others the lines it is the reseller of; a customer its own.
 *
 * @throws Refusal notFound when the actor sees neither the customer nor an order of it; invalidRequest for a foreign cursor.
 */
export async function listCustomerOrders(
  deps: Deps,
  actor: Actor,
  { customerId, ...paging }: Paging & { readonly customerId: CustomerId },
): Promise<Page<OrderListItem>> {
  const found = await readOrders(deps, actor, sql`o.customer_id = ${customerId} and ${seesOrder(actor)}`, paging)
  if (found.items.length === 0) await requireKnown(deps, actor, customerId)
  return found
}

/** One order with its lines, as far as the actor sees them. @throws Refusal notFound */
export async function readOrder(
  deps: Deps,
  actor: Actor,
  { customerId, orderId }: { readonly customerId: CustomerId; readonly orderId: OrderId },
): Promise<OrderDetail> {
  const { rows } = await sql<OrderRow>`
    select o.id, o.number, o.customer_id as "customerId", c.legal_name as "customerName", o.provider_id as "providerId",
      p.trading_name as "providerName", o.submitted_at as "submittedAt", o.submitted_by_name as "submittedBy", o.status,
      o.attested_as as "attestedAs", o.attestation_version as "attestationVersion", o.currency,
      (select json_agg(json_build_object('lineNumber', l.line_number, 'transactionType', l.transaction_type,
          'subscriptionId', l.subscription_id, 'productId', l.product_id, 'skuId', l.sku_id, 'title', l.title,
          'friendlyName', l.friendly_name, 'quantity', l.quantity, 'term', l.term, 'billingPlan', l.billing_plan,
          'resellerId', l.reseller_id, 'resellerPartnerId', l.reseller_partner_id, 'resellerName', r.trading_name,
          'provisioning', s.provisioning_status, 'unitCost', l.unit_cost::text, 'unitRetail', l.unit_retail::text,
          'totalCost', l.total_cost_minor, 'totalRetail', l.total_retail_minor) order by l.line_number)
        from order_lines l
        left join subscriptions s on s.customer_id = l.customer_id and s.id = l.subscription_id
        left join organizations r on r.id = l.reseller_id
        where l.customer_id = o.customer_id and l.order_id = o.id and ${seesLine(actor)}) as lines
    from orders o
    join customers c on c.id = o.customer_id
    join organizations p on p.id = o.provider_id
    where o.customer_id = ${customerId} and o.id = ${orderId} and ${seesOrder(actor)}`.execute(deps.db)
  const [row] = rows
  if (!row) throw new Refusal('notFound')
  return toDetail(actor, row)
}

/** Which orders `o` the actor sees. */
function seesOrder(actor: Actor): RawBuilder<boolean> {
  const own = actor.organizationId
  switch (actor.organizationKind) {
    case 'provider':
      return sql<boolean>`(o.provider_id = ${own} and ${managesCustomer(actor, sql.ref('o.customer_id'))})`
    case 'reseller':
      return sql<boolean>`(${isAssociated(actor)}
        or exists (select from order_lines l where l.customer_id = o.customer_id and l.order_id = o.id and l.reseller_id = ${own}))`
    case 'customer':
      return sql<boolean>`o.customer_id = ${own}`
    case 'operator':
      return sql<boolean>`false`
  }
}

/** Which lines `l` of an order `o` the actor sees: a reseller without the whole account those it is the reseller of. */
function seesLine(actor: Actor): RawBuilder<boolean> {
  if (actor.organizationKind !== 'reseller') return sql<boolean>`true`
  return sql<boolean>`(l.reseller_id = ${actor.organizationId} or ${isAssociated(actor)})`
}

function isAssociated(actor: Actor): RawBuilder<boolean> {
  return sql<boolean>`exists (select from customer_reseller_associations a where a.customer_id = o.customer_id
    and a.provider_id = o.provider_id and a.reseller_id = ${actor.organizationId} and a.ended_at is null)`
}

async function requireKnown(deps: Deps, actor: Actor, customerId: CustomerId): Promise<void> {
  const { rows } = await sql`
    select from customers c where c.id = ${customerId} and ${managesCustomer(actor, sql.ref('c.id'))}`.execute(deps.db)
  if (rows.length === 0) throw new Refusal('notFound')
}

interface ListRow {
  readonly id: string
  readonly number: string
  readonly customerId: string
  readonly customerName: string
  readonly submittedAt: Date
  readonly submittedBy: string
  readonly status: OrderListItem['status']
  readonly currency: string
  readonly totalRetailMinor: bigint
  readonly lineCount: number
  readonly licenses: number
  readonly titles: readonly string[]
  readonly reseller: string | null
}

async function readOrders(
  deps: Deps,
  actor: Actor,
  where: RawBuilder<unknown>,
  { cursor, size }: Paging,
): Promise<Page<OrderListItem>> {
  const after = unpackTimeCursor(cursor)
  const later = after ? sql`(o.submitted_at, o.id) < (${after.at}, ${after.id}::uuid)` : sql`true`
  const { rows } = await sql<ListRow>`
    select o.id, o.number, o.customer_id as "customerId", c.legal_name as "customerName", o.submitted_at as "submittedAt",
      o.submitted_by_name as "submittedBy", o.status, o.currency, l.total_retail_minor as "totalRetailMinor",
      l.line_count as "lineCount", l.licenses, l.titles, l.reseller
    from (select * from orders o where ${where} and ${later} order by o.submitted_at desc, o.id desc limit ${size + 1}) o
    join customers c on c.id = o.customer_id
    cross join lateral (
      select count(*)::int as line_count, sum(l.quantity)::int as licenses,
        sum(l.total_retail_minor)::bigint as total_retail_minor,
        (array_agg(l.title order by l.line_number))[1:${sql.lit(titlesShown)}] as titles,
        string_agg(distinct r.trading_name, ', ') filter (where ${mayName(actor, sql.ref('l.reseller_id'))}) as reseller
      from order_lines l left join organizations r on r.id = l.reseller_id
      where l.customer_id = o.customer_id and l.order_id = o.id and ${seesLine(actor)}) l
    order by o.submitted_at desc, o.id desc`.execute(deps.db)
  const sees = whatSees(actor)
  const cut = page(rows, size, ({ submittedAt, id }) => [submittedAt.toISOString(), id])
  return {
    items: cut.items.map(({ customerId, customerName, totalRetailMinor, submittedAt, ...row }) => ({
      ...row,
      titles: [...row.titles],
      customer: { id: customerId, name: customerName },
      submittedAt: submittedAt.toISOString(),
      totalRetail: sees.retail ? wireMinor(totalRetailMinor) : null,
    })),
    next: cut.next,
  }
}

/** A reseller does not learn of other resellers. */
function mayName(actor: Actor, resellerId: RawBuilder<unknown>): RawBuilder<boolean> {
  return actor.organizationKind === 'reseller'
    ? sql<boolean>`${resellerId} = ${actor.organizationId}`
    : sql<boolean>`true`
}

interface LineRow {
  readonly lineNumber: number
  readonly transactionType: OrderDetail['lines'][number]['transactionType']
  readonly subscriptionId: string
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly friendlyName: string
  readonly quantity: number
  readonly term: OrderDetail['lines'][number]['term']
  readonly billingPlan: OrderDetail['lines'][number]['billingPlan']
  readonly resellerId: string | null
  readonly resellerPartnerId: string | null
  readonly resellerName: string | null
  readonly provisioning: OrderDetail['lines'][number]['provisioning']
  readonly unitCost: string
  readonly unitRetail: string
  readonly totalCost: number
  readonly totalRetail: number
}

interface OrderRow {
  readonly id: string
  readonly number: string
  readonly customerId: string
  readonly customerName: string
  readonly providerId: string
  readonly providerName: string
  readonly submittedAt: Date
  readonly submittedBy: string
  readonly status: OrderDetail['status']
  readonly attestedAs: OrderDetail['attestedAs']
  readonly attestationVersion: string
  readonly currency: string
  readonly lines: readonly LineRow[]
}

function toDetail(actor: Actor, row: OrderRow): OrderDetail {
  const sees = whatSees(actor)
  return {
    id: row.id,
    number: row.number,
    customer: { id: row.customerId, name: row.customerName },
    provider: { id: row.providerId, name: row.providerName },
    submittedAt: row.submittedAt.toISOString(),
    submittedBy: row.submittedBy,
    status: row.status,
    attestedAs: row.attestedAs,
    attestationVersion: row.attestationVersion,
    currency: row.currency,
    ...(sees.cost ? { totalCost: sumOf(row.lines, 'totalCost') } : {}),
    ...(sees.retail ? { totalRetail: sumOf(row.lines, 'totalRetail') } : {}),
    lines: row.lines.map(
      ({ resellerId, resellerName, resellerPartnerId, unitCost, unitRetail, totalCost, totalRetail, ...line }) => ({
        ...line,
        reseller:
          resellerId && (actor.organizationKind !== 'reseller' || resellerId === actor.organizationId)
            ? { id: resellerId, name: resellerName ?? '', partnerId: resellerPartnerId ?? '' }
            : null,
        ...(sees.cost ? { unitCost, totalCost } : {}),
        ...(sees.retail ? { unitRetail, totalRetail } : {}),
      }),
    ),
  }
}

/** An order's totals are those of its lines. */
function sumOf(lines: readonly LineRow[], total: 'totalCost' | 'totalRetail'): number {
  return lines.reduce((sum, line) => sum + line[total], 0)
}
