import { Refusal } from '../../kernel/errors.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { readTemplate } from '../program/queries.ts'
import { decideRemoval } from './rules.ts'
import { endPartnership, insertAttestation, lockPartnership } from './store.ts'
import type { RemovedPartnership, RemovePartnershipInput } from './wire.ts'

/**
 * Ends a partnership, from either side, with the attestation the user ticked. Nothing else changes: customers, associations,
 * subscriptions, support contacts and delegated admin privileges stay as they are, and nobody is sent anything, because a
 * notice of termination is the user's own duty. Safe to repeat: the second call changes nothing and keeps no attestation.
 *
 * @throws Refusal notFound; attestationRequired when `attested` is not the version in force.
 */
export async function removePartnership(
  deps: Deps,
  actor: Actor,
  input: RemovePartnershipInput,
): Promise<RemovedPartnership> {
  const { result } = await write(deps, actor, async (tx) => {
    const partnership = await lockPartnership(tx, actor, input.partnershipId)
    if (!partnership) throw new Refusal('notFound')

    const at = deps.now()
    const template = await readTemplate(tx, 'removal_attestation', input.language ?? actor.locale, at)
    const decision = decideRemoval(partnership, input.attested, template.version)
    if (typeof decision === 'object') throw new Refusal(decision.refuse)
    const { id } = partnership
    if (decision === 'nothing') {
      return { partnershipId: id, endedAt: (partnership.endedAt ?? at).toISOString(), already: true }
    }

    const side = partnership.providerId === actor.organizationId ? 'provider' : 'reseller'
    const attestationId = await insertAttestation(tx, actor, at, { template, subjectId: id })
    await endPartnership(tx, actor, at, { id, side, attestationId })
    await record(tx, actor, at, {
      action: 'partnership.removed',
      subjectKind: 'partnership',
      subjectId: id,
      providerId: partnership.providerId,
      resellerId: partnership.resellerId,
      before: { state: 'active' },
      after: { state: 'ended', side, attestation: template.version, language: template.language },
    })
    return { partnershipId: id, endedAt: at.toISOString(), already: false }
  })
  return result
}
