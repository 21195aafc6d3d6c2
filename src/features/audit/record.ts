import { sql } from 'kysely'
import { type CustomerId, newId, noCustomer, type OrganizationId, type UserId } from '../../kernel/ids.ts'
import type { Actor, Tx } from '../../platform/context.ts'
import type { AuditAction } from './actions.ts'

/** One change as it is recorded. `before` and `after` hold the changed values only, and never a secret. */
export interface Change {
  readonly action: AuditAction
  readonly subjectKind: string
  readonly subjectId: string
  readonly customerId?: CustomerId
  /** The provider in whose world it happened; the actor's organization when that is a provider. */
  readonly providerId?: OrganizationId
  readonly resellerId?: OrganizationId
  /** Name of the party acted for, when the actor does not act for its own organization. */
  readonly onBehalfOf?: string
  readonly before?: Readonly<Record<string, unknown>>
  readonly after?: Readonly<Record<string, unknown>>
}

/** What a record says of whoever did it. */
export type Recorder = Pick<
  Actor,
  'userId' | 'userName' | 'organizationId' | 'organizationName' | 'organizationKind' | 'request'
>

/** Stands for the product in records of what nobody did. */
export const itself: Recorder = {
  userId: noCustomer as string as UserId,
  userName: 'Kanal',
  organizationId: noCustomer as string as OrganizationId,
  organizationName: 'Kanal',
  organizationKind: 'operator',
  request: { hash: '', correlationId: '', ip: '' },
}

/**
 * Writes the audit record of a change and the event that announces it, in one statement of the caller's transaction: neither
 * can exist without the change, nor the change without them.
 */
export async function record(tx: Tx, actor: Recorder, at: Date, change: Change): Promise<void> {
  const customerId = change.customerId ?? noCustomer
  const providerId = change.providerId ?? (actor.organizationKind === 'provider' ? actor.organizationId : null)
  const before = change.before ? JSON.stringify(change.before) : null
  const after = change.after ? JSON.stringify(change.after) : null
  await sql`
    with audit as (
      insert into audit_records (customer_id, id, at, action, subject_kind, subject_id, actor_user_id, actor_name,
        actor_organization_id, actor_organization, on_behalf_of, provider_id, reseller_id, before, after, request_id, ip)
      values (${customerId}, ${newId()}, ${at}, ${change.action}, ${change.subjectKind}, ${change.subjectId}, ${actor.userId},
        ${actor.userName}, ${actor.organizationId}, ${actor.organizationName}, ${change.onBehalfOf ?? null}, ${providerId},
        ${change.resellerId ?? null}, ${before}::jsonb, ${after}::jsonb, ${actor.request.id ?? actor.request.correlationId},
        ${actor.request.ip})
    )
    insert into events (customer_id, id, at, type, subject_kind, subject_id, actor_organization_id, provider_id, reseller_id,
      payload)
    values (${customerId}, ${newId()}, ${at}, ${change.action}, ${change.subjectKind}, ${change.subjectId},
      ${actor.organizationId}, ${providerId}, ${change.resellerId ?? null}, ${after ?? '{}'}::jsonb)`.execute(tx)
}
