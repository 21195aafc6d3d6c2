import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { Refusal } from '../kernel/errors.ts'
import type { OrganizationId } from '../kernel/ids.ts'
import type { Db, Deps } from './context.ts'
import type { DueCounts, DueWork } from './due-work.ts'
import { worldNow } from './world-clock.ts'

/** How far a run has come. */
export interface Advanced {
  /** The world's time that was reached. */
  readonly at: Date
  /** How often each act was done since the run began. */
  readonly counts: DueCounts
}

/** Told after each instant at which something was done, and at the end. */
export type OnProgress = (reached: Advanced) => Promise<void> | void

/**
 * Moves a sandbox's clock forward to an instant, and does on the way everything that falls due: at each instant all works in
 * the order of their table, dated with it, again until nothing is left, then the next instant. So one leap and many steps
 * leave the same behind. The clock stands at the instant while its works run, and at `to` in the end.
 *
 * Killed or stopped in the middle, everything before the instant reached is done; a run that follows carries on there. Of
 * several runs for one provider the others wait. A `to` that lies behind the clock moves nothing.
 *
 * @throws Refusal productionClock. Error when a work stays due however often it runs.
 */
export async function advanceClock(
  deps: Deps,
  works: readonly DueWork[],
  providerId: OrganizationId,
  to: Date,
  stopping: AbortSignal,
  onProgress: OnProgress = () => {},
): Promise<Advanced> {
  return await holdingWorld(deps, providerId, stopping, () =>
    advanceHeld(deps, works, providerId, to, stopping, onProgress),
  )
}

/** As `advanceClock`, for who holds the world already. */
export async function advanceHeld(
  deps: Deps,
  works: readonly DueWork[],
  providerId: OrganizationId,
  to: Date,
  stopping: AbortSignal,
  onProgress: OnProgress = () => {},
): Promise<Advanced> {
  // Refused before anything is done, also where nothing is due.
  await moveClock(deps, providerId, new Date(0))
  const reached = await doInOrder(deps, works, providerId, to, stopping, onProgress)
  if (stopping.aborted) return reached
  await moveClock(deps, providerId, to)
  const end = { at: await readWorldNow(deps, providerId), counts: reached.counts }
  await onProgress(end)
  return end
}

/**
 * Does all that is due in a world until an instant, one instant after the other. The clock of a sandbox follows; that of
 * production needs nobody to move it. The caller holds the world.
 */
export async function doInOrder(
  deps: Deps,
  works: readonly DueWork[],
  providerId: OrganizationId,
  until: Date,
  stopping: AbortSignal,
  onProgress: OnProgress = () => {},
): Promise<Advanced> {
  const counts: Record<string, number> = {}
  let at = await readWorldNow(deps, providerId)
  let idle = { instant: 0, rounds: 0 }
  while (!stopping.aborted) {
    const due = await Promise.all(works.map((work) => work.nextDue(deps.db, providerId, until)))
    const instant = earliest(due)
    if (instant === undefined) break
    await moveClock(deps, providerId, instant)
    const done = await doAt(deps, works, due, providerId, instant, stopping)
    for (const [act, count] of Object.entries(done)) counts[act] = (counts[act] ?? 0) + count
    if (instant > at) at = instant
    if (total(done) > 0) {
      idle = { instant: 0, rounds: 0 }
      await onProgress({ at, counts })
    } else if (!stopping.aborted) {
      idle = { instant: instant.getTime(), rounds: instant.getTime() === idle.instant ? idle.rounds + 1 : 1 }
      await bearIdling(works, due, instant, idle.rounds, stopping)
    }
  }
  return { at, counts }
}

