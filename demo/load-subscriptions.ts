import { sql } from 'kysely'
import { decideOrder } from '../src/features/orders/submit-order.ts'
import { readOrderFacts } from '../src/features/orders/read-order-facts.ts'
import { priceOrder } from '../src/features/orders/rules.ts'
import type { WantedLine } from '../src/features/orders/wire.ts'
import { type Fulfilment, mostAttempts } from '../src/features/subscriptions/fulfilment.ts'
import { provisionSubscriptions } from '../src/features/subscriptions/provision-subscriptions.ts'
import type { CustomerId, OrganizationId } from '../src/kernel/ids.ts'
import type { Role } from '../src/kernel/permissions.ts'
import { sendIn } from '../src/platform/batch.ts'
import { customers, type DemoCustomer } from './customers.ts'
import { keyOf, type Offer, readOffers } from './offers.ts'
import { resellers } from './parties.ts'
import { actorOf, type Stage, tenantOf } from './stage.ts'

/** Subscriptions in the demo world, in all their states. */
export const subscriptionCount = 200

/** Who of the provider orders, in turn. */
const orderers: readonly Role[] = ['sales_agent', 'admin_agent', 'sales_agent', 'user_management_admin', 'global_admin']

/** Names people give their subscriptions. */
const friendlyNames: Readonly<Record<string, readonly string[]>> = {
  TR: ['Merkez ofis', 'Depo', 'Satış ekibi', 'Fabrika', 'Yönetim', 'Şube', 'Saha ekibi'],
  US: ['Head office', 'Warehouse', 'Sales team', 'Front desk', 'Leadership', 'Field crew', 'Night shift'],
}

/** One order of the plan: how long ago, and what for. */
interface Planned {
  readonly customer: DemoCustomer
  readonly place: number
  readonly daysAgo: number
  readonly lines: number
}

/** Orders nearly all subscriptions, and lets them be provisioned; a few fail. */
export async function loadSubscriptions(stage: Stage): Promise<void> {
  const shop = makeShop(stage)
  for (const [turn, { customer, place, daysAgo, lines }] of (await planOrders(stage)).entries()) {
    await shop.order(customer, place, { turn, daysAgo, lines })
    await provision(stage, daysAgo, turn)
  }
}

/** Orders the last ones, today, so that there are `subscriptionCount`: they are still being provisioned. */
export async function loadLatestOrders(stage: Stage): Promise<void> {
  const { count } = await stage.deps.db
    .selectFrom('subscriptions')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  const shop = makeShop(stage)
  let missing = subscriptionCount - Number(count)
  for (let turn = 0; missing > 0 && turn < 200; turn += 1) {
    const place = (turn * 7) % customers.length
    const customer = customers[place]
    if (customer && mayOrder(customer)) missing -= await shop.order(customer, place, { turn, daysAgo: 0, lines: 1 })
  }
  // The first few keep waiting, as for a vendor that is slow; the others are provisioned once the server runs.
  await sql`
    update provisioning_jobs set run_after = run_after + interval '3 days'
    where status = 'queued' and id in (select id from provisioning_jobs where status = 'queued' order by id limit 4)`.execute(
    stage.deps.db,
  )
}

interface Turn {
  readonly turn: number
  readonly daysAgo: number
  readonly lines: number
}

/** Where customers order: it knows what each market offers and what each customer has. */
function makeShop(stage: Stage) {
  const markets = new Map<string, readonly Offer[]>()
  const offersFor = async ({ country, segment }: DemoCustomer): Promise<readonly Offer[]> => {
    const market = `${country} ${segment}`
    const known = markets.get(market) ?? (await readOffers(stage.deps.db, country, segment, stage.today))
    markets.set(market, known)
    return known
  }
  return {
    /** @returns how many subscriptions were ordered. */
    async order(customer: DemoCustomer, place: number, { turn, daysAgo, lines }: Turn): Promise<number> {
      const rows = await stage.deps.db
        .selectFrom('subscriptions')
        .select(['product_id as productId', 'sku_id as skuId'])
        .where('customer_id', '=', tenantOf(stage, customer.prefix).tenantId)
        .execute()
      const chosen = choose(await offersFor(customer), new Set(rows.map(keyOf)), place + turn, lines)
      const at = stage.at(daysAgo, 7 + (turn % 9) + (turn % 4) / 4)
      const wanted = chosen.map((offer, line) => lineOf(stage, customer, offer, turn + line))
      return (await order(stage, customer, turn, at, wanted)).length
    },
  }
}

function mayOrder({ country, how }: DemoCustomer): boolean {
  return country !== 'AZ' && (how === 'attested' || how === 'ownAccepted')
}

/** Every customer orders soon after it came, and again later; the latest within the last week. Oldest first. */
async function planOrders(stage: Stage): Promise<readonly Planned[]> {
  const plan: Planned[] = []
  for (const [place, customer] of customers.entries()) {
    if (!mayOrder(customer)) continue
    const age = await daysSince(stage, customer)
    plan.push({ customer, place, daysAgo: Math.max(age - 1, 1), lines: 2 })
    if (age > 40)
      plan.push({ customer, place, daysAgo: 8 + ((place * 13) % (age - 20)), lines: place % 2 === 0 ? 1 : 2 })
    if (place % 12 === 2) plan.push({ customer, place, daysAgo: 1 + (place % 6), lines: 1 })
  }
  return plan.toSorted((one, other) => other.daysAgo - one.daysAgo)
}

async function daysSince(stage: Stage, customer: DemoCustomer): Promise<number> {
  const { started_at } = await stage.deps.db
    .selectFrom('customer_relationships')
    .select('started_at')
    .where('customer_id', '=', tenantOf(stage, customer.prefix).tenantId)
    .where('partner_id', '=', tenantOf(stage, customer.provider).tenantId)
    .executeTakeFirstOrThrow()
  return Math.floor((stage.today.getTime() - started_at.getTime()) / 86_400_000)
}

