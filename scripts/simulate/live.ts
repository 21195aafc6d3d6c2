import { dueWorks } from '../../src/app.ts'
import { attestation } from '../../src/features/orders/test-orders.ts'
import { submitOrder } from '../../src/features/orders/submit-order.ts'
import type { WantedLine } from '../../src/features/orders/wire.ts'
import { chargeChecks } from '../../src/features/billing/check-charges.ts'
import { subscriptionChecks } from '../../src/features/subscriptions/check-subscriptions.ts'
import { Refusal } from '../../src/kernel/errors.ts'
import type { SubscriptionId } from '../../src/kernel/ids.ts'
import { addMonths, dayMs, utcDay } from '../../src/kernel/time.ts'
import { advanceClock } from '../../src/platform/advance-clock.ts'
import type { Actor } from '../../src/platform/context.ts'
import { describeFinding, findBroken } from '../../src/platform/integrity.ts'
import type { TestWorld } from '../../src/platform/test-world.ts'
import { act, type Known } from './act.ts'
import { makeMarket, type Market, type Product } from './market.ts'
import { makePlan, type Planned } from './plan.ts'

export interface Wanted {
  readonly seed: number
  readonly months: number
  readonly subscriptions: number
  /** How the clock moves from one act to the next: at once, or stopping on each day in between. */
  readonly step: 'leap' | 'day'
  readonly onMonth?: (day: string) => void
}

/** What happened in a simulation. */
export interface Lived {
  readonly market: Market
  /** How often each thing was done by people or by time, or refused. */
  readonly counts: Readonly<Record<string, number>>
  /** Months after which something did not agree any more, with what and where. Empty when all is well. */
  readonly broken: readonly string[]
}

const checks = [...subscriptionChecks, ...chargeChecks]

/**
 * Lives a world: people order and act at instants that follow from the seed, through the use cases the portal uses, and the
 * product's own clock does the rest in between. After each month everything is checked. Ends at the first month that is broken.
 */
export async function live(world: TestWorld, { seed, months, subscriptions, step, onMonth }: Wanted): Promise<Lived> {
  const from = world.now
  const to = new Date(`${addMonths(utcDay(from), months)}T00:00:00Z`)
  const market = await makeMarket(world, subscriptions)
  const plan = makePlan(seed, from, to, subscriptions)
  const counts = new Map<string, number>()
  const count = (what: string, times = 1) => counts.set(what, (counts.get(what) ?? 0) + times)
  const advance = async (until: Date) => {
    const never = new AbortController().signal
    const done = await advanceClock(world.deps, dueWorks, market.provider.organizationId, until, never)
    for (const [what, times] of Object.entries(done.counts)) count(`time: ${what}`, times)
  }

  const owned = new Map<number, Known[]>()
  const people = doing(world, market, owned, count)
  let broken: readonly string[] = []
  let now = from
  for (const next of stops(from, to, plan, step)) {
    await advance(next.at)
    if (next.act) await people(next.act)
    if (next.at.getTime() !== to.getTime() && utcDay(next.at).slice(0, 7) === utcDay(now).slice(0, 7)) continue
    now = next.at
    broken = await checkAll(world, utcDay(now))
    if (broken.length > 0) break
    onMonth?.(utcDay(now))
  }
  const sorted = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { market, counts: Object.fromEntries(sorted), broken }
}

async function checkAll({ deps }: TestWorld, day: string): Promise<readonly string[]> {
  const findings = await findBroken(deps.pool, checks)
  return findings.map((finding) => `${day}: ${finding.name}: not for ${describeFinding(finding)}`)
}

/** Where the clock stops: at each act and at the end, and on each day in between when it goes by days. */
function* stops(
  from: Date,
  to: Date,
  plan: readonly Planned[],
  step: Wanted['step'],
): Generator<{ at: Date; act?: Planned }> {
  let day = from.getTime() + dayMs
  function* daysUntil(at: Date) {
    for (; step === 'day' && day < at.getTime(); day += dayMs) yield { at: new Date(day) }
  }
  for (const one of plan) {
    yield* daysUntil(one.at)
    yield { at: one.at, act: one }
  }
  yield* daysUntil(to)
  yield { at: to }
}

/** Does what is planned; what the product refuses is counted by its reason. */
function doing(
  { deps, now }: TestWorld,
  market: Market,
  owned: Map<number, Known[]>,
  count: (what: string) => void,
): (planned: Planned) => Promise<void> {
  return async (one) => {
    const actor: Actor = { ...market.agent.actor, clockOffsetMs: one.at.getTime() - now.getTime() }
    const known = owned.get(one.place) ?? []
    const subscription = known[one.chance.between(0, Math.max(known.length - 1, 0))]
    if (!subscription && one.what !== 'order') return count(`${one.what}: nothing there`)
    try {
      if (subscription) {
        const { name, came } = await act(deps, market, actor, subscription, one)
        if (came) owned.set(one.place, [...known, came])
        count(`${name}: done`)
      } else {
        owned.set(one.place, [...(await orderFor(deps, market, actor, one))])
        count('order: done')
      }
    } catch (error) {
      if (!(error instanceof Refusal))
        throw new Error(`${one.what} at ${one.at.toISOString()} failed`, { cause: error })
      count(`${one.what}: ${error.reason}`)
    }
  }
}

async function orderFor(
  deps: TestWorld['deps'],
  market: Market,
  actor: Actor,
  { place, chance }: Planned,
): Promise<readonly Known[]> {
  const customerId = market.customers[place % market.customers.length]
  if (customerId === undefined) throw new Error('There are no customers.')
  const product = chance.pick(market.products)
  const line = (of: Product): WantedLine => ({
    ...of.offer.line(of.kind === 'trial' ? 25 : of.kind === 'usage' ? 1 : chance.between(2, 60)),
    ...chance.pick(of.terms),
    resellerPartnerId: market.resellers[chance.between(0, 3)]?.partnerId ?? null,
  })
  const lines = [...(product.base ? [line(product.base)] : []), line(product)]
  const submit = (expectedTotalRetail: number) =>
    submitOrder(deps, actor, { customerId, lines, attestation, expectedTotalRetail })
  const { order } = await submit(-1).catch((error: unknown) => {
    // As a person does: what it costs is seen, and then ordered.
    if (!(error instanceof Refusal) || error.reason !== 'priceChanged') throw error
    return submit(Number(error.detail.params?.['totalRetail']))
  })
  return order.lines.map(({ subscriptionId }) => ({ customerId, id: subscriptionId as SubscriptionId }))
}
