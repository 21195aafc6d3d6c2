import type { CustomerId, OrganizationId, ServiceRequestId } from '../../kernel/ids.ts'
import type { Tx } from '../../platform/context.ts'
import { notify } from '../notifications/notify.ts'
import type { NotificationParams } from '../notifications/rules.ts'
import { audienceOf } from './rules.ts'

/** What people are told about requests: all have the request's number. */
type Told = Extract<keyof NotificationParams, `serviceRequest${string}`>

/** Tells those who may answer at an organization, with a link to the request. */
export async function tell<Kind extends Told>(
  tx: Tx,
  at: Date,
  { customerId, id }: { readonly customerId: CustomerId; readonly id: ServiceRequestId },
  to: OrganizationId | CustomerId,
  kind: Kind,
  params: NotificationParams[Kind],
): Promise<void> {
  await notify(tx, at, {
    organizationId: to,
    audienceRoles: audienceOf(to === customerId ? 'customer' : 'partner'),
    class: 'transactional',
    kind,
    params,
    link: `/service-requests/${customerId}/${id}`,
  })
}
