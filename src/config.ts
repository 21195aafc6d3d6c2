import { resolve } from 'node:path'
import { OperatorError } from './platform/operator-error.ts'

/** Words that `LOG_LEVEL` knows, most talkative first. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** What the operator decides, from the environment. Every default is here. */
export interface Config {
  /** 0 takes any free port. */
  readonly port: number
  readonly host: string
  /** undefined: the embedded PostgreSQL in `dataFolder`. */
  readonly databaseUrl: string | undefined
  /** Absolute. */
  readonly dataFolder: string
  /** Loads the demo world into an empty database; the server then listens on this machine only. */
  readonly demo: boolean
  /** Where people reach the portal, e.g. `https://kanal.example.com`; no slash at the end. Links in mails begin with it. */
  readonly publicUrl: string
  readonly logLevel: LogLevel
  /** The server that takes mails, `smtp://user:password@host:587`; undefined: mails wait in the outbox. */
  readonly smtpUrl: string | undefined
  /** Whom mails come from; set whenever `smtpUrl` is. */
  readonly mailFrom: MailAddress | undefined
  /** Where webhooks may be sent: to the internet only, also to this machine, or also to private networks; by http too unless `public`. */
  readonly webhookReach: 'public' | 'loopback' | 'private'
  /** Signs cookies and links, seals second factors and webhooks' secrets; at least 32 characters. See `withSecret`. */
  readonly secret: string
  /** Where files that people send are kept; undefined: in the database. */
  readonly objectStore: ObjectStoreConfig | undefined
}

/** A bucket of an S3-compatible store. */
export interface ObjectStoreConfig {
  /** The store's address, without the bucket and without a slash at the end. */
  readonly url: string
  readonly bucket: string
  readonly region: string
  readonly key: string
  readonly secret: string
}

export interface MailAddress {
  /** Empty when only the address was given. */
  readonly name: string
  readonly address: string
}

/** The configuration as the environment gives it: the secret may be missing and is then kept in the data folder. */
export type GivenConfig = Omit<Config, 'secret'> & { readonly secret: string | undefined }

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the configuration; an empty variable counts as absent.
 *
 * @throws OperatorError naming the variable, what it may be, and what it was.
 */
export function readConfig(environment: Environment = process.env): GivenConfig {
  const port = readPort(environment)
  const demo = readSwitch(environment, 'KANAL_DEMO')
  return {
    port,
    host: readHost(environment, demo),
    databaseUrl: readDatabaseUrl(environment),
    dataFolder: resolve(given(environment, 'KANAL_DATA') ?? 'data'),
    demo,
    publicUrl: readPublicUrl(environment, port),
    logLevel: readLogLevel(environment),
    ...readMailServer(environment),
    webhookReach: readSwitch(environment, 'KANAL_WEBHOOK_PRIVATE') ? 'private' : demo ? 'loopback' : 'public',
    secret: readSecret(environment),
    objectStore: readObjectStore(environment),
  }
}

/**
 * The PostgreSQL that tests run on; undefined: one of their own.
 *
 * @throws OperatorError when DATABASE_URL is no PostgreSQL address.
 */
export function readTestDatabaseUrl(environment: Environment = process.env): string | undefined {
  return readDatabaseUrl(environment)
}

function given(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim()
  return value === '' ? undefined : value
}

function readPort(environment: Environment): number {
  const text = given(environment, 'PORT') ?? '8080'
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new OperatorError(`PORT must be a number from 0 to 65535, not "${text}".`)
}

function readSwitch(environment: Environment, name: string): boolean {
  const text = given(environment, name) ?? '0'
  if (text === '1' || text === '0') return text === '1'
  throw new OperatorError(`${name} must be 1 (yes) or 0 (no), not "${text}".`)
}

const loopback = ['localhost', '127.0.0.1', '::1']

function readHost(environment: Environment, demo: boolean): string {
  const host = given(environment, 'HOST') ?? 'localhost'
  if (!/^[A-Za-z0-9._:-]{1,253}$/.test(host)) {
    throw new OperatorError(`HOST must be a host name or an address, e.g. 0.0.0.0, not "${host}".`)
  }
  if (demo && !loopback.includes(host)) {
    throw new OperatorError(
      `The demo world has known passwords, so it is served on this machine only: remove HOST=${host}, or set KANAL_DEMO=0.`,
    )
  }
  return host
}

