import { Refusal } from '../../kernel/errors.ts'
import type { PartnershipId } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'
import { lockPartnership, revokeAdminAccess as takeBack } from './store.ts'

/**
 * Takes back the access to the reseller's own account that it gave the provider when it accepted, also after the partnership
 * ended. Safe to repeat; without such an access there is nothing to take back.
 *
 * @throws Refusal notFound
 */
export async function revokeAdminAccess(
  deps: Deps,
  actor: Actor,
  input: { readonly partnershipId: PartnershipId },
): Promise<void> {
  await write(deps, actor, async (tx) => {
    const partnership = await lockPartnership(tx, actor, input.partnershipId)
    if (!partnership || partnership.resellerId !== actor.organizationId) throw new Refusal('notFound')
    if (partnership.adminAccess !== 'granted') return

    await takeBack(tx, partnership.id)
    await record(tx, actor, deps.now(), {
      action: 'partnership.admin_access_revoked',
      subjectKind: 'partnership',
      subjectId: partnership.id,
      providerId: partnership.providerId,
      resellerId: partnership.resellerId,
      before: { adminAccess: 'granted' },
      after: { adminAccess: 'revoked' },
    })
  })
}
