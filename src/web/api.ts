/** What a reply must look like; every zod schema is one. */
export interface Shape<Reply> {
  readonly parse: (value: unknown) => Reply
}

/**
 * Takes the server at its word. For what is read before the first page is usable: the validation library then comes with the
 * page that needs it.
 */
export function asSent<Reply>(): Shape<Reply> {
  return { parse: (value) => value as Reply }
}

/** One field the server did not accept; `rule` is a key of `strings/<language>/fieldRules.json`. */
export interface RefusedField {
  readonly field: string
  readonly rule: string
  readonly params?: Readonly<Record<string, string | number>> | undefined
}

/** The server's answer was a refusal. `description` is a sentence in the reader's language and may be shown as it is. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
  readonly status: number
  /** The stable name, such as `partnershipRequired`; a key of `strings/<language>/refusals.json`. */
  readonly refusal: string
  readonly description: string
  readonly data: readonly string[]
  /** Values that the sentence names, as they were sent: days, instants and numbers. */
  readonly params: Readonly<Record<string, unknown>>
  readonly fields: readonly RefusedField[]
  readonly requestId: string | undefined

  constructor(answer: {
    status: number
    name: string
    description: string
    data: readonly string[]
    params?: Readonly<Record<string, unknown>>
    fields: readonly RefusedField[]
    requestId: string | undefined
  }) {
    super(`${answer.status} ${answer.name}`)
    this.status = answer.status
    this.refusal = answer.name
    this.description = answer.description
    this.data = answer.data
    this.params = answer.params ?? {}
    this.fields = answer.fields
    this.requestId = answer.requestId
  }
}

/** There was no usable answer: `offline` and `timeout` leave open whether a write took effect. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  readonly reason: 'offline' | 'timeout' | 'unreadable'
  readonly requestId: string | undefined

  constructor(reason: 'offline' | 'timeout' | 'unreadable', requestId: string | undefined, cause?: unknown) {
    super(`No answer: ${reason}`, { cause })
    this.reason = reason
    this.requestId = requestId
  }
}

/** What a page asks of a list or a record. Undefined and empty values are left out; a list repeats its name. */
export type Params = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

export type WriteMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One write: enough to send it, to send it again, and to show it as an API call. */
export interface Write<Reply> {
  readonly method: WriteMethod
  readonly path: string
  /** Sent as JSON; a `FormData` as a form with files. */
  readonly body?: unknown
  /** Shape of the reply; leave out for a write that answers with nothing. */
  readonly reply?: Shape<Reply>
}

const timeoutMs = 20_000

/** A file of half a million lines is sent, read and answered in one go. */
const formTimeoutMs = 600_000

type SessionChange = 'signedOut' | 'setup'

let whenSessionChanged: (change: SessionChange) => void = () => {}

/** What happens when the server no longer knows the session, or wants a password or second factor first. Set once, by the router. */
export function onSessionChange(react: (change: SessionChange) => void): void {
  whenSessionChanged = react
}

/** Appends params to a path, in the given order. */
export function withParams(path: string, params: Params = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined || value === '') continue
    if (typeof value === 'object') for (const one of value) query.append(name, one)
    else query.append(name, String(value))
  }
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

function listOf<T>(value: unknown, keep: (one: unknown) => one is T): readonly T[] {
  return Array.isArray(value) ? value.filter(keep) : []
}

function isField(value: unknown): value is RefusedField {
  return typeof value === 'object' && value !== null && 'field' in value && 'rule' in value
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function refusalOf(response: Response): Promise<ApiRefusal> {
  const fallbackId = response.headers.get('ms-requestid') ?? undefined
  let body: Record<string, unknown> = {}
  try {
    const parsed: unknown = await response.json()
    if (typeof parsed === 'object' && parsed !== null) body = parsed as Record<string, unknown>
  } catch {
    // A proxy's own error page is not JSON; the status says enough.
  }
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : undefined)
  return new ApiRefusal({
    status: response.status,
    name: text('name') ?? (response.status >= 500 ? 'unavailable' : 'invalidRequest'),
    description: text('description') ?? text('message') ?? '',
    data: listOf(body['data'], (one) => typeof one === 'string'),
    params: isRecord(body['params']) ? body['params'] : {},
    fields: listOf(body['fields'], isField),
    requestId: text('requestId') ?? fallbackId,
  })
}

function commonHeaders(): Record<string, string> {
  return { Accept: 'application/json', 'Accept-Language': document.documentElement.lang, 'X-Kanal': '1' }
}

/** The answer itself, or what it refuses; whoever is no longer signed in is sent to sign in again. */
async function accepted(path: string, response: Response): Promise<Response> {
  if (response.ok) return response
  const refusal = await refusalOf(response)
  if (path.startsWith('/portal/v1/') && path !== '/portal/v1/me') {
    if (refusal.status === 401) whenSessionChanged('signedOut')
    if (refusal.refusal === 'passwordChangeRequired' || refusal.refusal === 'secondFactorRequired')
      whenSessionChanged('setup')
  }
  throw refusal
}

