import { Logger, parseCronItems, run, runMigrations } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Logger as Log } from 'pino'
import type { z } from 'zod'
import type { Deps, Tx } from './context.ts'
import { connectionConfig } from './database.ts'
import type { DatabaseAddress } from './database.ts'

interface JobOf<Input> {
  readonly name: string
  /** Cron pattern in UTC, e.g. `0 3 * * *`; the job then also runs by itself, with no input. */
  readonly every?: string
  /** Without it the job takes nothing. */
  readonly input?: z.ZodType<Input>
  readonly run: (deps: Deps, input: Input) => Promise<void>
}

/** A line of a job table; its input's type is known only to itself. */
export type Job = JobOf<never>

/**
 * Ties a line of a job table together. A job may run twice, also at once on two machines: it takes the state to reach as
 * input, never a difference. A job that throws is tried again, ever later, for about three days.
 */
export function job<Input>(line: JobOf<Input>): Job {
  return line as unknown as Job
}

/** Asks for a job in the transaction of the change that needs it: rolled back, it never runs; committed, it will. */
export async function enqueue<Input>(tx: Tx, wanted: Job | { readonly name: string }, input: Input): Promise<void> {
  await sql`select graphile_worker.add_job(${wanted.name}, ${JSON.stringify(input ?? {})}::json)`.execute(tx)
}

/** Makes the tables that jobs wait in, a schema of its own. Part of migrating. */
export async function migrateJobs(address: DatabaseAddress): Promise<void> {
  const pool = openJobPool(address, 1)
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) })
  } finally {
    await pool.end()
  }
}

export interface Jobs {
  /** Takes no new jobs and waits for those that run. */
  stop(): Promise<void>
}

/** Runs the jobs of the tables until stopped; several processes on one database share the work. */
export async function startJobs(address: DatabaseAddress, deps: Deps, table: readonly Job[], log: Log): Promise<Jobs> {
  const pool = openJobPool(address, 5, (error) => log.warn({ err: error }, 'a session of the job runner broke'))
  const runner = await run({
    pgPool: pool,
    concurrency: 2,
    pollInterval: 2_000,
    noHandleSignals: true,
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') log.warn({ source: 'jobs' }, message)
    }),
    taskList: Object.fromEntries(table.map((line) => [line.name, (payload: unknown) => perform(deps, line, payload)])),
    parsedCronItems: parseCronItems(
      table.flatMap(({ name, every }) => (every === undefined ? [] : [{ task: name, match: every }])),
    ),
  })
  return {
    async stop() {
      await runner.stop()
      await pool.end()
    },
  }
}

async function perform(deps: Deps, line: Job, payload: unknown): Promise<void> {
  await line.run(deps, line.input?.parse(payload) as never)
}

/** The job runner has its own sessions: it listens on one, and wants the driver's own types. */
function openJobPool(address: DatabaseAddress, max: number, onError: (error: Error) => void = () => {}): pg.Pool {
  const pool = new pg.Pool({ ...connectionConfig(address), max, application_name: 'kanal jobs' })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}
