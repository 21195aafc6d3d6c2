import type {
  AcceptedOrderRequest,
  OrderRequestDetail,
  OrderRequestListItem,
  RequestedLine,
  SellerList,
  StoredOrderRequest,
} from '../../../features/orders/wire/requests.ts'
import type { RequestStatus } from '../../../features/orders/rules/requests.ts'
import { asSent } from '../../api.ts'
import { useRead } from '../../query.ts'
import type { StatusTone } from '../../ui/StatusBadge.tsx'
import type { Offer } from '../catalog/catalog.ts'
import { type BasketLine, lineFor, optionKey, orderLines } from '../new-subscription/order.ts'

export type { OrderRequestDetail, OrderRequestListItem, RequestedLine }

export const requestsPath = '/portal/v1/order-requests'

export const RequestRow = asSent<OrderRequestListItem>()
export const StoredRequest = asSent<StoredOrderRequest>()
export const AcceptedRequest = asSent<AcceptedOrderRequest>()
const Detail = asSent<OrderRequestDetail>()
const Sellers = asSent<SellerList>()

export const requestTones: Readonly<Record<RequestStatus, StatusTone>> = {
  draft: 'neutral',
  sent: 'pending',
  accepted: 'success',
  declined: 'danger',
  withdrawn: 'neutral',
}

const id = encodeURIComponent

/** Where a customer's requests are written. */
export function requestsOfPath(customerId: string): string {
  return `/portal/v1/customers/${id(customerId)}/order-requests`
}

export function requestPath(customerId: string, requestId: string): string {
  return `${requestsOfPath(customerId)}/${id(requestId)}`
}

/** What a provider sells the customer, as its reseller sees it. */
export function offersToAskPath(customerId: string, providerId: string): string {
  return `/portal/v1/customers/${id(customerId)}/sellers/${id(providerId)}/offers`
}

export function useOrderRequest(customerId: string, requestId: string) {
  return useRead(requestPath(customerId, requestId), Detail)
}

/** The providers that can be asked for a customer. */
export function useSellers(customerId: string, enabled = true) {
  return useRead(`/portal/v1/customers/${id(customerId)}/sellers`, Sellers, {}, { enabled })
}

/** The basket as a request takes it: without resellers of record, which the provider names. */
export function requestedLines(basket: readonly BasketLine[]) {
  return orderLines(basket).map(({ resellerPartnerId: _, ...line }) => line)
}

/** A draft's lines as the basket edits them. What is not sold any more stays, and has to be removed. */
export function basketOf({ lines, offers }: OrderRequestDetail): readonly BasketLine[] {
  return lines.map((line, index) => {
    const offer = offers.find(({ productId, skuId }) => productId === line.productId && skuId === line.skuId)
    return { ...lineFor(offer ?? notSold(line), ''), ...chosen(line, index), option: optionKey(line) }
  })
}

/** Lines as they are ordered: nothing of them can be changed but the reseller of record. */
export function basketToOrder(lines: readonly RequestedLine[], resellers: readonly string[]): readonly BasketLine[] {
  return lines.map((line, index) => ({
    ...lineFor(notSold(line), resellers[index] ?? ''),
    ...chosen(line, index),
    options: [
      {
        term: line.term,
        billingPlan: line.billingPlan,
        currency: line.currency,
        ...(line.unitRetail === null ? {} : { unitRetail: line.unitRetail }),
      },
    ],
    option: optionKey(line),
  }))
}

function chosen(line: RequestedLine, index: number) {
  return {
    key: `${index} ${line.productId}/${line.skuId}`,
    quantity: String(line.quantity),
    friendlyName: line.friendlyName,
  }
}

function notSold({ productId, skuId, title, kind, quantity }: RequestedLine): Offer {
  return {
    productId,
    skuId,
    title,
    publisher: '',
    description: '',
    kind: kind ?? 'license',
    minQuantity: quantity,
    maxQuantity: quantity,
    incentiveEligible: false,
    endOfSaleOn: null,
    options: [],
    prerequisites: [],
    conversions: [],
    unavailable: null,
  }
}
