import { type RawBuilder, sql } from 'kysely'
import { isUuid } from '../../kernel/ids.ts'
import { likePattern, searchKey } from '../../kernel/text.ts'
import type { Actor, Db } from '../../platform/context.ts'
import { managesCustomer, seesSubscription } from '../customers/sql.ts'
import { type SearchGroup, searchGroups, searchLimit } from './rules.ts'
import type { SearchResult, SearchResults } from './wire.ts'

/**
 * Finds what the actor may see by name, domain, id, MPN ID, order number or the beginning of a friendly name: at most five of
 * each kind. What belongs to others is not found, as if it were not there. Of customers, who may be a million, one or two letters
 * find words that begin with them.
 */
export async function search(db: Db, actor: Actor, { q }: { readonly q: string }): Promise<SearchResults> {
  const wanted = searchGroups.flatMap((group) => {
    const query = queryFor(group, actor, termsOf(q))
    return query ? [{ group, query }] : []
  })
  const found = await Promise.all(wanted.map(({ query }) => query.execute(db)))
  return {
    groups: wanted.flatMap(({ group }, at) => {
      const rows = found[at]?.rows ?? []
      if (rows.length === 0) return []
      return [{ group, items: rows.slice(0, searchLimit), more: rows.length > searchLimit }]
    }),
  }
}

interface Terms {
  /** What was typed, folded as names are, and as it is for domains, which keep their hyphens. */
  readonly texts: readonly string[]
  /** For folded names. */
  readonly name: string
  /** For domains and titles, which keep their hyphens. */
  readonly domain: string
  /** For what a friendly name begins with. */
  readonly beginning: string
  readonly id: string | null
  readonly partnerId: string | null
  readonly orderNumber: string | null
}

function termsOf(q: string): Terms {
  const lower = q.toLowerCase()
  const folded = searchKey(q)
  const letters = q.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')
  return {
    texts: [folded, lower],
    // Of signs alone nothing is left to look for, and an empty pattern would find everything.
    name: likePattern(folded === '' ? lower : folded),
    domain: likePattern(lower),
    beginning: likePattern(lower).slice(1),
    id: isUuid(lower) ? lower : null,
    partnerId: /^[1-9]\d{3,17}$/.test(q) ? q : null,
    orderNumber: letters.length === 12 ? `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}` : null,
  }
}

type Query = RawBuilder<SearchResult>

/** The statement that fills a group for the actor; undefined when the actor has no such group. */
function queryFor(group: SearchGroup, actor: Actor, terms: Terms): Query | undefined {
  const { organizationKind: kind, permissions } = actor
  switch (group) {
    case 'resellers':
      return kind === 'provider' && permissions.has('partnerships.read')
        ? partners(actor, 'provider', terms)
        : undefined
    case 'providers':
      return kind === 'reseller' && permissions.has('partnerships.read')
        ? partners(actor, 'reseller', terms)
        : undefined
    case 'organizations':
      return kind === 'operator' && permissions.has('organizations.read') ? organizations(terms) : undefined
    case 'customers':
      return permissions.has('customers.read') ? customers(actor, terms) : undefined
    case 'subscriptions':
      return permissions.has('subscriptions.read') ? subscriptions(actor, terms) : undefined
    case 'orders':
      return permissions.has('orders.read') && terms.orderNumber !== null ? orders(actor, terms.orderNumber) : undefined
  }
}

const place = sql`concat_ws(' · ', nullif(o.city, ''), o.country, l.partner_id)`

function organizationMatches({ name, id, partnerId }: Terms): RawBuilder<unknown> {
  const ways = [sql`o.search_key like ${name}`]
  if (id !== null) ways.push(sql`o.id = ${id}`)
  if (partnerId !== null) ways.push(sql`l.partner_id = ${partnerId}`)
  return sql`(${sql.join(ways, sql` or `)})`
}

/** The other sides of the actor's partnerships, also of ended ones; of several with one partner the newest. */
function partners(actor: Actor, side: 'provider' | 'reseller', terms: Terms): Query {
  const [mine, other] = side === 'provider' ? ['provider_id', 'reseller_id'] : ['reseller_id', 'provider_id']
  return sql<SearchResult>`
    select id, null as "customerId", name, detail from (
      select distinct on (o.id) p.id, o.trading_name as name, ${place} as detail, o.sort_key
      from partnerships p
      join organizations o on o.id = p.${sql.ref(other)}
      left join partner_location_accounts l on l.organization_id = o.id
      where p.${sql.ref(mine)} = ${actor.organizationId} and ${organizationMatches(terms)}
      order by o.id, p.started_at desc) found
    order by sort_key, id
    limit ${searchLimit + 1}`
}

