/** What kind of organization a user belongs to. */
export type OrganizationKind = 'operator' | 'provider' | 'reseller' | 'customer'

/** Roles a user may hold in its own organization; the right of each depends on the organization's kind. */
export const roles = [
  'global_admin',
  'user_management_admin',
  'admin_agent',
  'sales_agent',
  'helpdesk_agent',
  'billing_admin',
  'account_admin',
  'mpn_partner_admin',
  'billing_contact',
  'user',
  'platform_operator',
] as const

export type Role = (typeof roles)[number]

/** The roles that exist in each kind of organization, most powerful first. */
export const rolesOf: Readonly<Record<OrganizationKind, readonly Role[]>> = {
  operator: ['platform_operator'],
  provider: [
    'global_admin',
    'user_management_admin',
    'admin_agent',
    'sales_agent',
    'helpdesk_agent',
    'billing_admin',
    'account_admin',
    'mpn_partner_admin',
  ],
  reseller: [
    'global_admin',
    'user_management_admin',
    'admin_agent',
    'sales_agent',
    'helpdesk_agent',
    'billing_admin',
    'account_admin',
    'mpn_partner_admin',
  ],
  customer: ['global_admin', 'billing_contact', 'user'],
}

type Short = 'GA' | 'UM' | 'AA' | 'SA' | 'HA' | 'BA' | 'AC' | 'MP' | 'BC' | 'US' | 'PO'

const long: Readonly<Record<Short, Role>> = {
  GA: 'global_admin',
  UM: 'user_management_admin',
  AA: 'admin_agent',
  SA: 'sales_agent',
  HA: 'helpdesk_agent',
  BA: 'billing_admin',
  AC: 'account_admin',
  MP: 'mpn_partner_admin',
  BC: 'billing_contact',
  US: 'user',
  PO: 'platform_operator',
}

interface Line {
  readonly provider?: string
  readonly reseller?: string
  readonly customer?: string
  readonly operator?: string
}

const brief = 'GA UM AA SA'
const everyPartner = 'GA UM AA SA HA BA AC MP'

/**
 * Who may do what, once. A user's rights are the union of its roles; whether the object is its own, shared or foreign is
 * decided in each query. `A…`, `B…` and `C…` are rows of docs/product/roles.md.
 */
