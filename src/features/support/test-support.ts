import { sql } from 'kysely'
import { newId, type OrganizationId, type ServiceRequestId, type SubscriptionId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import type { TestWorld } from '../../platform/test-world.ts'
import { givenUser, type TestUser } from '../identity/test-users.ts'
import { givenMarket, givenOffer, givenOrder, type Market } from '../orders/test-orders.ts'
import { provision } from '../subscriptions/test-subscriptions.ts'
import { fileServiceRequest } from './file-service-request.ts'
import type { FileServiceRequest } from './wire.ts'

/** A market with people who ask and answer, and two subscriptions: one the reseller supports, one the provider. */
export interface ServiceDesk extends Market {
  readonly owner: TestUser
  readonly providerAgent: TestUser
  readonly resellerAgent: TestUser
  /** Its designated support contact is the reseller. */
  readonly byReseller: SubscriptionId
  readonly byProvider: SubscriptionId
}

export async function givenServiceDesk(world: TestWorld): Promise<ServiceDesk> {
  const { deps } = world
  const market = await givenMarket(world)
  const { provider, reseller, customer } = market
  const offer = await givenOffer(deps)
  const [byReseller, byProvider] = await givenOrder(deps, market, [offer.line(), offer.line()])
  if (!byReseller || !byProvider) throw new Error('Two lines make two subscriptions.')
  await provision(deps)
  await setContact(deps, customer.customerId, byReseller, reseller.organizationId)
  const at = (organizationId: Parameters<typeof givenUser>[1]['organizationId']) => ({ organizationId })
  return {
    ...market,
    byReseller,
    byProvider,
    owner: await givenUser(deps, {
      ...at(customer.customerId),
      kind: 'customer',
      roles: ['global_admin'],
      name: 'Ceren Müşteri',
    }),
    providerAgent: await givenUser(deps, {
      ...at(provider.organizationId),
      kind: 'provider',
      roles: ['helpdesk_agent'],
      name: 'Pelin Destek',
    }),
    resellerAgent: await givenUser(deps, {
      ...at(reseller.organizationId),
      kind: 'reseller',
      roles: ['helpdesk_agent'],
      name: 'Rauf Destek',
    }),
  }
}

/** For tests: makes an organization the designated support contact, past the rules. */
export async function setContact(
  deps: Deps,
  customerId: string,
  subscriptionId: SubscriptionId,
  partnerId: OrganizationId,
): Promise<void> {
  await sql`
    update support_contacts set partner_id = ${partnerId}
    where customer_id = ${customerId} and subscription_id = ${subscriptionId} and valid_to is null`.execute(deps.db)
}

/** For tests: a live admin relationship with roles that let a partner ask for support, unless told. */
export async function givenDelegation(
  deps: Deps,
  customerId: string,
  partnerId: OrganizationId,
  roles: readonly string[] = ['service_support_admin'],
): Promise<void> {
  await sql`
    insert into admin_relationships (customer_id, id, partner_id, name, roles, duration_days, status, granted_via, activated_at,
      ends_at)
    values (${customerId}, ${newId()}, ${partnerId}, ${`Support ${newId()}`}, ${[...roles]}::text[], 730, 'active', 'request',
      ${deps.now()}, ${new Date(deps.now().getTime() + 30 * 86_400_000)})`.execute(deps.db)
}

/** For tests: what a customer asks about a subscription that the reseller supports, unless told. */
export function newRequest(desk: ServiceDesk, given: Partial<FileServiceRequest> = {}): FileServiceRequest {
  return {
    customerId: desk.customer.customerId,
    subscriptionId: desk.byReseller,
    providerId: null,
    severity: 'moderate',
    title: 'Işık Gıda e-postaları gecikiyor',
    description: 'Sabahtan beri gelen e-postalar bir saat geç düşüyor.',
    contact: { name: 'Ceren Müşteri', email: 'ceren@musteri.example', phone: '' },
    attachments: [],
    ...given,
  }
}

/** For tests: files a request, as the customer unless told. */
export async function givenServiceRequest(
  deps: Deps,
  desk: ServiceDesk,
  given: Partial<FileServiceRequest> = {},
  actor: Actor = desk.owner.actor,
): Promise<{
  customerId: FileServiceRequest['customerId']
  serviceRequestId: ServiceRequestId
  number: string
  path: string
}> {
  const { customerId, id, number } = await fileServiceRequest(deps, actor, newRequest(desk, given))
  return {
    customerId,
    serviceRequestId: id,
    number,
    path: `/portal/v1/customers/${customerId}/service-requests/${id}`,
  }
}

/** For tests: a form with one file, as a browser sends it. */
export function fileForm(name: string, bytes: Uint8Array): { body: Buffer; headers: Record<string, string> } {
  const boundary = 'a-line-between-parts'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  return {
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

/** The smallest PNG: one pixel. */
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
