import type { CustomerId } from '../../kernel/ids.ts'
import type { Actor } from '../../platform/context.ts'

/** What a change of a user of the actor's own organization is about, as the audit record names it. */
export function aboutUser(actor: Actor, userId: string = actor.userId) {
  return {
    subjectKind: 'user',
    subjectId: userId,
    ...(actor.organizationKind === 'customer' ? { customerId: actor.organizationId as string as CustomerId } : {}),
  }
}
