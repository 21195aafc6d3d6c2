import * as z from 'zod/mini'
import { billingPlans, skuKinds, unavailableReasons } from '../../../features/catalog/rules.ts'

export const catalogPath = '/portal/v1/catalog'
export const offersPath = `${catalogPath}/offers`
export const importsPath = `${catalogPath}/imports`

const Reference = z.object({ productId: z.string(), skuId: z.string(), title: z.string() })

/** What the two lists of the catalog have in common. */
const sku = {
  productId: z.string(),
  skuId: z.string(),
  title: z.string(),
  publisher: z.string(),
  kind: z.enum(skuKinds),
  minQuantity: z.number(),
  maxQuantity: z.number(),
  incentiveEligible: z.boolean(),
  endOfSaleOn: z.nullable(z.string()),
}

export const OfferOption = z.object({
  term: z.enum(['P1M', 'P1Y', 'P3Y', 'P5Y', '']),
  billingPlan: z.enum(billingPlans),
  currency: z.string(),
  unitCost: z.optional(z.string()),
  unitRetail: z.optional(z.string()),
})
export type OfferOption = z.infer<typeof OfferOption>

export const Offer = z.object({
  ...sku,
  description: z.string(),
  options: z.array(OfferOption),
  prerequisites: z.array(Reference),
  conversions: z.array(Reference),
  unavailable: z.nullable(
    z.object({
      reason: z.enum(unavailableReasons),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
})
export type Offer = z.infer<typeof Offer>

export const CatalogSku = z.object({ ...sku, markets: z.array(z.string()) })
export type CatalogSku = z.infer<typeof CatalogSku>

export const Publishers = z.object({ items: z.array(z.string()) })
export const Countries = z.array(z.object({ code: z.string(), inRegion: z.boolean() }))

export const fileKinds = ['price-list', 'offer-matrix'] as const
export type FileKind = (typeof fileKinds)[number]

export const ImportReport = z.object({
  kind: z.enum(fileKinds),
  fileName: z.string(),
  outcome: z.enum(['checked', 'imported', 'unchanged', 'refused']),
  lines: z.number(),
  added: z.number(),
  changed: z.number(),
  ended: z.number(),
  unchanged: z.number(),
  addedSkus: z.number(),
  changedSkus: z.number(),
  badLines: z.number(),
  ignoredColumns: z.array(z.string()),
  problems: z.array(
    z.object({
      line: z.number(),
      column: z.string(),
      value: z.string(),
      reason: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
})
export type ImportReport = z.infer<typeof ImportReport>
export type ImportProblem = ImportReport['problems'][number]

export const ImportRow = z.object({
  id: z.string(),
  kind: z.enum(fileKinds),
  fileName: z.string(),
  importedAt: z.string(),
  importedBy: z.string(),
  lines: z.number(),
  added: z.number(),
  changed: z.number(),
  ended: z.number(),
  leftOut: z.number(),
})
export type ImportRow = z.infer<typeof ImportRow>
