import { sql } from 'kysely'
import { givenCustomer } from '../../src/features/customers/test-customers.ts'
import { givenUser, type TestUser } from '../../src/features/identity/test-users.ts'
import { type GivenOffer, givenOffer, givenPrice, type TestOffer } from '../../src/features/orders/test-orders.ts'
import { givenPartnership } from '../../src/features/partnerships/test-partnerships.ts'
import { givenProvider, givenReseller, type TestOrganization } from '../../src/features/program/test-organizations.ts'
import type { SkuKind } from '../../src/features/catalog/rules.ts'
import type { CustomerId } from '../../src/kernel/ids.ts'
import { addMonths, type Term } from '../../src/kernel/time.ts'
import type { Deps } from '../../src/platform/context.ts'
import type { TestWorld } from '../../src/platform/test-world.ts'
import type { BillingPlan } from '../../src/features/billing/charge.ts'

/** A product as it is ordered. */
export interface Product {
  readonly kind: SkuKind
  readonly offer: TestOffer
  readonly terms: readonly [Sold, ...Sold[]]
  /** An add-on's base. */
  readonly base?: Product
}

/** How a product is sold. */
export interface Sold {
  readonly term: Term
  readonly billingPlan: BillingPlan
}

/** A sandbox that may sell, what it sells, and whom to. */
export interface Market {
  readonly provider: TestOrganization
  readonly agent: TestUser
  readonly resellers: readonly TestOrganization[]
  readonly customers: readonly CustomerId[]
  readonly products: readonly [Product, ...Product[]]
  readonly plus: Product
}

const paidTerms = [
  ['P1M', 'monthly', 110],
  ['P1Y', 'monthly', 100.25],
  ['P1Y', 'annual', 1145.5],
  ['P3Y', 'monthly', 91.375],
  ['P3Y', 'annual', 1080],
  ['P3Y', 'triennial', 3100.9],
] as const

/** Minutes that the simulated vendor takes for what it is asked to provide. */
const delayMinutes = 45

/** Makes the market in an empty world. Prices rise each year on the first of March; one product's end after a year. */
export async function makeMarket(world: TestWorld, subscriptions: number): Promise<Market> {
  const { deps } = world
  const provider = await givenProvider(deps)
  const resellers = [await givenReseller(deps), await givenReseller(deps), await givenReseller(deps)]
  const partnerships = await Promise.all(resellers.map((reseller) => givenPartnership(deps, provider, reseller)))
  const customers: CustomerId[] = []
  for (let place = 0; place < Math.max(3, Math.ceil(subscriptions / 8)); place += 1) {
    const [reseller, partnershipId] = [resellers[place % 4], partnerships[place % 4]]
    const ofReseller = reseller && partnershipId && { organizationId: reseller.organizationId, partnershipId }
    const customer = await givenCustomer(deps, provider, ofReseller ? { reseller: ofReseller } : {})
    customers.push(customer.customerId)
  }
  const agent = await givenUser(deps, {
    organizationId: provider.organizationId,
    kind: 'provider',
    roles: ['global_admin'],
    name: 'Selin Satış',
  })
  await sql`
    update organizations set world = 'sandbox' where id = ${provider.organizationId}`.execute(deps.db)
  await deps.db
    .insertInto('simulated_fulfilments')
    .values({
      provider_id: provider.organizationId,
      enabled: true,
      delay_minutes: delayMinutes,
      failure_percent: 0,
      fail_next: 0,
      failing_skus: [],
      changed_at: deps.now(),
    })
    .execute()
  return { provider, agent, resellers, customers, ...(await makeProducts(deps)) }
}

async function makeProducts(deps: Deps): Promise<Pick<Market, 'products' | 'plus'>> {
  const plus = await product(deps, 'license', 'Suite Plus', { min: 2 }, 1.4)
  const suite = await product(deps, 'license', 'Suite', { conversions: [plus.offer.key], min: 2 }, 1)
  const mail = await product(deps, 'license', 'Mail', { conversions: [suite.offer.key, plus.offer.key] }, 0.4)
  const old = await product(deps, 'license', 'Old Suite', { conversions: [suite.offer.key] }, 0.8)
  // After a year it has no price any more, though whoever has it keeps it.
  const lastDay = addMonths(deps.now().toISOString().slice(0, 10), 12)
  const prices = sql`product_id = ${old.offer.productId}`
  await sql`delete from price_items where ${prices} and effective_from >= ${lastDay}`.execute(deps.db)
  await sql`update price_items set effective_until = ${lastDay} where ${prices}`.execute(deps.db)
  const prerequisites = [suite.offer.key, plus.offer.key]
  const calls = await product(deps, 'addon', 'Calls', { prerequisites }, 0.3)
  const trial = await product(deps, 'trial', 'Suite Trial', { conversions: [suite.offer.key], retail: '0', cost: '0' })
  const lone = await product(deps, 'trial', 'Lone Trial', { retail: '0', cost: '0' })
  const metered = await product(deps, 'usage', 'Cloud', { term: 'P1M', billingPlan: '', retail: '0', cost: '0' })
  const boxed = await product(deps, 'software', 'Server', { term: '', billingPlan: 'onetime' })
  return { products: [suite, mail, old, plus, { ...calls, base: suite }, trial, lone, metered, boxed, suite], plus }
}

async function product(deps: Deps, kind: SkuKind, title: string, given: GivenOffer, factor = 0): Promise<Product> {
  const { term = 'P1Y', billingPlan = 'monthly' } = given
  const offer = await givenOffer(deps, { ...given, kind, title })
  if (factor === 0) return { kind, offer, terms: [{ term, billingPlan }] }
  await sql`delete from price_items where product_id = ${offer.productId}`.execute(deps.db)
  for (const [longTerm, plan, price] of paidTerms) {
    for (const [year, rise] of [1, 1.07, 1.15, 1.11].entries()) {
      await givenPrice(deps, offer, {
        term: longTerm,
        billingPlan: plan,
        from: `${2026 + year}-03-01`,
        retail: (price * factor * rise).toFixed(4),
        cost: (price * factor * rise * 0.8).toFixed(4),
      })
    }
  }
  const [first, ...more] = paidTerms.map(([longTerm, plan]) => ({ term: longTerm, billingPlan: plan }))
  if (!first) throw new Error('A product is sold in no way.')
  return { kind, offer, terms: [first, ...more] }
}
