import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { OrganizationId } from '../kernel/ids.ts'
import { dayMs } from '../kernel/time.ts'
import { givenProvider } from '../features/program/test-organizations.ts'
import { advanceClock, type Advanced, holdingWorld, readWorldNow } from './advance-clock.ts'
import { type DueWork, dueWorkSweep } from './due-work.ts'
import { dumpWorld } from './test-dump-world.ts'
import { testWorld, type TestWorld } from './test-world.ts'

/* Two works on a table of their own: letters fall due every month, and an answer to each one on the next day. */

const never = new AbortController().signal
const start = new Date('2026-12-01T09:00:00Z')
const after = (days: number) => new Date(start.getTime() + days * dayMs)

const letters: DueWork = {
  name: 'letters',
  nextDue: (db, providerId, until) => nextOf('letter')(db, providerId, until),
  async run({ db }, providerId, at) {
    const { rows } = await sql<{ sent: number }>`
      with sent as (
        update letters_due set done_at = ${at} where provider_id = ${providerId} and kind = 'letter' and done_at is null and due_at <= ${at}
        returning place, due_at
      ), later as (
        insert into letters_due (provider_id, kind, place, due_at)
        select ${providerId}::uuid, 'letter', place + 1, due_at + interval '30 days' from sent
        union all select ${providerId}::uuid, 'answer', place, due_at + interval '1 day' from sent
      )
      select count(*)::int as sent from sent`.execute(db)
    return { letter: rows[0]?.sent ?? 0 }
  },
}

const answers: DueWork = {
  name: 'answers',
  nextDue: (db, providerId, until) => nextOf('answer')(db, providerId, until),
  async run({ db }, providerId, at) {
    const done = await sql`
      update letters_due set done_at = ${at} where provider_id = ${providerId} and kind = 'answer' and done_at is null and due_at <= ${at}`.execute(
      db,
    )
    return { answer: Number(done.numAffectedRows ?? 0n) }
  },
}

const works = [letters, answers]

function nextOf(kind: string): DueWork['nextDue'] {
  return async (db, providerId, until) => {
    const { rows } = await sql<{ next: Date | null }>`
      select min(due_at) as next from letters_due
      where provider_id = ${providerId} and kind = ${kind} and done_at is null and due_at <= ${until}`.execute(db)
    return rows[0]?.next ?? undefined
  }
}

async function givenSandbox(world: TestWorld): Promise<OrganizationId> {
  const { organizationId } = await givenProvider(world.deps)
  await sql`update organizations set world = 'sandbox' where id = ${organizationId}`.execute(world.deps.db)
  await sql`
    create table letters_due (provider_id uuid not null, kind text not null, place int not null, due_at timestamptz not null,
      done_at timestamptz, primary key (provider_id, kind, place))`.execute(world.deps.db)
  await sql`insert into letters_due values (${organizationId}, 'letter', 0, ${after(10)})`.execute(world.deps.db)
  return organizationId
}

test('one leap and day by day leave the same behind, each thing dated with the instant it fell due', async () => {
  const dumps: string[] = []
  for (const step of [365, 1]) {
    await using world = await testWorld({ now: start })
    const providerId = await givenSandbox(world)
    for (let day = step; day <= 365; day += step) {
      await advanceClock(world.deps, works, providerId, after(day), never)
    }
    assert.deepEqual(await readWorldNow(world.deps, providerId), after(365))
    const { rows } = await sql<{ late: number; all: number }>`
      select count(*) filter (where done_at <> due_at)::int as late, count(done_at)::int as all from letters_due`.execute(
      world.deps.db,
    )
    assert.deepEqual(rows, [{ late: 0, all: 24 }])
    dumps.push(await dumpWorld(world.deps, providerId))
  }

  assert.equal(dumps[0], dumps[1])
  assert.match(dumps[0] ?? '', /-- letters_due\n.*"kind":"answer"/)
})

