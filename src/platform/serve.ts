import { createHash, createHmac, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal, refusals } from '../kernel/errors.ts'
import { rolesHolding } from '../kernel/permissions.ts'
import type { Actor, Deps, Locale, RequestMark } from './context.ts'
import { isDatabaseDown } from './database.ts'
import { isSameOrigin } from './origin.ts'
import type { CsvReply, FileReply, GuardedLine, Line, PublicLine, Upload } from './route.ts'
import { fieldSentence, refusalSentence } from './sentences.ts'
import { readSessionToken } from './session-cookie.ts'
import { refusalOfInput } from './validation.ts'

/** Who a request comes from, and whether the user must first change a password or set up a second factor. */
export interface Identified {
  readonly actor: Actor
  readonly mustFirst?: 'passwordChangeRequired' | 'secondFactorRequired'
}

export interface Edge {
  /** Reads the session of a request; undefined when there is none or it has ended. */
  readonly authenticate: (deps: Deps, request: FastifyRequest, mark: RequestMark) => Promise<Identified | undefined>
  /** Tests check each reply against its schema; a server does not, since that slows large lists. */
  readonly checkReplies?: boolean
}

/**
 * Puts a table of routes on the server: finds out who asks, checks the permission and the input, calls the use case, and
 * turns a refusal into its status, code and sentence. The only place that knows statuses and Fastify.
 */
export function serve(app: FastifyInstance, deps: Deps, table: readonly Line[], edge: Edge): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = asRefusal(error)
    if (!refusal) request.log.error({ err: error, requestId: request.id }, 'request failed')
    if (refusal?.reason === 'unavailable') request.log.warn({ err: error, requestId: request.id }, 'no database')
    return answerRefusal(reply, refusal ?? new Refusal('internal'), localeOf(request), request)
  })
  for (const line of table) {
    app.route({
      method: line.method,
      url: line.path,
      ...limitOf(deps, line),
      handler: (request, reply) => answer(deps, line, edge, request, reply),
    })
  }
}

/** Visitors are counted by address, people by their session, whatever else they send along; its token is not kept. */
function limitOf(deps: Deps, line: Line): { readonly config?: { readonly rateLimit: object } } {
  if (line.needs === 'public') return { config: { rateLimit: { max: 240, timeWindow: '1 minute' } } }
  const { perMinute } = line as unknown as GuardedLine
  if (perMinute === undefined) return {}
  const keyGenerator = ({ headers, ip }: FastifyRequest): string =>
    createHash('sha256')
      .update(readSessionToken(deps.config, headers.cookie) ?? ip)
      .digest('base64url')
  return { config: { rateLimit: { max: perMinute, timeWindow: '1 minute', keyGenerator } } }
}

async function answer(
  deps: Deps,
  line: Line,
  edge: Edge,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const given = { ...asRecord(request.query), ...asRecord(request.body), ...asRecord(request.params) }
  const mark = markOf(deps, line, request, given)
  reply
    .header('MS-CorrelationId', mark.correlationId)
    .header('MS-RequestId', mark.id ?? request.id)
    .header('Cache-Control', 'no-store')

  const identified = await edge.authenticate(deps, request, mark)
  if (identified) request.locale = identified.actor.locale
  if (line.method !== 'GET') refuseForeignOrigin(deps, request, identified !== undefined)

  if (line.needs === 'public') {
    const publicLine = line as unknown as PublicLine
    const visitor = { locale: localeOf(request), request: mark, ...(identified ? { actor: identified.actor } : {}) }
    return send(line, edge, reply, await publicLine.handle(deps, visitor, parse(line, given)))
  }

  if (!identified) throw new Refusal('notSignedIn')
  const { actor, mustFirst } = identified
  if (mustFirst && !line.beforeSetup) throw new Refusal(mustFirst)
  if (line.needs !== 'signedIn' && !actor.permissions.has(line.needs)) {
    throw new Refusal('accessDenied', { data: rolesHolding(line.needs, actor.organizationKind) })
  }
  const guarded = line as unknown as GuardedLine
  if (guarded.upload === undefined)
    return send(line, edge, reply, await guarded.handle(deps, actor, parse(line, given)))

  // A file is read only for somebody who may send it; what comes with it is part of what makes a repeat the same.
  const upload = await uploadOf(request, guarded.upload.maxBytes)
  const sent = { ...given, ...upload.fields, ...asRecord(request.params) }
  const { hash } = markOf(deps, line, request, sent)
  const sender = { ...actor, request: { ...actor.request, hash } }
  return send(line, edge, reply, await guarded.handle(deps, sender, parse(line, sent), upload))
}

function parse(line: Line, given: Record<string, unknown>): never {
  const input = line.input as unknown as { safeParse: GuardedLine['input']['safeParse'] }
  const parsed = input.safeParse(given)
  if (!parsed.success) throw refusalOfInput(parsed.error)
  return parsed.data as never
}

function send(line: Line, edge: Edge, reply: FastifyReply, result: unknown): unknown {
  if (line.reply === 204) return reply.code(204).send()
  if (line.reply === 'csv') return sendCsv(reply, result as CsvReply)
  if (line.reply === 'file') return sendFile(reply, result as FileReply)
  if (edge.checkReplies) line.reply.parse(JSON.parse(JSON.stringify(result)))
  return reply.code(200).type('application/json; charset=utf-8').send(result)
}

