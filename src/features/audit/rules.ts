import type { OrganizationKind } from '../../kernel/permissions.ts'
import type { AuditAction } from './actions.ts'

/** How what was done came out. Records are written with the change, so all but these tell of a success. */
export type ActivityResult = 'succeeded' | 'failed'

const failures: readonly AuditAction[] = ['subscription.provisioning_failed', 'user.locked_out']

/** Whether a recorded action succeeded. */
export function resultOf(action: AuditAction): ActivityResult {
  return failures.includes(action) ? 'failed' : 'succeeded'
}

/** What the platform operator sees of other organizations: that it happened and to whom, not the values. */
export const securityActions = [
  'user.blocked',
  'user.locked_out',
  'user.password_reset',
  'user.roles_changed',
  'user.second_factor_changed',
  'user.unblocked',
] as const satisfies readonly AuditAction[]

/** What partners settle among themselves, which the customer it concerns is not shown. */
export const partnerInternalActions = [
  'charge.written',
  'service_request.noted',
  'service_request.overdue',
] as const satisfies readonly AuditAction[]

/** Who reads a record, as far as its values depend on it. */
export interface Reader {
  readonly organizationKind: OrganizationKind
  readonly seesCost: boolean
  /** The record was made by the reader's own organization. */
  readonly ownRecord: boolean
  /** The record names the reader's organization as the reseller it concerns. */
  readonly concernsReader: boolean
}

type Values = Readonly<Record<string, unknown>>

const cost = /cost|margin/i
const price = /cost|margin|price|retail|total|incentive/i
const otherPartners = /^(reseller|supportContact|additionalReseller)/

/**
 * Takes out of a record's values what its reader may not know: the provider's cost for everybody who may not see prices, all
 * prices for customers, other resellers for a reseller, and everything for the operator of somebody else's organization.
 *
 * @returns the values that are left; null when there were none or none are left.
 */
export function visibleValues(values: Values | null, reader: Reader): Values | null {
  if (values === null) return null
  if (reader.organizationKind === 'operator' && !reader.ownRecord) return null
  const hidden = reader.organizationKind === 'customer' ? price : reader.seesCost ? null : cost
  const hidesPartners = reader.organizationKind === 'reseller' && !reader.ownRecord && !reader.concernsReader
  const kept = keep(values, (name) => !(hidden?.test(name) ?? false) && !(hidesPartners && otherPartners.test(name)))
  return Object.keys(kept).length === 0 ? null : kept
}

function keep(values: Values, wanted: (name: string) => boolean): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => wanted(name))
      .map(([name, value]) => [name, keepInside(value, wanted)]),
  )
}

function keepInside(value: unknown, wanted: (name: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => keepInside(one, wanted))
  if (typeof value === 'object' && value !== null) return keep(value as Values, wanted)
  return value
}
