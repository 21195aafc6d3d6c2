import { z } from 'zod'
import { route } from '../../platform/route.ts'
import { OfferPage } from '../catalog/wire.ts'
import { idOf } from '../identity/wire.ts'
import { acceptOrderRequest } from './accept-order-request.ts'
import { declineOrderRequest } from './decline-order-request.ts'
import { changeOrderRequest, draftOrderRequest } from './draft-order-request.ts'
import { exportOrderRequests, listOrderRequests } from './list-order-requests.ts'
import { listAskableOffers, listSellers, readOrderRequest } from './read-order-request.ts'
import { sendOrderRequest } from './send-order-request.ts'
import { withdrawOrderRequest } from './withdraw-order-request.ts'
import {
  AcceptedOrderRequest,
  AcceptOrderRequestInput,
  ChangeOrderRequestInput,
  DeclineOrderRequestInput,
  DraftOrderRequestInput,
  ExportOrderRequestsInput,
  ListAskableOffersInput,
  ListOrderRequestsInput,
  OrderRequestDetail,
  OrderRequestInput,
  OrderRequestPage,
  SellerList,
  StoredOrderRequest,
} from './wire/requests.ts'

const one = '/portal/v1/customers/:customerId/order-requests/:orderRequestId'

export const orderRequestRoutes = [
  route({
    method: 'GET',
    path: '/portal/v1/order-requests',
    summary: "A reseller's order requests, or those that were sent to the provider, newest first.",
    needs: 'order_requests.read',
    input: ListOrderRequestsInput,
    reply: OrderRequestPage,
    handle: listOrderRequests,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/order-requests/export',
    summary: 'The same list as a CSV file, one row for each line of a request.',
    needs: 'order_requests.read',
    input: ExportOrderRequestsInput,
    reply: 'csv',
    handle: exportOrderRequests,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/sellers',
    summary: 'The providers a reseller may ask to order for a customer.',
    needs: 'order_requests.write',
    input: z.strictObject({ customerId: idOf<'customer'>() }),
    reply: SellerList,
    handle: listSellers,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/sellers/:providerId/offers',
    summary: 'What a reseller may ask a provider to order for a customer, with retail prices.',
    needs: 'order_requests.write',
    input: ListAskableOffersInput,
    reply: OfferPage,
    handle: listAskableOffers,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/customers/:customerId/order-requests',
    summary: 'Drafts a request to a provider to order for a customer, and sends it if wanted.',
    needs: 'order_requests.write',
    input: DraftOrderRequestInput,
    reply: StoredOrderRequest,
    handle: draftOrderRequest,
  }),
  route({
    method: 'GET',
    path: one,
    summary: 'One order request with its lines.',
    needs: 'order_requests.read',
    input: OrderRequestInput,
    reply: OrderRequestDetail,
    handle: readOrderRequest,
  }),
  route({
    method: 'PUT',
    path: one,
    summary: 'Changes a draft, and sends it if wanted.',
    needs: 'order_requests.write',
    input: ChangeOrderRequestInput,
    reply: StoredOrderRequest,
    handle: changeOrderRequest,
  }),
  route({
    method: 'POST',
    path: `${one}/dispatch`,
    summary: 'Sends a draft to its provider.',
    needs: 'order_requests.write',
    input: OrderRequestInput,
    reply: StoredOrderRequest,
    handle: sendOrderRequest,
  }),
  route({
    method: 'POST',
    path: `${one}/withdrawal`,
    summary: 'Takes back a request that nobody answered.',
    needs: 'order_requests.write',
    input: OrderRequestInput,
    reply: 204,
    handle: withdrawOrderRequest,
  }),
  route({
    method: 'POST',
    path: `${one}/acceptance`,
    summary: 'Accepts a request by doing what it asks for: all of it or nothing.',
    needs: 'order_requests.answer',
    input: AcceptOrderRequestInput,
    reply: AcceptedOrderRequest,
    handle: acceptOrderRequest,
  }),
  route({
    method: 'POST',
    path: `${one}/refusal`,
    summary: 'Declines a request with a reason.',
    needs: 'order_requests.answer',
    input: DeclineOrderRequestInput,
    reply: 204,
    handle: declineOrderRequest,
  }),
]
