import { noCustomer, type OrganizationId, type UserId } from '../../kernel/ids.ts'
import { dayMs } from '../../kernel/time.ts'
import type { Actor, Deps } from '../../platform/context.ts'
import { record } from '../audit/record.ts'
import { restoreDays } from './rules.ts'
import { forgetDeleted } from './store.ts'

/** Nobody does it: the days pass. */
const kanal: Actor = {
  userId: noCustomer as string as UserId,
  userName: 'Kanal',
  organizationId: noCustomer as string as OrganizationId,
  organizationName: 'Kanal',
  organizationKind: 'operator',
  roles: [],
  permissions: new Set(),
  locale: 'en',
  request: { hash: '', correlationId: '', ip: '' },
}

/** Removes the deleted users of customers that can no longer be restored, with what they were called. Safe to repeat. */
export async function removeDeletedUsers({ db, now }: Deps): Promise<void> {
  let removed: number
  do {
    removed = await db.transaction().execute(async (tx) => {
      const at = now()
      const users = await forgetDeleted(tx, new Date(at.getTime() - restoreDays * dayMs))
      for (const { userId, customerId, name, username } of users) {
        await record(tx, kanal, at, {
          action: 'user.removed',
          subjectKind: 'user',
          subjectId: userId,
          customerId,
          before: { name, username },
        })
      }
      return users.length
    })
  } while (removed > 0)
}
