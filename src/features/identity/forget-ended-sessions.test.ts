import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '../../kernel/ids.ts'
import { testWorld } from '../../platform/test-world.ts'
import { forgetEndedSessions } from './forget-ended-sessions.ts'
import { givenUser } from './test-users.ts'

test('ended sessions are forgotten, live ones stay', async () => {
  await using world = await testWorld()
  const ended = await givenUser(world.deps, { organizationId: newId(), kind: 'provider', roles: [] })
  const live = await givenUser(world.deps, { organizationId: newId(), kind: 'provider', roles: [] })
  await sql`update sessions set expires_at = ${world.now} where user_id = ${ended.userId}`.execute(world.deps.db)

  await forgetEndedSessions(world.deps)

  const left = await world.deps.db.selectFrom('sessions').select('user_id').execute()
  assert.deepEqual(left, [{ user_id: live.userId }])
})
