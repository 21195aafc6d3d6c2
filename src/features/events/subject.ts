import type { CustomerId } from '../../kernel/ids.ts'
import type { Actor } from '../../platform/context.ts'

/** What records of a webhook name. Of its address only the host: the rest may be secret. */
export function aboutWebhook(
  { organizationId, organizationKind }: Pick<Actor, 'organizationId' | 'organizationKind'>,
  webhookId: string,
) {
  return {
    subjectKind: 'webhook',
    subjectId: webhookId,
    ...(organizationKind === 'customer' ? { customerId: organizationId as string as CustomerId } : {}),
  }
}

/** The part of an address that may be told. */
export function hostOf(url: string): string {
  return new URL(url).host
}
