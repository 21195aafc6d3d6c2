import { Refusal } from '../../kernel/errors.ts'
import { type CustomerId, newId, type UserId } from '../../kernel/ids.ts'
import type { Actor, Deps, Tx } from '../../platform/context.ts'
import { record } from '../audit/record.ts'
import { createUser } from '../identity/create-user.ts'
import { hashPassword, temporaryPassword } from '../identity/passwords.ts'
import type { UsablePartnership } from '../partnerships/queries.ts'
import { askForAgreement, attestAgreement } from './attest-agreement.ts'
import { associate, ownWorld } from './associate-reseller.ts'
import { checkNewCustomer } from './check-new-customer.ts'
import type { AgreementStatus } from './rules.ts'
import { insertCustomerRow, insertPrivileges, insertRelationship } from './store.ts'
import type { Attestation, NewCustomer } from './wire.ts'

/** A temporary password and its hash. The password leaves the server in one reply and is kept nowhere. */
export interface AdminSecret {
  readonly password: string
  readonly passwordHash: string
}

/** Makes the first password of a customer's administrator. Slow on purpose: call it before the transaction. */
export async function makeAdminSecret(): Promise<AdminSecret> {
  const password = temporaryPassword()
  return { password, passwordHash: await hashPassword(password) }
}

export interface InsertedCustomer {
  readonly customerId: CustomerId
  readonly name: string
  readonly country: string
  readonly segment: NewCustomer['company']['segment']
  readonly primaryDomain: string
  readonly adminUserId: UserId
  /** What the administrator signs in with: `admin@<primary domain>`. */
  readonly adminUsername: string
  /** `missing` when the customer is yet to be asked: then no order may be placed. */
  readonly agreement: AgreementStatus
  /** The reseller taking part, with the partnership it takes part by; null when there is none. */
  readonly partnership: UsablePartnership | null
}

/**
 * Creates a customer of the acting provider inside the caller's transaction: the customer with its domain and administrator,
 * the relationships, the agreement as attested, the association with the reseller, the usual privileges, and the audit of all
 * of it. Together or not at all; nobody sees any of it before the transaction commits. Holds no secret: only the hash comes in.
 *
 * Who loses the race for a domain violates `domains_pkey`, which `write` turns into domainTaken.
 *
 * @throws Refusal as `checkNewCustomer`; nameNeedsConfirmation while an unusual name is not confirmed.
 */
export async function insertCustomer(
  tx: Tx,
  deps: Deps,
  actor: Actor,
  at: Date,
  details: NewCustomer,
  secret: Pick<AdminSecret, 'passwordHash'>,
): Promise<InsertedCustomer> {
  const { domain, country, partnership, warnings } = await checkNewCustomer(tx, actor, at, details)
  if (warnings.length > 0) throw new Refusal('nameNeedsConfirmation', { fields: warnings })

  const customerId = newId<'customer'>()
  const providerId = actor.organizationId
  const { company, contact, language, agreement } = details
  await insertCustomerRow(tx, at, customerId, { ...details, culture: details.culture ?? country.culture }, domain)
  await insertRelationship(tx, at, { customerId, partnerId: providerId, type: 'provider', via: 'created' })
  await record(tx, actor, at, {
    action: 'customer.created',
    subjectKind: 'customer',
    subjectId: customerId,
    customerId,
    ...(partnership ? { resellerId: partnership.reseller.organizationId } : {}),
    after: {
      name: company.legalName,
      domain,
      country: company.country,
      segment: company.segment,
      reseller: partnership?.reseller.name ?? null,
      agreement: agreement.method,
    },
  })
  const customer = { id: customerId, name: company.legalName, via: 'created' } as const
  if (partnership) await associate(tx, actor, at, customer, partnership, ownWorld(actor))
  if (agreement.method === 'attested') await attestAgreement(tx, deps, actor, at, customer, attestationOf(agreement))
  else await askForAgreement(tx, actor, at, customerId)
  await insertPrivileges(tx, at, { customerId, partnerId: providerId, name: `Default_${domain}`, via: 'default' })
  const adminUsername = `admin@${domain}`
  // Passwords live by the installation's clock, also in a sandbox.
  const adminUserId = await createUser(tx, actor, deps.now(), {
    organizationId: customerId,
    organizationKind: 'customer',
    username: adminUsername,
    email: contact.email,
    firstName: contact.firstName,
    lastName: contact.lastName,
    locale: language,
    roles: ['global_admin'],
    passwordHash: secret.passwordHash,
    temporary: true,
    onBehalfOf: company.legalName,
  })
  return {
    customerId,
    name: company.legalName,
    country: company.country,
    segment: company.segment,
    primaryDomain: domain,
    adminUserId,
    adminUsername,
    agreement: agreement.method === 'attested' ? 'attested' : 'missing',
    partnership,
  }
}

function attestationOf({
  method: _,
  ...attestation
}: Extract<NewCustomer['agreement'], { method: 'attested' }>): Attestation {
  return attestation
}
