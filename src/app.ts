import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import Fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { auditSweeps } from './features/audit/jobs.ts'
import { auditRoutes } from './features/audit/routes.ts'
import { billingRoutes } from './features/billing/routes.ts'
import { catalogRoutes } from './features/catalog/routes.ts'
import { customerRoutes } from './features/customers/routes.ts'
import { authenticate } from './features/identity/authenticate.ts'
import { eventJobs, eventSweeps } from './features/events/jobs.ts'
import { eventRoutes } from './features/events/routes.ts'
import { identityJobs } from './features/identity/jobs.ts'
import { identityRoutes } from './features/identity/routes.ts'
import { signInPeople } from './features/identity/sign-in-people.ts'
import { licenseJobs } from './features/licenses/jobs.ts'
import { licenseRoutes } from './features/licenses/routes.ts'
import { notificationRoutes } from './features/notifications/routes.ts'
import { partnershipRoutes } from './features/partnerships/routes.ts'
import { orderRequestRoutes } from './features/orders/request-routes.ts'
import { orderRoutes } from './features/orders/routes.ts'
import { programRoutes } from './features/program/routes.ts'
import { sandboxSweeps } from './features/sandbox/jobs.ts'
import { sandboxRoutes } from './features/sandbox/routes.ts'
import { supportDueWorks, supportJobs } from './features/support/jobs.ts'
import { supportRoutes } from './features/support/routes.ts'
import { subscriptionDueWorks, subscriptionSweeps } from './features/subscriptions/jobs.ts'
import { subscriptionRoutes } from './features/subscriptions/routes.ts'
import { overviewRoutes } from './features/overview/routes.ts'
import { Refusal } from './kernel/errors.ts'
import type { Deps } from './platform/context.ts'
import { type DueWork, dueWorkSweep } from './platform/due-work.ts'
import { serveHealth } from './platform/health.ts'
import { housekeepingJobs } from './platform/housekeeping.ts'
import type { Job } from './platform/jobs.ts'
import type { Line } from './platform/route.ts'
import { answerRefusal, serve } from './platform/serve.ts'
import { mailSweep } from './platform/send-mails.ts'
import { serveSignIn } from './platform/serve-sign-in.ts'
import type { Edge } from './platform/serve.ts'
import type { Sweep } from './platform/sweep.ts'

/** Everything that falls due at instants of a provider's clock, in the order in which it is done at one instant. */
export const dueWorks: readonly DueWork[] = [...subscriptionDueWorks, ...supportDueWorks]

/** Every route of the product: the server's, the OpenAPI document's and the access matrix's one list. */
export const routes: readonly Line[] = [
  ...identityRoutes,
  ...auditRoutes,
  ...eventRoutes,
  ...catalogRoutes,
  ...programRoutes,
  ...partnershipRoutes,
  ...customerRoutes,
  ...subscriptionRoutes,
  ...licenseRoutes,
  ...orderRoutes,
  ...orderRequestRoutes,
  ...supportRoutes,
  ...billingRoutes,
  ...notificationRoutes,
  ...overviewRoutes,
  ...sandboxRoutes(dueWorks),
]

/** Everything that runs at a time or when asked for. */
export const jobs: readonly Job[] = [...identityJobs, ...eventJobs, ...licenseJobs, ...supportJobs, ...housekeepingJobs]

/** Everything that carries on after a commit, and at least every few seconds. */
export const sweeps: readonly Sweep[] = [
  ...auditSweeps,
  ...eventSweeps,
  ...subscriptionSweeps,
  dueWorkSweep(dueWorks),
  ...sandboxSweeps(dueWorks),
  mailSweep,
]

/** How the server knows people. */
export const edge: Edge = { authenticate }

export interface AppOptions {
  readonly edge: Edge
  /** Without one nothing is logged. */
  readonly log?: FastifyBaseLogger
  readonly isStopping?: () => boolean
  /** Where the built portal lies; without it only the API is served. */
  readonly portalFolder?: string
}

/** Where `vite build` puts the portal. */
export const builtPortal = join(import.meta.dirname, '..', 'dist', 'web')

/** The HTTP server with all its routes, not listening yet. Closing it waits for requests that are under way. */
export async function buildApp(deps: Deps, options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    ...(options.log ? { loggerInstance: options.log } : {}),
    // The edge logs what failed; what went well is counted by /metrics.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // Who asks is read from X-Forwarded-For only when a proxy on this machine says it.
    trustProxy: 'loopback',
    bodyLimit: 1_048_576,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  })
  await protect(app, deps)
  await app.register(multipart)
  serveHealth(app, deps, options.isStopping ?? (() => false))
  serve(app, deps, routes, options.edge)
  serveSignIn(app, deps, { authenticate: options.edge.authenticate, people: signInPeople })
  await servePortal(app, options.portalFolder)
  return app
}

async function protect(app: FastifyInstance, deps: Deps): Promise<void> {
  const secure = deps.config.publicUrl.startsWith('https:')
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // The portal's components write their style sheets while running.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: secure ? { maxAge: 31_536_000 } : false,
    // Both only matter, and only work, on a site that is reached by https.
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
    referrerPolicy: { policy: 'same-origin' },
  })
  // Only routes that ask for a limit have one: signed-in people are known, and lists are cheap.
  await app.register(rateLimit, { global: false })
}

/** The portal's files; any other address that a browser asks for is a page of the portal, which finds its own way. */
async function servePortal(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const built = folder !== undefined && existsSync(join(folder, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        // File names under assets/ carry a hash of what is in them.
        const forever = path.includes(join('/', 'assets', '/'))
        reply.header('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (built && wantsPage && !/^\/(portal\/v1|v1|metrics)(\/|$)/.test(request.url)) {
      return reply.header('Cache-Control', 'no-cache').sendFile('index.html')
    }
    const turkish = /^\s*tr\b/i.test(request.headers['accept-language'] ?? '')
    return answerRefusal(reply, new Refusal('unknownRoute'), turkish ? 'tr' : 'en', request)
  })
}
