import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { findBroken } from '../../platform/integrity.ts'
import { testWorld } from '../../platform/test-world.ts'
import { chargeChecks } from '../billing/check-charges.ts'
import { givenMarket, givenOffer, givenOrder } from '../orders/test-orders.ts'
import { mostLines } from '../orders/wire.ts'
import { batch, subscriptionLife } from './advance-subscriptions.ts'
import { subscriptionChecks } from './check-subscriptions.ts'
import { advance, provision } from './test-subscriptions.ts'

test('who is stopped in the middle of many renewals has done whole batches; who goes on does the rest, and nothing twice', async () => {
  await using world = await testWorld()
  const { deps } = world
  const market = await givenMarket(world)
  const offer = await givenOffer(deps, { term: 'P1M' })
  const lines = Array.from({ length: mostLines }, () => offer.line(1))
  let many = 0
  while (many < batch * 1.5) many += (await givenOrder(deps, market, lines)).length
  await provision(deps)
  const at = new Date('2027-01-01T00:00:00Z')
  const renewed = async () =>
    Number(
      (await sql<{ n: string }>`select count(*) as n from charge_lines where type = 'renew'`.execute(deps.db)).rows[0]
        ?.n,
    )

  const counts = await subscriptionLife.run(deps, market.provider.organizationId, at, stoppedAfter(1))
  const before = await renewed()
  assert.ok(before > 0 && before < many, `${before} were renewed before it was stopped`)
  assert.equal(counts['subscription.renewed'], before)
  await advance(deps, market.provider.organizationId, at)

  assert.equal(await renewed(), many)
  assert.deepEqual(await findBroken(deps.pool, [...subscriptionChecks, ...chargeChecks]), [])
})

/** A signal that is aborted once it was looked at so many times. */
function stoppedAfter(looks: number): AbortSignal {
  const { signal } = new AbortController()
  let looked = 0
  Object.defineProperty(signal, 'aborted', { get: () => (looked += 1) > looks })
  return signal
}
