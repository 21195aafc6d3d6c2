import { sql } from 'kysely'
import { newId, type CustomerId, type OrganizationId, type UserId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { dayMs } from '../../kernel/time.ts'
import type { Deps } from '../../platform/context.ts'
import type { TestWorld } from '../../platform/test-world.ts'
import type { TestCustomer } from '../customers/test-customers.ts'
import { givenUser, type TestUser } from '../identity/test-users.ts'
import { givenMarket, givenOffer, type Market, type TestOffer } from '../orders/test-orders.ts'
import { givenOrder } from '../orders/test-orders.ts'
import { provision } from '../subscriptions/test-subscriptions.ts'

/** For tests: a partner's live privileges on a customer, for a year; everything but administrators' passwords unless told. */
export async function givenPrivileges(
  deps: Deps,
  customer: { readonly customerId: CustomerId },
  partner: { readonly organizationId: OrganizationId },
  roles: readonly string[] = ['directory_reader', 'user_admin', 'license_admin', 'helpdesk_admin'],
  { endsAt = new Date(deps.now().getTime() + 365 * dayMs), status = 'active' } = {},
): Promise<void> {
  const id = newId()
  await sql`
    insert into admin_relationships (customer_id, id, partner_id, name, roles, duration_days, status, granted_via, activated_at, ends_at)
    values (${customer.customerId}, ${id}, ${partner.organizationId}, ${`Grant ${id}`}, ${[...roles]}::text[], 365, ${status}, 'request',
      ${deps.now()}, ${endsAt})`.execute(deps.db)
}

/** For tests: somebody of a customer. */
export async function givenPerson(
  deps: Deps,
  customer: TestCustomer,
  given: { readonly name?: string; readonly roles?: readonly Role[]; readonly usageLocation?: string | null } = {},
): Promise<TestUser> {
  const local = newId().slice(-12)
  const user = await givenUser(deps, {
    organizationId: customer.customerId,
    kind: 'customer',
    roles: given.roles ?? ['user'],
    username: `${local}@${customer.primaryDomain}`,
    email: `${local}@${customer.primaryDomain}`,
    ...(given.name === undefined ? {} : { name: given.name }),
  })
  const { usageLocation = 'TR' } = given
  await sql`update users set usage_location = ${usageLocation} where id = ${user.userId}`.execute(deps.db)
  return user
}

/** A market in which the provider has privileges on its customer, which owns licenses of one product. */
export interface Office extends Market {
  /** The provider's admin agent. */
  readonly admin: TestUser
  /** The customer's own global admin. */
  readonly owner: TestUser
  readonly offer: TestOffer
  readonly path: string
}

/** For tests: such a market with so many licenses. */
export async function givenOffice(world: TestWorld, licenses = 3): Promise<Office> {
  const { deps } = world
  const market = await givenMarket(world)
  const { provider, customer } = market
  await givenPrivileges(deps, customer, provider)
  const admin = await givenUser(deps, {
    organizationId: provider.organizationId,
    kind: 'provider',
    roles: ['admin_agent'],
    name: 'Aslı Temsilci',
  })
  const owner = await givenPerson(deps, customer, { name: 'Gül Yönetici', roles: ['global_admin'] })
  const offer = await givenOffer(deps)
  await buy(world, market, offer, licenses)
  return { ...market, admin, owner, offer, path: `/portal/v1/customers/${customer.customerId}` }
}

/** For tests: orders licenses and has them provisioned. */
export async function buy(world: TestWorld, market: Market, offer: TestOffer, licenses: number): Promise<void> {
  await givenOrder(world.deps, market, [offer.line(licenses)])
  await provision(world.deps)
}

/** For tests: what stands in the database about a product's licenses. */
export async function countAssigned({ deps }: TestWorld, { customer, offer }: Office): Promise<readonly number[]> {
  const { rows } = await sql<{ pool: number; rows: number }>`
    select coalesce((select assigned from license_pools
        where customer_id = ${customer.customerId} and product_id = ${offer.productId} and sku_id = ${offer.skuId}), 0) as pool,
      (select count(*)::int from license_assignments
        where customer_id = ${customer.customerId} and product_id = ${offer.productId} and sku_id = ${offer.skuId}) as rows`.execute(
    deps.db,
  )
  return [rows[0]?.pool ?? -1, rows[0]?.rows ?? -1]
}

/** For tests: the ids of users. */
export function idsOf(...users: readonly TestUser[]): UserId[] {
  return users.map(({ userId }) => userId)
}
