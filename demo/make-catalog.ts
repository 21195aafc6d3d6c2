import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import { demoSkus, lodos, meltem, poyraz, type DemoSku, type Ways } from './catalog-products.ts'
import { servicePlans } from './service-plans.ts'

/**
 * Writes the demo catalog as the vendor's two files, and Kanal's list of services, always the same: `node demo/make-catalog.ts`. The files are kept in the
 * repository; run it after changing `catalog-products.ts`.
 */
async function makeCatalog(): Promise<void> {
  await writeCsv('price-list.csv', priceListColumns, demoSkus.flatMap(priceLines))
  await writeCsv('offer-matrix.csv', offerMatrixColumns, demoSkus.map(offerLine))
  await writeCsv('service-plans.csv', servicePlanColumns, demoSkus.flatMap(servicePlanLines))
}

const priceListColumns = [
  'ProductTitle',
  'ProductId',
  'SkuId',
  'SkuTitle',
  'Publisher',
  'SkuDescription',
  'UnitOfMeasure',
  'TermDuration',
  'BillingPlan',
  'Market',
  'Currency',
  'UnitPrice',
  'PricingTierRangeMin',
  'PricingTierRangeMax',
  'EffectiveStartDate',
  'EffectiveEndDate',
  'EndofSaleDate',
  'Tags',
  'ERP Price',
  'Segment',
] as const

const offerMatrixColumns = [
  'ProductTitle',
  'ProductId',
  'SkuId',
  'SkuTitle',
  'Description',
  'ProvisioningId',
  'ProvisioningString',
  'MinLicenses',
  'MaxLicenses',
  'AssetOwnershipLimit',
  'AssetOwnershipLimitType',
  'ProductSkuPreRequisites',
  'ProductSkuConversion',
  'AllowedCountries',
] as const

const servicePlanColumns = ['ProductId', 'SkuId', 'ServicePlanId', 'ServicePlanName'] as const

type Row<Column extends string> = Readonly<Record<Column, string | number>>

/** What a US dollar costs there, with the vendor's rounding to a price people expect. */
const markets = [
  { market: 'US', currency: 'USD', rate: 1, step: 0.05 },
  { market: 'TR', currency: 'TRY', rate: 42, step: 0.5 },
  { market: 'DE', currency: 'EUR', rate: 0.94, step: 0.05 },
  { market: 'GB', currency: 'GBP', rate: 0.81, step: 0.05 },
] as const

/** Part of the retail price that the provider pays. */
const costShare: Readonly<Record<string, number>> = { [lodos]: 0.85, [meltem]: 0.78, [poyraz]: 0.8 }

const standardCountries =
  'AT;AZ;BE;BG;CA;CH;CZ;DE;DK;EE;ES;FI;FR;GB;GE;GR;HR;HU;IE;IT;KZ;LT;LU;LV;NL;NO;PL;PT;RO;SA;SE;SI;SK;TR;UA;US;AE;AU;BR;IN;JP;MX;NZ;QA;ZA'

/** A way of paying, and its price as a multiple of the monthly one on a yearly term. */
interface Way {
  readonly term: string
  readonly plan: string
  readonly factor: number
}

const ways: Readonly<Record<Ways, readonly Way[]>> = {
  full: [
    { term: 'P1M', plan: 'Monthly', factor: 1.2 },
    { term: 'P1Y', plan: 'Monthly', factor: 1 },
    { term: 'P1Y', plan: 'Annual', factor: 12 },
    { term: 'P3Y', plan: 'Monthly', factor: 0.95 },
    { term: 'P3Y', plan: 'Triennial', factor: 36 * 0.95 },
  ],
  year: [
    { term: 'P1M', plan: 'Monthly', factor: 1.2 },
    { term: 'P1Y', plan: 'Monthly', factor: 1 },
    { term: 'P1Y', plan: 'Annual', factor: 12 },
  ],
  annual: [
    { term: 'P1Y', plan: 'Annual', factor: 12 },
    { term: 'P3Y', plan: 'Annual', factor: 12 * 0.95 },
  ],
  trial: [{ term: 'P1M', plan: 'Monthly', factor: 0 }],
  usage: [{ term: 'NoTerm', plan: '', factor: 1 }],
  once: [{ term: 'NoTerm', plan: 'OneTime', factor: 1 }],
}

