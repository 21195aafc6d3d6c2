import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '../kernel/ids.ts'
import { dayMs } from '../kernel/time.ts'
import { forgetRequestIds } from './housekeeping.ts'
import { testWorld } from './test-world.ts'

test('a request id is kept for two days and then forgotten', async () => {
  await using world = await testWorld()
  for (const [id, ageMs] of [
    ['old', 2 * dayMs + 1000],
    ['young', 2 * dayMs - 1000],
  ] as const) {
    await sql`
      insert into idempotency_keys (actor_id, request_id, request_hash, created_at)
      values (${newId()}, ${id}, '', ${new Date(world.now.getTime() - ageMs)})`.execute(world.deps.db)
  }

  await forgetRequestIds(world.deps)

  const left = await world.deps.db.selectFrom('idempotency_keys').select('request_id').execute()
  assert.deepEqual(left, [{ request_id: 'young' }])
})
