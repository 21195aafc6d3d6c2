import { type RawBuilder, sql } from 'kysely'
import { fieldRefusal } from '../../kernel/errors.ts'
import { isUuid } from '../../kernel/ids.ts'
import { minorDigits, wireMinor } from '../../kernel/money.ts'
import { page, type Page, unpackCursor } from '../../kernel/paging.ts'
import { likePattern, searchKey, sortKey } from '../../kernel/text.ts'
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { managesCustomer, seesSubscription } from '../customers/sql.ts'
import { resellerJson, whatSees } from '../subscriptions/queries.ts'
import { radarSlices } from './rules.ts'
import type { ListRenewalsInput, Renewal, RenewalsFilters } from './wire.ts'

/**
 * A page of the terms that come to their end, by their last day: those of subscriptions the actor sees, counted from today on the
 * clock of the world they were sold in.
 *
 * @throws Refusal invalidRequest for a cursor this list did not give.
 */
export async function listRenewals(deps: Deps, actor: Actor, input: ListRenewalsInput): Promise<Page<Renewal>> {
  const { cursor, size, sort, ...filters } = input
  const descending = sort === '-date'
  const rows = await readRenewals(deps, actor, filters, { after: unpackEnd(cursor), descending, limit: size + 1 })
  return page(rows, size, keyOf)
}

/** All of them, as they are read, in portions. */
export async function* streamRenewals(deps: Deps, actor: Actor, filters: RenewalsFilters): AsyncGenerator<Renewal> {
  const limit = 1000
  let after: readonly string[] | undefined
  for (;;) {
    const rows = await readRenewals(deps, actor, filters, { after, descending: false, limit })
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < limit) return
    after = keyOf(last)
  }
}

function keyOf({ endOn, customer, subscriptionId }: Renewal): readonly string[] {
  return [endOn, customer.id, subscriptionId]
}

function unpackEnd(cursor: string | undefined): readonly string[] | undefined {
  if (cursor === undefined) return undefined
  const values = unpackCursor(cursor, 3)
  const [endOn = '', ...ids] = values ?? []
  if (!/^\d{4}-\d{2}-\d{2}$/.test(endOn) || Number.isNaN(Date.parse(endOn)) || !ids.every(isUuid)) {
    throw fieldRefusal('cursor', 'invalid')
  }
  return values
}

interface Paging {
  /** End, customer and subscription of the row before; undefined at the start. */
  readonly after: readonly string[] | undefined
  readonly descending: boolean
  readonly limit: number
}

interface Row extends Omit<Renewal, 'retailMinor' | 'reason'> {
  readonly rowOutcome: string
  readonly retail: string | null
}

async function readRenewals(
  deps: Deps,
  actor: Actor,
  filters: RenewalsFilters,
  paging: Paging,
): Promise<readonly Renewal[]> {
  const { rows } = await sql<Row>`
    with ends as materialized (
      select e.* from (${ends(deps, actor, filters, paging)}) e order by ${orderOf('e', paging)} limit ${paging.limit}
    )
    select jsonb_build_object('id', s.customer_id, 'name', c.legal_name) as customer, s.id as "subscriptionId", s.title,
      s.friendly_name as "friendlyName", s.quantity, s.end_on as "endOn", e.days_left as "daysLeft", e.shown_as as outcome,
      s.renewal_outcome as "rowOutcome", jsonb_build_object('id', p.id, 'name', p.trading_name) as provider,
      ${resellerJson(actor)} as reseller, s.currency, ${plannedJson} as planned, ${retailOf} as retail
    from ends e
    join subscriptions s on s.customer_id = e.customer_id and s.id = e.id
    join customers c on c.id = s.customer_id
    join organizations p on p.id = s.provider_id
    left join scheduled_changes x on x.customer_id = s.customer_id and x.subscription_id = s.id and x.status = 'open'
    order by ${orderOf('e', paging)}`.execute(deps.db)
  const sees = whatSees(actor)
  return rows.map(({ rowOutcome, retail, reseller, ...row }) => ({
    ...row,
    reseller: reseller && { id: reseller.id, name: reseller.name },
    reason: row.outcome !== 'decision' ? null : rowOutcome === 'suspended' ? 'suspended' : 'autoRenewOff',
    ...(sees.retail ? { retailMinor: retail === null ? null : toMinor(retail, row.currency) } : {}),
  }))
}

