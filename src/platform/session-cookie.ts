import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../config.ts'

/** Life of a session, counted from sign-in; nothing prolongs it. */
export const sessionHours = 12

/** Names of our cookies begin with this, and with `__Secure-` where people come by https. */
export const cookiePrefix = 'kanal'

type CookieConfig = Pick<Config, 'secret' | 'publicUrl'>

/** Whether cookies may travel by https only. */
export function usesSecureCookies({ publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  return publicUrl.startsWith('https:')
}

function cookieName(config: CookieConfig): string {
  return `${usesSecureCookies(config) ? '__Secure-' : ''}${cookiePrefix}.session_token`
}

/** What the database keeps of a session's token. The token has 190 bits of chance, so a plain hash is enough. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** The `Cookie` header of a session, as a browser would send it after signing in. */
export function sessionCookie(config: CookieConfig, token: string): string {
  return `${cookieName(config)}=${encodeURIComponent(`${token}.${sign(config, token)}`)}`
}

/** The session's token from a `Cookie` header; undefined when there is none, or its signature is not ours. */
export function readSessionToken(config: CookieConfig, header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const value = cookieValue(header, cookieName(config))
  const dot = value?.lastIndexOf('.') ?? -1
  if (value === undefined || dot < 1) return undefined
  const token = value.slice(0, dot)
  const given = Buffer.from(value.slice(dot + 1))
  const expected = Buffer.from(sign(config, token))
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined
}

function sign({ secret }: CookieConfig, token: string): string {
  return createHmac('sha256', secret).update(token).digest('base64')
}

function cookieValue(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=')
    if (equals > 0 && pair.slice(0, equals).trim() === name) return decoded(pair.slice(equals + 1).trim())
  }
  return undefined
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    // A cookie that somebody made up is no cookie.
    return undefined
  }
}
