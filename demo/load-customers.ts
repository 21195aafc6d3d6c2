import { sql } from 'kysely'
import { acceptRelationship, declineRelationship } from '../src/features/customers/answer-relationship.ts'
import { insertCustomer } from '../src/features/customers/create-customer.ts'
import { requestRelationship } from '../src/features/customers/request-relationship.ts'
import { initialDomain } from '../src/features/customers/rules.ts'
import type { NewCustomer } from '../src/features/customers/wire.ts'
import { createUser } from '../src/features/identity/create-user.ts'
import { type CustomerId, newId, type OrganizationId } from '../src/kernel/ids.ts'
import type { Role } from '../src/kernel/permissions.ts'
import { sortKey } from '../src/kernel/text.ts'
import { utcDay } from '../src/kernel/time.ts'
import { customers, type DemoCustomer } from './customers.ts'
import { loadUsers } from './load-users.ts'
import { actorOf, type DemoTenant, makeActor, type Stage, tenantOf } from './stage.ts'

/** Who of the provider adds customers, in turn. */
const adders: readonly Role[] = ['sales_agent', 'admin_agent', 'sales_agent', 'global_admin', 'user_management_admin']

/** The customer added last: its administrator's first sign-in, with a temporary password, is still to come. */
export const newestCustomer = 'cinarmimarlik'

/** Days ago that a customer was added: spread over the year, the newest yesterday. */
function addedDaysAgo(place: number, prefix: string): number {
  return prefix === newestCustomer ? 1 : 280 - Math.floor(place * 4.4)
}

/** Loads all customers with their people; resellers take part as the files of the demo world say. */
export async function loadCustomers(stage: Stage): Promise<void> {
  for (const [place, customer] of customers.entries()) {
    if (customer.how === 'attested' || customer.how === 'ask') await addCustomer(stage, customer, place)
    else await bringCustomer(stage, customer, place)
  }
}

function numbersOf(
  { country }: DemoCustomer,
  place: number,
): { readonly registrationNumber: string; readonly phone: string } {
  const digits = String(200_000_000 + place * 1_234_567).slice(0, 9)
  if (country === 'TR')
    return {
      registrationNumber: `${digits}${place % 10}`,
      phone: `+90 212 555 ${digits.slice(3, 5)} ${digits.slice(5, 7)}`,
    }
  if (country === 'AZ') return { registrationNumber: `1${digits}`, phone: '+994 12 555 01 77' }
  return { registrationNumber: '', phone: `+1 555 01${digits.slice(2, 4)}${digits.slice(4, 6)}` }
}

/** Adds a customer as its provider does, with its people. `place` spreads days and numbers. */
export async function addCustomer(stage: Stage, customer: DemoCustomer, place: number): Promise<void> {
  const { provider, reseller } = customer
  const joined = reseller === null ? 0 : await partnersSince(stage, provider, reseller)
  const wanted = addedDaysAgo(place, customer.prefix)
  const at = stage.at(reseller === null ? wanted : Math.min(wanted, joined - 3), 8 + (place % 8))
  const actor = actorOf(stage, provider, adders[place % adders.length] ?? 'sales_agent')
  const details = detailsOf(stage, customer, place, at)
  const made = await stage.deps.db
    .transaction()
    .execute((tx) => insertCustomer(tx, stage.deps, actor, at, details, { passwordHash: stage.passwordHash }))

  const tenant = addTenant(stage, customer, made.customerId)
  const [firstName, lastName] = customer.contact
  const admin = {
    userId: made.adminUserId,
    name: `${firstName} ${lastName}`,
    role: 'global_admin',
    locale: details.language,
  } as const
  tenant.users.push({ role: admin.role, username: made.adminUsername, actor: makeActor(tenant, admin) })
  if (customer.prefix !== newestCustomer) await settleIn(stage, made.adminUserId)
  await loadUsers(stage, tenant, details.language, at)
}

/** Its administrator chose a password of its own long ago: that of everybody. */
async function settleIn({ deps }: Stage, userId: string): Promise<void> {
  await sql`
    update users set must_change_password = false, temporary_password_expires_at = null where id = ${userId}`.execute(
    deps.db,
  )
}

async function partnersSince(stage: Stage, provider: string, reseller: string): Promise<number> {
  const { started_at } = await stage.deps.db
    .selectFrom('partnerships')
    .select('started_at')
    .where('provider_id', '=', tenantOf(stage, provider).tenantId)
    .where('reseller_id', '=', tenantOf(stage, reseller).tenantId)
    .executeTakeFirstOrThrow()
  return Math.floor((stage.today.getTime() - started_at.getTime()) / 86_400_000)
}

