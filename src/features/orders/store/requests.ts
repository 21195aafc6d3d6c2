import { sql } from 'kysely'
import type { CustomerId, OrderId, OrderRequestId, OrganizationId } from '../../../kernel/ids.ts'
import type { Actor, Tx } from '../../../platform/context.ts'
import type { RequestKind } from '../rules/requests.ts'
import type { RequestedLine } from '../wire/requests.ts'

interface Which {
  readonly customerId: CustomerId
  readonly id: OrderRequestId
}

/** What of a request its reseller writes. */
export interface RequestContentRow {
  readonly kind: RequestKind
  readonly lines: readonly RequestedLine[]
  readonly subscriptionId: string | null
  readonly wishOn: string | null
  readonly note: string
  readonly searchKey: string
}

/** Adds a draft. */
export async function insertRequest(
  tx: Tx,
  actor: Actor,
  at: Date,
  { customerId, id, providerId }: Which & { readonly providerId: OrganizationId },
  content: RequestContentRow,
): Promise<void> {
  await sql`
    insert into order_requests (customer_id, id, provider_id, reseller_id, kind, status, lines, subscription_id, wish_on, note,
      search_key, created_by, created_by_name, created_at, listed_at)
    values (${customerId}, ${id}, ${providerId}, ${actor.organizationId}, ${content.kind}, 'draft',
      ${JSON.stringify(content.lines)}::jsonb, ${content.subscriptionId}, ${content.wishOn}, ${content.note}, ${content.searchKey},
      ${actor.userId}, ${actor.userName}, ${at}, ${at})`.execute(tx)
}

/** Stores what a draft holds now. */
export async function updateRequest(tx: Tx, { customerId, id }: Which, content: RequestContentRow): Promise<void> {
  await sql`
    update order_requests set kind = ${content.kind}, lines = ${JSON.stringify(content.lines)}::jsonb,
      subscription_id = ${content.subscriptionId}, wish_on = ${content.wishOn}, note = ${content.note},
      search_key = ${content.searchKey}, version = version + 1
    where customer_id = ${customerId} and id = ${id}`.execute(tx)
}

/** Marks a draft as sent; its provider sees it from now on. */
export async function markSent(tx: Tx, at: Date, { customerId, id }: Which): Promise<void> {
  await sql`
    update order_requests set status = 'sent', sent_at = ${at}, listed_at = ${at}, version = version + 1
    where customer_id = ${customerId} and id = ${id}`.execute(tx)
}

export async function markWithdrawn(tx: Tx, { customerId, id }: Which): Promise<void> {
  await sql`
    update order_requests set status = 'withdrawn', version = version + 1
    where customer_id = ${customerId} and id = ${id}`.execute(tx)
}

/** Stores the provider's answer: the order it came to, when there is one, or why not. */
export async function markAnswered(
  tx: Tx,
  actor: Actor,
  at: Date,
  { customerId, id }: Which,
  answer:
    | { readonly status: 'accepted'; readonly orderId: OrderId | null }
    | { readonly status: 'declined'; readonly reason: string },
): Promise<void> {
  const [orderId, reason] = answer.status === 'accepted' ? [answer.orderId, ''] : [null, answer.reason]
  await sql`
    update order_requests set status = ${answer.status}, order_id = ${orderId}, decline_reason = ${reason}, answered_at = ${at},
      answered_by_name = ${actor.userName}, version = version + 1
    where customer_id = ${customerId} and id = ${id}`.execute(tx)
}
