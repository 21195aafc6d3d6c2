import { sql, type RawBuilder } from 'kysely'
import { fieldRefusal, Refusal } from '../../kernel/errors.ts'
import type { CustomerId, OrganizationId } from '../../kernel/ids.ts'
import { page, type Page, unpackCursor, unpackTimeCursor } from '../../kernel/paging.ts'
import { searchKey, sortKey } from '../../kernel/text.ts'
import { utcDay } from '../../kernel/time.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import { worldNow } from '../../platform/world-clock.ts'
import {
  pickPrice,
  quantityRange,
  whyUnavailable,
  type MarketPrice,
  type Ownership,
  type PriceRange,
  type Segment,
  type SkuKind,
} from './rules.ts'
import type { CatalogImport, CatalogSku, Offer } from './wire.ts'

/** For whom the catalog is opened. */
export interface Market {
  readonly country: string
  readonly segment: Segment
}

export interface ListOffers {
  readonly customerId?: CustomerId | undefined
  /** Of a customer that is about to be added; the actor's own country when neither is given. */
  readonly country?: string | undefined
  readonly segment: Segment
  readonly search?: string | undefined
  readonly publisher?: string | undefined
  readonly kind?: SkuKind | undefined
  readonly cursor?: string | undefined
  readonly size: number
}

interface SkuRow {
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly productTitle: string
  readonly publisher: string
  readonly description: string
  readonly kind: SkuKind
  readonly minQuantity: number
  readonly maxQuantity: number
  readonly ownershipLimit: number | null
  readonly ownershipLimitType: 'ConcurrentCount' | 'Lifetime' | null
  readonly allowedCountries: readonly string[] | null
  readonly prerequisites: readonly string[]
  readonly conversions: readonly string[]
  readonly endOfSaleOn: string | null
  readonly incentiveEligible: boolean
  readonly sortKey: string
}

const skuColumns = sql<SkuRow>`s.product_id as "productId", s.sku_id as "skuId", s.title, p.title as "productTitle", p.publisher,
  s.description, s.kind, s.min_quantity as "minQuantity", s.max_quantity as "maxQuantity",
  s.ownership_limit as "ownershipLimit", s.ownership_limit_type as "ownershipLimitType",
  s.allowed_countries as "allowedCountries", s.prerequisites, s.conversions, s.end_of_sale_on as "endOfSaleOn",
  s.incentive_eligible as "incentiveEligible", s.sort_key as "sortKey"`

/**
 * A page of what the customer can be sold, by title: SKUs with a price in its country and segment that are still sold there.
 * A search also finds the others, each with the reason why it cannot be bought. Prices are left out for those who may not
 * read them, and the provider's cost for everybody but its own users.
 *
 * @throws Refusal notFound for a customer that is not the actor's, customerOutsideRegion for a country of another region,
 *   invalidRequest for an unknown country or a foreign cursor.
 */
export async function listOffers(deps: Deps, actor: Actor, input: ListOffers): Promise<Page<Offer> & Market> {
  const market = await readMarket(deps.db, actor, input)
  return await readOffers(deps, market, input, {
    sellerId: actor.organizationId,
    sees: whatSees(actor),
    at: worldNow(deps, actor),
  })
}

/** Who sells, what the reader sees of its prices, and when. */
interface Selling {
  readonly sellerId: OrganizationId
  readonly sees: Sees
  readonly at: Date
  /** Only these, as `product/sku`. */
  readonly keys?: readonly string[]
}

/**
 * As `listOffers`, for what a reseller may ask its provider to order for a customer: with retail prices, never with cost.
 *
 * @throws Refusal notFound for a customer that is not associated with the actor
 */
export async function listOffersToAsk(
  deps: Deps,
  actor: Actor,
  input: Omit<ListOffers, 'country' | 'segment'> & { readonly customerId: CustomerId },
  selling: Omit<Selling, 'sees'>,
): Promise<Page<Offer> & Market> {
  const market = await readMarket(deps.db, actor, { ...input, segment: 'commercial' })
  return await readOffers(
    deps,
    market,
    { ...input, segment: market.segment },
    {
      ...selling,
      sees: { cost: false, retail: true },
    },
  )
}