async function call(method: string, path: string, init: { body?: unknown; requestId?: string; signal?: AbortSignal }) {
  const headers = commonHeaders()
  if (init.requestId) headers['MS-RequestId'] = init.requestId
  const isForm = init.body instanceof FormData
  // A form's type names its boundary, which only the browser knows.
  if (init.body !== undefined && !isForm) headers['Content-Type'] = 'application/json'
  const timeout = AbortSignal.timeout(isForm ? formTimeoutMs : timeoutMs)
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      signal: init.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
      ...(init.body !== undefined && { body: init.body instanceof FormData ? init.body : JSON.stringify(init.body) }),
    })
  } catch (error) {
    // The page went away or asked for something newer: not an error anybody should see.
    if (init.signal?.aborted) throw error
    throw new NoAnswer(timeout.aborted ? 'timeout' : 'offline', init.requestId, error)
  }
  return await accepted(path, response)
}

async function read<Reply>(response: Response, schema: Shape<Reply>, requestId?: string): Promise<Reply> {
  try {
    return schema.parse(await response.json())
  } catch (error) {
    throw new NoAnswer('unreadable', requestId ?? response.headers.get('ms-requestid') ?? undefined, error)
  }
}

/** How a file is sent: `onProgress` is told the share of it that is on its way, from 0 to 1. */
interface UploadOptions<Reply> {
  readonly reply: Shape<Reply>
  readonly requestId: string
  readonly signal: AbortSignal
  readonly onProgress: (share: number) => void
}

/** `fetch` does not tell how much of a body was sent, so this goes the older way, to the same answers. */
async function send(path: string, form: FormData, options: UploadOptions<unknown>): Promise<Response> {
  return await new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.timeout = formTimeoutMs
    const headers = { ...commonHeaders(), 'MS-RequestId': options.requestId }
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      options.onProgress(total > 0 ? loaded / total : 0),
    )
    request.addEventListener('load', () => {
      const requestId = request.getResponseHeader('ms-requestid')
      resolve(
        new Response(request.responseText, {
          status: request.status,
          headers: requestId === null ? {} : { 'ms-requestid': requestId },
        }),
      )
    })
    request.addEventListener('error', () => reject(new NoAnswer('offline', options.requestId)))
    request.addEventListener('timeout', () => reject(new NoAnswer('timeout', options.requestId)))
    request.addEventListener('abort', () => reject(new DOMException('Nobody waits for it.', 'AbortError')))
    options.signal.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}

/** The one way the portal talks to the server. Throws ApiRefusal or NoAnswer, nothing else but aborts. */
export const api = {
  /** Reads. Pass TanStack Query's `signal`, so that what nobody waits for is not fetched. */
  async get<Reply>(path: string, schema: Shape<Reply>, params?: Params, signal?: AbortSignal): Promise<Reply> {
    return read(await call('GET', withParams(path, params), signal ? { signal } : {}), schema)
  },

  /** Sends a form with a file, telling how far it is. `requestId` makes it safe to repeat, as for `send`. */
  async upload<Reply>(path: string, form: FormData, options: UploadOptions<Reply>): Promise<Reply> {
    return read(await accepted(path, await send(path, form, options)), options.reply, options.requestId)
  },

  /**
   * Writes once. `requestId` makes it safe to repeat: the same id with the same body has one effect and one answer. Pages
   * use `useWrite`, which keeps the id and repeats by itself.
   */
  async send<Reply>(write: Write<Reply>, requestId: string): Promise<Reply> {
    const response = await call(write.method, write.path, { body: write.body ?? {}, requestId })
    // Without a schema nobody reads the reply, so its type is `undefined` wherever `Reply` is inferred.
    if (!write.reply) return undefined as Reply
    return read(response, write.reply, requestId)
  },
}

const retryAfterMs = [1_000, 2_000, 4_000, 8_000]

/**
 * Writes, and when no answer comes asks again under the same id until one does, at most four times more.
 *
 * @param onUnknown Called once the first answer is overdue: the person should be told that the state is being checked.
 */
export async function sendUntilKnown<Reply>(
  write: Write<Reply>,
  requestId: string,
  onUnknown: () => void,
): Promise<Reply> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await api.send(write, requestId)
    } catch (error) {
      const wait = retryAfterMs[attempt]
      const unknown = error instanceof NoAnswer && error.reason !== 'unreadable'
      const gateway = error instanceof ApiRefusal && (error.status === 502 || error.status === 504)
      if (wait === undefined || !(unknown || gateway)) throw error
      onUnknown()
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

/** The write as a line for a shell, with a placeholder where the caller's token goes. */
export function asCurl(write: Write<unknown>): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  const lines = [
    `curl -X ${write.method} ${quote(new URL(write.path, location.origin).href)}`,
    `-H 'Authorization: Bearer <token>'`,
    `-H 'MS-RequestId: <a new uuid>'`,
    ...(write.body instanceof FormData
      ? [...write.body].map(
          ([name, value]) => `-F ${quote(`${name}=${typeof value === 'string' ? value : `@${value.name}`}`)}`,
        )
      : [`-H 'Content-Type: application/json'`, `-d ${quote(JSON.stringify(write.body ?? {}))}`]),
  ]
  return lines.join(' \\\n  ')
}
