import { type RawBuilder, sql } from 'kysely'
import { fieldRefusal } from '../../kernel/errors.ts'
import { isUuid } from '../../kernel/ids.ts'
import { page, type Page, unpackCursor } from '../../kernel/paging.ts'
import { searchKey } from '../../kernel/text.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { likePattern } from '../../kernel/text.ts'
import type { CustomerFilters, CustomerListItem, ListCustomersInput } from './wire.ts'

interface Row extends CustomerListItem {
  readonly sortKey: string
}

interface Paging {
  readonly descending: boolean
  /** Sort key and id of the row before; undefined at the start. */
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/**
 * A page of the customers an actor manages, by name: a provider's own, a reseller's by association. With
 * `access: 'subscriptions'` a reseller gets those of which it has single subscriptions only.
 *
 * Costs the same for ten customers and for a million, on page 1 and on page 2,000: each filter walks an index of its own, and
 * what stands beside the names is read for the rows of the page only.
 *
 * @throws Refusal invalidRequest for a cursor that this list did not give.
 */
export async function listCustomers(
  deps: Deps,
  actor: Actor,
  input: ListCustomersInput,
): Promise<Page<CustomerListItem>> {
  const { cursor, size, sort, access, ...filters } = input
  const after = cursor === undefined ? undefined : unpackCursor(cursor, 2)
  if (cursor !== undefined && (after === undefined || !isUuid(after[1] ?? ''))) throw fieldRefusal('cursor', 'invalid')

  const paging = { descending: sort === '-name', after, limit: size + 1 }
  const rows =
    access === 'subscriptions'
      ? await readSingles(deps, actor, paging)
      : await readManaged(deps, actor, filters, paging)
  const { items, next } = page(rows, size, (row) => [row.sortKey, row.id])
  return { items: items.map(({ sortKey: _, ...item }) => item), next }
}

/** Everything the list would page through, by name, in portions that fit into memory. */
export async function* streamCustomers(
  deps: Deps,
  actor: Actor,
  filters: CustomerFilters,
): AsyncGenerator<CustomerListItem> {
  const limit = 1000
  let after: readonly string[] | undefined
  for (;;) {
    const rows = await readManaged(deps, actor, filters, { descending: false, after, limit })
    yield* rows
    const last = rows.at(-1)
    if (rows.length < limit || !last) return
    after = [last.sortKey, last.id]
  }
}

async function readManaged(
  deps: Deps,
  actor: Actor,
  filters: CustomerFilters,
  paging: Paging,
): Promise<readonly Row[]> {
  if (actor.organizationKind === 'provider') return await readOfProvider(deps, actor, filters, paging)
  if (actor.organizationKind === 'reseller') return await readOfReseller(deps, actor, filters, paging)
  return []
}

async function readOfProvider(
  deps: Deps,
  actor: Actor,
  filters: CustomerFilters,
  paging: Paging,
): Promise<readonly Row[]> {
  const { reseller, country, agreement, relationship } = filters
  const own = actor.organizationId
  const byReseller = reseller !== undefined && reseller !== 'none'
  // A reseller's customers are few among the provider's: walk its associations and look the relationships up.
  const walk = byReseller ? 'a' : 'r'
  const from = byReseller
    ? sql`customer_reseller_associations a
        join customer_relationships r on r.customer_id = a.customer_id and r.partner_id = a.provider_id and r.state = 'active'`
    : sql`customer_relationships r`
  const where = byReseller
    ? [sql`a.reseller_id = ${reseller}`, sql`a.provider_id = ${own}`, sql`a.ended_at is null`]
    : [sql`r.partner_id = ${own}`, sql`r.state = 'active'`]
  if (reseller === 'none') where.push(sql`not r.has_reseller`)
  if (country !== undefined) where.push(sql`r.country = ${country}`)
  if (agreement !== undefined) where.push(sql`r.agreement = ${agreement}`)
  if (relationship === 'invited') where.push(sql`r.via = 'invited'`)
  if (relationship === 'created') where.push(sql`r.via = 'created'`)
  where.push(...searched(walk, filters.search), ...startingAfter(walk, paging))

  const { rows } = await sql<Row>`
    with rows as materialized (
      select r.customer_id, r.sort_key, r.via
      from ${from}
      where ${sql.join(where, sql` and `)}
      order by ${orderOf(walk, paging)}
      limit ${paging.limit}
    )
    select c.id, c.legal_name as name, c.primary_domain as "primaryDomain", c.country, rows.via as relationship,
      rows.sort_key as "sortKey", '[]'::jsonb as providers,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.trading_name) order by o.sort_key)
        from customer_reseller_associations a join organizations o on o.id = a.reseller_id
        where a.customer_id = c.id and a.provider_id = ${own} and a.ended_at is null), '[]') as resellers,
      ${agreementOf(sql`g.provider_id = ${own}`)} as agreement,
      (select count(*)::int from subscriptions s
        where s.customer_id = c.id and s.provider_id = ${own} and s.status = 'active') as "activeSubscriptions"
    from rows join customers c on c.id = rows.customer_id
    order by ${orderOf('rows', paging)}`.execute(deps.db)
  return rows
}

async function readOfReseller(
  deps: Deps,
  actor: Actor,
  filters: CustomerFilters,
  paging: Paging,
): Promise<readonly Row[]> {
  const own = actor.organizationId
  const where = [sql`a.reseller_id = ${own}`, sql`a.ended_at is null`]
  if (filters.provider !== undefined) where.push(sql`a.provider_id = ${filters.provider}`)
  if (filters.country !== undefined) where.push(sql`c.country = ${filters.country}`)
  where.push(...searched('a', filters.search), ...startingAfter('a', paging))

  // Two providers may share one customer with the reseller; it stands in the list once.
  const { rows } = await sql<Row>`
    with rows as materialized (
      select distinct on (a.sort_key, a.customer_id) a.customer_id, a.sort_key
      from customer_reseller_associations a join customers c on c.id = a.customer_id
      where ${sql.join(where, sql` and `)}
      order by ${orderOf('a', paging)}
      limit ${paging.limit}
    )
    select c.id, c.legal_name as name, c.primary_domain as "primaryDomain", c.country, rows.sort_key as "sortKey",
      (select r.via from customer_relationships r
        where r.customer_id = c.id and r.partner_id = ${own} and r.state = 'active') as relationship,
      jsonb_build_array(jsonb_build_object('id', ${own}::text, 'name', ${actor.organizationName}::text)) as resellers,
      coalesce((
        select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.trading_name) order by o.sort_key)
        from customer_reseller_associations a join organizations o on o.id = a.provider_id
        where a.customer_id = c.id and a.reseller_id = ${own} and a.ended_at is null), '[]') as providers,
      ${agreementOf(sharedProvider(own, sql`g.provider_id`))} as agreement,
      (select count(*)::int from subscriptions s
        where s.customer_id = c.id and s.status = 'active' and ${sharedProvider(own, sql`s.provider_id`)}) as "activeSubscriptions"
    from rows join customers c on c.id = rows.customer_id
    order by ${orderOf('rows', paging)}`.execute(deps.db)
  return rows
}

/** Names of customers of whom the reseller has single subscriptions only, in the order of their ids: that of their making. */
async function readSingles(deps: Deps, actor: Actor, { after, limit }: Paging): Promise<readonly Row[]> {
  if (actor.organizationKind !== 'reseller') return []
  const own = actor.organizationId
  const beyond = after === undefined ? sql`true` : sql`x.customer_id > ${after[1]}::uuid`
  const { rows } = await sql<Row>`
    with rows as materialized (
      select distinct x.customer_id
      from (
        select customer_id from resellers_of_record where reseller_id = ${own} and valid_to is null
        union all
        select customer_id from support_contacts where partner_id = ${own} and valid_to is null
      ) x
      where ${beyond} and not exists (
        select from customer_reseller_associations a
        where a.customer_id = x.customer_id and a.reseller_id = ${own} and a.ended_at is null)
      order by x.customer_id
      limit ${limit}
    )
    select c.id, c.legal_name as name, '' as "primaryDomain", '' as country, '' as "sortKey", null as relationship,
      '[]'::jsonb as resellers, '[]'::jsonb as providers, 'missing' as agreement,
      (select count(*)::int from subscriptions s
        where s.customer_id = c.id and s.status = 'active' and (
          exists (select from resellers_of_record x where x.customer_id = s.customer_id and x.subscription_id = s.id
            and x.reseller_id = ${own} and x.valid_to is null)
          or exists (select from support_contacts x where x.customer_id = s.customer_id and x.subscription_id = s.id
            and x.partner_id = ${own} and x.valid_to is null))) as "activeSubscriptions"
    from rows join customers c on c.id = rows.customer_id
    order by c.id`.execute(deps.db)
  return rows
}

function sharedProvider(resellerId: string, providerId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from customer_reseller_associations t
    where t.customer_id = c.id and t.provider_id = ${providerId} and t.reseller_id = ${resellerId} and t.ended_at is null)`
}

function agreementOf(attestedHere: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`coalesce((
    select g.method from customer_agreement_acceptances g
    where g.customer_id = c.id and g.superseded_at is null and (g.provider_id is null or ${attestedHere})
    order by (g.method = 'direct') desc limit 1), 'missing')`
}

/** A whole customer ID, or a part of name or domain. Fewer than three letters have no trigrams: they must begin a word. */
function searched(alias: string, search: string | undefined): RawBuilder<unknown>[] {
  if (search === undefined || search === '') return []
  const id = search.toLowerCase()
  if (isUuid(id)) return [sql`${sql.ref(`${alias}.customer_id`)} = ${id}::uuid`]
  const key = searchKey(search)
  if (key === '') return [sql`false`]
  const column = sql.ref(`${alias}.search_key`)
  if (key.length >= 3) return [sql`${column} like ${likePattern(key)}`]
  const start = likePattern(key).slice(1)
  return [sql`(${column} like ${start} or ${column} like ${`% ${start}`})`]
}

function startingAfter(alias: string, { after, descending }: Paging): RawBuilder<unknown>[] {
  if (after === undefined) return []
  const key = sql`(${sql.ref(`${alias}.sort_key`)}, ${sql.ref(`${alias}.customer_id`)})`
  const last = sql`(${after[0]}, ${after[1]}::uuid)`
  return [descending ? sql`${key} < ${last}` : sql`${key} > ${last}`]
}

function orderOf(alias: string, { descending }: Paging): RawBuilder<unknown> {
  const direction = descending ? sql`desc` : sql`asc`
  return sql`${sql.ref(`${alias}.sort_key`)} ${direction}, ${sql.ref(`${alias}.customer_id`)} ${direction}`
}
