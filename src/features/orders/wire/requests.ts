import { z } from 'zod'
import { pageSize } from '../../../kernel/paging.ts'
import { billingPlans, skuKinds } from '../../catalog/rules.ts'
import { ListOffersInput, Offer } from '../../catalog/wire.ts'
import { Attestation } from '../../customers/wire.ts'
import { idOf } from '../../identity/wire.ts'
import { requestKinds, requestStates, requestStatuses } from '../rules/requests.ts'
import { mostLines, OrderLineInput, PartnerId, SubmitOrderInput, SubmittedOrder } from '../wire.ts'

const CustomerId = idOf<'customer'>()
const OrderRequestId = idOf<'orderRequest'>()
const Search = z.string().trim().min(1).max(100)
const one = { customerId: CustomerId, orderRequestId: OrderRequestId }

/** Blanks at the ends are cut. */
const Text = z.string().trim().max(2000)

/** A line of new subscriptions; who the reseller of record will be, the provider says. */
export const RequestedLineInput = OrderLineInput.omit({ resellerPartnerId: true })
export type RequestedLineInput = z.infer<typeof RequestedLineInput>

const content = {
  kind: z.enum(requestKinds),
  /** Of new subscriptions. */
  lines: z.array(RequestedLineInput).max(mostLines).default([]),
  /** Of a change: what is to be changed. */
  subscriptionId: idOf<'subscription'>().optional(),
  /** Of a change of licenses: how many there shall be. */
  quantity: z.number().int().min(1).max(10_000_000).optional(),
  /** The day by which it is wished for, UTC. */
  wishOn: z.iso.date().nullable().default(null),
  note: Text.default(''),
}

export const DraftOrderRequestInput = z.strictObject({
  customerId: CustomerId,
  /** Who is asked: a provider that associated the reseller with the customer. */
  providerId: idOf<'organization'>(),
  ...content,
  /** Sends it at once. */
  send: z.boolean().default(false),
})
export type DraftOrderRequest = z.infer<typeof DraftOrderRequestInput>

export const ChangeOrderRequestInput = z.strictObject({
  ...one,
  ...content,
  send: z.boolean().default(false),
  version: z.number().int().min(1),
})
export type ChangeOrderRequest = z.infer<typeof ChangeOrderRequestInput>

export const OrderRequestInput = z.strictObject(one)
export type WhichOrderRequest = z.infer<typeof OrderRequestInput>

export const DeclineOrderRequestInput = z.strictObject({ ...one, reason: Text.min(1) })
export type DeclineOrderRequest = z.infer<typeof DeclineOrderRequestInput>

export const AcceptOrderRequestInput = z.strictObject({
  ...one,
  /** Location account (MPN ID) of the reseller of record for each line of new subscriptions, in their order; null for none. */
  resellers: z.array(PartnerId.nullable()).max(mostLines).default([]),
  /** For new subscriptions, as with any order. */
  attestation: SubmitOrderInput.shape.attestation.optional(),
  expectedTotalRetail: SubmitOrderInput.shape.expectedTotalRetail.default(0),
  agreement: Attestation.optional(),
})
export type AcceptOrderRequest = z.infer<typeof AcceptOrderRequestInput>

export const AcceptedOrderRequest = z.object({
  id: z.string(),
  /** Of new subscriptions. */
  order: SubmittedOrder.nullable(),
})
export type AcceptedOrderRequest = z.infer<typeof AcceptedOrderRequest>

const Party = z.object({ id: z.string(), name: z.string() })

const filters = {
  state: z.enum(requestStates).default('open'),
  /** A customer's name, or a product. */
  search: Search.optional(),
}

export const ListOrderRequestsInput = z.strictObject({
  ...filters,
  cursor: z.string().max(1000).optional(),
  size: z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual),
})
export const ExportOrderRequestsInput = z.strictObject(filters)
export type OrderRequestFilters = z.infer<typeof ExportOrderRequestsInput>

const listed = {
  id: z.string(),
  customer: Party,
  provider: Party,
  reseller: Party,
  kind: z.enum(requestKinds),
  status: z.enum(requestStatuses),
  wishOn: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  sentAt: z.string().nullable(),
}

export const OrderRequestListItem = z.object({
  ...listed,
  lineCount: z.number().int(),
  licenses: z.number().int(),
  /** Titles of the first lines. */
  titles: z.array(z.string()),
})
export type OrderRequestListItem = z.infer<typeof OrderRequestListItem>

export const OrderRequestPage = z.object({ items: z.array(OrderRequestListItem), next: z.string().nullable() })

/** A line as it is kept with the request, with the retail price of the day it was written. */
export const RequestedLine = z.object({
  productId: z.string(),
  skuId: z.string(),
  title: z.string(),
  kind: z.enum(skuKinds).nullable(),
  term: z.enum(['P1M', 'P1Y', 'P3Y', 'P5Y', '']),
  billingPlan: z.enum(billingPlans),
  quantity: z.number().int(),
  /** Of a change: the number of licenses when it was asked for. */
  formerQuantity: z.number().int().nullable(),
  friendlyName: z.string(),
  currency: z.string(),
  /** A decimal with six places; null where there was no price. */
  unitRetail: z.string().nullable(),
})
export type RequestedLine = z.infer<typeof RequestedLine>

export const OrderRequestDetail = z.object({
  ...listed,
  note: z.string(),
  declineReason: z.string(),
  answeredAt: z.string().nullable(),
  answeredBy: z.string().nullable(),
  subscriptionId: z.string().nullable(),
  order: z.object({ id: z.string(), number: z.string() }).nullable(),
  /** The location (MPN ID) under which the reseller trades; null while it has none. */
  resellerPartnerId: z.string().nullable(),
  version: z.number().int(),
  lines: z.array(RequestedLine),
  /** Of a draft of new subscriptions, for its reseller: what the catalog says of its lines now. */
  offers: z.array(Offer),
})
export type OrderRequestDetail = z.infer<typeof OrderRequestDetail>

export const StoredOrderRequest = z.object({
  id: z.string(),
  status: z.enum(requestStatuses),
  version: z.number().int(),
})
export type StoredOrderRequest = z.infer<typeof StoredOrderRequest>

/** Who can be asked for a customer, and why not where it cannot. */
export const SellerList = z.object({
  items: z.array(Party.extend({ reason: z.string().nullable(), reasonText: z.string().nullable() })),
})
export type SellerList = z.infer<typeof SellerList>

export const ListAskableOffersInput = ListOffersInput.omit({ country: true, segment: true }).extend({
  customerId: CustomerId,
  providerId: idOf<'organization'>(),
})
export type ListAskableOffers = z.infer<typeof ListAskableOffersInput>
