import { sql, type RawBuilder } from 'kysely'
import { copyCell, type CopyIn } from '../../platform/bulk.ts'
import type { Tx } from '../../platform/context.ts'
import {
  lineDiffers,
  mostProblems,
  together,
  type FoundProblems,
  type StagedCounts,
  type Staging,
} from './file-staging.ts'
import type { PriceLine } from './price-list-file.ts'
import { rowSender } from './row-sender.ts'
import { skuSearchKey, skuSortKey } from './sku-keys.ts'

/** Rows sent to the database at a time. */
const batchRows = 4_000

/** SKU facts remembered so as not to send them again; forgotten when full, which only costs sending some twice. */
const rememberedSkus = 20_000

/** Among the lines of one SKU, the most particular kind says what it is. */
const kindRank: Readonly<Record<PriceLine['kind'], number>> = { trial: 3, usage: 2, software: 1, license: 0 }

const priceKey = sql`market, product_id, sku_id, term, billing_plan, segment, tier_min, effective_from`

/** That two rows are prices of the same thing, whenever they start. */
function sameKey(one: string, other: string): RawBuilder<unknown> {
  const columns = (table: string) =>
    sql.join(
      ['market', 'product_id', 'sku_id', 'term', 'billing_plan', 'segment', 'tier_min'].map((name) =>
        sql.ref(`${table}.${name}`),
      ),
    )
  return sql`(${columns(one)}) = (${columns(other)})`
}

/**
 * Collects the lines of a price list in tables of this transaction, and then turns them into prices.
 *
 * @param hasSaleEnds Whether the file has the column that tells when sale ends; without it, what is known stays.
 */
export async function stagePriceList(tx: Tx, copyIn: CopyIn, hasSaleEnds: boolean): Promise<Staging<PriceLine>> {
  const nextEnd = hasSaleEnds ? sql`f.end_of_sale_on` : sql`k.end_of_sale_on`
  await sql`
    create temporary table staged_prices (
      line            int not null,
      market          text not null,
      product_id      text collate "C" not null,
      sku_id          text collate "C" not null,
      term            text not null,
      billing_plan    text not null,
      segment         text not null,
      tier_min        int not null,
      tier_max        int,
      effective_from  timestamptz not null,
      effective_until timestamptz not null,
      currency        text not null,
      unit_cost       numeric(18, 6) not null,
      unit_retail     numeric(18, 6) not null
    ) on commit drop`.execute(tx)
  await sql`
    create temporary table staged_skus (
      line               int not null,
      product_id         text collate "C" not null,
      sku_id             text collate "C" not null,
      product_title      text not null,
      title              text not null,
      description        text not null,
      publisher          text not null,
      kind               text not null,
      kind_rank          int not null,
      incentive_eligible boolean not null,
      end_of_sale_on     date,
      sort_key           text not null,
      search_key         text not null
    ) on commit drop`.execute(tx)

  const knownSkus = new Map<string, string>()
  const rows = rowSender(copyIn, ['staged_skus', 'staged_prices'], batchRows)

  return {
    add(line, price) {
      const facts = `${price.kind} ${price.isIncentiveEligible} ${price.lastDayOfSale} ${price.publisher}`
      const key = `${price.productId}/${price.skuId}`
      if (knownSkus.get(key) !== facts) {
        if (knownSkus.size >= rememberedSkus) knownSkus.clear()
        knownSkus.set(key, facts)
        // The price row that follows is waited for, and arrives after it.
        void rows.add('staged_skus', skuRow(line, price))
      }
      return rows.add('staged_prices', priceRow(line, price))
    },
    async settle() {
      await rows.flush()
      await sql`analyze staged_prices, staged_skus`.execute(tx)
      return together(await takeRepeated(tx), await takeDiffering(tx))
    },
    count: () => countStaged(tx, nextEnd),
    apply: (importId) => applyStaged(tx, importId, nextEnd),
  }
}

