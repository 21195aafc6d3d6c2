import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { buildApp, builtPortal, edge, jobs, sweeps } from './app.ts'
import type { Config, GivenConfig } from './config.ts'
import type { Deps } from './platform/context.ts'
import { openDatabase, openPool } from './platform/database.ts'
import { migrateAll, openInstallation } from './platform/installation.ts'
import { startJobs } from './platform/jobs.ts'
import { Closing } from './platform/lifecycle.ts'
import { openLog } from './platform/log.ts'
import { OperatorError } from './platform/operator-error.ts'
import { withSecret } from './platform/secret.ts'
import { prepareSweeps } from './platform/sweep.ts'

/** A Kanal that serves. */
export interface Running {
  /** Where it listens, e.g. `http://localhost:8080`. */
  readonly url: string
  /** Who can sign in to the demo world, when this data folder has one. */
  readonly demo?: string
  /** Rejects when it cannot go on by itself: the embedded database is lost. */
  readonly ended: Promise<never>
  /** Finishes requests under way, then jobs, then the database. Safe to repeat. */
  stop(): Promise<void>
}

/**
 * Starts everything: database, migrations, HTTP, jobs and sweeps.
 *
 * @throws OperatorError when something stands in the way that the operator can remove; what had started is stopped again.
 */
export async function start(given: GivenConfig): Promise<Running> {
  const log = openLog(given.logLevel)
  const ended = Promise.withResolvers<never>()
  // Whoever waits for it is told; nobody needs to.
  ended.promise.catch(() => {})
  const closing = new Closing()
  try {
    const installation = await openInstallation(given, { onLost: ended.reject })
    closing.add(() => installation.close())
    await migrateAll(installation.address)
    const config = withSecret(given)

    const pool = openPool(installation.address, {
      onError: (error) => {
        // The last sessions of a pool that closes may still hear the server say goodbye.
        if (!closing.begun) log.warn({ err: error }, 'a database session broke')
      },
    })
    closing.add(() => pool.end())
    const background = prepareSweeps(sweeps, log)
    const deps: Deps = { db: openDatabase(pool), pool, config, now: () => new Date(), nudge: background.nudge }

    const demo = config.demo ? await prepareDemo(deps) : undefined
    const url = await serve(deps, log, closing)
    background.start(deps)
    closing.add(() => background.stop())
    const runner = await startJobs(installation.address, deps, jobs, log)
    closing.add(() => runner.stop())
    return { url, ...(demo === undefined ? {} : { demo }), ended: ended.promise, stop: () => closing.close() }
  } catch (error) {
    await closing.close()
    throw error
  }
}

/** The demo world is code that an installation without it never loads. */
async function prepareDemo(deps: Deps): Promise<string | undefined> {
  const { loadDemoWorld, whoCanSignIn } = await import('../demo/load-demo-world.ts')
  await loadDemoWorld(deps)
  return whoCanSignIn(deps)
}

async function serve(deps: Deps, log: Logger, closing: Closing): Promise<string> {
  const { port, host } = deps.config
  const app = await buildApp(deps, {
    edge,
    log,
    isStopping: () => closing.begun,
    portalFolder: builtPortal,
  })
  closing.addFirst(() => finishRequests(app))
  try {
    await app.listen({ port, host })
  } catch (error) {
    throw explainListen(error, deps.config)
  }
  const bound = app.server.address() as AddressInfo
  return `http://${host}:${bound.port}`
}

/**
 * Takes no more requests and waits for those under way. A connection that becomes idle only now would be kept open for its
 * next request, so it is closed as soon as it is.
 */
async function finishRequests(app: FastifyInstance): Promise<void> {
  const timer = setInterval(() => app.server.closeIdleConnections(), 50)
  try {
    await app.close()
  } finally {
    clearInterval(timer)
  }
}

function explainListen(error: unknown, { port, host }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new OperatorError(`Port ${port} is taken by another program: stop it, or set PORT to a free one.`)
  }
  if (code === 'EACCES') return new OperatorError(`Port ${port} needs more rights: set PORT to one above 1023.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new OperatorError(`HOST=${host} is not an address of this machine: use localhost, or 0.0.0.0 for all.`)
  }
  return error
}
