import { withParams } from './api.ts'
import type { Params } from './api.ts'

const id = encodeURIComponent

/** The help pages, by the last part of their address. */
export const helpTopics = [
  'reseller-requirements',
  'partner-with-providers',
  'partner-agreement',
  'customers-and-subscriptions',
] as const
export type HelpTopic = (typeof helpTopics)[number]

/** Every address in the portal, so that no page spells another page's address. Paths match `routes.tsx`. */
export const links = {
  home: () => '/',
  signIn: (to?: string) => withParams('/sign-in', { to }),
  firstSignIn: (to?: string) => withParams('/first-sign-in', { to }),
  firstRun: () => '/first-run',
  myProfile: () => '/my-profile',
  help: (topic?: HelpTopic) => (topic ? `/help/${topic}` : '/help'),

  profile: () => '/profile',
  directory: (params?: Params) => withParams('/directory', params),
  directoryProfile: (providerId: string) => `/directory/${id(providerId)}`,
  directoryEdit: (providerId: string) => `/directory/${id(providerId)}/edit`,
  organizations: (params?: Params) => withParams('/organizations', params),
  resellers: (params?: Params) => withParams('/resellers', params),
  requestPartnership: () => '/resellers/request',
  partnershipRequests: (params?: Params) => withParams('/resellers/requests', params),
  reseller: (partnershipId: string) => `/resellers/${id(partnershipId)}`,
  partnershipRemoval: (partnershipId: string) => `/resellers/${id(partnershipId)}/removal`,
  invitation: (token: string) => `/invitation/${id(token)}`,
  provider: (partnershipId: string) => `/providers/${id(partnershipId)}`,
  providerRemoval: (partnershipId: string) => `/providers/${id(partnershipId)}/removal`,
  providers: (params?: Params) => withParams('/providers', params),

  customers: (params?: Params) => withParams('/customers', params),
  newCustomer: (params?: Params) => withParams('/customers/new', params),
  customerAccount: (customerId: string) => `/customers/${id(customerId)}/account`,
  customerSubscriptions: (customerId: string, params?: Params) =>
    withParams(`/customers/${id(customerId)}/subscriptions`, params),
  subscription: (customerId: string, subscriptionId: string) =>
    `/customers/${id(customerId)}/subscriptions/${id(subscriptionId)}`,
  subscriptionUpgrade: (customerId: string, subscriptionId: string) =>
    `/customers/${id(customerId)}/subscriptions/${id(subscriptionId)}/upgrade`,
  subscriptionRenewal: (customerId: string, subscriptionId: string, params?: Params) =>
    withParams(`/customers/${id(customerId)}/subscriptions/${id(subscriptionId)}/renewal`, params),
  subscriptionConversion: (customerId: string, subscriptionId: string) =>
    `/customers/${id(customerId)}/subscriptions/${id(subscriptionId)}/conversion`,
  newSubscription: (customerId: string, params?: Params) =>
    withParams(`/customers/${id(customerId)}/new-subscription`, params),
  customerOrders: (customerId: string) => `/customers/${id(customerId)}/orders`,
  orderRequests: (params?: Params) => withParams('/order-requests', params),
  newOrderRequest: (customerId: string) => `/customers/${id(customerId)}/order-requests/new`,
  orderRequest: (customerId: string, orderRequestId: string) =>
    `/customers/${id(customerId)}/order-requests/${id(orderRequestId)}`,
  orderRequestEdit: (customerId: string, orderRequestId: string) =>
    `/customers/${id(customerId)}/order-requests/${id(orderRequestId)}/edit`,
  orderRequestAcceptance: (customerId: string, orderRequestId: string) =>
    `/customers/${id(customerId)}/order-requests/${id(orderRequestId)}/acceptance`,
  customerUsers: (customerId: string, params?: Params) => withParams(`/customers/${id(customerId)}/users`, params),
  customerUserUpload: (customerId: string, params?: Params) =>
    withParams(`/customers/${id(customerId)}/users/upload`, params),
  relationshipRequest: (params?: Params) => withParams('/relationship-request', params),
  relationship: (token: string) => `/relationship/${id(token)}`,

  renewals: (params?: Params) => withParams('/renewals', params),
  serviceRequests: (params?: Params) => withParams('/service-requests', params),
  newServiceRequest: (params?: Params) => withParams('/service-requests/new', params),
  serviceRequest: (customerId: string, serviceRequestId: string) =>
    `/service-requests/${id(customerId)}/${id(serviceRequestId)}`,

  orders: (params?: Params) => withParams('/orders', params),
  catalog: (params?: Params) => withParams('/catalog', params),
  catalogImport: () => '/catalog/import',
  outbox: (params?: Params) => withParams('/outbox', params),
  mail: (mailId: string) => `/outbox/${id(mailId)}`,

  sandbox: () => '/sandbox',

  mySubscriptions: (params?: Params) => withParams('/my-subscriptions', params),
  myPartners: () => '/my-partners',

  activity: (params?: Params) => withParams('/activity', params),
  webhooks: () => '/webhooks',
  webhook: (webhookId: string) => `/webhooks/${id(webhookId)}`,
  users: (params?: Params) => withParams('/users', params),
  userUpload: (params?: Params) => withParams('/users/upload', params),
  actionCenter: (params?: Params) => withParams('/action-center', params),
}
