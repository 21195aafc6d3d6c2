import { createUser } from '../src/features/identity/create-user.ts'
import { newId } from '../src/kernel/ids.ts'
import { rolesOf } from '../src/kernel/permissions.ts'
import type { Actor, Locale } from '../src/platform/context.ts'
import { personName, usernameOf } from './people.ts'
import { type DemoTenant, makeActor, type Stage } from './stage.ts'

let people = 0

/** Adds a user for every role of a party's kind that it has nobody for yet. The first of a party is added by itself. */
export async function loadUsers(stage: Stage, tenant: DemoTenant, locale: Locale, at: Date): Promise<void> {
  const missing = rolesOf[tenant.kind].filter((role) => !tenant.users.some((user) => user.role === role))
  await stage.deps.db.transaction().execute(async (tx) => {
    for (const role of missing) {
      people += 1
      const { firstName, lastName } = personName(locale, people)
      const username = usernameOf(role, tenant.domain)
      const userId = await createUser(
        tx,
        tenant.users[0]?.actor ?? firstActor(tenant, `${firstName} ${lastName}`),
        at,
        {
          organizationId: tenant.tenantId,
          organizationKind: tenant.kind,
          username,
          email: username,
          firstName,
          lastName,
          locale,
          roles: [role],
          passwordHash: stage.passwordHash,
          temporary: false,
        },
      )
      const name = `${firstName} ${lastName}`
      tenant.users.push({ role, username, actor: makeActor(tenant, { userId, name, role, locale }) })
    }
  })
}

function firstActor(tenant: DemoTenant, name: string): Actor {
  const [role = 'global_admin'] = rolesOf[tenant.kind]
  return makeActor(tenant, { userId: newId(), name, role, locale: 'en' })
}
