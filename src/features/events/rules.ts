import { hourMs, dayMs } from '../../kernel/time.ts'
import { type AuditAction, auditActions } from '../audit/actions.ts'

/** Webhooks of one organization at most. */
export const mostWebhooks = 10

/** How long the old secret signs beside the new one. */
export const secretOverlapMs = 24 * hourMs

/** How long a delivery is tried; what was not delivered then is dead. */
export const triedForMs = 72 * hourMs

/** How long a webhook may fail without one success before it is switched off. */
export const failingForMs = 5 * dayMs

/** How long deliveries are kept in the log, and replays can reach back. */
export const keptMs = 30 * dayMs

/** Events that one replay queues at most. */
export const replaySize = 10_000

/** After so many failed attempts in a row a webhook gets one request at a time. */
export const troubledAfter = 5

/** Type of the event that only tests a webhook. It is tried once. */
export const testType = 'webhook.test'

/** All events, before any choice: `order.*` for each kind of thing, and every type. */
export const eventKinds: readonly string[] = [...new Set(auditActions.map((action) => action.split('.')[0] ?? ''))]

/** Whether a text chooses events: a type such as `order.submitted`, or all of one kind such as `subscription.*`. */
export function isTypeFilter(text: string): boolean {
  if (text.endsWith('.*')) return eventKinds.includes(text.slice(0, -2))
  return auditActions.includes(text as AuditAction)
}

export type DeliveryStatus = 'waiting' | 'delivered' | 'dead'

/** Why an attempt failed. `refusedAddress`: Kanal does not send there. `unsigned`: its secret cannot be opened any more. */
export const attemptErrors = [
  'timeout',
  'connection',
  'certificate',
  'unresolved',
  'refusedAddress',
  'redirected',
  'status',
  'gone',
  'unsigned',
] as const
export type AttemptError = (typeof attemptErrors)[number]

/** What came of one attempt. */
export interface Attempt {
  readonly error: AttemptError | null
  readonly responseCode: number | null
  readonly latencyMs: number
}

/** What an HTTP status means: 2xx is a delivery, 410 that nobody will ever answer there, a redirect is not followed. */
export function errorOfStatus(status: number): AttemptError | null {
  if (status >= 200 && status < 300) return null
  if (status === 410) return 'gone'
  return status >= 300 && status < 400 ? 'redirected' : 'status'
}

/**
 * How long to wait after so many failed attempts: 10 s, 30 s, 90 s … six hours at most, and up to a fifth more or less, so that
 * what failed together does not come again together.
 *
 * @param chance From 0 to 1.
 */
export function restAfter(attempts: number, chance: number): number {
  const rest = Math.min(6 * hourMs, 10_000 * 3 ** Math.min(attempts - 1, 10))
  return Math.round(rest * (0.8 + 0.4 * chance))
}

/**
 * What becomes of a delivery after an attempt.
 *
 * @param attempts This one included.
 * @returns the instant of the next attempt, when it waits for one.
 */
export function afterAttempt(
  delivery: { readonly type: string; readonly queuedAt: Date; readonly attempts: number },
  attempt: Attempt,
  at: Date,
  chance: number,
): { readonly status: DeliveryStatus; readonly nextAt: Date | null } {
  if (attempt.error === null) return { status: 'delivered', nextAt: null }
  const nextAt = new Date(at.getTime() + restAfter(delivery.attempts, chance))
  const isLast = delivery.type === testType || nextAt.getTime() > delivery.queuedAt.getTime() + triedForMs
  return isLast ? { status: 'dead', nextAt: null } : { status: 'waiting', nextAt }
}

/** What is wrong with a webhook's address as it is written; where it leads is checked by the server. */
export type AddressObjection = 'webhookUrl' | 'webhookHttps' | 'webhookPort' | 'webhookCredentials'

/** The objection to an address, if any. @param allowHttp On a developer's installation. */
export function whyNotUrl(text: string, allowHttp: boolean): AddressObjection | undefined {
  const url = URL.parse(text)
  if (!url || url.hash !== '' || !['http:', 'https:'].includes(url.protocol)) return 'webhookUrl'
  if (url.protocol === 'http:' && !allowHttp) return 'webhookHttps'
  if (url.username !== '' || url.password !== '') return 'webhookCredentials'
  const port = url.port === '' ? 443 : Number(url.port)
  return port === 80 || port === 443 || port >= 1024 ? undefined : 'webhookPort'
}

/** Name of the sweep that sends what waits. */
export const sendSweep = 'send-webhooks'