function readDatabaseUrl(environment: Environment): string | undefined {
  const text = given(environment, 'DATABASE_URL')
  if (text === undefined) return undefined
  if (URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol)) return text
  // The value is not repeated: it holds a password.
  throw new OperatorError('DATABASE_URL must look like postgres://user:password@host:5432/database.')
}

function readSecret(environment: Environment): string | undefined {
  const text = given(environment, 'KANAL_SECRET')
  if (text === undefined || (text.length >= 32 && text.length <= 1024)) return text
  throw new OperatorError(
    'KANAL_SECRET must be a random text of at least 32 characters, e.g. from `openssl rand -hex 32`.',
  )
}

/** All or nothing: a store without its bucket or keys is a slip, and files would go where nobody looks for them. */
function readObjectStore(environment: Environment): ObjectStoreConfig | undefined {
  const text = given(environment, 'KANAL_S3_URL')
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search || url.hash || url.username) {
    throw new OperatorError('KANAL_S3_URL must look like https://s3.example.com, without bucket and keys.')
  }
  const part = (name: string): string => {
    const value = given(environment, name)
    if (value === undefined) throw new OperatorError(`${name} must be set along with KANAL_S3_URL.`)
    return value
  }
  const bucket = part('KANAL_S3_BUCKET')
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw new OperatorError(
      'KANAL_S3_BUCKET must be the name of a bucket: lower-case letters, digits, dots and hyphens.',
    )
  }
  return {
    url: url.href.replace(/\/$/, ''),
    bucket,
    region: given(environment, 'KANAL_S3_REGION') ?? 'us-east-1',
    key: part('KANAL_S3_KEY'),
    secret: part('KANAL_S3_SECRET'),
  }
}

function readPublicUrl(environment: Environment, port: number): string {
  const text = given(environment, 'PUBLIC_URL')
  if (text === undefined) return `http://localhost:${port}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && ['http:', 'https:'].includes(url.protocol) && url.pathname === '/' && !url.search && !url.hash) {
    return url.origin
  }
  throw new OperatorError(`PUBLIC_URL must look like https://kanal.example.com, without a path, not "${text}".`)
}

function readMailServer(environment: Environment): Pick<Config, 'smtpUrl' | 'mailFrom'> {
  const smtpUrl = readSmtpUrl(environment)
  const mailFrom = readMailFrom(environment)
  if (smtpUrl !== undefined && mailFrom === undefined) {
    throw new OperatorError('MAIL_FROM must be set together with SMTP_URL, e.g. Kanal <kanal@example.com>.')
  }
  return { smtpUrl, mailFrom }
}

function readSmtpUrl(environment: Environment): string | undefined {
  const text = given(environment, 'SMTP_URL')
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && ['smtp:', 'smtps:'].includes(url.protocol) && url.hostname !== '') return text
  // The value is not repeated: it holds a password.
  throw new OperatorError(
    'SMTP_URL must look like smtp://user:password@mail.example.com:587, or smtps:// for port 465.',
  )
}

function readMailFrom(environment: Environment): MailAddress | undefined {
  const text = given(environment, 'MAIL_FROM')
  if (text === undefined) return undefined
  const named = /^([^<>\p{Cc}]{0,100}?) *<([^<>\s]+)>$/u.exec(text)
  const name = named?.[1] ?? ''
  const address = named?.[2] ?? text
  if (/^[!-?A-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(address)) return { name, address }
  throw new OperatorError(`MAIL_FROM must look like Kanal <kanal@example.com>, not "${text}".`)
}

function readLogLevel(environment: Environment): LogLevel {
  const text = given(environment, 'LOG_LEVEL') ?? 'info'
  const level = logLevels.find((known) => known === text)
  if (level) return level
  throw new OperatorError(`LOG_LEVEL must be one of ${logLevels.join(', ')}, not "${text}".`)
}
