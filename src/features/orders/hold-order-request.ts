import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, OrderRequestId, OrganizationId, SubscriptionId } from '../../kernel/ids.ts'
import type { Actor, Db, Tx } from '../../platform/context.ts'
import { requireActivePartnership } from '../partnerships/queries.ts'
import type { RequestKind, RequestStatus } from './rules/requests.ts'
import type { RequestedLine, WhichOrderRequest } from './wire/requests.ts'

/** Whether a request `q` is the actor's: a reseller's own; a provider's that were sent to it. */
export function requestsOf(actor: Actor): RawBuilder<boolean> {
  if (actor.organizationKind === 'provider')
    return sql<boolean>`(q.provider_id = ${actor.organizationId} and q.sent_at is not null)`
  if (actor.organizationKind === 'reseller') return sql<boolean>`q.reseller_id = ${actor.organizationId}`
  return sql<boolean>`false`
}

/** A request that is about to change, as it stands. */
export interface HeldRequest {
  readonly id: OrderRequestId
  readonly customerId: CustomerId
  readonly customerName: string
  readonly providerId: OrganizationId
  readonly providerName: string
  readonly resellerId: OrganizationId
  readonly resellerName: string
  readonly kind: RequestKind
  readonly status: RequestStatus
  readonly lines: readonly RequestedLine[]
  readonly subscriptionId: SubscriptionId | null
  readonly orderId: string | null
  readonly version: number
  /** Of the provider's clock. */
  readonly clockOffsetMs: number
}

/**
 * Reads a request of the actor's, and holds its row until the transaction ends.
 *
 * @throws Refusal notFound
 */
export async function holdRequest(
  tx: Tx,
  actor: Actor,
  { customerId, orderRequestId }: WhichOrderRequest,
): Promise<HeldRequest> {
  const { rows } = await sql<Omit<HeldRequest, 'clockOffsetMs'> & { clockOffsetMs: string }>`
    select q.id, q.customer_id as "customerId", c.legal_name as "customerName", q.provider_id as "providerId",
      p.trading_name as "providerName", q.reseller_id as "resellerId", r.trading_name as "resellerName", q.kind, q.status, q.lines,
      q.subscription_id as "subscriptionId", q.order_id as "orderId", q.version, p.clock_offset_ms as "clockOffsetMs"
    from order_requests q
    join customers c on c.id = q.customer_id
    join organizations p on p.id = q.provider_id
    join organizations r on r.id = q.reseller_id
    where q.customer_id = ${customerId} and q.id = ${orderRequestId} and ${requestsOf(actor)}
    for update of q`.execute(tx)
  const [row] = rows
  if (!row) throw new Refusal('notFound')
  return { ...row, clockOffsetMs: Number(row.clockOffsetMs) }
}

/** A provider that a reseller may ask for a customer. */
export interface Seller {
  readonly id: OrganizationId
  readonly name: string
  readonly customerName: string
  /** Of the provider's clock. */
  readonly clockOffsetMs: number
}

/**
 * The provider a reseller asks: it associated the reseller with the customer, and both are active partners. Inside a
 * transaction the partnership is held.
 *
 * @throws Refusal notFound without such an association; partnershipRequired, ownAgreementMissing, partnerSuspended and the like.
 */
export async function requireSeller(
  db: Db,
  actor: Actor,
  customerId: CustomerId,
  providerId: OrganizationId,
): Promise<Seller> {
  const { rows } = await sql<Omit<Seller, 'clockOffsetMs'> & { clockOffsetMs: string }>`
    select p.id, p.trading_name as name, c.legal_name as "customerName", p.clock_offset_ms as "clockOffsetMs"
    from customers c
    join customer_reseller_associations a on a.customer_id = c.id and a.provider_id = ${providerId}
      and a.reseller_id = ${actor.organizationId} and a.ended_at is null
    join customer_relationships r on r.customer_id = c.id and r.partner_id = a.provider_id and r.state = 'active'
    join organizations p on p.id = a.provider_id
    where c.id = ${customerId}`.execute(db)
  const [row] = rows
  if (!row) throw new Refusal('notFound')
  await requirePartnership(db, actor, providerId)
  return { ...row, clockOffsetMs: Number(row.clockOffsetMs) }
}

/** The reader is the reseller itself: what its agreement lacks is said to it in its own words. */
export async function requirePartnership(db: Db, actor: Actor, providerId: OrganizationId): Promise<void> {
  try {
    await requireActivePartnership(db, providerId, actor.organizationId)
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== 'resellerAgreementMissing') throw error
    throw new Refusal('ownAgreementMissing', error.detail)
  }
}
