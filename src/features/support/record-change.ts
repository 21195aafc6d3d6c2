import type { Actor, Tx } from '../../platform/context.ts'
import type { AuditAction } from '../audit/actions.ts'
import { record } from '../audit/record.ts'
import type { HeldServiceRequest } from './hold-service-request.ts'

type Subject = Pick<HeldServiceRequest, 'id' | 'customerId' | 'customerName' | 'number' | 'providerId' | 'ownerId'> & {
  readonly escalatedBy: HeldServiceRequest['escalatedBy']
}

/**
 * Records what was done to a request. The record names those partners that have to do with it, and no other: the provider not
 * while a reseller answers, the reseller only when it answers or answered.
 */
export async function recordChange(
  tx: Tx,
  actor: Actor,
  at: Date,
  request: Subject,
  action: AuditAction,
  values: {
    readonly before?: Readonly<Record<string, unknown>>
    readonly after?: Readonly<Record<string, unknown>>
  } = {},
): Promise<void> {
  const withProvider = request.ownerId === request.providerId
  const reseller = withProvider ? request.escalatedBy : request.ownerId
  // A note is its author's organization's own.
  const resellerId = action === 'service_request.noted' && withProvider ? null : reseller
  await record(tx, actor, at, {
    action,
    subjectKind: 'serviceRequest',
    subjectId: request.id,
    customerId: request.customerId,
    ...(withProvider ? { providerId: request.providerId } : {}),
    ...(resellerId === null ? {} : { resellerId }),
    ...(actor.organizationKind !== 'customer' && action === 'service_request.filed'
      ? { onBehalfOf: request.customerName }
      : {}),
    ...(values.before ? { before: values.before } : {}),
    after: { number: request.number, ...values.after },
  })
}
