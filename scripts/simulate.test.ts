import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dumpWorld } from '../src/platform/test-dump-world.ts'
import { testWorld } from '../src/platform/test-world.ts'
import { firstDifference } from './simulate/difference.ts'
import { live } from './simulate/live.ts'

test('thirteen months of two dozen subscriptions agree with themselves in each, and by leaps and by days leave the same rows', async () => {
  const dumps = await Promise.all(
    (['leap', 'day'] as const).map(async (step) => {
      await using world = await testWorld()
      const { market, counts, broken } = await live(world, { seed: 11, months: 13, subscriptions: 24, step })
      assert.deepEqual(broken, [])
      // A world in which nothing happens would agree with itself, too.
      for (const what of ['order: done', 'more licenses: done', 'time: charge.written', 'time: subscription.renewed'])
        assert.ok((counts[what] ?? 0) > 0, `${what} never happened: ${JSON.stringify(counts)}`)
      return await dumpWorld(world.deps, market.provider.organizationId)
    }),
  )

  assert.equal(firstDifference(dumps[0] ?? '', dumps[1] ?? ''), undefined)
})