const table = {
  'partnerships.read': { provider: everyPartner, reseller: 'GA UM AA SA HA BA' }, // A1 B3
  'partnerships.request': { provider: brief }, // A2
  'partnerships.revoke_invitation': { provider: brief }, // A3
  'partnerships.remove': { provider: brief, reseller: 'GA' }, // A4 B2
  'partnerships.export': { provider: brief }, // A5
  'partnerships.accept': { reseller: 'GA' }, // B1
  'resellers.read_status': { provider: brief }, // A6
  'customers.read': { provider: 'GA UM AA SA HA BA', reseller: 'GA AA SA HA BA' }, // A7 B3 B6
  'customers.add': { provider: brief }, // A8 A10, never a reseller: B5
  'customers.attest_agreement': { provider: 'AA SA' }, // A10a
  'customers.request_relationship': { provider: 'GA AA SA', reseller: 'AA SA' }, // A12 B4
  'customers.request_privileges': { provider: 'AA' }, // A13
  'customers.edit_contact': { provider: 'GA AA SA HA', reseller: 'GA AA SA HA' }, // A14 B9
  'customers.edit_company': { provider: 'GA AA SA BA' }, // A15, never a reseller: B10
  'customers.associate_reseller': { provider: brief }, // A16
  'customers.remove_relationship': { provider: 'GA' }, // A17
  'customers.export': { provider: 'GA AA SA BA' }, // A20
  'customers.accept_relationship': { customer: 'GA' }, // C1
  'customers.read_partners': { customer: 'GA BC' }, // C3
  // A partner needs a delegated privilege of the customer besides; see features/licenses/rules.ts.
  'customer_users.read': { provider: 'UM AA SA HA', reseller: 'GA AA SA HA', customer: 'GA' }, // A52 B19 C6
  'customer_users.manage': { provider: 'AA', reseller: 'GA AA SA HA', customer: 'GA' }, // A53 B19 C6
  // GA, UM and SA of a provider only until the first administrator has signed in.
  'customer_users.reset_password': { provider: 'GA UM AA SA HA', reseller: 'GA AA SA HA', customer: 'GA' }, // A9 A54 A55 B19 C6
  'customer_users.upload': { provider: 'GA AA', reseller: 'GA AA SA HA', customer: 'GA' }, // A57 B19 C6
  'licenses.assign': { provider: 'GA UM AA SA HA', reseller: 'GA AA SA HA', customer: 'GA' }, // A56 B19 C6
  'catalog.read': { provider: 'GA UM AA SA HA BA', operator: 'PO' }, // A22
  'catalog.import': { operator: 'PO' }, // A88
  // UM is not in A23, but orders inside the brief's flow, whose review shows every price.
  'prices.read': { provider: 'GA UM AA SA BA' }, // A23
  'orders.submit': { provider: brief }, // A24 A25 A32 A33
  'orders.read': { provider: 'GA UM AA SA HA BA', reseller: 'GA AA SA HA BA' }, // A28
  'order_requests.read': { provider: brief, reseller: 'GA AA SA' }, // A24 B15
  'order_requests.write': { reseller: 'AA SA' }, // B15
  'order_requests.answer': { provider: brief }, // A24
  'subscriptions.read': { provider: 'GA UM AA SA HA BA', reseller: 'GA AA SA HA BA', customer: 'GA BC' }, // A28 B7 B8 C4
  'subscriptions.set_reseller': { provider: brief }, // A26 B17
  'subscriptions.set_support_contact': { provider: brief }, // A27 B17
  'subscriptions.increase': { provider: 'GA UM AA SA HA', reseller: 'AA SA' }, // A29 B11
  'subscriptions.reduce': { provider: 'GA AA SA', reseller: 'AA SA' }, // A30 B11
  'subscriptions.upgrade': { provider: brief }, // A31
  'subscriptions.cancel': { provider: 'GA AA SA' }, // A34, a reseller asks its provider: B14
  'subscriptions.suspend': { provider: 'GA AA SA BA', reseller: 'AA' }, // A35 A36 B13
  'subscriptions.manage_renewal': { provider: 'GA AA SA', reseller: 'AA SA' }, // A37 B12
  'subscriptions.rename': { provider: 'GA UM AA SA HA' }, // A40
  'subscriptions.retry_provisioning': { provider: 'GA AA SA HA' }, // A41
  'renewals.read': { provider: 'GA UM AA SA HA BA', reseller: 'GA AA SA HA BA' }, // A28 B7 B8
  'renewals.export': { provider: 'GA AA SA BA', reseller: 'GA AA SA BA' }, // A20 B21
  'service_requests.read': { provider: 'GA AA SA HA', reseller: 'AA HA', customer: 'GA' }, // A60 B20 C9
  'service_requests.write': { provider: 'AA HA', reseller: 'AA HA', customer: 'GA' }, // A59 A60 B20 C9
  'service_requests.escalate': { reseller: 'AA HA' }, // B20
  'charges.read': { provider: 'GA AA BA', reseller: 'GA AA SA BA' }, // A62 B21
  'activity.read_all': { provider: 'GA AA', reseller: 'GA AA SA', customer: 'GA', operator: 'PO' }, // A66 B23 C10
  'activity.read_own': { provider: everyPartner, reseller: everyPartner, customer: 'GA BC US', operator: 'PO' }, // A66
  'events.read': { provider: 'GA AA', reseller: 'GA AA SA', customer: 'GA' }, // A66 B23 C10
  'webhooks.manage': { provider: 'GA', reseller: 'GA', customer: 'GA' }, // A87
  'users.read': { provider: 'GA UM AA AC MP', reseller: 'GA UM AA AC MP', customer: 'GA', operator: 'PO' }, // A73 C6
  'users.manage': { provider: 'GA UM AC', reseller: 'GA UM AC', customer: 'GA', operator: 'PO' }, // A69 C6
  'users.reset_password': { provider: 'GA UM', reseller: 'GA UM', customer: 'GA', operator: 'PO' }, // A74
  'organization.require_second_factor': { provider: 'GA', reseller: 'GA', customer: 'GA', operator: 'PO' }, // A71
  'sandbox.manage': { provider: 'GA AA' }, // A89
  'profile.read': { provider: everyPartner }, // A85
  'directory.read': { provider: everyPartner, reseller: everyPartner, operator: 'PO' }, // A85
  'directory.edit': { operator: 'PO' }, // A85 A88
  'organizations.read': { operator: 'PO' }, // A88
  'mails.read': { operator: 'PO' }, // A88
  'mails.retry': { operator: 'PO' }, // A88
} as const satisfies Record<string, Line>

export type Permission = keyof typeof table

export const permissions = Object.keys(table) as readonly Permission[]

/** The roles of one kind of organization that hold a permission, most powerful first; empty when none can. */
export function rolesHolding(permission: Permission, kind: OrganizationKind): readonly Role[] {
  const line: Line = table[permission]
  const held = (line[kind] ?? '').split(' ').filter((short) => short !== '')
  return held.map((short) => long[short as Short])
}

const byKindAndRole = new Map<string, readonly Permission[]>()
for (const kind of Object.keys(rolesOf) as OrganizationKind[]) {
  for (const role of rolesOf[kind]) {
    byKindAndRole.set(
      `${kind} ${role}`,
      permissions.filter((permission) => rolesHolding(permission, kind).includes(role)),
    )
  }
}

/** Everything a user may do in an organization of this kind with these roles. */
export function permissionsOf(kind: OrganizationKind, held: readonly Role[]): ReadonlySet<Permission> {
  return new Set(held.flatMap((role) => byKindAndRole.get(`${kind} ${role}`) ?? []))
}