function organizations(terms: Terms): Query {
  return sql<SearchResult>`
    select o.id, null as "customerId", o.trading_name as name, ${place} as detail
    from organizations o left join partner_location_accounts l on l.organization_id = o.id
    where o.kind <> 'operator' and ${organizationMatches(terms)}
    order by o.sort_key, o.id
    limit ${searchLimit + 1}`
}

/**
 * The patterns that find a text in a million names by the index on their three-letter groups: anywhere where the text has such a
 * group, at the beginning of words where it is shorter, and of signs alone none.
 */
function indexedPatterns(text: string): readonly string[] {
  if (!/[\p{L}\p{N}]/u.test(text)) return []
  const anywhere = likePattern(text)
  if (/[\p{L}\p{N}]{3}/u.test(text)) return [anywhere]
  const beginning = anywhere.slice(1)
  return [beginning, `% ${beginning}`]
}

function customers(actor: Actor, { texts, id }: Terms): Query | undefined {
  const patterns = new Set(texts.flatMap(indexedPatterns))
  const ways = [...patterns].map((pattern) => sql`t.search_key like ${pattern}`)
  if (id !== null) ways.push(sql`t.customer_id = ${id}`)
  if (ways.length === 0) return undefined
  const matches = sql`(${sql.join(ways, sql` or `)})`
  const tie =
    actor.organizationKind === 'provider'
      ? sql`customer_relationships t where t.partner_id = ${actor.organizationId} and t.state = 'active'`
      : sql`customer_reseller_associations t where t.reseller_id = ${actor.organizationId} and t.ended_at is null`
  return sql<SearchResult>`
    select c.id, c.id as "customerId", c.legal_name as name, c.primary_domain as detail
    from (
      select distinct t.sort_key, t.customer_id from ${tie} and ${matches}
      order by t.sort_key, t.customer_id limit ${searchLimit + 1}) t
    join customers c on c.id = t.customer_id
    order by t.sort_key, t.customer_id`
}

function subscriptions(actor: Actor, { id, beginning, domain }: Terms): Query | undefined {
  const own = actor.organizationId
  const called = sql`s.friendly_name <> '' and lower(s.friendly_name) like ${beginning}`
  const byIdOrName = id === null ? sql`(${called})` : sql`s.id = ${id}`
  const seen = seesSubscription(actor, 's')
  if (actor.organizationKind === 'customer') {
    const anyName = sql`lower(s.title || ' ' || s.friendly_name) like ${domain}`
    return subscriptionsWhere(sql`${seen} and (${anyName} or ${byIdOrName})`)
  }
  if (actor.organizationKind === 'provider') return subscriptionsWhere(sql`${seen} and ${byIdOrName}`)
  // Names are indexed by provider.
  const providers = sql`s.provider_id in (select provider_id from partnerships where reseller_id = ${own})`
  return subscriptionsWhere(sql`${providers} and ${seen} and ${byIdOrName}`)
}

function subscriptionsWhere(where: RawBuilder<unknown>): Query {
  return sql<SearchResult>`
    select s.id, s.customer_id as "customerId", coalesce(nullif(s.friendly_name, ''), s.title) as name,
      case when s.friendly_name = '' then c.legal_name else s.title || ' · ' || c.legal_name end as detail
    from subscriptions s join customers c on c.id = s.customer_id
    where ${where}
    order by lower(s.friendly_name), s.customer_id, s.id
    limit ${searchLimit + 1}`
}

function orders(actor: Actor, number: string): Query {
  const own = actor.organizationId
  const seen =
    actor.organizationKind === 'provider'
      ? sql`o.provider_id = ${own} and ${managesCustomer(actor, sql.ref('o.customer_id'))}`
      : sql`exists (select from customer_reseller_associations a where a.customer_id = o.customer_id
          and a.provider_id = o.provider_id and a.reseller_id = ${own} and a.ended_at is null)`
  return sql<SearchResult>`
    select o.id, o.customer_id as "customerId", o.number as name, c.legal_name as detail
    from orders o join customers c on c.id = o.customer_id
    where o.number = ${number} and ${seen}
    order by o.submitted_at desc, o.id
    limit ${searchLimit + 1}`
}
