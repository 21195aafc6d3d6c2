import type { FastifyInstance } from 'fastify'
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Deps } from './context.ts'

/**
 * Adds `/healthz` (the process is alive), `/readyz` (it can serve: the database answers and we are not stopping) and
 * `/metrics` (Prometheus). None of them says anything about customers or people.
 */
export function serveHealth(app: FastifyInstance, deps: Deps, isStopping: () => boolean): void {
  app.get('/healthz', () => ({ status: 'alive' }))

  app.get('/readyz', async (_request, reply) => {
    if (isStopping()) return reply.code(503).send({ status: 'stopping' })
    try {
      await deps.pool.query('select 1')
      return { status: 'ready' }
    } catch (error) {
      app.log.warn({ err: error }, 'the database does not answer')
      return reply.code(503).send({ status: 'the database does not answer' })
    }
  })

  const metrics = measure(app, deps)
  app.get('/metrics', async (_request, reply) => {
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })
}

function measure(app: FastifyInstance, deps: Deps): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'kanal_' })
  const seconds = new Histogram({
    name: 'kanal_http_request_seconds',
    help: 'Time from a request to the end of its reply, by route, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    registers: [registry],
  })
  const sessions = new Gauge({
    name: 'kanal_database_sessions',
    help: 'Sessions of the pool by state; waiting are requests that got none yet.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = deps.pool
      this.set({ state: 'busy' }, totalCount - idleCount)
      this.set({ state: 'idle' }, idleCount)
      this.set({ state: 'waiting' }, waitingCount)
    },
  })
  registry.registerMetric(sessions)
  app.addHook('onResponse', (request, reply, done) => {
    // The route's pattern, not the URL: ids would make a series each.
    const route = request.routeOptions.url ?? 'none'
    seconds.observe({ route, method: request.method, status: String(reply.statusCode) }, reply.elapsedTime / 1_000)
    done()
  })
  return registry
}
