import type { OrganizationKind, Permission } from '../../kernel/permissions.ts'
import type { RenewalOutcome } from '../subscriptions/rules/reminders.ts'

/** What a new provider does, in this order. Source: docs/product/brief.md, S11. */
export const setupSteps = ['profile', 'resellers', 'customers'] as const
export type SetupStep = (typeof setupSteps)[number]

/** Renewals and expiring privileges look this far ahead. */
export const horizonDays = 30

/** A card that counts stops here and says "more than". */
export const countLimit = 10_000

/** Whose home page shows a card, and what one must be allowed to see for it. */
interface CardRule {
  readonly kind: OrganizationKind
  readonly needs: Permission
}

/** Every number of a home page, in the order it is shown. */
export const cards = {
  ordersToday: { kind: 'provider', needs: 'orders.read' },
  failedProvisioning: { kind: 'provider', needs: 'subscriptions.read' },
  renewals: { kind: 'provider', needs: 'subscriptions.read' },
  pendingInvitations: { kind: 'provider', needs: 'partnerships.read' },
  customersWithoutAgreement: { kind: 'provider', needs: 'customers.read' },
  customersWithoutReseller: { kind: 'provider', needs: 'customers.read' },
  expiringPrivileges: { kind: 'provider', needs: 'customers.read' },
  resellers: { kind: 'provider', needs: 'partnerships.read' },
  customers: { kind: 'provider', needs: 'customers.read' },

  sharedCustomers: { kind: 'reseller', needs: 'customers.read' },
  sharedRenewals: { kind: 'reseller', needs: 'subscriptions.read' },
  supportedSubscriptions: { kind: 'reseller', needs: 'subscriptions.read' },
  resoldSubscriptions: { kind: 'reseller', needs: 'subscriptions.read' },
  providers: { kind: 'reseller', needs: 'partnerships.read' },

  mySubscriptions: { kind: 'customer', needs: 'subscriptions.read' },
  myRenewals: { kind: 'customer', needs: 'subscriptions.read' },
  myPartners: { kind: 'customer', needs: 'customers.read_partners' },

  programProviders: { kind: 'operator', needs: 'organizations.read' },
  programResellers: { kind: 'operator', needs: 'organizations.read' },
  pendingEnrollments: { kind: 'operator', needs: 'organizations.read' },
  unsignedAgreements: { kind: 'operator', needs: 'organizations.read' },
  unlistedProfiles: { kind: 'operator', needs: 'directory.edit' },
  offers: { kind: 'operator', needs: 'catalog.read' },
} as const satisfies Record<string, CardRule>

export type Card = keyof typeof cards

/** The cards of a person's home page, in order. */
export function cardsFor(kind: OrganizationKind, permissions: ReadonlySet<Permission>): readonly Card[] {
  return (Object.keys(cards) as Card[]).filter(
    (card) => cards[card].kind === kind && permissions.has(cards[card].needs),
  )
}

/** What the search field finds, in the order of its groups. */
export const searchGroups = ['resellers', 'providers', 'organizations', 'customers', 'subscriptions', 'orders'] as const
export type SearchGroup = (typeof searchGroups)[number]

/** Results of one group. */
export const searchLimit = 5

/** What the renewal radar sorts terms' ends into. `decision`: it ends soon unless somebody acts; `fails`: it could not be provisioned. */
export const radarOutcomes = ['renews', 'converts', 'decision', 'expires', 'trialEnds', 'fails'] as const
export type RadarOutcome = (typeof radarOutcomes)[number]

/** How many days the radar looks ahead. */
export const radarReach = ['30', '60', '90'] as const
export type RadarReach = (typeof radarReach)[number]

/** An end without auto-renew needs a decision when it is so near, in days; one that is farther away expires. */
const decisionDays = 30

/** A part of the radar: ends with this outcome of the row, from so many to so many days ahead, both inclusive. */
export interface RadarSlice {
  readonly shownAs: RadarOutcome
  readonly outcome: RenewalOutcome
  readonly from: number
  readonly to: number
}

/** The parts of the radar that reach so far, or of one outcome; each end is in one of them. */
export function radarSlices(within: RadarReach, only: RadarOutcome | undefined): readonly RadarSlice[] {
  const reach = Number(within)
  const soon = Math.min(reach, decisionDays)
  const whole = (shownAs: RadarOutcome & RenewalOutcome): RadarSlice => ({
    shownAs,
    outcome: shownAs,
    from: 0,
    to: reach,
  })
  const slices: readonly RadarSlice[] = [
    whole('renews'),
    whole('converts'),
    { shownAs: 'decision', outcome: 'suspended', from: 0, to: reach },
    { shownAs: 'decision', outcome: 'expires', from: 0, to: soon },
    { shownAs: 'expires', outcome: 'expires', from: soon + 1, to: reach },
    whole('trialEnds'),
    whole('fails'),
  ]
  return slices.filter(({ shownAs, from, to }) => from <= to && (only === undefined || shownAs === only))
}
