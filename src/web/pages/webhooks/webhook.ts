import { asSent } from '../../api.ts'
import type { Webhook } from '../../../features/events/wire.ts'

export const webhooksPath = '/portal/v1/webhooks'

/** An answer with a secret that is in no other. */
export const withSecret = asSent<{ readonly webhook: Webhook; readonly secret?: string }>()

/** A secret that the server gave in this one answer; undefined when the answer was a repeat. */
export interface OneTimeSecret {
  readonly reason: 'added' | 'rotated'
  readonly secret: string | undefined
}
