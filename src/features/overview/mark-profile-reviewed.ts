import { noCustomer } from '../../kernel/ids.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { record } from '../audit/record.ts'

/** Notes for the setup checklist that the provider looked at its own directory profile. Safe to repeat: the first time counts. */
export async function markProfileReviewed(deps: Deps, actor: Actor): Promise<void> {
  await write(deps, actor, async (tx) => {
    const at = deps.now()
    const marked = await tx
      .insertInto('setup_marks')
      .values({
        organization_id: actor.organizationId,
        step: 'profile',
        done_at: at,
        done_by: actor.userId,
        done_by_name: actor.userName,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (marked.numInsertedOrUpdatedRows === 0n) return
    await record(tx, actor, at, {
      action: 'directory.profile_reviewed',
      subjectKind: 'organization',
      subjectId: actor.organizationId,
      customerId: noCustomer,
    })
  })
}
