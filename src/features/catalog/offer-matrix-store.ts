import { sql, type RawBuilder } from 'kysely'
import { copyCell, type CopyIn } from '../../platform/bulk.ts'
import type { Tx } from '../../platform/context.ts'
import { lineDiffers, mostProblems, type FoundProblems, type StagedCounts, type Staging } from './file-staging.ts'
import type { OfferLine } from './offer-matrix-file.ts'
import { rowSender } from './row-sender.ts'
import { skuSearchKey, skuSortKey } from './sku-keys.ts'

/** Rows sent to the database at a time. */
const batchRows = 2_000

/** Collects the lines of an offer matrix in a table of this transaction, and then writes them to the SKUs. */
export async function stageOfferMatrix(tx: Tx, copyIn: CopyIn): Promise<Staging<OfferLine>> {
  await sql`
    create temporary table staged_offers (
      line                 int not null,
      product_id           text collate "C" not null,
      sku_id               text collate "C" not null,
      product_title        text not null,
      title                text not null,
      description          text,
      min_quantity         int not null,
      max_quantity         int not null,
      ownership_limit      int,
      ownership_limit_type text,
      provisioning_id      text,
      provisioning_string  text,
      allowed_countries    text[],
      prerequisites        text[] not null,
      conversions          text[] not null,
      sort_key             text collate "C" not null,
      search_key           text collate "C" not null
    ) on commit drop`.execute(tx)

  const rows = rowSender(copyIn, ['staged_offers'], batchRows)
  return {
    add: (line, offer) => rows.add('staged_offers', offerRow(line, offer)),
    async settle() {
      await rows.flush()
      await sql`analyze staged_offers`.execute(tx)
      return await takeRepeated(tx)
    },
    count: () => countStaged(tx),
    apply: () => applyStaged(tx),
  }
}

function offerRow(line: number, offer: OfferLine): string {
  const cells = [
    String(line),
    offer.productId,
    offer.skuId,
    offer.productTitle,
    offer.skuTitle,
    offer.description,
    String(offer.minQuantity),
    String(offer.maxQuantity),
    offer.ownershipLimit === null ? null : String(offer.ownershipLimit),
    offer.ownershipLimitType,
    offer.provisioningId,
    offer.provisioningString,
    offer.allowedCountries && arrayText(offer.allowedCountries),
    arrayText(offer.prerequisites),
    arrayText(offer.conversions),
    skuSortKey(offer.skuTitle),
    skuSearchKey(offer),
  ]
  return `${cells.map(copyCell).join('\t')}\n`
}

/** Ids and codes need no quotes in an array's text. */
function arrayText(entries: readonly string[]): string {
  return `{${entries.join(',')}}`
}

/** Takes out the lines about a SKU that an earlier line is about; those that say something else are told. */
async function takeRepeated(tx: Tx): Promise<FoundProblems> {
  const { rows } = await sql<{ line: number; first_line: number; total: bigint }>`
    with firsts as (
      select distinct on (product_id, sku_id) o.* from staged_offers o order by product_id, sku_id, line
    ), taken as (
      delete from staged_offers o using firsts f
      where (o.product_id, o.sku_id) = (f.product_id, f.sku_id) and o.line > f.line
      returning o.line, f.line as first_line,
        to_jsonb(o) - 'line' is distinct from to_jsonb(f) - 'line' as differs
    )
    select line, first_line, count(*) over () as total from taken where differs order by line limit ${mostProblems}`.execute(
    tx,
  )
  return {
    lines: Number(rows[0]?.total ?? 0),
    problems: rows.map(({ line, first_line }) => lineDiffers(line, first_line)),
  }
}

const skuColumns = [
  'title',
  'description',
  'kind',
  'min_quantity',
  'max_quantity',
  'ownership_limit',
  'ownership_limit_type',
  'provisioning_id',
  'provisioning_string',
  'allowed_countries',
  'prerequisites',
  'conversions',
  'sort_key',
  'search_key',
] as const

function columnsOf(table: 'k' | 'n'): RawBuilder<unknown> {
  return sql.join(skuColumns.map((name) => sql.ref(`${table}.${name}`)))
}

/** What each SKU is to become; a column that the file lacks leaves what is known. What a price list calls a trial stays one. */
const next = sql`
  select o.product_id, o.sku_id, o.title, o.min_quantity, o.max_quantity, o.ownership_limit, o.ownership_limit_type,
    o.allowed_countries, o.prerequisites, o.conversions, o.sort_key, o.search_key,
    first_value(o.product_title) over (partition by o.product_id order by o.line) as product_title,
    coalesce(o.description, k.description, '') as description,
    coalesce(o.provisioning_id, k.provisioning_id) as provisioning_id,
    coalesce(o.provisioning_string, k.provisioning_string) as provisioning_string,
    case when coalesce(k.kind, 'license') not in ('license', 'addon') then k.kind
      when o.prerequisites = '{}' then 'license' else 'addon' end as kind
  from staged_offers o left join skus k using (product_id, sku_id)`

async function countStaged(tx: Tx): Promise<StagedCounts> {
  const { rows } = await sql<{ added: bigint; changed: bigint }>`
    with n as (${next})
    select count(*) filter (where k.product_id is null) as added,
      count(*) filter (where k.product_id is not null
        and (p.title <> n.product_title or (${columnsOf('k')}) is distinct from (${columnsOf('n')}))) as changed
    from n left join skus k using (product_id, sku_id) left join products p using (product_id)`.execute(tx)
  const added = Number(rows[0]?.added ?? 0)
  const changed = Number(rows[0]?.changed ?? 0)
  return { added, changed, shortened: 0, superseded: 0, addedSkus: added, changedSkus: changed }
}

async function applyStaged(tx: Tx): Promise<void> {
  await sql`
    insert into products as p (product_id, title, publisher)
    select distinct on (product_id) product_id, product_title, '' from staged_offers order by product_id, line
    on conflict (product_id) do update set title = excluded.title where p.title <> excluded.title`.execute(tx)
  await sql`
    with n as (${next})
    update skus k set (${sql.join(skuColumns.map((name) => sql.ref(name)))}) = row(${columnsOf('n')})
    from n where (k.product_id, k.sku_id) = (n.product_id, n.sku_id)
      and (${columnsOf('k')}) is distinct from (${columnsOf('n')})`.execute(tx)
  await sql`
    with n as (${next})
    insert into skus (product_id, sku_id, ${sql.join(skuColumns.map((name) => sql.ref(name)))})
    select n.product_id, n.sku_id, ${columnsOf('n')} from n on conflict do nothing`.execute(tx)
}
