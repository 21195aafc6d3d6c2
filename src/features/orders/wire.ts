import { z } from 'zod'
import { pageSize } from '../../kernel/paging.ts'
import { billingPlans, segments, skuKinds } from '../catalog/rules.ts'
import { Attestation, newCustomerFields } from '../customers/wire.ts'
import { idOf } from '../identity/wire.ts'

const CustomerId = idOf<'customer'>()
const OrderId = idOf<'order'>()
const Cursor = z.string().max(1000)
const Size = z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual)
const Term = z.enum(['P1M', 'P1Y', 'P3Y', 'P5Y', ''])
const BillingPlan = z.enum(billingPlans)

/** At most this many lines in one order. */
export const mostLines = 100

/** A partner id (MPN ID) as people type it. Whose it is, and whether it may be used, is decided later. */
export const PartnerId = z
  .string()
  .trim()
  .regex(/^[1-9]\d{3,17}$/)

/** Blanks at the ends are cut; invisible characters are refused. */
export const FriendlyName = z
  .string()
  .trim()
  .max(100)
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), { params: { rule: 'controlCharacters' } })

export const OrderLineInput = z.strictObject({
  productId: z.string().min(1).max(40),
  skuId: z.string().regex(/^[0-9A-Z]{4}$/),
  term: Term,
  billingPlan: BillingPlan,
  quantity: z.number().int().min(1).max(10_000_000),
  friendlyName: FriendlyName.default(''),
  /** Location account (MPN ID) of the reseller of record; null says that none takes part. */
  resellerPartnerId: PartnerId.nullable().default(null),
})
export type WantedLine = z.infer<typeof OrderLineInput>

const Lines = z.array(OrderLineInput).min(1).max(mostLines)

export const ReviewOrderInput = z.strictObject({
  customer: z.union([
    z.strictObject({ id: CustomerId }),
    /** A customer that is not there yet. */
    z.strictObject({ country: z.string().regex(/^[A-Z]{2}$/), segment: z.enum(segments).default('commercial') }),
  ]),
  lines: Lines,
})
export type ReviewOrder = z.infer<typeof ReviewOrderInput>

const order = {
  /** Version of the attestation that was ticked; it is shown by the review. */
  attestation: z.string().max(20),
  /** The review's total in the currency's smallest unit: when it is another by now, nothing is ordered. */
  expectedTotalRetail: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
}

export const SubmitOrderInput = z.strictObject({
  customerId: CustomerId,
  lines: Lines,
  ...order,
  /** For a customer that has not accepted the customer agreement: who accepted it, attested with this order. */
  agreement: Attestation.optional(),
})
export type SubmitOrder = z.infer<typeof SubmitOrderInput>

export const AddCustomerInput = z.strictObject({
  ...newCustomerFields,
  /** Empty adds the customer only. */
  lines: z.array(OrderLineInput).max(mostLines).default([]),
  attestation: order.attestation.optional(),
  expectedTotalRetail: order.expectedTotalRetail.default(0),
})
export type AddCustomer = z.infer<typeof AddCustomerInput>

const Reseller = z.object({ id: z.string(), name: z.string(), partnerId: z.string() })