async function readOffers(
  deps: Deps,
  market: Market,
  input: ListOffers,
  { sellerId, sees, at, keys: only }: Selling,
): Promise<Page<Offer> & Market> {
  const narrowed = only ? sql`s.product_id || '/' || s.sku_id = any(${[...only]}::text[])` : sql`true`
  const shown = input.search === undefined && !only ? isOnSale(market, at) : sql`true`
  const rows = await sql<SkuRow>`
    select ${skuColumns} from skus s join products p using (product_id)
    where ${skuFilter(input)} and ${narrowed} and ${shown}
    order by s.sort_key, s.product_id, s.sku_id limit ${input.size + 1}`.execute(deps.db)
  const cut = page(rows.rows, input.size, skuCursor)

  const keys = cut.items.map(({ productId, skuId }) => `${productId}/${skuId}`)
  const [prices, owned, titles] = await Promise.all([
    readPrices(deps.db, market, keys, at),
    input.customerId === undefined ? [] : readOwned(deps.db, sellerId, input.customerId),
    readTitles(
      deps.db,
      cut.items.flatMap(({ prerequisites, conversions }) => [...prerequisites, ...conversions]),
    ),
  ])
  const items = cut.items.map((sku) => {
    const ofSku = prices.filter(({ productId, skuId }) => productId === sku.productId && skuId === sku.skuId)
    return toOffer(sku, ofSku, { market, at, owned: ownershipOf(sku, owned), titles, sees })
  })
  return { items, next: cut.next, ...market }
}

/** A page of all SKUs by title, wherever they are sold. */
export async function listSkus(
  deps: Deps,
  input: Pick<ListOffers, 'search' | 'publisher' | 'kind' | 'cursor' | 'size'>,
): Promise<Page<CatalogSku>> {
  const at = deps.now()
  const { rows } = await sql<CatalogSku & { sortKey: string }>`
    select s.product_id as "productId", s.sku_id as "skuId", s.title, p.title as "productTitle", p.publisher, s.kind,
      s.min_quantity as "minQuantity", s.max_quantity as "maxQuantity", s.incentive_eligible as "incentiveEligible",
      s.end_of_sale_on as "endOfSaleOn", s.sort_key as "sortKey",
      array(select c.code from countries c
        where exists (select from price_items i
          where i.market = c.code and i.product_id = s.product_id and i.sku_id = s.sku_id
            and i.effective_from <= ${at} and i.effective_until > ${at})
        order by c.code) as markets
    from skus s join products p using (product_id)
    where ${skuFilter(input)}
    order by s.sort_key, s.product_id, s.sku_id limit ${input.size + 1}`.execute(deps.db)
  const cut = page(rows, input.size, skuCursor)
  return { items: cut.items.map(({ sortKey: _, ...sku }) => sku), next: cut.next }
}

/** All publishers, by name; the first 500. */
export async function listPublishers(deps: Deps): Promise<readonly string[]> {
  const rows = await deps.db
    .selectFrom('products')
    .select('publisher')
    .distinct()
    .where('publisher', '<>', '')
    .orderBy('publisher')
    .limit(500)
    .execute()
  return rows.map(({ publisher }) => publisher).toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
}

/** What was imported, newest first. */
export async function listImports(
  deps: Deps,
  input: { readonly cursor?: string | undefined; readonly size: number },
): Promise<Page<CatalogImport>> {
  const after = unpackTimeCursor(input.cursor)
  const { rows } = await sql<Omit<CatalogImport, 'importedAt'> & { importedAt: Date }>`
    select id, kind, file_name as "fileName", imported_at as "importedAt", imported_by as "importedBy", line_count as lines,
      added, changed, ended, left_out as "leftOut"
    from catalog_imports
    where ${after ? sql`(imported_at, id) < (${after.at}, ${after.id}::uuid)` : sql`true`}
    order by imported_at desc, id desc limit ${input.size + 1}`.execute(deps.db)
  const cut = page(rows, input.size, ({ importedAt, id }) => [importedAt.toISOString(), id])
  return { items: cut.items.map((row) => ({ ...row, importedAt: row.importedAt.toISOString() })), next: cut.next }
}

/* What narrows a list of SKUs. */

