import { z } from 'zod'
import { pageSize } from '../../kernel/paging.ts'
import { type Card, cards, radarOutcomes, radarReach, searchGroups, setupSteps } from './rules.ts'

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

const RadarFilters = {
  within: z.enum(radarReach).default('30'),
  outcome: z.enum(radarOutcomes).optional(),
  /** Part of the customer's name, or its id. */
  search: z.string().trim().max(100).optional(),
  /** Id of a reseller that manages or resells them; for providers. */
  reseller: z.uuid().optional(),
}
export const RenewalsFilterInput = z.strictObject(RadarFilters)
export type RenewalsFilters = z.infer<typeof RenewalsFilterInput>

export const ListRenewalsInput = z.strictObject({
  ...RadarFilters,
  sort: z.enum(['date', '-date']).default('date'),
  cursor: z.string().max(500).optional(),
  size: z.coerce.number().int().min(pageSize.least).max(pageSize.most).default(pageSize.usual),
})
export type ListRenewalsInput = z.infer<typeof ListRenewalsInput>

const Named = z.object({ id: z.string(), name: z.string() })

/** A term that comes to its end. */
export const Renewal = z.object({
  customer: Named,
  subscriptionId: z.string(),
  title: z.string(),
  friendlyName: z.string(),
  quantity: z.number(),
  /** Last day of the term. */
  endOn: z.string(),
  daysLeft: z.number(),
  outcome: z.enum(radarOutcomes),
  /** Why a decision is needed; null for other outcomes. */
  reason: z.enum(['autoRenewOff', 'suspended']).nullable(),
  provider: Named,
  /** The reseller of record; null for a reseller when it is another one. */
  reseller: Named.nullable(),
  /** What the next term will be like instead. */
  planned: z.object({ title: z.string(), quantity: z.number() }).nullable(),
  currency: z.string(),
  /** What the first billing period of the next term costs at today's retail price; null when nothing renews or the price is to be found. */
  retailMinor: z.number().nullable().optional(),
})
export type Renewal = z.infer<typeof Renewal>

export const RenewalPage = z.object({ items: z.array(Renewal), next: z.string().nullable() })

const Counts = z.object(
  Object.fromEntries(radarOutcomes.map((outcome) => [outcome, z.number()])) as Record<
    (typeof radarOutcomes)[number],
    z.ZodNumber
  >,
)

export const RenewalTotals = z.object({
  counts: Counts,
  /** Seven days each, from today on; the last one may be shorter. */
  weeks: z.array(z.object({ startOn: z.string(), endOn: z.string(), counts: Counts })),
  /** What renews, by currency, at today's retail prices; absent for those who may not see prices. */
  expected: z.array(z.object({ currency: z.string(), retailMinor: z.number() })).optional(),
})
export type RenewalTotals = z.infer<typeof RenewalTotals>