function priceLines(sku: DemoSku): readonly Row<(typeof priceListColumns)[number]>[] {
  const isSoldIn = ({ market }: { readonly market: string }) =>
    (sku.countries ?? standardCountries).split(';').includes(market)
  const lines: Row<(typeof priceListColumns)[number]>[] = []
  for (const { market, currency, rate, step } of markets.filter(isSoldIn)) {
    for (const segment of sku.segments ?? ['Commercial']) {
      for (const { term, plan, factor } of ways[sku.ways]) {
        for (const { start, end, change } of periodsOf(sku)) {
          for (const { min, max, share } of tiersOf(sku)) {
            const exact = sku.retail * rate * factor * change * share
            const retail = sku.ways === 'usage' ? exact.toFixed(6) : (Math.round(exact / step) * step).toFixed(2)
            const cost = (Number(retail) * (costShare[sku.publisher] ?? 1)).toFixed(sku.ways === 'usage' ? 6 : 2)
            lines.push({
              ...namesOf(sku),
              Publisher: sku.publisher,
              SkuDescription: sku.description,
              UnitOfMeasure: sku.unit ?? '',
              TermDuration: term,
              BillingPlan: plan,
              Market: market,
              Currency: currency,
              UnitPrice: cost,
              PricingTierRangeMin: min,
              PricingTierRangeMax: max,
              EffectiveStartDate: start,
              EffectiveEndDate: end,
              EndofSaleDate: sku.endOfSale ?? '',
              Tags: sku.tags ?? (sku.ways === 'usage' ? 'Consumption' : 'License'),
              'ERP Price': retail,
              Segment: segment,
            })
          }
        }
      }
    }
  }
  return lines
}

const firstDay = '1/1/2024 0:00'
const noEnd = '12/31/9999 23:59'

/** The later price starts beside the first, which the vendor leaves open: the later start wins. */
function periodsOf({ later }: DemoSku) {
  const first = { start: firstDay, end: noEnd, change: 1 }
  return later ? [first, { start: `${later[0]} 0:00`, end: noEnd, change: later[1] }] : [first]
}

function tiersOf({ tiers = [] }: DemoSku): readonly { min: string; max: string; share: number }[] {
  if (tiers.length === 0) return [{ min: '', max: '', share: 1 }]
  const starts = [[1, 1] as const, ...tiers]
  return starts.map(([from, share], index) => {
    const next = starts[index + 1]
    return { min: String(from), max: next ? String(next[0] - 1) : '', share }
  })
}

function offerLine(sku: DemoSku): Row<(typeof offerMatrixColumns)[number]> {
  const reference = (key: string): string => {
    const other = demoSkus.find((candidate) => candidate.key === key)
    if (!other) throw new Error(`${sku.key} names ${key}, which is not in the catalog.`)
    const { ProductId, SkuId } = namesOf(other)
    return `${ProductId}/${SkuId}`
  }
  return {
    ...namesOf(sku),
    Description: sku.description,
    ProvisioningId: provisioningId(sku.key),
    ProvisioningString: sku.key.toUpperCase().replaceAll('-', '_'),
    MinLicenses: sku.min ?? 1,
    MaxLicenses: sku.max ?? 1_000_000,
    AssetOwnershipLimit: sku.limit?.[0] ?? '',
    AssetOwnershipLimitType: sku.limit?.[1] ?? '',
    ProductSkuPreRequisites: (sku.needs ?? []).map(reference).join(';'),
    ProductSkuConversion: (sku.upgrades ?? []).map(reference).join(';'),
    AllowedCountries: sku.countries ?? standardCountries,
  }
}

function servicePlanLines(sku: DemoSku): readonly Row<(typeof servicePlanColumns)[number]>[] {
  const { ProductId, SkuId } = namesOf(sku)
  const names = servicePlans[sku.key.replace(/-trial$/, '')] ?? []
  return names.map((name) => ({
    ProductId,
    SkuId,
    ServicePlanId: name.toUpperCase().replaceAll(' ', '_'),
    ServicePlanName: name,
  }))
}

function namesOf(sku: DemoSku) {
  return {
    ProductTitle: sku.product,
    ProductId: productId(sku),
    SkuId: (sku.skuId ?? '1').padStart(4, '0'),
    SkuTitle: sku.title,
  }
}

const prefixes: Readonly<Record<string, string>> = { [lodos]: 'LDS7KNL0', [meltem]: 'MLT7KNL0', [poyraz]: 'PYZ7KNL0' }
const idLetters = '0123456789BCDFGHJKLMNPQRSTVWXZ'

/** Twelve characters in the vendor's form, from the product's name, so that new lines do not renumber old ones. */
function productId({ publisher, product }: DemoSku): string {
  const digest = createHash('sha256').update(product).digest()
  const tail = Array.from({ length: 4 }, (_, index) => idLetters[(digest[index] ?? 0) % idLetters.length]).join('')
  return `${prefixes[publisher]}${tail}`
}

/** A GUID that is always the same for a key. */
function provisioningId(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

async function writeCsv(name: string, columns: readonly string[], rows: readonly object[]): Promise<void> {
  const csv = stringify({
    header: true,
    columns: [...columns],
    quoted: true,
    quoted_empty: false,
    record_delimiter: 'windows',
  })
  const written = pipeline(csv, createWriteStream(join(import.meta.dirname, name)))
  for (const row of rows) csv.write(row)
  csv.end()
  await written
  console.log(`${name}: ${rows.length} lines`)
}

if (import.meta.main) await makeCatalog()