function skuFilter(input: Pick<ListOffers, 'search' | 'publisher' | 'kind' | 'cursor'>): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  const after = cursorOf(input.cursor, 3)
  if (after) conditions.push(sql`(s.sort_key, s.product_id, s.sku_id) > (${after[0]}, ${after[1]}, ${after[2]})`)
  if (input.search !== undefined) conditions.push(contains(searchKey(input.search)))
  if (input.publisher !== undefined) conditions.push(sql`p.publisher = ${input.publisher}`)
  if (input.kind !== undefined) conditions.push(sql`s.kind = ${input.kind}`)
  return sql.join(conditions, sql` and `)
}

/** That a SKU holds all words, anywhere and in any order. Signs alone are no word, and find nothing. */
function contains(words: string): RawBuilder<unknown> {
  if (words === '') return sql`false`
  const likes = words.split(' ').map((word) => sql`s.search_key like ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`}`)
  return sql.join(likes, sql` and `)
}

function isOnSale({ country, segment }: Market, at: Date): RawBuilder<unknown> {
  return sql`(s.end_of_sale_on is null or s.end_of_sale_on >= ${utcDay(at)}::date)
    and (s.allowed_countries is null or ${country} = any(s.allowed_countries))
    and exists (select from price_items i
      where i.market = ${country} and i.product_id = s.product_id and i.sku_id = s.sku_id and i.segment = ${segment}
        and i.effective_from <= ${at} and i.effective_until > ${at})`
}

function skuCursor(row: {
  readonly sortKey: string
  readonly productId: string
  readonly skuId: string
}): readonly string[] {
  return [row.sortKey, row.productId, row.skuId]
}

function cursorOf(cursor: string | undefined, count: number): readonly string[] | undefined {
  if (cursor === undefined) return undefined
  const values = unpackCursor(cursor, count)
  if (!values) throw fieldRefusal('cursor', 'invalid')
  return values
}

/* For whom, and what the customer has already. */

async function readMarket(db: Db, actor: Actor, { customerId, country, segment }: ListOffers): Promise<Market> {
  if (customerId !== undefined) {
    const { rows } = await sql<Market>`
      select c.country, c.segment from customers c
      where c.id = ${customerId} and (c.id = ${actor.organizationId}
        or exists (select from customer_relationships r
          where r.customer_id = c.id and r.partner_id = ${actor.organizationId} and r.state = 'active')
        or exists (select from customer_reseller_associations a
          where a.customer_id = c.id and a.reseller_id = ${actor.organizationId} and a.ended_at is null))`.execute(db)
    const [market] = rows
    if (!market) throw new Refusal('notFound')
    return market
  }
  const { rows } = await sql<{ code: string; isOwnRegion: boolean }>`
    select c.code, o.kind = 'operator' or c.region_id = o.region_id as "isOwnRegion"
    from organizations o join countries c on c.code = coalesce(${country ?? null}, o.country)
    where o.id = ${actor.organizationId}`.execute(db)
  const [found] = rows
  if (!found) throw fieldRefusal('country', 'notOneOf')
  if (!found.isOwnRegion) throw new Refusal('customerOutsideRegion')
  return { country: found.code, segment }
}

interface OwnedRow {
  readonly key: string
  readonly live: number
  readonly suspended: number
  readonly active: number
  readonly ever: number
}

/** By SKU. What other providers sold the customer is not theirs to know. */
async function readOwned(db: Db, sellerId: OrganizationId, customerId: CustomerId): Promise<readonly OwnedRow[]> {
  const { rows } = await sql<OwnedRow>`
    select product_id || '/' || sku_id as key,
      count(*) filter (where status in ('pending', 'active', 'suspended', 'renewing'))::int as live,
      count(*) filter (where status = 'suspended')::int as suspended,
      count(*) filter (where status = 'active')::int as active,
      count(*)::int as ever
    from subscriptions
    where customer_id = ${customerId} and (provider_id = ${sellerId} or customer_id = ${sellerId})
    group by product_id, sku_id`.execute(db)
  return rows
}

function ownershipOf(sku: SkuRow, owned: readonly OwnedRow[]): Ownership {
  const own = owned.find(({ key }) => key === `${sku.productId}/${sku.skuId}`)
  return {
    live: own?.live ?? 0,
    suspended: own?.suspended ?? 0,
    ever: own?.ever ?? 0,
    paidEver: owned.some(({ key }) => sku.conversions.includes(key)),
    prerequisiteLive: owned.some(({ key, active }) => active > 0 && sku.prerequisites.includes(key)),
  }
}

/* Prices and titles of a page. */

interface PriceRow extends PriceRange {
  readonly productId: string
  readonly skuId: string
  readonly term: 'P1M' | 'P1Y' | 'P3Y' | 'P5Y' | ''
  readonly billingPlan: 'monthly' | 'annual' | 'triennial' | 'onetime' | ''
  readonly segment: string
  readonly currency: string
  readonly unitCost: string
  readonly unitRetail: string
}

/** Prices in a country that hold now, for every segment: another one's tells why there is none for this one. */
async function readPrices(
  db: Db,
  { country }: Market,
  keys: readonly string[],
  at: Date,
): Promise<readonly PriceRow[]> {
  const { rows } = await sql<PriceRow>`
    select i.product_id as "productId", i.sku_id as "skuId", i.term, i.billing_plan as "billingPlan", i.segment, i.currency,
      i.unit_cost as "unitCost", i.unit_retail as "unitRetail", i.tier_min as "tierMin", i.tier_max as "tierMax",
      i.effective_from as "from", i.effective_until as "until"
    from unnest(${keys}::text[]) k join price_items i
      on i.market = ${country} and i.product_id = split_part(k, '/', 1) and i.sku_id = split_part(k, '/', 2)
    where i.effective_from <= ${at} and i.effective_until > ${at}`.execute(db)
  return rows
}

async function readTitles(db: Db, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map()
  const { rows } = await sql<{ key: string; title: string }>`
    select k as key, s.title from unnest(${[...new Set(keys)]}::text[]) k
    join skus s on s.product_id = split_part(k, '/', 1) and s.sku_id = split_part(k, '/', 2)`.execute(db)
  return new Map(rows.map(({ key, title }) => [key, title]))
}

interface Sees {
  readonly cost: boolean
  readonly retail: boolean
}

/** Cost is the provider's own affair. */
function whatSees(actor: Actor): Sees {
  const retail = actor.permissions.has('prices.read')
  return { retail, cost: retail && actor.organizationKind === 'provider' }
}

interface OfferContext {
  readonly market: Market
  readonly at: Date
  readonly owned: Ownership
  readonly titles: ReadonlyMap<string, string>
  readonly sees: Sees
}

function toOffer(sku: SkuRow, prices: readonly PriceRow[], { market, at, owned, titles, sees }: OfferContext): Offer {
  const quantity = quantityRange(sku)
  const ofSegment = prices.filter(({ segment }) => segment === market.segment)
  const options = optionsOf(ofSegment, at, quantity.min)
  const price: MarketPrice = options.length > 0 ? 'priced' : prices.length > ofSegment.length ? 'otherSegment' : 'none'
  const references = (keys: readonly string[]) =>
    keys.map((key) => {
      const [productId = '', skuId = ''] = key.split('/')
      return { productId, skuId, title: titles.get(key) ?? key }
    })
  return {
    productId: sku.productId,
    skuId: sku.skuId,
    title: sku.title,
    productTitle: sku.productTitle,
    publisher: sku.publisher,
    description: sku.description,
    kind: sku.kind,
    minQuantity: quantity.min,
    maxQuantity: quantity.max,
    incentiveEligible: sku.incentiveEligible,
    endOfSaleOn: sku.endOfSaleOn,
    options: options.map(({ term, billingPlan, currency, unitCost, unitRetail }) => ({
      term,
      billingPlan,
      currency,
      ...(sees.cost ? { unitCost } : {}),
      ...(sees.retail ? { unitRetail } : {}),
    })),
    prerequisites: references(sku.prerequisites),
    conversions: references(sku.conversions),
    unavailable: whyUnavailable({ sku, country: market.country, today: utcDay(at), price, owned }),
  }
}

/** One price for each term and plan, shortest term first. */
function optionsOf(prices: readonly PriceRow[], at: Date, quantity: number): readonly PriceRow[] {
  const byOption = Map.groupBy(prices, ({ term, billingPlan }) => `${term} ${billingPlan}`)
  return [...byOption.entries()]
    .toSorted(([a], [b]) => optionOrder.indexOf(a) - optionOrder.indexOf(b))
    .flatMap(([, lines]) => pickPrice(lines, at, quantity) ?? [])
}

const optionOrder = ['', 'P1M', 'P1Y', 'P3Y', 'P5Y'].flatMap((term) =>
  ['', 'onetime', 'monthly', 'annual', 'triennial'].map((plan) => `${term} ${plan}`),
)