async function doAt(
  deps: Deps,
  works: readonly DueWork[],
  due: readonly (Date | undefined)[],
  providerId: OrganizationId,
  instant: Date,
  stopping: AbortSignal,
): Promise<DueCounts> {
  const counts: Record<string, number> = {}
  let before = 0
  for (const [place, work] of works.entries()) {
    if (stopping.aborted) break
    const next = due[place]
    // What an earlier work did may have made something due for this one.
    if (before === 0 && (next === undefined || next > instant)) continue
    const done = await work.run(deps, providerId, instant, stopping)
    for (const [act, count] of Object.entries(done)) counts[act] = (counts[act] ?? 0) + count
    before += total(done)
  }
  return counts
}

/** Rounds without anything done at one instant; rows that somebody holds at the moment are free again long before. */
const idleRounds = 20

/** Lets somebody who holds what is due finish; a work that never gets done must not turn forever. */
async function bearIdling(
  works: readonly DueWork[],
  due: readonly (Date | undefined)[],
  instant: Date,
  rounds: number,
  stopping: AbortSignal,
): Promise<void> {
  if (rounds < 3) return
  if (rounds > idleRounds) {
    const names = works.filter((_, place) => (due[place] ?? new Date(8.64e15)) <= instant).map(({ name }) => name)
    throw new Error(`Due at ${instant.toISOString()} and not done, however often it runs: ${names.join(', ')}.`)
  }
  await pause(100, stopping)
}

function earliest(due: readonly (Date | undefined)[]): Date | undefined {
  const times = due.flatMap((at) => (at === undefined ? [] : [at.getTime()]))
  return times.length === 0 ? undefined : new Date(Math.min(...times))
}

function total(counts: DueCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: stopping })
  } catch {
    // Aborted: the caller sees it, too.
  }
}

/** A provider's world as its clock has it. */
export async function readWorldNow(deps: Pick<Deps, 'db' | 'now'>, providerId: OrganizationId): Promise<Date> {
  const { clock_offset_ms } = await deps.db
    .selectFrom('organizations')
    .select('clock_offset_ms')
    .where('id', '=', providerId)
    .executeTakeFirstOrThrow()
  return worldNow(deps, { clockOffsetMs: Number(clock_offset_ms) })
}

/** Sets a sandbox's clock to an instant; a clock that is past it stays. @throws Refusal productionClock */
async function moveClock({ db, now }: Deps, providerId: OrganizationId, instant: Date): Promise<void> {
  const moved = await sql`
    update organizations
    set clock_offset_ms = greatest(clock_offset_ms, ${instant.getTime() - now().getTime()})
    where id = ${providerId} and world = 'sandbox'`.execute(db)
  if (moved.numAffectedRows === 0n) throw new Refusal('productionClock')
}

/**
 * Runs something while nobody else does what is due in a provider's world, on this machine or another; waits for its turn. A
 * process that dies gives the world back by itself. Waiting holds no database session, so that those who work have enough.
 */
export async function holdingWorld<Result>(
  deps: Pick<Deps, 'db'>,
  providerId: OrganizationId,
  stopping: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  for (;;) {
    stopping.throwIfAborted()
    const tried = await tryHoldingWorld(deps, providerId, work)
    if (tried !== undefined) return tried.result
    await pause(50, stopping)
  }
}

/** As `holdingWorld`, but does not wait: undefined when somebody else is at it. */
export async function tryHoldingWorld<Result>(
  { db }: Pick<Deps, 'db'>,
  providerId: OrganizationId,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result } | undefined> {
  return await db.connection().execute(async (session) => {
    if (!(await ask(session, sql`select pg_try_advisory_lock(${worldKey(providerId)}) as yes`))) return undefined
    try {
      return { result: await work() }
    } finally {
      await ask(session, sql`select pg_advisory_unlock(${worldKey(providerId)}) as yes`)
    }
  })
}

function worldKey(providerId: OrganizationId) {
  return sql`hashtextextended(${`world ${providerId}`}, 0)`
}

async function ask(session: Db, query: ReturnType<typeof sql>): Promise<boolean> {
  const { rows } = await query.execute(session)
  return (rows[0] as { yes: boolean } | undefined)?.yes === true
}