/**
 * Cells that a spreadsheet would run as a formula get a quote in front; an amount below zero is none. The byte order mark makes
 * Excel read UTF-8.
 */
function sendCsv(reply: FastifyReply, { fileName, columns, rows }: CsvReply): unknown {
  const csv = Readable.from(rows, { objectMode: true }).pipe(
    stringify({
      header: true,
      columns: [...columns],
      bom: true,
      escape_formulas: true,
      record_delimiter: 'windows',
      cast: { string: castText },
    }),
  )
  return reply
    .code(200)
    .type('text/csv; charset=utf-8')
    .header('Content-Disposition', `attachment; filename="${fileName.replaceAll(/[^A-Za-z0-9._-]/g, '_')}"`)
    .send(csv)
}

/** The browser stores it and never shows it: what somebody sent could be a page that acts in the reader's name. */
function sendFile(reply: FastifyReply, { fileName, mediaType, sizeBytes, stream }: FileReply): unknown {
  const plain = fileName.replaceAll(/[^A-Za-z0-9._-]/g, '_')
  const exact = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  )
  return reply
    .code(200)
    .type(mediaType)
    .header('Content-Length', sizeBytes)
    .header('Content-Disposition', `attachment; filename="${plain}"; filename*=UTF-8''${exact}`)
    .header('X-Content-Type-Options', 'nosniff')
    .header('Content-Security-Policy', "default-src 'none'; sandbox")
    .send(stream)
}

function castText(text: string) {
  return /^-\d+(\.\d+)?$/.test(text) ? { value: text, escape_formulas: false } : text
}

async function uploadOf(
  request: FastifyRequest,
  maxBytes: number,
): Promise<Upload & { readonly fields: Record<string, unknown> }> {
  if (!request.isMultipart()) throw new Refusal('fileNotReadable')
  const file = await request.file({ limits: { fileSize: maxBytes, files: 1, fields: 20 } })
  if (!file) throw new Refusal('fileNotReadable')
  const fields: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(file.fields)) {
    if (part && !Array.isArray(part) && part.type === 'field') fields[name] = part.value
  }
  return { fileName: file.filename.slice(0, 200), stream: file.file, fields }
}

function markOf(deps: Deps, line: Line, request: FastifyRequest, given: Record<string, unknown>): RequestMark {
  const correlationId = headerOf(request, 'ms-correlationid') ?? randomUUID()
  const id = line.method === 'GET' ? undefined : headerOf(request, 'ms-requestid')
  // Keyed, because an input may hold a password, and a plain hash of it would be quickly guessed.
  const hash =
    id === undefined
      ? ''
      : createHmac('sha256', deps.config.secret)
          .update(`${line.method} ${line.path} ${JSON.stringify(given)}`)
          .digest('hex')
  return { hash, correlationId, ip: request.ip, ...(id === undefined ? {} : { id }) }
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  if (value === undefined) return undefined
  if (typeof value !== 'string' || !/^[\w.-]{1,64}$/.test(value)) {
    throw new Refusal('invalidRequest', { fields: [{ field: name, rule: 'id' }] })
  }
  return value.toLowerCase()
}

/** A session cookie goes along with any page's request, so a write must come from our own pages and say so. */
export function refuseForeignOrigin(deps: Deps, request: FastifyRequest, bySession: boolean): void {
  const origin = request.headers.origin
  if (origin !== undefined && !isSameOrigin(origin, request.headers.host, deps.config.publicUrl)) {
    throw new Refusal('originNotAllowed')
  }
  if (bySession && request.headers['x-kanal'] === undefined) throw new Refusal('originNotAllowed')
}

/** The reader's language: the user's own once known, else what the browser asks for. */
function localeOf(request: FastifyRequest): Locale {
  if (request.locale) return request.locale
  return /^\s*tr\b/i.test(request.headers['accept-language'] ?? '') ? 'tr' : 'en'
}

function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (isDatabaseDown(error)) return new Refusal('unavailable')
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE') return new Refusal('bodyTooLarge')
  if (status === 429) return new Refusal('tooManyRequests')
  // PostgreSQL keeps every text but one with a zero character in it.
  if (code === '22021' || code === '22P05') return new Refusal('malformedBody')
  if (typeof status === 'number' && status >= 400 && status < 500) return new Refusal('malformedBody')
  return undefined
}

/** Writes a refusal: the field's documented body, and beside it what a page needs to put it next to its fields. */
export function answerRefusal(
  reply: FastifyReply,
  refusal: Refusal,
  locale: Locale,
  request: FastifyRequest,
): FastifyReply {
  const { status, code } = refusals[refusal.reason]
  const { data = [], params = {}, fields = [] } = refusal.detail
  if (status === 429) reply.header('Retry-After', '60')
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({
      code,
      name: refusal.reason,
      description: refusalSentence(locale, refusal.reason, params),
      data,
      params,
      fields: fields.map((field) => ({ ...field, description: fieldSentence(locale, field) })),
      source: 'kanal',
      requestId: request.id,
    })
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

declare module 'fastify' {
  interface FastifyRequest {
    locale?: Locale
  }
}