function priceRow(line: number, price: PriceLine): string {
  const { market, productId, skuId, term, billingPlan, segment, tierMin, from, until, currency } = price
  const key = `${line}\t${market}\t${productId}\t${skuId}\t${term}\t${billingPlan}\t${segment}\t${tierMin}`
  return `${key}\t${price.tierMax ?? '\\N'}\t${from}\t${until}\t${currency}\t${price.unitCost}\t${price.unitRetail}\n`
}

function skuRow(line: number, price: PriceLine): string {
  const { productId, skuId, productTitle, skuTitle, kind } = price
  const cells = [
    String(line),
    productId,
    skuId,
    productTitle,
    skuTitle,
    price.description,
    price.publisher,
    kind,
    String(kindRank[kind]),
    String(price.isIncentiveEligible),
    price.lastDayOfSale,
    skuSortKey(skuTitle),
    skuSearchKey(price),
  ]
  return `${cells.map(copyCell).join('\t')}\n`
}

/**
 * Takes out the lines that repeat the price and start of an earlier line. Equal repeats are harmless; those that say
 * something else are told.
 */
async function takeRepeated(tx: Tx): Promise<FoundProblems> {
  const { rows } = await sql<{ line: number; first_line: number; total: bigint }>`
    with repeated as (
      select ${priceKey}, min(line) as first_line from staged_prices group by ${priceKey} having count(*) > 1
    ), firsts as (
      select s.*, r.first_line from repeated r join staged_prices s on s.line = r.first_line
    ), taken as (
      delete from staged_prices s using firsts f
      where s.line > f.first_line and ${sameKey('s', 'f')} and s.effective_from = f.effective_from
      returning s.line, f.first_line, (s.currency, s.unit_cost, s.unit_retail, s.effective_until, s.tier_max)
        is distinct from (f.currency, f.unit_cost, f.unit_retail, f.effective_until, f.tier_max) as differs
    )
    select line, first_line, count(*) over () as total from taken where differs order by line limit ${mostProblems}`.execute(
    tx,
  )
  return {
    lines: Number(rows[0]?.total ?? 0),
    problems: rows.map(({ line, first_line }) => lineDiffers(line, first_line)),
  }
}

/** Takes out the lines whose price was published otherwise: a price changes only by a new line that starts later. */
async function takeDiffering(tx: Tx): Promise<FoundProblems> {
  const { rows } = await sql<{ line: number; column: string; value: string; published: string; total: bigint }>`
    with taken as (
      delete from staged_prices s using price_items p
      where ${sameKey('s', 'p')} and s.effective_from = p.effective_from
        and (s.currency, s.unit_cost, s.unit_retail) is distinct from (p.currency, p.unit_cost, p.unit_retail)
      returning s.line,
        case when s.currency <> p.currency then array['Currency', s.currency, p.currency]
          when s.unit_cost <> p.unit_cost then array['UnitPrice', trim_scale(s.unit_cost)::text, trim_scale(p.unit_cost)::text]
          else array['ERP Price', trim_scale(s.unit_retail)::text, trim_scale(p.unit_retail)::text] end as cell
    )
    select line, cell[1] as column, cell[2] as value, cell[3] as published, count(*) over () as total
    from taken order by line limit ${mostProblems}`.execute(tx)
  return {
    lines: Number(rows[0]?.total ?? 0),
    problems: rows.map(({ line, column, value, published }) => ({
      line,
      column,
      value,
      reason: 'priceDiffers',
      params: { published },
    })),
  }
}

/** One row a SKU, out of what its lines say. */
const skuFacts = sql`
  select product_id, sku_id,
    (array_agg(kind order by kind_rank desc))[1] as kind,
    bool_and(incentive_eligible) as incentive_eligible,
    max(end_of_sale_on) as end_of_sale_on,
    (array_agg(array[product_title, title, description, publisher, sort_key, search_key] order by line desc))[1:1] as texts
  from staged_skus group by product_id, sku_id`

