import { sql } from 'kysely'
import { newId, type SubscriptionId } from '../../kernel/ids.ts'
import { searchKey, sortKey } from '../../kernel/text.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import type { TestWorld } from '../../platform/test-world.ts'
import type { SkuKind } from '../catalog/rules.ts'
import { givenCustomer, type TestCustomer } from '../customers/test-customers.ts'
import { givenUser, type TestUser } from '../identity/test-users.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenProvider, givenReseller, type TestOrganization } from '../program/test-organizations.ts'
import { submitOrder } from './submit-order.ts'
import type { WantedLine } from './wire.ts'

export interface GivenOffer {
  readonly kind?: SkuKind
  readonly title?: string
  readonly min?: number
  readonly max?: number
  readonly limit?: number
  readonly limitType?: 'ConcurrentCount' | 'Lifetime'
  readonly prerequisites?: readonly string[]
  readonly conversions?: readonly string[]
  readonly countries?: readonly string[]
  readonly endOfSaleOn?: string
  readonly incentive?: boolean
  readonly term?: WantedLine['term']
  readonly billingPlan?: WantedLine['billingPlan']
  readonly market?: string
  readonly currency?: string
  readonly cost?: string
  readonly retail?: string
}

export interface TestOffer {
  readonly productId: string
  readonly skuId: string
  /** `product/sku` */
  readonly key: string
  /** A line that orders it. */
  line(quantity?: number, resellerPartnerId?: string | null): WantedLine
}

let offers = 0

/** For tests: an offer with one price; a license sold in Türkiye for a year, billed monthly, unless told. */
export async function givenOffer(deps: Deps, given: GivenOffer = {}): Promise<TestOffer> {
  const productId = `TEST${String(++offers).padStart(8, '0')}`
  const skuId = '0001'
  const { kind = 'license', title = `Product ${offers}`, term = 'P1Y', billingPlan = 'monthly' } = given
  await sql`insert into products (product_id, title, publisher) values (${productId}, ${title}, 'Test')`.execute(
    deps.db,
  )
  await sql`
    insert into skus (product_id, sku_id, title, kind, min_quantity, max_quantity, ownership_limit, ownership_limit_type,
      allowed_countries, prerequisites, conversions, end_of_sale_on, incentive_eligible, sort_key, search_key)
    values (${productId}, ${skuId}, ${title}, ${kind}, ${given.min ?? 1}, ${given.max ?? 300}, ${given.limit ?? null},
      ${given.limit === undefined ? null : (given.limitType ?? 'ConcurrentCount')}, ${given.countries ?? null}::text[],
      ${given.prerequisites ?? []}::text[], ${given.conversions ?? []}::text[], ${given.endOfSaleOn ?? null}::date,
      ${given.incentive ?? true}, ${sortKey(title)}, ${searchKey(`${title} ${productId}`)})`.execute(deps.db)
  await givenPrice(deps, { productId, skuId }, given)
  return {
    productId,
    skuId,
    key: `${productId}/${skuId}`,
    line: (quantity = kind === 'trial' ? 25 : 10, resellerPartnerId = null) => ({
      productId,
      skuId,
      term,
      billingPlan,
      quantity,
      friendlyName: '',
      resellerPartnerId,
    }),
  }
}

/** For tests: a price that holds from an instant on, the year's start unless told. */
export async function givenPrice(
  deps: Deps,
  { productId, skuId }: Pick<TestOffer, 'productId' | 'skuId'>,
  given: GivenOffer & { readonly from?: string } = {},
): Promise<void> {
  await sql`
    insert into price_items (market, product_id, sku_id, term, billing_plan, segment, effective_from, effective_until, currency,
      unit_cost, unit_retail, import_id)
    values (${given.market ?? 'TR'}, ${productId}, ${skuId}, ${given.term ?? 'P1Y'}, ${given.billingPlan ?? 'monthly'}, 'commercial',
      ${given.from ?? '2026-01-01'}, '2099-01-01', ${given.currency ?? 'TRY'}, ${given.cost ?? '80.5'}, ${given.retail ?? '100.25'},
      ${newId()})`.execute(deps.db)
}

/** A provider that may sell, its sales agent, a partner, and a customer that both serve. */
export interface Market {
  readonly provider: TestOrganization
  readonly agent: TestUser
  readonly reseller: TestOrganization
  readonly customer: TestCustomer
}

export async function givenMarket(world: TestWorld): Promise<Market> {
  const { deps } = world
  const provider = await givenProvider(deps)
  const reseller = await givenReseller(deps)
  const partnershipId = await givenPartnership(deps, provider, reseller)
  const customer = await givenCustomer(deps, provider, {
    reseller: { organizationId: reseller.organizationId, partnershipId },
  })
  const agent = await givenUser(deps, {
    organizationId: provider.organizationId,
    kind: 'provider',
    roles: ['sales_agent'],
    name: 'Selin Satış',
  })
  return { provider, agent, reseller, customer }
}

/** The attestation in force in tests. */
export const attestation = '2026-01'

/** What the first period of lines of `givenOffer` costs at its usual price, in kuruş. */
export function totalOf(lines: readonly WantedLine[], unitMinor = 10_025): number {
  return lines.reduce((sum, { quantity }) => sum + quantity * unitMinor, 0)
}

/** For tests: orders lines of one unit price and returns the subscriptions' ids, still being provisioned. */
export async function givenOrder(
  deps: Deps,
  { agent, customer }: Pick<Market, 'agent' | 'customer'>,
  lines: readonly WantedLine[],
  unitMinor?: number,
): Promise<readonly SubscriptionId[]> {
  const { order } = await submitOrder(deps, agent.actor, {
    customerId: customer.customerId,
    lines: [...lines],
    attestation,
    expectedTotalRetail: totalOf(lines, unitMinor),
  })
  return order.lines.map(({ subscriptionId }) => subscriptionId as SubscriptionId)
}

/** The same actor, sending a request that carries an `MS-RequestId`. */
export function withRequestId(actor: Actor, id: string, hash = 'same'): Actor {
  return { ...actor, request: { ...actor.request, id, hash } }
}
