import type { RefusalName } from '../../kernel/errors.ts'
import type { OrganizationKind, Role } from '../../kernel/permissions.ts'
import { dayMs, hourMs } from '../../kernel/time.ts'

/** How bad it is for the customer, worst first: A, B and C to people. */
export const severities = ['critical', 'moderate', 'minimal'] as const
export type Severity = (typeof severities)[number]

/** `attention`: the customer has to answer. Source: SM-14. */
export const serviceRequestStatuses = ['open', 'attention', 'closed'] as const
export type ServiceRequestStatus = (typeof serviceRequestStatuses)[number]

/** A reply is for everybody who sees the request, a note for its author's organization, an escalation for the partners. */
export const messageKinds = ['reply', 'note', 'escalation'] as const
export type MessageKind = (typeof messageKinds)[number]

/** Hours until the first response is due, by severity, around the clock. Source: F198. */
export const firstResponseHours: Readonly<Record<Severity, number>> = { critical: 2, moderate: 4, minimal: 8 }

/** When the first response to a request is due whose clock began at an instant. */
export function firstResponseDue(severity: Severity, from: Date): Date {
  return new Date(from.getTime() + firstResponseHours[severity] * hourMs)
}

/** Days after closing within which a request can be opened again; the last instant counts. Source: SM-14. */
export const reopenDays = 14

/** The clock of a request's first response, as far as it shows how it stands. */
export interface ResponseClock {
  readonly status: ServiceRequestStatus
  readonly responseDueAt: Date
  readonly firstResponseAt: Date | null
  readonly closedAt: Date | null
}

/**
 * How the first response stands at an instant: given in time or late, waited for or overdue; `none` when the request was closed
 * in time without one.
 */
export function responseStateOf(clock: ResponseClock, at: Date): 'met' | 'late' | 'none' | 'waiting' | 'overdue' {
  const due = clock.responseDueAt.getTime()
  if (clock.firstResponseAt) return clock.firstResponseAt.getTime() <= due ? 'met' : 'late'
  if (clock.status === 'closed') return (clock.closedAt ?? at).getTime() <= due ? 'none' : 'late'
  return at.getTime() < due ? 'waiting' : 'overdue'
}

/** The longest texts. */
export const lengths = { title: 200, body: 8_000, name: 160, phone: 30 } as const

/* Who takes which part */

/** A request as far as it decides who may do what. */
export interface Roles {
  readonly ownerId: string
  readonly providerId: string
  readonly customerId: string
  readonly filedBy: string
}

/** `owner` answers; `customer` asks, also through a partner that filed for it; `reader` was the owner and passed it on. */
export type Side = 'owner' | 'customer' | 'reader'

/** The part an organization takes in a request that it sees. */
export function sideOf(organizationId: string, request: Roles): Side {
  if (organizationId === request.ownerId) return 'owner'
  return organizationId === request.customerId || organizationId === request.filedBy ? 'customer' : 'reader'
}

/** Whether what is written by a side may be a note: only those who answer have something to note. */
export function whyNotWrite(
  kind: 'reply' | 'note',
  side: Side,
  { status }: { readonly status: ServiceRequestStatus },
): RefusalName | null {
  if (side === 'reader' || (kind === 'note' && side !== 'owner')) return 'serviceRequestNotYours'
  return status === 'closed' && kind === 'reply' ? 'serviceRequestClosed' : null
}

/** The state after a reply: the answering side says whether the customer has to do something; the customer's reply opens. */
export function statusAfterReply(side: Side, needsAnswer: boolean): ServiceRequestStatus {
  return side === 'owner' && needsAnswer ? 'attention' : 'open'
}

/** Why a side may not change the severity of a request or close it; null when it may. Closing again changes nothing. */
export function whyNotChange(
  what: 'severity' | 'close',
  side: Side,
  { status }: { readonly status: ServiceRequestStatus },
): RefusalName | null {
  if (side === 'reader') return 'serviceRequestNotYours'
  return status === 'closed' && what === 'severity' ? 'serviceRequestClosed' : null
}