/** An add-on is one by its prerequisites, of which a price list does not know. */
const nextKind = sql`case when k.kind = 'addon' and f.kind = 'license' then 'addon' else f.kind end`

async function countStaged(tx: Tx, nextEnd: RawBuilder<unknown>): Promise<StagedCounts> {
  const { rows: prices } = await sql<{ added: bigint; moved: bigint; shortened: bigint }>`
    select count(*) filter (where p.market is null) as added,
      count(*) filter (where p.effective_until <= s.effective_until
        and (p.effective_until, p.tier_max) is distinct from (s.effective_until, s.tier_max)) as moved,
      count(*) filter (where p.effective_until > s.effective_until) as shortened
    from staged_prices s left join price_items p using (${priceKey})`.execute(tx)
  const { rows: superseded } = await sql<{ count: bigint }>`
    select count(*) from (
      select ${priceKey}, least(effective_until, lead(effective_from) over (
        partition by market, product_id, sku_id, term, billing_plan, segment, tier_min order by effective_from)) as ends
      from price_items where market = any(array(select distinct market from staged_prices))
    ) p
    where exists (
      select from staged_prices s
      where ${sameKey('s', 'p')} and s.effective_from > p.effective_from and s.effective_from < p.ends)`.execute(tx)
  const { rows: skus } = await sql<{ added: bigint; changed: bigint }>`
    with f as (${skuFacts})
    select count(*) filter (where k.product_id is null) as added,
      count(*) filter (where k.product_id is not null
        and (k.kind, k.incentive_eligible, k.end_of_sale_on, p.publisher)
          is distinct from (${nextKind}, f.incentive_eligible, ${nextEnd}, f.texts[1][4])) as changed
    from f left join skus k using (product_id, sku_id) left join products p using (product_id)`.execute(tx)
  const [price] = prices
  return {
    added: Number(price?.added ?? 0),
    changed: Number(price?.moved ?? 0),
    shortened: Number(price?.shortened ?? 0),
    superseded: Number(superseded[0]?.count ?? 0),
    addedSkus: Number(skus[0]?.added ?? 0),
    changedSkus: Number(skus[0]?.changed ?? 0),
  }
}

async function applyStaged(tx: Tx, importId: string, nextEnd: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into products as p (product_id, title, publisher)
    select distinct on (product_id) product_id, product_title, publisher from staged_skus order by product_id, line desc
    on conflict (product_id) do update set publisher = excluded.publisher where p.publisher <> excluded.publisher`.execute(
    tx,
  )
  await sql`
    with f as (${skuFacts})
    update skus k set kind = ${nextKind}, incentive_eligible = f.incentive_eligible, end_of_sale_on = ${nextEnd}
    from f where (k.product_id, k.sku_id) = (f.product_id, f.sku_id)
      and (k.kind, k.incentive_eligible, k.end_of_sale_on)
        is distinct from (${nextKind}, f.incentive_eligible, ${nextEnd})`.execute(tx)
  await sql`
    with f as (${skuFacts})
    insert into skus (product_id, sku_id, title, description, kind, end_of_sale_on, incentive_eligible, sort_key, search_key)
    select product_id, sku_id, texts[1][2], texts[1][3], kind, end_of_sale_on, incentive_eligible, texts[1][5], texts[1][6]
    from f on conflict do nothing`.execute(tx)
  await sql`
    update price_items p set effective_until = s.effective_until, tier_max = s.tier_max
    from staged_prices s
    where ${sameKey('s', 'p')} and s.effective_from = p.effective_from
      and (s.effective_until, s.tier_max) is distinct from (p.effective_until, p.tier_max)`.execute(tx)
  await sql`
    insert into price_items (${priceKey}, tier_max, effective_until, currency, unit_cost, unit_retail, import_id)
    select ${priceKey}, tier_max, effective_until, currency, unit_cost, unit_retail, ${importId}::uuid
    from staged_prices s
    where not exists (
      select from price_items p where ${sameKey('s', 'p')} and s.effective_from = p.effective_from)`.execute(tx)
}
