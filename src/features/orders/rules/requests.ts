import type { FieldRefusal, RefusalName } from '../../../kernel/errors.ts'

/** What a reseller may ask for: new subscriptions, another number of licenses, the end of a subscription. */
export const requestKinds = ['new', 'quantity', 'cancel'] as const
export type RequestKind = (typeof requestKinds)[number]

export const requestStatuses = ['draft', 'sent', 'accepted', 'declined', 'withdrawn'] as const
export type RequestStatus = (typeof requestStatuses)[number]

/** Parts of the list: what somebody still has to do something about, everything, or one state. */
export const requestStates = ['open', 'all', ...requestStatuses] as const
export type RequestState = (typeof requestStates)[number]

/** The states in which each act is allowed. An answered or withdrawn request is final; asking again is a new request. */
const allowedIn = {
  change: ['draft'],
  send: ['draft'],
  withdraw: ['draft', 'sent'],
  accept: ['sent'],
  decline: ['sent'],
} as const satisfies Record<string, readonly RequestStatus[]>

export type RequestAct = keyof typeof allowedIn

const closedBecause = {
  draft: 'requestSent',
  sent: 'requestSent',
  accepted: 'requestAnswered',
  declined: 'requestAnswered',
  withdrawn: 'requestWithdrawn',
} as const satisfies Record<RequestStatus, RefusalName>

/** What each act makes of a request. */
const becomes: Readonly<Partial<Record<RequestAct, RequestStatus>>> = {
  send: 'sent',
  withdraw: 'withdrawn',
  decline: 'declined',
}

/**
 * Decides an act on a request.
 *
 * @returns `go` to go ahead, `nothing` when it is so already, otherwise the refusal to give.
 */
export function decideOnRequest(
  act: RequestAct,
  { status }: { readonly status: RequestStatus },
): 'go' | 'nothing' | { readonly refuse: RefusalName } {
  const states: readonly RequestStatus[] = allowedIn[act]
  if (states.includes(status)) return 'go'
  return becomes[act] === status ? 'nothing' : { refuse: closedBecause[status] }
}

/** What a request holds, by its kind. */
export interface RequestContent {
  readonly kind: RequestKind
  readonly lines: readonly unknown[]
  readonly subscriptionId?: string | undefined
  readonly quantity?: number | undefined
}

/** Fields that a kind of request lacks. */
export function whatRequestLacks({ kind, lines, subscriptionId, quantity }: RequestContent): readonly FieldRefusal[] {
  if (kind === 'new') return lines.length === 0 ? [{ field: 'lines', rule: 'tooFew', params: { min: 1 } }] : []
  return [
    ...(subscriptionId === undefined ? [{ field: 'subscriptionId', rule: 'required' }] : []),
    ...(kind === 'quantity' && quantity === undefined ? [{ field: 'quantity', rule: 'required' }] : []),
  ]
}
