import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import type { CustomerId, OrganizationId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { refusalSentence } from '../../platform/sentences.ts'
import { worldNow } from '../../platform/world-clock.ts'
import { listOffersToAsk } from '../catalog/queries.ts'
import { requestsOf, requirePartnership, requireSeller } from './hold-order-request.ts'
import { mostLines } from './wire.ts'
import type {
  ListAskableOffers,
  OrderRequestDetail,
  RequestedLine,
  SellerList,
  WhichOrderRequest,
} from './wire/requests.ts'

interface Row extends Omit<OrderRequestDetail, 'createdAt' | 'sentAt' | 'answeredAt' | 'offers'> {
  readonly createdAt: Date
  readonly sentAt: Date | null
  readonly answeredAt: Date | null
  readonly lines: RequestedLine[]
}

/** One request, with its lines; a draft with what the catalog says of them now. @throws Refusal notFound */
export async function readOrderRequest(
  deps: Deps,
  actor: Actor,
  { customerId, orderRequestId }: WhichOrderRequest,
): Promise<OrderRequestDetail> {
  const { rows } = await sql<Row>`
    select q.id, q.kind, q.status, q.lines, q.wish_on as "wishOn", q.note, q.decline_reason as "declineReason", q.version,
      q.subscription_id as "subscriptionId", q.created_by_name as "createdBy", q.created_at as "createdAt", q.sent_at as "sentAt",
      q.answered_at as "answeredAt", q.answered_by_name as "answeredBy",
      jsonb_build_object('id', c.id, 'name', c.legal_name) as customer,
      jsonb_build_object('id', p.id, 'name', p.trading_name) as provider,
      jsonb_build_object('id', r.id, 'name', r.trading_name) as reseller,
      (select l.partner_id from partner_location_accounts l where l.organization_id = r.id and l.status = 'active'
        order by l.partner_id limit 1) as "resellerPartnerId",
      (select jsonb_build_object('id', o.id, 'number', o.number) from orders o
        where o.customer_id = q.customer_id and o.id = q.order_id) as "order"
    from order_requests q
    join customers c on c.id = q.customer_id
    join organizations p on p.id = q.provider_id
    join organizations r on r.id = q.reseller_id
    where q.customer_id = ${customerId} and q.id = ${orderRequestId} and ${requestsOf(actor)}`.execute(deps.db)
  const [row] = rows
  if (!row) throw new Refusal('notFound')
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    offers: row.status === 'draft' && row.kind === 'new' ? await offersOf(deps, actor, customerId, row) : [],
  }
}

async function offersOf(
  deps: Deps,
  actor: Actor,
  customerId: CustomerId,
  { lines, provider }: Row,
): Promise<OrderRequestDetail['offers']> {
  const sellerId = provider.id as OrganizationId
  const keys = [...new Set(lines.map(({ productId, skuId }) => `${productId}/${skuId}`))]
  try {
    const { clockOffsetMs } = await requireSeller(deps.db, actor, customerId, sellerId)
    const at = worldNow(deps, { clockOffsetMs })
    return [...(await listOffersToAsk(deps, actor, { customerId, size: mostLines }, { sellerId, at, keys })).items]
  } catch (error) {
    // Without the association or the partnership a draft can still be read, and withdrawn.
    if (error instanceof Refusal) return []
    throw error
  }
}

/** The providers that associated the acting reseller with a customer, by name, each with why it cannot be asked, if so. */
export async function listSellers(
  deps: Deps,
  actor: Actor,
  { customerId }: { readonly customerId: CustomerId },
): Promise<SellerList> {
  const { rows } = await sql<{ id: OrganizationId; name: string }>`
    select p.id, p.trading_name as name
    from customer_reseller_associations a
    join customer_relationships r on r.customer_id = a.customer_id and r.partner_id = a.provider_id and r.state = 'active'
    join organizations p on p.id = a.provider_id
    where a.customer_id = ${customerId} and a.reseller_id = ${actor.organizationId} and a.ended_at is null
    order by p.sort_key, p.id limit 100`.execute(deps.db)
  if (rows.length === 0) throw new Refusal('notFound')
  const items = []
  for (const row of rows) {
    const reason = await whyNotAsked(deps, actor, row.id)
    items.push({ ...row, reason, reasonText: reason && refusalSentence(actor.locale, reason, {}) })
  }
  return { items }
}

async function whyNotAsked(deps: Deps, actor: Actor, providerId: OrganizationId): Promise<Refusal['reason'] | null> {
  try {
    await requirePartnership(deps.db, actor, providerId)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
}

/**
 * A page of what a reseller may ask a provider to order for a customer: with retail prices, and never with cost.
 *
 * @throws Refusal notFound, partnershipRequired, ownAgreementMissing and the like
 */
export async function listAskableOffers(deps: Deps, actor: Actor, { providerId, ...input }: ListAskableOffers) {
  const { clockOffsetMs } = await requireSeller(deps.db, actor, input.customerId, providerId)
  const at = worldNow(deps, { clockOffsetMs })
  return await listOffersToAsk(deps, actor, input, { sellerId: providerId, at })
}
