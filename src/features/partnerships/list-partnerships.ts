import { type RawBuilder, sql } from 'kysely'
import { fieldRefusal } from '../../kernel/errors.ts'
import { isUuid, type OrganizationId } from '../../kernel/ids.ts'
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
  return await readPage(deps, actor, input, countedExactly)
}

/** How far a list counts a reseller's subscriptions: counting a hundred thousand takes longer than anybody waits. */
const countedExactly = 1000

async function readPage(
  deps: Deps,
  actor: Actor,
  input: ListPartnershipsInput,
  countUpTo: number | null,
): Promise<Page<PartnershipRow> & { readonly total?: number }> {
  const after = input.cursor === undefined ? undefined : readCursor(input.cursor, input.sort)
  const [rows, own, total] = await Promise.all([
    readRows(deps, actor, input, after, countUpTo),
    readTradingParty(deps.db, actor.organizationId),
    after === undefined ? countRows(deps, actor, input) : undefined,
  ])
  const items = rows.slice(0, input.size)
  const last = items.at(-1)
  return {
    items: items.map((row) => toRow(actor, own, row, countUpTo)),
    next: rows.length > input.size && last ? packCursor([input.sort, ...last.cursor]) : null,
    ...(total === undefined ? {} : { total }),
  }
}

/** Every row that `listPartnerships` would page through, in its order and counted to the end, in portions that fit into memory. */
export async function* streamPartnerships(
  deps: Deps,
  actor: Actor,
  input: Pick<ListPartnershipsInput, 'state' | 'search' | 'sort'>,
): AsyncGenerator<PartnershipRow> {
  let cursor: string | undefined
  do {
    const page = await readPage(deps, actor, { ...input, cursor, size: 20 }, null)
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
    ${finish(sql`page.id`, null)}`.execute(deps.db)
  const row = rows[0]
  return row && toRow(actor, await readTradingParty(deps.db, actor.organizationId), row, null)
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
  /** What is sorted by, as the inner query and the page know it. */
  readonly by: RawBuilder<unknown>
  readonly again: RawBuilder<unknown>
  /** The value as text, for the cursor, and back. */
  readonly text: RawBuilder<unknown>
  readonly parse: (value: string) => RawBuilder<unknown>
}

const orderings = {
  name: {
    by: sql`o.sort_key`,
    again: sql`page.sort_key`,
    text: sql`o.sort_key`,
    parse: (value) => sql`${value}`,
  },
  since: {
    by: sql`p.started_at`,
    again: sql`page.started_at`,
    text: sql`(extract(epoch from p.started_at) * 1000000)::bigint::text`,
    parse: (micros) => sql`('epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond')`,
  },
  customers: {
    by: sql`c.customers`,
    again: sql`page.customers`,
    text: sql`c.customers::text`,
    parse: (count) => sql`${count}::int`,
  },
} as const satisfies Record<string, Ordering>

function columnOf(sort: PartnershipSort): keyof typeof orderings {
  return sort.replace('-', '') as keyof typeof orderings
}

async function readRows(
  deps: Deps,
  actor: Actor,
  input: ListPartnershipsInput,
  after: readonly string[] | undefined,
  countUpTo: number | null,
): Promise<readonly Row[]> {
  const column = columnOf(input.sort)
  const ordering = orderings[column]
  const down = input.sort.startsWith('-')
  const direction = down ? sql`desc` : sql`asc`
  // Counting is dear, so it is done for the page only, unless the count is what orders the list.
  const counted = column === 'customers'
  const from = counted
    ? sql`from (select p.*, ${customerCount} as customers ${matching(actor, input)}) c
        join partnerships p on p.id = c.id join organizations o on o.id = ${otherId(actor)} where true`
    : matching(actor, input)
  const beyond = after
    ? sql`and (${ordering.by}, p.id) ${down ? sql`<` : sql`>`} (${ordering.parse(after[0] ?? '')}, ${after[1]}::uuid)`
    : sql``
  const { rows } = await sql<Row>`
    with page as (
      select p.*, o.id as other_id, o.sort_key, array[${ordering.text}, p.id::text] as cursor,
        ${counted ? sql`c.customers` : sql`null::int`} as customers
      ${from} ${beyond}
      order by ${ordering.by} ${direction}, p.id ${direction}
      limit ${input.size + 1})
    ${finish(sql`${ordering.again} ${direction}, page.id ${direction}`, countUpTo)}`.execute(deps.db)
  return rows
}

function finish(order: RawBuilder<unknown>, countUpTo: number | null): RawBuilder<Row> {
  return sql<Row>`
    select page.id, page.region_id as "regionId", page.state, page.started_at as "startedAt", page.ended_at as "endedAt",
      page.cursor, ${tradingPartySql(sql`page.other_id`)} as other,
      coalesce(page.customers, (select count(*)::int from customer_reseller_associations a
        where a.reseller_id = page.reseller_id and a.provider_id = page.provider_id and a.ended_at is null)) as customers,
      (select count(*)::int from (select from resellers_of_record r
        join subscriptions s on s.customer_id = r.customer_id and s.id = r.subscription_id
        where r.reseller_id = page.reseller_id and r.valid_to is null and s.provider_id = page.provider_id
          and s.status in ('active', 'renewing')
        limit ${countUpTo === null ? null : countUpTo + 1}) found) as "activeSubscriptions"
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
  const [cursorSort, value = '', id = ''] = unpackCursor(cursor, 3) ?? []
  const valid = { name: /^/, since: /^\d{1,16}$/, customers: /^\d{1,9}$/ }[columnOf(sort)].test(value)
  if (cursorSort !== sort || !valid || !isUuid(id)) throw fieldRefusal('cursor', 'invalid')
  return [value, id]
}

function toRow(actor: Actor, own: TradingParty | undefined, row: Row, countUpTo: number | null): PartnershipRow {
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
    activeSubscriptions: Math.min(row.activeSubscriptions, countUpTo ?? row.activeSubscriptions),
    moreSubscriptions: countUpTo !== null && row.activeSubscriptions > countUpTo,
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
