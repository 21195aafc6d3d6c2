import type { CustomerId } from '../../kernel/ids.ts'

/** What the fulfilment of a subscription may have to do. */
export const provisioningActions = [
  'create',
  'changeQuantity',
  'convert',
  'suspend',
  'reactivate',
  'cancel',
  'renew',
  'delete',
] as const
export type ProvisioningAction = (typeof provisioningActions)[number]

/** One thing that the fulfilment of a subscription has to do. */
export interface ProvisioningJob {
  /** The same for every try: a fulfilment that sees it a second time has done it, or is at it. */
  readonly id: string
  readonly customerId: CustomerId
  readonly subscriptionId: string
  readonly orderId: string | null
  readonly action: ProvisioningAction
  /** Licenses to reach, not a difference. */
  readonly quantity: number
  /** Tries that failed. */
  readonly attempts: number
  /** What the fulfilment called it when it accepted this try; null when it has not. */
  readonly externalRef: string | null
}

/** How a try went: done, failed with a reason for people, or accepted, to be asked again after a while of the world's time. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'accepted'; readonly externalRef: string; readonly askAfterMs: number }
  | { readonly kind: 'failed'; readonly reason: string }

/** A connection to whoever gives customers what they bought. */
export interface Fulfilment {
  /**
   * Hands a job over, or asks how one stands that was accepted. Called outside of any transaction, and at least once for each
   * try: after a crash the same try comes again, so a fulfilment keeps to `id` and `attempts`. What it throws is a failed try.
   *
   * @param signal Aborted when the job's lease ends and somebody else may take it.
   */
  readonly begin: (job: ProvisioningJob, signal: AbortSignal) => Promise<Outcome>
}

/** Tries of one job before it is given up; with the waits between them about a day. */
export const mostAttempts = 8

const firstWaitMs = 10 * 60_000

/** How long a job waits after its nth failed try, 1 the first: ten minutes, then twice as long each time. */
export function waitAfter(attempt: number): number {
  return firstWaitMs * 2 ** (attempt - 1)
}
