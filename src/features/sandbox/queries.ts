import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { page, type Page, unpackTimeCursor } from '../../kernel/paging.ts'
import type { Actor, Db, Deps } from '../../platform/context.ts'
import type { DueWork } from '../../platform/due-work.ts'
import { latestTarget } from './rules.ts'
import { readWorld } from './start-run.ts'
import type { Clock, ClockRun, SimulationSettings } from './wire.ts'

const runColumns = sql`
  id, status, from_at as "fromAt", to_at as "toAt", reached_at as "reachedAt", counts, error, stop_asked as "stopAsked",
  requested_by_name as "requestedBy", created_at as "createdAt", ended_at as "endedAt"`

type RunRow = Omit<ClockRun, 'fromAt' | 'toAt' | 'reachedAt' | 'createdAt' | 'endedAt'> & {
  readonly fromAt: Date
  readonly toAt: Date
  readonly reachedAt: Date
  readonly createdAt: Date
  readonly endedAt: Date | null
}

/** The clock of the actor's provider, with what falls due next, the run under way, and how fulfilment is simulated. */
export async function readClock(deps: Deps, actor: Actor, works: readonly DueWork[]): Promise<Clock> {
  const providerId = actor.organizationId
  const { world, now } = await readWorld(deps, deps.db, providerId)
  const latest = latestTarget(now)
  const inSandbox = world === 'sandbox'
  const [nextDue, [run], simulation] = await Promise.all([
    inSandbox ? readNextDue(deps, actor, works, latest) : undefined,
    readRuns(deps.db, actor, sql`ended_at is null`, 1),
    readSettings(deps.db, actor),
  ])
  return {
    world,
    now: now.toISOString(),
    latest: latest.toISOString(),
    nextDue: nextDue?.toISOString() ?? null,
    run: run ?? null,
    simulation,
  }
}

async function readNextDue(
  deps: Deps,
  actor: Actor,
  works: readonly DueWork[],
  until: Date,
): Promise<Date | undefined> {
  const due = await Promise.all(works.map((work) => work.nextDue(deps.db, actor.organizationId, until)))
  const times = due.flatMap((at) => (at === undefined ? [] : [at.getTime()]))
  return times.length === 0 ? undefined : new Date(Math.min(...times))
}

/** How the actor's provider has fulfilment simulated; as it is before anybody says anything, when nobody has. */
export async function readSettings(db: Db, actor: Actor): Promise<SimulationSettings> {
  const row = await db
    .selectFrom('simulated_fulfilments')
    .select(['enabled', 'delay_minutes', 'failure_percent', 'fail_next', 'failing_skus', 'version'])
    .where('provider_id', '=', actor.organizationId)
    .executeTakeFirst()
  return {
    enabled: row?.enabled ?? false,
    delayMinutes: row?.delay_minutes ?? 0,
    failurePercent: row?.failure_percent ?? 0,
    failNext: row?.fail_next ?? 0,
    failingSkus: row?.failing_skus ?? [],
    version: row?.version ?? 0,
  }
}

/** One run of the actor's clock. @throws Refusal notFound */
export async function readRun(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  { runId }: { readonly runId: string },
): Promise<ClockRun> {
  const [run] = await readRuns(db, actor, sql`id = ${runId}`, 1)
  if (!run) throw new Refusal('notFound')
  return run
}

/** A page of the runs of the actor's clock, newest first. @throws Refusal invalidRequest for a foreign cursor. */
export async function listRuns(
  { db }: Deps,
  actor: Actor,
  { cursor, size }: { readonly cursor?: string | undefined; readonly size: number },
): Promise<Page<ClockRun>> {
  const after = unpackTimeCursor(cursor)
  const where = after ? sql`(created_at, id) < (${after.at}, ${after.id})` : sql`true`
  return page(await readRuns(db, actor, where, size + 1), size, (run) => [run.createdAt, run.id])
}

async function readRuns(db: Db, actor: Actor, where: RawBuilder<unknown>, limit: number): Promise<readonly ClockRun[]> {
  const { rows } = await sql<RunRow>`
    select ${runColumns} from clock_runs where provider_id = ${actor.organizationId} and ${where}
    order by created_at desc, id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    ...row,
    fromAt: row.fromAt.toISOString(),
    toAt: row.toAt.toISOString(),
    reachedAt: row.reachedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }))
}
