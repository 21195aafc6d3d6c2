import { route } from '../../platform/route.ts'
import { addCustomer } from './add-customer.ts'
import { listCustomerOrders, listOrders, readOrder } from './queries.ts'
import { reviewOrder } from './review-order.ts'
import { submitOrder } from './submit-order.ts'
import {
  AddCustomerInput,
  AddCustomerReply,
  ListCustomerOrdersInput,
  ListOrdersInput,
  OrderDetail,
  OrderInput,
  OrderPage,
  OrderReview,
  ReviewOrderInput,
  SubmitOrderInput,
  SubmitOrderReply,
} from './wire.ts'

export const orderRoutes = [
  route({
    method: 'POST',
    path: '/portal/v1/order-reviews',
    summary: 'Prices an order and names what is in its way, without storing anything.',
    needs: 'orders.submit',
    input: ReviewOrderInput,
    reply: OrderReview,
    handle: reviewOrder,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/customers',
    summary:
      "Adds a customer, with its first order if there are lines. The administrator's temporary password is in the first reply only.",
    needs: 'customers.add',
    input: AddCustomerInput,
    reply: AddCustomerReply,
    handle: addCustomer,
  }),
  route({
    method: 'POST',
    path: '/portal/v1/customers/:customerId/orders',
    summary: 'Orders subscriptions for a customer: all lines or none.',
    needs: 'orders.submit',
    input: SubmitOrderInput,
    reply: SubmitOrderReply,
    handle: submitOrder,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/orders',
    summary: "A customer's orders, newest first.",
    needs: 'orders.read',
    input: ListCustomerOrdersInput,
    reply: OrderPage,
    handle: listCustomerOrders,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/customers/:customerId/orders/:orderId',
    summary: 'One order with its lines.',
    needs: 'orders.read',
    input: OrderInput,
    reply: OrderDetail,
    handle: readOrder,
  }),
  route({
    method: 'GET',
    path: '/portal/v1/orders',
    summary: "The provider's orders, newest first; for a reseller those it is the reseller of.",
    needs: 'orders.read',
    input: ListOrdersInput,
    reply: OrderPage,
    handle: listOrders,
  }),
]