/** What was planned for the next term, of `scheduled_changes x`. */
const plannedJson: RawBuilder<unknown> = sql`
  case when x.id is not null then jsonb_build_object('title', x.title, 'quantity', x.quantity) end`

/**
 * What the first billing period after a renewal of `subscriptions s` costs, before the rounding of the currency: null for what
 * does not renew, and where another product or billing was planned in `scheduled_changes x`, whose price is that of the day.
 */
export const retailOf: RawBuilder<string | null> = sql`
  case when s.renewal_outcome = 'renews' and (x.id is null or (x.product_id, x.sku_id, x.term, x.billing_plan)
      = (s.product_id, s.sku_id, s.term, s.billing_plan))
    then trunc(s.unit_retail, ${digitsOf('s.currency')}) * coalesce(x.quantity, s.quantity) end`

/** Decimals of a currency's smallest unit, as an expression. */
function digitsOf(currency: string): RawBuilder<number> {
  const odd = ['JPY', 'KRW', 'CLP', 'VND', 'ISK', 'BHD', 'KWD', 'JOD', 'OMR', 'TND']
  const cases = odd.map((code) => sql`when ${sql.lit(code)} then ${sql.lit(minorDigits(code))}`)
  return sql<number>`case ${sql.ref(currency)} ${sql.join(cases, sql` `)} else 2 end`
}

/** A decimal of a currency's main unit as its smallest units. */
export function toMinor(amount: string, currency: string): number {
  const [whole = '0', fraction = ''] = amount.split('.')
  const digits = minorDigits(currency)
  return wireMinor(BigInt(whole + fraction.padEnd(digits, '0').slice(0, digits)))
}

/**
 * The ends that a radar shows, as rows of customer_id, id, end_on, days_left and shown_as. A provider's own are found by an
 * index for each outcome; filtered ones, and those a reseller sees, by the customers and subscriptions they are of.
 *
 * @param paging Left out, all of them come.
 */
export function ends(deps: Deps, actor: Actor, filters: RenewalsFilters, paging?: Paging): RawBuilder<unknown> {
  const slices = radarSlices(filters.within, filters.outcome)
  const slice = sql`unnest(${slices.map(({ shownAs }) => shownAs)}::text[], ${slices.map(({ outcome }) => outcome)}::text[],
    ${slices.map(({ from }) => from)}::int[], ${slices.map(({ to }) => to)}::int[]) as w (shown_as, outcome, from_days, to_days)`
  const tied = tiedTo(actor, filters)
  const after = paging?.after ? sql`and ${isBehind('s', paging.after, paging.descending)}` : sql``
  if (actor.organizationKind === 'provider' && tied === undefined) {
    const today = sql`${utcDay(worldNow(deps, actor))}::date`
    const cut = paging ? sql`order by ${orderOf('s', paging)} limit ${paging.limit}` : sql``
    return sql`
      select f.customer_id, f.id, f.end_on, f.end_on - ${today} as days_left, w.shown_as from ${slice}
      cross join lateral (
        select s.customer_id, s.id, s.end_on from subscriptions s
        where s.provider_id = ${actor.organizationId} and s.renewal_outcome = w.outcome
          and s.end_on between ${today} + w.from_days and ${today} + w.to_days ${after}
          and ${managesCustomer(actor, sql.ref('s.customer_id'))}
        ${cut}
      ) f`
  }
  // Subscriptions of a sandbox live by its clock.
  const today = sql`((${deps.now()}::timestamptz + p.clock_offset_ms * interval '1 millisecond') at time zone 'UTC')::date`
  return sql`
    select s.customer_id, s.id, s.end_on, s.end_on - ${today} as days_left, w.shown_as
    from (${tied ?? sql`select null::uuid as customer_id, null::uuid as id where false`}) t
    join subscriptions s on s.customer_id = t.customer_id and s.id = t.id
    join organizations p on p.id = s.provider_id
    join ${slice} on w.outcome = s.renewal_outcome and s.end_on between ${today} + w.from_days and ${today} + w.to_days
    where ${seesSubscription(actor, 's')} ${after}`
}

