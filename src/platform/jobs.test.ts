import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { z } from 'zod'
import { enqueue, job, startJobs } from './jobs.ts'
import { cloneDatabase } from './test-server.ts'
import type { Deps } from './context.ts'
import { openDatabase, openPool } from './database.ts'

const log = pino({ level: 'silent' })

test('a job runs with its input once its transaction is committed, and never when it is rolled back', async () => {
  await using database = await cloneDatabase()
  const pool = openPool(database.address, { max: 2 })
  const deps = { db: openDatabase(pool), pool } as Deps
  const ran = Promise.withResolvers<string>()
  const greet = job({
    name: 'greet',
    input: z.object({ whom: z.string() }),
    run: async (_deps, { whom }) => ran.resolve(whom),
  })
  const jobs = await startJobs(database.address, deps, [greet], log)

  await assert.rejects(
    deps.db.transaction().execute(async (tx) => {
      await enqueue(tx, greet, { whom: 'nobody' })
      throw new Error('changed my mind')
    }),
  )
  await deps.db.transaction().execute((tx) => enqueue(tx, greet, { whom: 'Ayşe' }))

  assert.equal(await ran.promise, 'Ayşe')
  await jobs.stop()
  await pool.end()
})

test('a job that fails is kept for another try', async () => {
  await using database = await cloneDatabase()
  const pool = openPool(database.address, { max: 2 })
  const deps = { db: openDatabase(pool), pool } as Deps
  const failed = Promise.withResolvers<void>()
  const stumble = job({
    name: 'stumble',
    run: async () => {
      failed.resolve()
      throw new Error('stumbled')
    },
  })
  const jobs = await startJobs(database.address, deps, [stumble], log)

  await deps.db.transaction().execute((tx) => enqueue(tx, stumble, {}))
  await failed.promise
  await jobs.stop()

  const { rows } = await pool.query('select attempts, last_error from graphile_worker.jobs')
  assert.deepEqual(rows, [{ attempts: 1, last_error: 'stumbled' }])
  await pool.end()
})