/** Decides opening a closed request again: by both sides, within 14 days. `nothing` when it is open. */
export function decideReopening(
  side: Side,
  request: { readonly status: ServiceRequestStatus; readonly closedAt: Date | null },
  at: Date,
): 'reopen' | 'nothing' | { readonly refuse: RefusalName } {
  if (side === 'reader') return { refuse: 'serviceRequestNotYours' }
  if (request.status !== 'closed' || !request.closedAt) return 'nothing'
  return at.getTime() <= request.closedAt.getTime() + reopenDays * dayMs ? 'reopen' : { refuse: 'reopenTooLate' }
}

/** Decides a reseller's escalation to the provider. `nothing` when the provider has it already by this reseller's hand. */
export function decideEscalation(
  organizationId: string,
  request: Roles & { readonly status: ServiceRequestStatus; readonly escalatedBy: string | null },
): 'escalate' | 'nothing' | { readonly refuse: RefusalName } {
  if (request.escalatedBy === organizationId) return 'nothing'
  if (request.ownerId !== organizationId) return { refuse: 'serviceRequestNotYours' }
  return request.status === 'closed' ? { refuse: 'serviceRequestClosed' } : 'escalate'
}

/* Filing */

/** Roles in a customer's tenant that may ask for support there; the least of them is the service support admin. Source: F201. */
export const rolesThatFile = ['service_support_admin', 'helpdesk_admin', 'user_admin', 'global_admin'] as const

/**
 * Why somebody may not file a request for a customer about a subscription, or about the account when it has no kind; null when
 * it may. The customer itself always may. Source: F201, F202, A59.
 */
export function whyNotFile(
  by: { readonly kind: OrganizationKind; readonly delegated: boolean },
  subscription: { readonly kind: string } | null,
): RefusalName | null {
  if (by.kind === 'customer') return null
  if (by.kind === 'reseller' && subscription?.kind === 'usage') return 'askYourProvider'
  return by.delegated ? null : 'noDelegatedAccess'
}

/** Whom to tell of an organization: those who may answer. */
export function audienceOf(side: 'partner' | 'customer'): readonly Role[] {
  return side === 'partner' ? ['admin_agent', 'helpdesk_agent'] : ['global_admin']
}

/* Attachments */

export const attachmentLimits = { perMessage: 5, bytes: 10 * 1024 * 1024, waiting: 40 } as const

/**
 * What may be attached: the endings of its names, by what the bytes turn out to be. Nothing that runs or that a browser would
 * show as a page.
 */
export const attachmentTypes: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'application/zip': ['zip'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'text/plain': ['txt', 'log', 'csv', 'json'],
}

/** All endings that are taken, for the file chooser. */
export const attachmentEndings: readonly string[] = Object.values(attachmentTypes).flat()

/** The ending of a file's name in lower case, without the dot; empty when it has none. */
export function endingOf(fileName: string): string {
  return /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
}

/** Whether a file's name fits what its bytes are, and both are allowed. */
export function isAllowedAttachment(fileName: string, mediaType: string | undefined): boolean {
  return mediaType !== undefined && (attachmentTypes[mediaType]?.includes(endingOf(fileName)) ?? false)
}

/** A file's name as it is kept: without folders and control characters, at most 120 characters, its ending last. */
export function cleanFileName(given: string): string {
  const base = given.split(/[\\/]/).at(-1) ?? ''
  const clean = base.replaceAll(/[\p{C}\p{Zl}\p{Zp}"<>|:*?]/gu, '').trim()
  const ending = endingOf(clean)
  const stem = ending === '' ? clean : clean.slice(0, -(ending.length + 1))
  return `${stem.slice(0, 120 - ending.length - 1)}${ending === '' ? '' : `.${ending}`}`
}