function addTenant(stage: Stage, customer: DemoCustomer, tenantId: CustomerId): DemoTenant {
  const first = customer.prefix === newestCustomer ? ', first sign-in still to come' : ''
  const note =
    customer.reseller === null
      ? `customer of ${customer.provider}`
      : `customer of ${customer.provider}, reseller ${customer.reseller}`
  const tenant: DemoTenant = {
    key: customer.prefix,
    tenantId,
    kind: 'customer',
    name: customer.legalName,
    domain: initialDomain(customer.prefix),
    note: note + first,
    users: [],
  }
  stage.tenants.set(customer.prefix, tenant)
  return tenant
}

function detailsOf(stage: Stage, customer: DemoCustomer, place: number, at: Date): NewCustomer {
  const [firstName, lastName] = customer.contact
  const { registrationNumber, phone } = numbersOf(customer, place)
  const contact = { firstName, lastName, email: `info@${customer.prefix}.example`, phone }
  return {
    company: {
      legalName: customer.legalName,
      addressLine1: customer.street,
      addressLine2: '',
      city: customer.city,
      district: customer.district,
      state: customer.state,
      postalCode: customer.postalCode,
      registrationNumber,
      taxOffice: customer.taxOffice,
      country: customer.country,
      domainPrefix: customer.prefix,
      segment: customer.segment,
    },
    contact,
    language: customer.country === 'US' ? 'en' : 'tr',
    nameConfirmed: true,
    resellerId: customer.reseller === null ? null : (tenantOf(stage, customer.reseller).tenantId as OrganizationId),
    agreement: customer.how === 'ask' ? { method: 'ask' } : { method: 'attested', ...contact, acceptedOn: utcDay(at) },
  }
}

/** A company with a tenant of its own, which a relationship request finds. There is no other way into the product for it yet. */
async function bringCustomer(stage: Stage, customer: DemoCustomer, place: number): Promise<void> {
  const at = stage.at(150 - place, 9)
  const id = newId<'customer'>()
  const [firstName, lastName] = customer.contact
  const tenant = addTenant(stage, customer, id)
  await insertOwnTenant(stage, customer, place, id, at)
  const admin = makeActor(tenant, {
    userId: newId(),
    name: `${firstName} ${lastName}`,
    role: 'global_admin',
    locale: 'tr',
  })
  const userId = await stage.deps.db.transaction().execute((tx) =>
    createUser(tx, admin, at, {
      organizationId: id,
      organizationKind: 'customer',
      username: `admin@${tenant.domain}`,
      email: `info@${customer.prefix}.example`,
      firstName,
      lastName,
      locale: 'tr',
      roles: ['global_admin'],
      passwordHash: stage.passwordHash,
      temporary: false,
    }),
  )
  tenant.users.push({ role: 'global_admin', username: `admin@${tenant.domain}`, actor: { ...admin, userId } })
  await loadUsers(stage, tenant, 'tr', at)
  await askForRelationship(stage, customer)
}

async function insertOwnTenant(
  { deps }: Stage,
  customer: DemoCustomer,
  place: number,
  id: CustomerId,
  at: Date,
): Promise<void> {
  const domain = initialDomain(customer.prefix)
  const [firstName, lastName] = customer.contact
  const { registrationNumber, phone } = numbersOf(customer, place)
  await deps.db
    .insertInto('domains')
    .values({ name: domain, owner_id: id, owner_kind: 'customer', is_initial: true, created_at: at })
    .execute()
  await deps.db
    .insertInto('customers')
    .values({
      id,
      legal_name: customer.legalName,
      tenant_name: customer.legalName,
      country: customer.country,
      culture: 'tr-TR',
      language: 'tr',
      segment: customer.segment,
      primary_domain: domain,
      address_line1: customer.street,
      city: customer.city,
      postal_code: customer.postalCode,
      registration_number: registrationNumber,
      tax_office: customer.taxOffice,
      contact_first_name: firstName,
      contact_last_name: lastName,
      contact_email: `info@${customer.prefix}.example`,
      contact_phone: phone,
      sort_key: sortKey(customer.legalName),
      created_at: at,
    })
    .execute()
}

async function askForRelationship(stage: Stage, customer: DemoCustomer): Promise<void> {
  const recent = customer.how === 'ownPending'
  stage.at(recent ? 4 : 90, 9)
  const { link } = await requestRelationship(stage.deps, actorOf(stage, customer.provider, 'admin_agent'), {
    resellerId:
      customer.reseller === null ? undefined : (tenantOf(stage, customer.reseller).tenantId as OrganizationId),
    includePrivileges: customer.reseller === null,
    recipientEmail: `info@${customer.prefix}.example`,
    language: 'tr',
  })
  const token = link.slice(link.lastIndexOf('/') + 1)
  const admin = actorOf(stage, customer.prefix, 'global_admin')
  stage.at(88, 12)
  if (customer.how === 'ownAccepted')
    await acceptRelationship(stage.deps, admin, { token, relationship: true, agreement: true })
  if (customer.how === 'ownDeclined') await declineRelationship(stage.deps, admin, { token })
}
