import { z } from 'zod'
import { pageSize } from '../../kernel/paging.ts'
import { idOf } from '../identity/wire.ts'
import { billingPlans, segments, skuKinds, unavailableReasons } from './rules.ts'

const Cursor = z.string().max(2000)
const Size = z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual)
const Search = z.string().trim().min(1).max(100)
const Publisher = z.string().trim().min(1).max(200)
const Country = z
  .string()
  .trim()
  .regex(/^[A-Z]{2}$/)
const Customer = idOf<'customer'>()

const Term = z.enum(['P1M', 'P1Y', 'P3Y', 'P5Y', ''])
const Day = z.string()

/** What can be bought, by an existing customer or by one that is about to be added. */
export const ListOffersInput = z.strictObject({
  customerId: Customer.optional(),
  /** Needed unless the customer is named. */
  country: Country.optional(),
  segment: z.enum(segments).default('commercial'),
  search: Search.optional(),
  publisher: Publisher.optional(),
  kind: z.enum(skuKinds).optional(),
  cursor: Cursor.optional(),
  size: Size,
})

const SkuReference = z.object({ productId: z.string(), skuId: z.string(), title: z.string() })

export const Unavailable = z.object({
  reason: z.enum(unavailableReasons),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})

export const OfferOption = z.object({
  term: Term,
  billingPlan: z.enum(billingPlans),
  currency: z.string(),
  /** The provider's cost of one licence; only for a provider's users who may read prices. A decimal with 6 places. */
  unitCost: z.string().optional(),
  /** Estimated retail price of one licence; only for those who may read prices. A decimal with 6 places. */
  unitRetail: z.string().optional(),
})

/** One SKU with the ways it can be bought now. Prices are those of the smallest quantity. */
export const Offer = z.object({
  productId: z.string(),
  skuId: z.string(),
  title: z.string(),
  productTitle: z.string(),
  publisher: z.string(),
  description: z.string(),
  kind: z.enum(skuKinds),
  minQuantity: z.number(),
  maxQuantity: z.number(),
  incentiveEligible: z.boolean(),
  endOfSaleOn: Day.nullable(),
  options: z.array(OfferOption),
  /** One of them must be owned, or be ordered together with this. */
  prerequisites: z.array(SkuReference),
  /** What it may be upgraded to. */
  conversions: z.array(SkuReference),
  unavailable: Unavailable.nullable(),
})
export type Offer = z.infer<typeof Offer>

export const OfferPage = z.object({
  items: z.array(Offer),
  next: z.string().nullable(),
  /** The market the list is for. */
  country: z.string(),
  segment: z.enum(segments),
})

export const ListPublishersInput = z.strictObject({})
export const PublisherList = z.object({ items: z.array(z.string()) })

export const ListSkusInput = z.strictObject({
  search: Search.optional(),
  publisher: Publisher.optional(),
  kind: z.enum(skuKinds).optional(),
  cursor: Cursor.optional(),
  size: Size,
})

/** One SKU of the whole catalog, wherever it is sold. */
export const CatalogSku = z.object({
  productId: z.string(),
  skuId: z.string(),
  title: z.string(),
  productTitle: z.string(),
  publisher: z.string(),
  kind: z.enum(skuKinds),
  minQuantity: z.number(),
  maxQuantity: z.number(),
  incentiveEligible: z.boolean(),
  endOfSaleOn: Day.nullable(),
  /** Countries with a price that holds now. */
  markets: z.array(z.string()),
})
export type CatalogSku = z.infer<typeof CatalogSku>

export const SkuPage = z.object({ items: z.array(CatalogSku), next: z.string().nullable() })

export const catalogFileKinds = ['price-list', 'offer-matrix'] as const
/** Which of the vendor's files. */
export type CatalogFileKind = (typeof catalogFileKinds)[number]

/** A form sends switches as text. */
const Switch = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])

/** The fields must come before the file in the form. */
export const ImportInput = z.strictObject({
  kind: z.enum(catalogFileKinds),
  /** Only reports what an import would do; that is the default, so that nothing is imported by an oversight. */
  dryRun: Switch.default(true),
  leaveOutBadLines: Switch.default(false),
})

export const ImportProblem = z.object({
  /** Counted from 1, the header included. */
  line: z.number(),
  /** Empty when the whole line is wrong. */
  column: z.string(),
  value: z.string(),
  /** A key of `problems` in the catalog's texts. */
  reason: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type ImportProblem = z.infer<typeof ImportProblem>

export const importOutcomes = ['checked', 'imported', 'unchanged', 'refused'] as const

/** What came of a file, or would come of it when it was only checked. */
export const ImportReport = z.object({
  kind: z.enum(catalogFileKinds),
  fileName: z.string(),
  outcome: z.enum(importOutcomes),
  /** Lines with something in them, without the header. */
  lines: z.number(),
  /** Prices of a price list, SKUs of an offer matrix; so are `changed`, `ended` and `unchanged`. */
  added: z.number(),
  changed: z.number(),
  /** Prices that end earlier than before, most of them because a new one supersedes them. */
  ended: z.number(),
  unchanged: z.number(),
  addedSkus: z.number(),
  changedSkus: z.number(),
  /** Lines that were, or would have to be, left out. */
  badLines: z.number(),
  ignoredColumns: z.array(z.string()),
  /** The first 1,000, by line. */
  problems: z.array(ImportProblem),
})
export type ImportReport = z.infer<typeof ImportReport>

export const ListImportsInput = z.strictObject({ cursor: Cursor.optional(), size: Size })

export const CatalogImport = z.object({
  id: z.string(),
  kind: z.enum(catalogFileKinds),
  fileName: z.string(),
  importedAt: z.string(),
  importedBy: z.string(),
  lines: z.number(),
  added: z.number(),
  changed: z.number(),
  ended: z.number(),
  leftOut: z.number(),
})
export type CatalogImport = z.infer<typeof CatalogImport>

export const ImportPage = z.object({ items: z.array(CatalogImport), next: z.string().nullable() })
