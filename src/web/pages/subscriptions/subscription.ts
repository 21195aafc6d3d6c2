import type {
  Act,
  Acted,
  ActPreview,
  ChangedSubscription,
  NextTerms,
  SeenFacts,
  SubscriptionDetail,
  SubscriptionHistory,
  SubscriptionListItem,
  UpgradedSubscription,
} from '../../../features/subscriptions/wire.ts'
import type { Tab } from '../../../features/subscriptions/rules.ts'
import { asSent, type Write } from '../../api.ts'
import { useRead } from '../../query.ts'

export type { Act, ActPreview, NextTerms, SubscriptionDetail, SubscriptionListItem }
export type HistoryEntry = SubscriptionHistory['items'][number]

export const SubscriptionRow = asSent<SubscriptionListItem>()
export const Counts = asSent<{ readonly counts: Readonly<Record<Tab, number>> }>()
export const HistoryRow = asSent<HistoryEntry>()
export const Changed = asSent<ChangedSubscription>()
export const Upgraded = asSent<UpgradedSubscription>()
export const Done = asSent<Acted>()
export const Preview = asSent<ActPreview>()
const Detail = asSent<SubscriptionDetail>()
const Terms = asSent<NextTerms>()

/** How often a page asks again while something is being provisioned. */
export const pollMs = 2_000

export function subscriptionsPath(customerId: string): string {
  return `/portal/v1/customers/${encodeURIComponent(customerId)}/subscriptions`
}

export function subscriptionPath(customerId: string, subscriptionId: string): string {
  return `${subscriptionsPath(customerId)}/${encodeURIComponent(subscriptionId)}`
}

/** One subscription; asked for again as long as it is being provisioned. */
export function useSubscription(customerId: string, subscriptionId: string) {
  return useRead(subscriptionPath(customerId, subscriptionId), Detail, undefined, {
    refetchInterval: (now) => (now?.provisioning === 'pending' ? pollMs : false),
  })
}

/** What a subscription's next term may be, at prices for so many licenses. */
export function useNextTerms({ customer, id }: Pick<SubscriptionDetail, 'customer' | 'id'>, quantity: number) {
  return useRead(`${subscriptionPath(customer.id, id)}/next-terms`, Terms, { quantity })
}

const resourceOf: Readonly<Record<Act['type'], readonly [method: Write<unknown>['method'], resource: string]>> = {
  changeQuantity: ['PATCH', ''],
  cancel: ['POST', '/cancellation'],
  suspend: ['POST', '/suspension'],
  reactivate: ['POST', '/reactivation'],
  setAutoRenew: ['PUT', '/auto-renew'],
  scheduleChange: ['PUT', '/scheduled-change'],
  removeScheduledChange: ['DELETE', '/scheduled-change'],
  convertTrial: ['POST', '/conversion'],
  upgrade: ['POST', '/upgrade'],
}

/** The write that does an act, with what was seen of it. */
export function writeOf(
  { customer, id, version }: Pick<SubscriptionDetail, 'customer' | 'id' | 'version'>,
  { type, ...values }: Act,
  seen: SeenFacts | undefined,
): Write<undefined> {
  const [method, resource] = resourceOf[type]
  return {
    method,
    path: `${subscriptionPath(customer.id, id)}${resource}`,
    body: { version, ...values, ...(seen ? { seen } : {}) },
  }
}
