import type { FastifyInstance } from 'fastify'
import { buildApp, edge } from '../app.ts'
import { readConfig } from '../config.ts'
import type { Actor, Deps } from './context.ts'
import { openDatabase, openPool } from './database.ts'
import { withSecret } from './secret.ts'
import type { Identified } from './serve.ts'
import { cloneDatabase } from './test-server.ts'

/** What the server answered. */
export interface Reply<Body = unknown> {
  readonly status: number
  /** Parsed when it is JSON, else the text. */
  readonly body: Body
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
}

/** Who sends a request: an actor (or one who must first do something), the `Cookie` header of a real session, or nobody. */
export type Sender = Actor | Identified | string | undefined

/** A product of one's own: an empty, migrated database, a clock that stands still, and the HTTP server without a network. */
export interface TestWorld extends AsyncDisposable {
  readonly deps: Deps
  /** The clock. Set it to move time. */
  now: Date
  /** Names given to `deps.nudge` so far, oldest first. */
  readonly nudged: readonly string[]
  /** Sends a request as the portal does: JSON, `X-Kanal: 1`. Replies are checked against their route's schema. */
  request<Body = unknown>(
    from: Sender,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply<Body>>
  /** The server itself, for what `request` cannot say. */
  app(): Promise<FastifyInstance>
}

/** Makes a world: `await using world = await testWorld()`. */
export async function testWorld(
  given: { now?: Date; environment?: Readonly<Record<string, string>> } = {},
): Promise<TestWorld> {
  const database = await cloneDatabase()
  const pool = openPool(database.address, { max: 10 })
  let now = given.now ?? new Date('2026-12-01T09:00:00Z')
  const nudged: string[] = []
  const deps: Deps = {
    db: openDatabase(pool),
    pool,
    config: withSecret(
      readConfig({
        LOG_LEVEL: 'silent',
        PUBLIC_URL: 'http://localhost:8080',
        KANAL_SECRET: 'a-secret-that-only-tests-have-0123456789',
        ...given.environment,
      }),
    ),
    now: () => now,
    nudge: (sweep) => void nudged.push(sweep),
  }
  const senders = new Map<string, Identified>()
  let app: Promise<FastifyInstance> | undefined
  const openApp = (): Promise<FastifyInstance> => (app ??= buildTestApp(deps, senders))

  return {
    deps,
    nudged,
    get now() {
      return now
    },
    set now(at) {
      now = at
    },
    app: openApp,
    async request<Body>(
      from: Sender,
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      url: string,
      body?: unknown,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<Reply<Body>> {
      const server = await openApp()
      const response = await server.inject({
        method,
        url,
        headers: { 'x-kanal': '1', ...senderHeaders(senders, from), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      })
      const isJson = String(response.headers['content-type'] ?? '').startsWith('application/json')
      const parsed: unknown = isJson ? JSON.parse(response.body) : response.body
      return { status: response.statusCode, body: parsed as Body, headers: response.headers }
    },
    async [Symbol.asyncDispose]() {
      await (await app)?.close()
      await pool.end()
      await database[Symbol.asyncDispose]()
    },
  }
}

const senderHeader = 'x-test-sender'

async function buildTestApp(deps: Deps, senders: ReadonlyMap<string, Identified>): Promise<FastifyInstance> {
  return await buildApp(deps, {
    edge: {
      checkReplies: true,
      async authenticate(_deps, request, mark) {
        const found = senders.get(String(request.headers[senderHeader]))
        if (!found) return await edge.authenticate(deps, request, mark)
        return { ...found, actor: { ...found.actor, request: mark } }
      },
    },
  })
}

function senderHeaders(senders: Map<string, Identified>, from: Sender): Record<string, string> {
  if (from === undefined) return {}
  if (typeof from === 'string') return { cookie: from }
  const key = String(senders.size)
  senders.set(key, 'actor' in from ? from : { actor: from })
  return { [senderHeader]: key }
}
