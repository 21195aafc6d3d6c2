import { type RawBuilder, sql } from 'kysely'
import { fieldRefusal } from '../../kernel/errors.ts'
import type { OrganizationId } from '../../kernel/ids.ts'
import { packCursor, type Page, unpackCursor } from '../../kernel/paging.ts'
import { likePattern, searchKey } from '../../kernel/text.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { refusalSentence } from '../../platform/sentences.ts'
import { readTradingParty, tradingPartySql } from '../program/queries.ts'
import { standingOf, type TradingParty, whyProviderCannotTrade } from '../program/rules.ts'
import { paramsOf } from './queries.ts'
import { type PartnershipSort, type PartnershipState, whyPartnershipCannotBeUsed } from './rules.ts'
import type { ListPartnershipsInput, PartnershipRow } from './wire.ts'

/** A partnership as read, before it is put into the words of its reader. */
interface Row {
  readonly id: string
  readonly other: TradingParty
  readonly regionId: string
  readonly state: PartnershipState
  readonly startedAt: Date
  readonly endedAt: Date | null
  readonly customers: number
  readonly activeSubscriptions: number
  readonly cursor: readonly string[]
}

/**
 * A page of the partnerships the actor's organization is a side of: the other side's name and standing, and how many
 * customers and running subscriptions the two share. `total` counts the whole list and comes with the first page.
 *
 * @throws Refusal invalidRequest for a cursor this list did not give.
 */
export async function listPartnerships(
  deps: Deps,
  actor: Actor,
  input: ListPartnershipsInput,
): Promise<Page<PartnershipRow> & { readonly total?: number }> {
  const after = input.cursor === undefined ? undefined : readCursor(input.cursor, input.sort)
  const [rows, own, total] = await Promise.all([
    readRows(deps, actor, input, after),
    readTradingParty(deps.db, actor.organizationId),
    after === undefined ? countRows(deps, actor, input) : undefined,
  ])
  const items = rows.slice(0, input.size)
  const last = items.at(-1)
  return {
    items: items.map((row) => toRow(actor, own, row)),
    next: rows.length > input.size && last ? packCursor([input.sort, ...last.cursor]) : null,
    ...(total === undefined ? {} : { total }),
  }
}

