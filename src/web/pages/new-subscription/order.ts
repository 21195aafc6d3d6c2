import type {
  AddCustomerReply,
  OrderDetail,
  OrderReview,
  SubmitOrderReply,
  SubmittedOrder,
} from '../../../features/orders/wire.ts'
import type { z } from 'zod'
import { asSent } from '../../api.ts'
import type { Offer, OfferOption } from '../catalog/catalog.ts'

export type { OrderDetail, OrderReview, SubmittedOrder }
export type ReviewedLine = OrderReview['lines'][number]

export const reviewPath = '/portal/v1/order-reviews'

export const Review = asSent<OrderReview>()
export const AddedCustomer = asSent<AddCustomerReply>()
export const Submitted = asSent<z.infer<typeof SubmitOrderReply>>()
export const Order = asSent<OrderDetail>()

/** Where a customer's orders are. */
export function ordersPath(customerId: string): string {
  return `/portal/v1/customers/${encodeURIComponent(customerId)}/orders`
}

/** Says of a line that an MPN ID was typed for it and not verified: it cannot be sent. */
export const unverified = 'unverified'

/** A line of the basket, as it is edited. Kept in this tab's storage. */
export interface BasketLine {
  readonly key: string
  readonly productId: string
  readonly skuId: string
  readonly title: string
  readonly kind: Offer['kind']
  readonly minQuantity: number
  readonly maxQuantity: number
  readonly options: readonly OfferOption[]
  /** `term plan` of the chosen one of `options`. */
  readonly option: string
  /** As typed. */
  readonly quantity: string
  readonly friendlyName: string
  /** Partner id; empty for none, or `unverified`. */
  readonly reseller: string
}

export function optionKey({ term, billingPlan }: Pick<OfferOption, 'term' | 'billingPlan'>): string {
  return `${term} ${billingPlan}`
}

/** The way of buying that a line has chosen. */
export function chosenOption(line: BasketLine): OfferOption | undefined {
  return line.options.find((option) => optionKey(option) === line.option)
}

/** A line for an offer, with the least that can be bought and the usual way: a year, billed monthly, where there is that. */
export function lineFor(offer: Offer, reseller: string): BasketLine {
  const { productId, skuId, title, kind, minQuantity, maxQuantity, options } = offer
  const usual = options.find(({ term, billingPlan }) => term === 'P1Y' && billingPlan === 'monthly') ?? options[0]
  return {
    key: `${productId}/${skuId}/${Date.now()}-${Math.floor(Math.random() * 1e6)}`,
    productId,
    skuId,
    title,
    kind,
    minQuantity,
    maxQuantity,
    options,
    option: usual ? optionKey(usual) : '',
    quantity: String(minQuantity),
    friendlyName: '',
    reseller,
  }
}

/** What is wrong with the number typed: nothing, no whole number, or out of the offer's bounds. */
export function quantityProblem(line: BasketLine): 'wholeNumber' | 'range' | undefined {
  if (!/^\d{1,8}$/.test(line.quantity.trim())) return 'wholeNumber'
  const quantity = Number(line.quantity)
  return quantity < line.minQuantity || quantity > line.maxQuantity ? 'range' : undefined
}

/** Whether a line can be reviewed as it stands. */
export function isSound(line: BasketLine): boolean {
  return quantityProblem(line) === undefined && line.reseller !== unverified && chosenOption(line) !== undefined
}

/** The basket as the API takes it; only for sound lines. */
export function orderLines(basket: readonly BasketLine[]) {
  return basket.map((line) => {
    const option = chosenOption(line)
    return {
      productId: line.productId,
      skuId: line.skuId,
      term: option?.term ?? '',
      billingPlan: option?.billingPlan ?? '',
      quantity: Number(line.quantity),
      friendlyName: line.friendlyName.trim(),
      resellerPartnerId: line.reseller === '' ? null : line.reseller,
    }
  })
}

/** About what a line's first period costs, in the currency's main unit; undefined where prices are not shown or not charged. */
export function roughTotal(line: BasketLine): { readonly amount: number; readonly currency: string } | undefined {
  const option = chosenOption(line)
  if (option?.unitRetail === undefined || !/^\d+$/.test(line.quantity)) return undefined
  if (line.kind === 'trial' || line.kind === 'usage') return { amount: 0, currency: option.currency }
  // Every license is rounded down to the cent first, as the order does it.
  const unit = Math.floor(Number(option.unitRetail) * 100 + 1e-6) / 100
  return { amount: unit * Number(line.quantity), currency: option.currency }
}

/** What is shown after the submit. Never a password: that lives in the page's memory only. */
export interface Done {
  readonly customerId: string
  readonly customerName: string
  readonly resellerName: string | null
  readonly order: SubmittedOrder | null
  readonly adminUserId?: string
  readonly adminUserName?: string
}
