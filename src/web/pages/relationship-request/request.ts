import * as z from 'zod/mini'

export const requestsPath = '/portal/v1/relationship-requests'

/** The message of a request, to be sent by hand. */
export const Draft = z.object({
  id: z.string(),
  link: z.string(),
  subject: z.string(),
  body: z.string(),
  expiresAt: z.string(),
  recipientEmail: z.nullable(z.string()),
})
export type Draft = z.infer<typeof Draft>

const Named = z.object({ id: z.string(), name: z.string() })
export const RequestState = z.enum(['issued', 'opened', 'accepted', 'declined', 'revoked', 'expired'])
export type RequestState = z.infer<typeof RequestState>

/** A request as the server lists it. */
export const RequestRow = z.object({
  id: z.string(),
  state: RequestState,
  provider: Named,
  reseller: z.nullable(Named),
  includePrivileges: z.boolean(),
  recipientEmail: z.nullable(z.string()),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
})
export type RequestRow = z.infer<typeof RequestRow>

/** Whether a request still waits for an answer. */
export function isOpen({ state }: RequestRow): boolean {
  return state === 'issued' || state === 'opened'
}