test('at one instant the works run in the order of their table, again until nothing is left', async () => {
  await using world = await testWorld({ now: start })
  const providerId = await givenSandbox(world)
  await sql`insert into letters_due values (${providerId}, 'answer', 99, ${after(10)})`.execute(world.deps.db)
  const order: string[] = []
  const told = (work: DueWork): DueWork => ({
    ...work,
    run: async (deps, id, at, stopping) => {
      order.push(`${work.name} ${at.toISOString().slice(0, 10)}`)
      assert.deepEqual(await readWorldNow(deps, id), at, 'the clock stands at the instant')
      return await work.run(deps, id, at, stopping)
    },
  })

  const progress: Advanced[] = []
  const end = await advanceClock(world.deps, works.map(told), providerId, after(12), never, (reached) => {
    progress.push({ at: reached.at, counts: { ...reached.counts } })
  })

  assert.deepEqual(order, ['letters 2026-12-11', 'answers 2026-12-11', 'answers 2026-12-12'])
  assert.deepEqual(end, { at: after(12), counts: { letter: 1, answer: 2 } })
  assert.deepEqual(
    progress.map(({ at, counts }) => [at, counts]),
    [
      [after(10), { letter: 1, answer: 1 }],
      [after(11), { letter: 1, answer: 2 }],
      [after(12), { letter: 1, answer: 2 }],
    ],
  )
})

test('what was broken off in the middle is carried on with, and nothing is done twice', async () => {
  await using world = await testWorld({ now: start })
  const providerId = await givenSandbox(world)
  const killed = new AbortController()

  const half = await advanceClock(world.deps, works, providerId, after(365), killed.signal, ({ at }) => {
    if (at >= after(100)) killed.abort()
  })
  assert.deepEqual(half.at, await readWorldNow(world.deps, providerId), 'the clock stands where the run ended')
  assert.ok(half.at < after(365))
  const rest = await advanceClock(world.deps, works, providerId, after(365), never)

  assert.equal((half.counts['letter'] ?? 0) + (rest.counts['letter'] ?? 0), 12)
  assert.equal((half.counts['answer'] ?? 0) + (rest.counts['answer'] ?? 0), 12)
})

test('two who move one clock at once take turns', async () => {
  await using world = await testWorld({ now: start })
  const providerId = await givenSandbox(world)

  const both = await Promise.all([
    advanceClock(world.deps, works, providerId, after(200), never),
    advanceClock(world.deps, works, providerId, after(300), never),
  ])

  assert.deepEqual(await readWorldNow(world.deps, providerId), after(300))
  assert.equal(
    both.reduce((sum, { counts }) => sum + (counts['letter'] ?? 0), 0),
    10,
  )
})

test('the clock never goes back, also when something old is still due', async () => {
  await using world = await testWorld({ now: start })
  const providerId = await givenSandbox(world)
  await advanceClock(world.deps, [], providerId, after(50), never)

  await advanceClock(world.deps, works, providerId, after(20), never)

  assert.deepEqual(await readWorldNow(world.deps, providerId), after(50))
  assert.match(await dumpWorld(world.deps, providerId), /"done_at":"2026-12-11T09:00:00.000Z"/)
})

test('a production clock is not moved, and a work that never gets done does not turn forever', async () => {
  await using world = await testWorld({ now: start })
  const production = await givenProvider(world.deps)
  const sandbox = await givenSandbox(world)
  const stuck: DueWork = { name: 'stuck', nextDue: async () => after(1), run: async () => ({}) }

  await assert.rejects(advanceClock(world.deps, [], production.organizationId, after(1), never), {
    reason: 'productionClock',
  })
  await assert.rejects(advanceClock(world.deps, [stuck], sandbox, after(2), never), /and not done.*: stuck\./)
  assert.deepEqual(await readWorldNow(world.deps, sandbox), after(1))
})

test('the sweep catches up in a sandbox in its order, and keeps away while somebody moves the clock', async () => {
  await using world = await testWorld({ now: start })
  const providerId = await givenSandbox(world)
  await advanceClock(world.deps, [], providerId, after(100), never)
  const sweep = dueWorkSweep(works)

  await holdingWorld(world.deps, providerId, never, async () => {
    await sweep.run(world.deps, never)
    assert.doesNotMatch(await dumpWorld(world.deps, providerId), /"kind":"answer"/)
  })
  await sweep.run(world.deps, never)

  const { rows } = await sql<{ late: number; all: number }>`
    select count(*) filter (where done_at <> due_at)::int as late, count(done_at)::int as all from letters_due`.execute(
    world.deps.db,
  )
  assert.deepEqual(rows, [{ late: 0, all: 7 }])
  assert.deepEqual(await readWorldNow(world.deps, providerId), after(100))
})
