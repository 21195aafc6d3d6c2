import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { type CheckedAddress, resolveHost, type WebhookReach } from './address.ts'
import { type Attempt, type AttemptError, errorOfStatus, whyNotUrl } from './rules.ts'

/** How long a receiver has, from the look-up of its name to the last byte. */
export const timeoutMs = 10_000

/** What is read of an answer; only its status counts. */
const mostBytes = 64 * 1024

const agentOptions = { keepAlive: true, maxFreeSockets: 16, timeout: 30_000 }
const httpAgent = new HttpAgent(agentOptions)
const httpsAgent = new HttpsAgent(agentOptions)

/** What is sent. */
export interface Message {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Posts a message once. Nobody is followed elsewhere, and the connection goes to the very address that was checked. Never
 * throws: what went wrong is in the attempt.
 *
 * @param stopping Cuts it short when the program ends; then there was no attempt.
 */
export async function post(message: Message, reach: WebhookReach, stopping: AbortSignal): Promise<Attempt | undefined> {
  const began = performance.now()
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)])
  const done = (error: AttemptError | null, responseCode: number | null = null): Attempt => ({
    error,
    responseCode,
    latencyMs: Math.round(performance.now() - began),
  })
  const url = new URL(message.url)
  // What may be sent to can change with the installation.
  if (whyNotUrl(message.url, reach !== 'public') !== undefined) return done('refusedAddress')
  const address = await withSignal(resolveHost(url.hostname, reach), signal)
  if (stopping.aborted) return undefined
  if (address === undefined) return done('timeout')
  if (typeof address === 'string') return done(address)
  try {
    const status = await send(url, message, address, signal)
    return done(errorOfStatus(status), status)
  } catch (error) {
    if (stopping.aborted) return undefined
    return done(signal.aborted ? 'timeout' : errorOf(error))
  }
}

async function withSignal<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
  const aborted = Promise.withResolvers<undefined>()
  const abort = () => aborted.resolve(undefined)
  if (signal.aborted) return undefined
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** Resolves with the status once the answer is read, as far as it is. */
async function send(
  url: URL,
  { headers, body }: Message,
  checked: CheckedAddress,
  signal: AbortSignal,
): Promise<number> {
  const toChecked: LookupFunction = (_name, options, found) =>
    options.all ? found(null, [checked]) : found(null, checked.address, checked.family)
  const options = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    lookup: toChecked,
    maxHeaderSize: 16 * 1024,
    signal,
  }
  const sent =
    url.protocol === 'https:'
      ? requestHttps(url, { ...options, agent: httpsAgent })
      : requestHttp(url, { ...options, agent: httpAgent })
  const answered = Promise.withResolvers<IncomingMessage>()
  sent.on('response', answered.resolve)
  sent.on('error', answered.reject)
  sent.end(body)
  const answer = await answered.promise
  await readSome(answer)
  return answer.statusCode ?? 0
}

/** Reads an answer to its end, so that the connection can be used again; one that does not end soon is cut off. */
async function readSome(answer: IncomingMessage): Promise<void> {
  let bytes = 0
  try {
    for await (const chunk of answer) {
      bytes += (chunk as Buffer).length
      if (bytes > mostBytes) break
    }
  } catch {
    // The status is known; what was to follow does not matter.
  }
}

function errorOf(error: unknown): AttemptError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /CERT|SELF_SIGNED|TLS|SSL|UNABLE_TO/.test(code) ? 'certificate' : 'connection'
}