/** Every row that `listPartnerships` would page through, in its order, in portions that fit into memory. */
export async function* streamPartnerships(
  deps: Deps,
  actor: Actor,
  input: Pick<ListPartnershipsInput, 'state' | 'search' | 'sort'>,
): AsyncGenerator<PartnershipRow> {
  let cursor: string | undefined
  do {
    const page = await listPartnerships(deps, actor, { ...input, cursor, size: 200 })
    yield* page.items
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}

/** One partnership of the actor's organization as its list would show it; undefined when it is none of its own. */
export async function readPartnershipRow(deps: Deps, actor: Actor, id: string): Promise<PartnershipRow | undefined> {
  const { own } = sidesOf(actor)
  const { rows } = await sql<Row>`
    with page as (
      select p.*, ${otherId(actor)} as other_id, array[]::text[] as cursor, null::int as customers
      from partnerships p where p.id = ${id} and ${own} = ${actor.organizationId})
    ${finish(sql`page.id`)}`.execute(deps.db)
  const row = rows[0]
  return row && toRow(actor, await readTradingParty(deps.db, actor.organizationId), row)
}

function sidesOf(actor: Actor): { readonly own: RawBuilder<unknown> } {
  return { own: actor.organizationKind === 'provider' ? sql`p.provider_id` : sql`p.reseller_id` }
}

function otherId(actor: Actor): RawBuilder<unknown> {
  return actor.organizationKind === 'provider' ? sql`p.reseller_id` : sql`p.provider_id`
}

const customerCount = sql`(select count(*)::int from customer_reseller_associations a
  where a.reseller_id = p.reseller_id and a.provider_id = p.provider_id and a.ended_at is null)`

function matching(actor: Actor, input: Pick<ListPartnershipsInput, 'state' | 'search'>): RawBuilder<unknown> {
  const key = searchKey(input.search ?? '')
  return sql`from partnerships p
      join organizations o on o.id = ${otherId(actor)}
      where ${sidesOf(actor).own} = ${actor.organizationId} and p.state = ${input.state}
        and (${key} = '' or o.search_key like ${likePattern(key)} or exists (select from partner_location_accounts l
          where l.organization_id = o.id and l.partner_id like ${`${key.replaceAll(/\D/g, '') || '-'}%`}))`
}

interface Ordering {
  /** Text values of a row's place in the list, the last of them unique. */
  readonly cursor: RawBuilder<unknown>
  readonly order: RawBuilder<unknown>
  readonly after: (values: readonly string[]) => RawBuilder<unknown>
}

const orderings: Readonly<Record<PartnershipSort, Ordering>> = {
  name: {
    cursor: sql`array[o.sort_key, p.id::text]`,
    order: sql`o.sort_key, p.id`,
    after: ([name, id]) => sql`(o.sort_key, p.id) > (${name}, ${id}::uuid)`,
  },
  since: {
    cursor: sql`array[(extract(epoch from p.started_at) * 1000000)::bigint::text, p.id::text]`,
    order: sql`p.started_at desc, p.id desc`,
    after: ([micros, id]) =>
      sql`(p.started_at, p.id) < ('epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond', ${id}::uuid)`,
  },
  customers: {
    cursor: sql`array[c.customers::text, o.sort_key, p.id::text]`,
    order: sql`c.customers desc, o.sort_key, p.id`,
    after: ([count, name, id]) => sql`(-c.customers, o.sort_key, p.id) > (-(${count}::int), ${name}, ${id}::uuid)`,
  },
}

async function readRows(
  deps: Deps,
  actor: Actor,
  input: ListPartnershipsInput,
  after: readonly string[] | undefined,
): Promise<readonly Row[]> {
  const ordering = orderings[input.sort]
  const counted = input.sort === 'customers'
  // Counting is dear, so it is done for the page only, unless the count is what orders the list.
  const from = counted
    ? sql`from (select p.*, o.sort_key, ${customerCount} as customers ${matching(actor, input)}) c
        join partnerships p on p.id = c.id join organizations o on o.id = ${otherId(actor)} where true`
    : matching(actor, input)
  const { rows } = await sql<Row>`
    with page as (
      select p.*, o.id as other_id, o.sort_key, ${ordering.cursor} as cursor,
        ${counted ? sql`c.customers` : sql`null::int`} as customers
      ${from} ${after ? sql`and ${ordering.after(after)}` : sql``}
      order by ${ordering.order}
      limit ${input.size + 1})
    ${finish(orderAgain[input.sort])}`.execute(deps.db)
  return rows
}

const orderAgain: Readonly<Record<PartnershipSort, RawBuilder<unknown>>> = {
  name: sql`page.sort_key, page.id`,
  since: sql`page.started_at desc, page.id desc`,
  customers: sql`page.customers desc, page.sort_key, page.id`,
}

function finish(order: RawBuilder<unknown>): RawBuilder<Row> {
  return sql<Row>`
    select page.id, page.region_id as "regionId", page.state, page.started_at as "startedAt", page.ended_at as "endedAt",
      page.cursor, ${tradingPartySql(sql`page.other_id`)} as other,
      coalesce(page.customers, (select count(*)::int from customer_reseller_associations a
        where a.reseller_id = page.reseller_id and a.provider_id = page.provider_id and a.ended_at is null)) as customers,
      (select count(*)::int from resellers_of_record r
        join subscriptions s on s.customer_id = r.customer_id and s.id = r.subscription_id
        where r.reseller_id = page.reseller_id and r.valid_to is null and s.provider_id = page.provider_id
          and s.status in ('active', 'renewing')) as "activeSubscriptions"
    from page
    order by ${order}`
}

async function countRows(deps: Deps, actor: Actor, input: ListPartnershipsInput): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total ${matching(actor, input)}`.execute(
    deps.db,
  )
  return rows[0]?.total ?? 0
}

function readCursor(cursor: string, sort: PartnershipSort): readonly string[] {
  const [cursorSort, ...values] = unpackCursor(cursor, sort === 'customers' ? 4 : 3) ?? []
  const numbers = sort === 'name' ? true : /^\d{1,18}$/.test(values[0] ?? '')
  const id = /^[0-9a-f-]{36}$/.test(values.at(-1) ?? '')
  if (cursorSort !== sort || !numbers || !id) throw fieldRefusal('cursor', 'invalid')
  return values
}

function toRow(actor: Actor, own: TradingParty | undefined, row: Row): PartnershipRow {
  const { other } = row
  const knowsStatus = actor.organizationKind === 'reseller' || actor.permissions.has('resellers.read_status')
  return {
    id: row.id,
    organizationId: other.organizationId satisfies OrganizationId,
    name: other.name,
    city: other.city,
    country: other.country,
    partnerId: other.location?.partnerId ?? null,
    agreementSigned: knowsStatus ? other.agreementSigned : null,
    status: knowsStatus ? standingOf(other) : null,
    state: row.state,
    customers: row.customers,
    activeSubscriptions: row.activeSubscriptions,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    canAddCustomer: actor.organizationKind === 'provider' && own ? canAddCustomer(actor, own, row) : null,
  }
}

function canAddCustomer(actor: Actor, own: TradingParty, row: Row): NonNullable<PartnershipRow['canAddCustomer']> {
  const reason = whyPartnershipCannotBeUsed(row.state, row.other, row.regionId) ?? whyProviderCannotTrade(own)
  return {
    ok: reason === null,
    reason,
    reasonText: reason && refusalSentence(actor.locale, reason, paramsOf(row.other)),
  }
}
