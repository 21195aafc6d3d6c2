import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'

/** What a load run is told: one request template, and what changes from request to request. */
export interface Load {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  /** `{id}` in paths and bodies is replaced by one of these, in turn; `{uuid}` by a new id each time. */
  readonly ids: readonly string[]
  readonly path: string
  readonly body?: string
}

/** What came of it: answers per second, milliseconds, and answers that were not 2xx. */
export interface Driven {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly failed: number
  /** What the first of them said. */
  readonly firstFailure?: string
}

/** Runs in a process of its own, so that the load does not share the server's event loop. Reads the load from stdin. */
async function drive(load: Load): Promise<Driven> {
  let turn = 0
  let firstFailure: string | undefined
  const result = await autocannon({
    url: load.url,
    connections: load.connections,
    duration: load.seconds,
    requests: [
      {
        method: load.method,
        onResponse: (status, body) => {
          if (status >= 300) firstFailure ??= `${status} ${body.slice(0, 500)}`
        },
        setupRequest: (request) => {
          const id = load.ids[turn++ % load.ids.length] ?? ''
          const fill = (text: string) => text.replaceAll('{id}', id).replaceAll('{uuid}', () => crypto.randomUUID())
          return {
            ...request,
            path: fill(load.path),
            headers: Object.fromEntries(Object.entries(load.headers).map(([name, value]) => [name, fill(value)])),
            ...(load.body === undefined ? {} : { body: fill(load.body) }),
          }
        },
      },
    ],
  })
  return {
    perSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failed: result.non2xx + result.errors,
    ...(firstFailure === undefined ? {} : { firstFailure }),
  }
}

if (import.meta.main) {
  process.stdout.write(JSON.stringify(await drive(JSON.parse(readFileSync(0, 'utf8')) as Load)))
}