/** A mix of offers the customer does not have yet: first a suite for its people, then what goes with it, then anything. */
function choose(offers: readonly Offer[], owned: ReadonlySet<string>, seed: number, count: number): readonly Offer[] {
  const taken = new Set(owned)
  const chosen: Offer[] = []
  const take = (wanted: (offer: Offer, turn: number) => boolean): void => {
    for (let turn = 0; chosen.length < count && turn < offers.length; turn += 1) {
      const offer = offers[(seed * 17 + turn * 29) % offers.length]
      if (!offer || taken.has(keyOf(offer)) || !mayBeBought(offer, taken) || !wanted(offer, turn)) continue
      taken.add(keyOf(offer))
      chosen.push(offer)
      return
    }
  }
  if (owned.size === 0)
    take(({ kind, title, term }) => kind === 'license' && term === 'P1Y' && title.includes('Workplace'))
  if (seed % 3 === 1) take(({ kind, term }) => kind === 'addon' && term !== 'P3Y')
  if (seed % 11 === 4) take(({ kind }) => kind === 'trial')
  if (seed % 9 === 5) take(({ kind }) => kind === 'usage')
  for (let turn = 0; chosen.length < count && turn < 20; turn += 1) {
    take(
      ({ kind, term }, step) =>
        kind !== 'trial' && (term !== 'P3Y' || step % 4 === 0) && (kind !== 'software' || step % 5 === 0),
    )
  }
  return chosen
}

function mayBeBought(offer: Offer, taken: ReadonlySet<string>): boolean {
  if (offer.prerequisites.length > 0 && !offer.prerequisites.some((base) => taken.has(base))) return false
  if (offer.kind === 'trial') return !offer.conversions.some((key) => taken.has(key))
  return offer.min <= 60
}

function lineOf(stage: Stage, customer: DemoCustomer, offer: Offer, seed: number): WantedLine {
  const names = friendlyNames[customer.country] ?? []
  const quantity =
    offer.kind === 'trial'
      ? 25
      : offer.kind === 'usage'
        ? 1
        : Math.min(Math.max(offer.min, 4 + ((seed * 7) % 56)), offer.max)
  return {
    productId: offer.productId,
    skuId: offer.skuId,
    term: offer.term,
    billingPlan: offer.billingPlan,
    quantity,
    friendlyName: seed % 5 === 0 ? (names[seed % names.length] ?? '') : '',
    resellerPartnerId: resellerIdOf(stage, customer, seed),
  }
}

/** The location of the customer's reseller on most lines; on a few without one, that of a reseller with nothing else there. */
function resellerIdOf(stage: Stage, { reseller, provider }: DemoCustomer, seed: number): string | null {
  const key = reseller ?? (seed % 6 === 0 ? (provider === 'bogazici' ? 'marmara' : 'evergreen') : null)
  if (key === null || (reseller !== null && seed % 9 === 0)) return null
  tenantOf(stage, key)
  return resellers.find((one) => one.key === key)?.locationIds[0] ?? null
}

/** Orders what can be ordered of the lines, and returns it. The decision and the statement are those of every order. */
export async function order(
  stage: Stage,
  customer: DemoCustomer,
  turn: number,
  at: Date,
  lines: readonly WantedLine[],
): Promise<readonly WantedLine[]> {
  const customerId = tenantOf(stage, customer.prefix).tenantId as CustomerId
  const actor = actorOf(stage, customer.provider, orderers[turn % orderers.length] ?? 'sales_agent')
  return await stage.deps.db.transaction().execute(async (tx) => {
    const send = sendIn(tx)
    const factsOf = (wanted: readonly WantedLine[]) =>
      readOrderFacts(send, actor.organizationId as OrganizationId, { id: customerId }, wanted, at, { hold: true })
    const first = await factsOf(lines)
    const asked = priceOrder(first, lines, at)
    const possible = lines.filter((_, line) => asked.lines[line]?.problems.length === 0)
    if (possible.length === 0) return []
    const facts = possible.length === lines.length ? first : await factsOf(possible)
    const expectedTotalRetail = Number(priceOrder(facts, possible, at).totalRetailMinor)
    const committed = { attestation: facts.attestationVersion, expectedTotalRetail, acceptsAgreement: false }
    const { statement } = decideOrder(actor, facts, possible, customerId, committed, at)
    await send(statement)
    return possible
  })
}

/** What could go wrong with a vendor's fulfilment. */
const errors = [
  'The vendor did not answer within 30 seconds.',
  'The tenant’s domain is not verified at the vendor yet.',
  'The vendor refused the quantity: the limit of the market is reached.',
]

/** Provisions what waits, a few minutes after the order; now and then one fails. */
async function provision(stage: Stage, daysAgo: number, turn: number): Promise<void> {
  stage.at(daysAgo, 7 + (turn % 9) + (turn % 4) / 4 + 0.05)
  let jobs = 0
  const fulfilment: Fulfilment = {
    async begin({ action }) {
      jobs += 1
      // Only of late: what failed long ago somebody has retried.
      const fails = action === 'create' && jobs === 1 && daysAgo <= 16 && turn % 4 === 2
      return fails ? { kind: 'failed', reason: errors[turn % errors.length] ?? '' } : { kind: 'done' }
    },
  }
  await provisionSubscriptions(stage.deps, new AbortController().signal, fulfilment)
  // It failed in every try that followed, too; somebody has to look after it.
  await sql`
    update provisioning_jobs set status = 'givenUp', attempts = ${mostAttempts} where status = 'failed'`.execute(
    stage.deps.db,
  )
}
