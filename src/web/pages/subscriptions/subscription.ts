import type {
  ChangedSubscription,
  SubscriptionDetail,
  SubscriptionHistory,
  SubscriptionListItem,
  UpgradedSubscription,
} from '../../../features/subscriptions/wire.ts'
import type { Tab } from '../../../features/subscriptions/rules.ts'
import { asSent } from '../../api.ts'
import { useRead } from '../../query.ts'

export type { SubscriptionDetail, SubscriptionListItem }
export type HistoryEntry = SubscriptionHistory['items'][number]

export const SubscriptionRow = asSent<SubscriptionListItem>()
export const Counts = asSent<{ readonly counts: Readonly<Record<Tab, number>> }>()
export const HistoryRow = asSent<HistoryEntry>()
export const Changed = asSent<ChangedSubscription>()
export const Upgraded = asSent<UpgradedSubscription>()
const Detail = asSent<SubscriptionDetail>()

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
