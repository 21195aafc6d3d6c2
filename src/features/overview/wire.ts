import { z } from 'zod'
import { type Card, cards, searchGroups, setupSteps } from './rules.ts'

const cardNames = Object.keys(cards) as [Card, ...Card[]]

/** A subscription that renews or ends within 30 days. */
export const UpcomingRenewal = z.object({
  customer: z.object({ id: z.string(), name: z.string() }),
  subscriptionId: z.string(),
  name: z.string(),
  quantity: z.number(),
  /** Last day of the term. */
  endOn: z.string(),
  autoRenew: z.boolean(),
})

/** A subscription that could not be provisioned. */
export const FailedProvisioning = z.object({
  customer: z.object({ id: z.string(), name: z.string() }),
  subscriptionId: z.string(),
  name: z.string(),
  /** When it was ordered. */
  orderedAt: z.string(),
})

/** What a person's home page shows. */
export const Home = z.object({
  /** Providers only, in order; null for others. */
  checklist: z.array(z.object({ step: z.enum(setupSteps), done: z.boolean() })).nullable(),
  /** Counts stop at 10,000: `more` says that there are more than `count`. */
  cards: z.array(z.object({ card: z.enum(cardNames), count: z.number(), more: z.boolean() })),
  /** The next five; null for those who may not see subscriptions. */
  renewals: z.array(UpcomingRenewal).nullable(),
  /** The latest five of a provider; null for others. */
  failures: z.array(FailedProvisioning).nullable(),
})
export type Home = z.infer<typeof Home>

export const SearchInput = z.strictObject({ q: z.string().trim().min(2).max(100) })

/** One thing found. `customerId` is set for what belongs to a customer. A reseller's and provider's id is its partnership's. */
export const SearchResult = z.object({
  id: z.string(),
  customerId: z.string().nullable(),
  name: z.string(),
  /** What tells it from others of that name: place and MPN ID, domain, customer. */
  detail: z.string(),
})
export type SearchResult = z.infer<typeof SearchResult>

/** At most five of each kind; groups without a result are left out, `more` says that there are more. */
export const SearchResults = z.object({
  groups: z.array(z.object({ group: z.enum(searchGroups), items: z.array(SearchResult), more: z.boolean() })),
})
export type SearchResults = z.infer<typeof SearchResults>