/** Why a line cannot be ordered. `reason` is the refusal's name, `text` its sentence in the reader's language. */
export const LineProblem = z.object({
  field: z.enum(['offer', 'quantity', 'reseller']),
  reason: z.string(),
  /** For an offer that is not available: a key of `unavailable` in the catalog's texts. */
  detail: z.string().nullable(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
})

export const ReviewedLine = z.object({
  productId: z.string(),
  skuId: z.string(),
  title: z.string(),
  kind: z.enum(skuKinds).nullable(),
  term: Term,
  billingPlan: BillingPlan,
  quantity: z.number().int(),
  minQuantity: z.number().int().nullable(),
  maxQuantity: z.number().int().nullable(),
  friendlyName: z.string(),
  reseller: Reseller.nullable(),
  /** Decimals with six places; null when the line has no price. */
  unitCost: z.string().nullable(),
  unitRetail: z.string().nullable(),
  /** What the first billing period costs, in the currency's smallest unit. */
  totalCost: z.number().int(),
  totalRetail: z.number().int(),
  /** First and last day of the first term, inclusive; UTC. */
  startOn: z.string(),
  endOn: z.string().nullable(),
  /** First and last day of the first charge; null when nothing is charged up front. */
  firstCharge: z.object({ start: z.string(), end: z.string() }).nullable(),
  cancelUntil: z.string(),
  incentive: z.enum(['eligible', 'notApplicable']),
  problems: z.array(LineProblem),
})
export type ReviewedLine = z.infer<typeof ReviewedLine>

export const OrderReview = z.object({
  customer: z.object({ name: z.string().nullable(), country: z.string() }),
  lines: z.array(ReviewedLine),
  currency: z.string(),
  totalCost: z.number().int(),
  totalRetail: z.number().int(),
  attestation: z.object({
    version: z.string(),
    text: z.string(),
    attestedAs: z.enum(['indirect', 'direct', 'mixed']),
  }),
  /** Whether the customer has accepted the customer agreement; null for a customer that is not there yet. */
  agreementAccepted: z.boolean().nullable(),
  /** Problems of the order as a whole. */
  problems: z.array(z.object({ reason: z.string(), text: z.string() })),
})
export type OrderReview = z.infer<typeof OrderReview>

const SubmittedLine = z.object({
  lineNumber: z.number().int(),
  subscriptionId: z.string(),
  title: z.string(),
  quantity: z.number().int(),
})

export const SubmittedOrder = z.object({
  id: z.string(),
  number: z.string(),
  submittedAt: z.string(),
  currency: z.string(),
  totalRetail: z.number().int(),
  lines: z.array(SubmittedLine),
})
export type SubmittedOrder = z.infer<typeof SubmittedOrder>

export const SubmitOrderReply = z.object({ order: SubmittedOrder })

export const AddCustomerReply = z.object({
  customerId: z.string(),
  order: SubmittedOrder.nullable(),
  adminUserId: z.string(),
  adminUserName: z.string(),
  /** In the first reply only, and nowhere else ever. */
  temporaryPassword: z.string().optional(),
  /** Says that an earlier reply to the same request had the password. */
  alreadyShown: z.boolean(),
})
export type AddCustomerReply = z.infer<typeof AddCustomerReply>

export const ListOrdersInput = z.strictObject({
  /** An order number, or its beginning. */
  search: z.string().trim().max(40).optional(),
  cursor: Cursor.optional(),
  size: Size,
})
export const ListCustomerOrdersInput = z.strictObject({ customerId: CustomerId, cursor: Cursor.optional(), size: Size })
export const OrderInput = z.strictObject({ customerId: CustomerId, orderId: OrderId })

export const orderStatuses = ['received', 'validated', 'completed', 'failed'] as const

export const OrderListItem = z.object({
  id: z.string(),
  number: z.string(),
  customer: z.object({ id: z.string(), name: z.string() }),
  submittedAt: z.string(),
  submittedBy: z.string(),
  status: z.enum(orderStatuses),
  lineCount: z.number().int(),
  licenses: z.number().int(),
  /** Titles of the first lines. */
  titles: z.array(z.string()),
  reseller: z.string().nullable(),
  currency: z.string(),
  /** Null for who may not see prices. */
  totalRetail: z.number().int().nullable(),
})
export type OrderListItem = z.infer<typeof OrderListItem>

export const OrderPage = z.object({ items: z.array(OrderListItem), next: z.string().nullable() })

export const OrderDetail = z.object({
  id: z.string(),
  number: z.string(),
  customer: z.object({ id: z.string(), name: z.string() }),
  provider: z.object({ id: z.string(), name: z.string() }),
  submittedAt: z.string(),
  submittedBy: z.string(),
  status: z.enum(orderStatuses),
  attestedAs: z.enum(['indirect', 'direct', 'mixed']),
  attestationVersion: z.string(),
  currency: z.string(),
  /** Cost and prices only for who may see them. */
  totalCost: z.number().int().optional(),
  totalRetail: z.number().int().optional(),
  lines: z.array(
    z.object({
      lineNumber: z.number().int(),
      transactionType: z.enum(['new', 'upgrade', 'renew', 'convert', 'add']),
      subscriptionId: z.string(),
      productId: z.string(),
      skuId: z.string(),
      title: z.string(),
      friendlyName: z.string(),
      quantity: z.number().int(),
      term: Term,
      billingPlan: BillingPlan,
      reseller: Reseller.nullable(),
      provisioning: z.enum(['pending', 'success', 'failed']),
      unitCost: z.string().optional(),
      unitRetail: z.string().optional(),
      totalCost: z.number().int().optional(),
      totalRetail: z.number().int().optional(),
    }),
  ),
})
export type OrderDetail = z.infer<typeof OrderDetail>