/** The subscriptions that filters or the actor's own ties leave; undefined when they are all of a provider's. */
function tiedTo(actor: Actor, { search, reseller }: RenewalsFilters): RawBuilder<unknown> | undefined {
  const own = actor.organizationId
  if (actor.organizationKind === 'reseller') {
    if (reseller !== undefined && reseller.toLowerCase() !== own)
      return sql`select customer_id, id from subscriptions where false`
    return tiesOf(own, undefined, search)
  }
  if (actor.organizationKind !== 'provider') return sql`select customer_id, id from subscriptions where false`
  if (reseller !== undefined) return tiesOf(reseller.toLowerCase(), own, search)
  if (search === undefined || search === '') return undefined
  return sql`
    select o.customer_id, o.id from customer_relationships r
    join subscriptions o on o.customer_id = r.customer_id and o.provider_id = ${own}
    where r.partner_id = ${own} and r.state = 'active' and ${isSearched('r', search)}`
}

/** What a reseller manages or resells, and supports when nobody else asks; perhaps of one provider, or of a customer's name only. */
function tiesOf(resellerId: string, providerId: string | undefined, search: string | undefined): RawBuilder<unknown> {
  const of = (alias: string) =>
    providerId === undefined ? sql`true` : sql`${sql.ref(`${alias}.provider_id`)} = ${providerId}::uuid`
  const named = (alias: string) =>
    search === undefined || search === ''
      ? sql`true`
      : sql`exists (select from customers c where c.id = ${sql.ref(`${alias}.customer_id`)} and ${isCalled(search)})`
  const support =
    providerId === undefined
      ? sql`union select n.customer_id, n.subscription_id from support_contacts n
          where n.partner_id = ${resellerId}::uuid and n.valid_to is null and ${named('n')}`
      : sql``
  return sql`
    select o.customer_id, o.id from customer_reseller_associations a
    join subscriptions o on o.customer_id = a.customer_id and o.provider_id = a.provider_id
    where a.reseller_id = ${resellerId}::uuid and a.ended_at is null and ${of('a')}
      and ${search === undefined || search === '' ? sql`true` : isSearched('a', search)}
    union select r.customer_id, r.subscription_id from resellers_of_record r
    where r.reseller_id = ${resellerId}::uuid and r.valid_to is null and ${named('r')}
    ${support}`
}

function isSearched(alias: string, search: string): RawBuilder<unknown> {
  const id = search.toLowerCase()
  if (isUuid(id)) return sql`${sql.ref(`${alias}.customer_id`)} = ${id}::uuid`
  const key = searchKey(search)
  return key === '' ? sql`false` : sql`${sql.ref(`${alias}.search_key`)} like ${likePattern(key)}`
}

/** Of customers `c` that a reseller knows by name only, the name is all that is searched. */
function isCalled(search: string): RawBuilder<unknown> {
  const id = search.toLowerCase()
  if (isUuid(id)) return sql`c.id = ${id}::uuid`
  const key = sortKey(search)
  return key === '' ? sql`false` : sql`c.sort_key like ${likePattern(key)}`
}

function isBehind(alias: string, after: readonly string[], descending: boolean): RawBuilder<unknown> {
  const key = sql`(${sql.ref(`${alias}.end_on`)}, ${sql.ref(`${alias}.customer_id`)}, ${sql.ref(`${alias}.id`)})`
  const last = sql`(${after[0]}::date, ${after[1]}::uuid, ${after[2]}::uuid)`
  return descending ? sql`${key} < ${last}` : sql`${key} > ${last}`
}

function orderOf(alias: string, { descending }: Paging): RawBuilder<unknown> {
  const direction = descending ? sql`desc` : sql`asc`
  return sql.join(['end_on', 'customer_id', 'id'].map((column) => sql`${sql.ref(`${alias}.${column}`)} ${direction}`))
}
