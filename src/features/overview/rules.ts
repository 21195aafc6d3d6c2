import type { OrganizationKind, Permission } from '../../kernel/permissions.ts'

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
