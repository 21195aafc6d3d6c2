import { fieldRefusal, Refusal } from '../../kernel/errors.ts'
import { newId, type OrganizationId, type RelationshipRequestId } from '../../kernel/ids.ts'
import { rolesHolding } from '../../kernel/permissions.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { linkTokenHash, linkToken } from '../../platform/link-token.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { requireActivePartnership } from '../partnerships/queries.ts'
import { invitationEnd } from '../partnerships/rules.ts'
import { type Draft, draftRelationship } from './draft-relationship.ts'
import { insertRelationshipRequest } from './store.ts'
import type { RequestRelationship } from './wire.ts'

/**
 * Makes a request to a customer that has its own tenant for a relationship with a provider, alone or together with a reseller,
 * and drafts the message that carries its link. Nothing is sent. A provider may name a reseller; a reseller's request is for
 * itself and the provider it names.
 *
 * The link is bound to who asks for what: it cannot be turned into another request's.
 *
 * @throws Refusal accessDenied for privileges without the right to ask for them; partnershipRequired and the like for the
 *   reseller.
 */
export async function requestRelationship(deps: Deps, actor: Actor, input: RequestRelationship): Promise<Draft> {
  const { includePrivileges, recipientEmail, language } = input
  if (includePrivileges && !actor.permissions.has('customers.request_privileges')) {
    throw new Refusal('accessDenied', { data: rolesHolding('customers.request_privileges', actor.organizationKind) })
  }
  const { providerId, resellerId } = partiesOf(actor, input)

  const { result } = await write(deps, actor, async (tx) => {
    const partnership = resellerId === null ? null : await requireActivePartnership(tx, providerId, resellerId)
    const at = deps.now()
    const id = newId<'relationshipRequest'>()
    await insertRelationshipRequest(tx, actor, at, {
      id,
      providerId,
      partnership: partnership && { id: partnership.partnershipId, resellerId: partnership.reseller.organizationId },
      includePrivileges,
      tokenHash: linkTokenHash(linkToken(deps.config, 'relationship-request', id)),
      recipientEmail: recipientEmail ?? null,
      language,
      expiresAt: invitationEnd(at),
    })
    await record(tx, actor, at, {
      action: 'customer.relationship_requested',
      subjectKind: 'relationshipRequest',
      subjectId: id,
      providerId,
      ...(resellerId === null ? {} : { resellerId }),
      after: {
        reseller: partnership?.reseller.name ?? null,
        privileges: includePrivileges,
        recipient: recipientEmail ?? null,
      },
    })
    return { id }
  })
  return await draftRelationship(deps, actor, { requestId: result.id as RelationshipRequestId, language })
}

function partiesOf(
  actor: Actor,
  input: RequestRelationship,
): { readonly providerId: OrganizationId; readonly resellerId: OrganizationId | null } {
  if (actor.organizationKind === 'provider') {
    if (input.providerId !== undefined && input.providerId !== actor.organizationId)
      throw fieldRefusal('providerId', 'unknownField')
    return { providerId: actor.organizationId, resellerId: input.resellerId ?? null }
  }
  if (input.providerId === undefined) throw fieldRefusal('providerId', 'required')
  return { providerId: input.providerId, resellerId: actor.organizationId }
}
