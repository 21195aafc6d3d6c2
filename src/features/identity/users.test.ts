import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Refusal } from '../../kernel/errors.ts'
import { newId, type OrganizationId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { type Reply, testWorld, type TestWorld } from '../../platform/test-world.ts'
import { setRoles } from './set-roles.ts'
import { everythingStored } from './test-dump.ts'
import { givenOrganization } from './test-organizations.ts'
import { givenUser, testPassword, type TestUser } from './test-users.ts'

interface Refused {
  readonly name: string
  readonly description: string
  readonly data: readonly string[]
  readonly fields: readonly { field: string; rule: string }[]
}

interface Listed {
  readonly items: readonly {
    id: string
    name: string
    roles: Role[]
    status: string
    temporaryPasswordExpiresAt: string | null
  }[]
  readonly next: string | null
  readonly globalAdmins: number
}

interface Added {
  readonly user: { readonly id: string; readonly username: string; readonly temporaryPasswordExpiresAt: string }
  readonly temporaryPassword?: string
}

const ayse = {
  firstName: 'Ayşe',
  lastName: 'Yılmaz',
  username: 'Ayse.Yilmaz@Anadolu.example',
  email: 'ayse@mail.example',
  roles: ['sales_agent'],
  locale: 'tr',
}

test('S86 S88 F179 a new user gets a temporary password in one answer, signs in with it, and nobody reads it again', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['global_admin'])
  const id = { 'ms-requestid': newId() }

  const added = await world.request<Added>(admin.cookie, 'POST', '/portal/v1/users', ayse, id)
  const again = await world.request<Added>(admin.cookie, 'POST', '/portal/v1/users', ayse, id)

  assert.equal(added.status, 200)
  const password = added.body.temporaryPassword ?? ''
  assert.match(password, /^\w{5}-\w{5}-\w{5}-\w{5}$/)
  assert.equal(added.body.user.username, 'ayse.yilmaz@anadolu.example')
  assert.equal(added.body.user.temporaryPasswordExpiresAt, new Date(world.now.getTime() + 72 * 3_600_000).toISOString())
  assert.equal(again.body.user.id, added.body.user.id)
  assert.equal(again.body.temporaryPassword, undefined)
  assert.ok(!(await everythingStored(world.deps)).includes(password))
  assert.equal((await signIn(world, 'ayse.yilmaz@anadolu.example', password)).status, 200)
  assert.deepEqual(await actionsAbout(world, added.body.user.id), [
    'user.created',
    'user.password_shown',
    'user.signed_in',
  ])
})

test('F179 a user name or address that is taken is refused, also one that is somebody’s address', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['global_admin'])
  await world.request(admin.cookie, 'POST', '/portal/v1/users', ayse)

  for (const [change, name] of [
    [{ email: 'other@mail.example' }, 'usernameTaken'],
    [{ username: 'other', email: 'AYSE@mail.example' }, 'emailTaken'],
    [{ username: 'ayse@mail.example', email: 'third@mail.example' }, 'usernameTaken'],
  ] as const) {
    const answer = await world.request<Refused>(admin.cookie, 'POST', '/portal/v1/users', { ...ayse, ...change })
    assert.deepEqual([answer.status, answer.body.name], [409, name])
  }
})

test('every field of a new user has its bounds, and the refusal names field and rule', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['global_admin'])

  for (const [change, field, rule] of [
    [{ firstName: ' ' }, 'firstName', 'required'],
    [{ lastName: 'x'.repeat(65) }, 'lastName', 'tooLong'],
    [{ firstName: 'A\u202eB' }, 'firstName', 'controlCharacters'],
    [{ username: 'ayşe' }, 'username', 'username'],
    [{ username: 'ab' }, 'username', 'username'],
    [{ email: 'ayse' }, 'email', 'email'],
    [{ email: 'ayse@posta.kutusu.şirket' }, 'email', 'email'],
    [{ roles: ['owner'] }, 'roles.0', 'notOneOf'],
    [{ locale: 'de' }, 'locale', 'notOneOf'],
    [{ isAdmin: true }, 'isAdmin', 'unknownField'],
  ] as const) {
    const answer = await world.request<Refused>(admin.cookie, 'POST', '/portal/v1/users', { ...ayse, ...change })
    assert.equal(answer.status, 400)
    assert.deepEqual(
      answer.body.fields.map((one) => [one.field, one.rule]),
      [[field, rule]],
    )
  }
})

test('A69 A70 A71 A72 the roles a new user may get depend on who makes it', async () => {
  await using world = await givenWorld()
  const userManager = await given(world, ['user_management_admin'])
  const accountAdmin = await given(world, ['account_admin'])
  const helpdesk = await given(world, ['helpdesk_agent'])

  const agent = await addWith(world, userManager, ['admin_agent'])
  const governor = await addWith(world, userManager, ['global_admin'])
  const seller = await addWith(world, accountAdmin, ['sales_agent'])
  const program = await addWith(world, accountAdmin, ['mpn_partner_admin'])
  const refused = await addWith(world, helpdesk, [])
  const foreign = await addWith(world, await given(world, ['global_admin']), ['billing_contact'])

  assert.deepEqual([agent.status, program.status], [200, 200])
  assert.deepEqual(
    [governor.status, governor.body.name, governor.body.data],
    [403, 'roleNotAssignable', ['global_admin']],
  )
  assert.deepEqual([seller.status, seller.body.data], [403, ['sales_agent']])
  assert.deepEqual(
    [refused.status, refused.body.name, refused.body.data],
    [403, 'accessDenied', ['global_admin', 'user_management_admin', 'account_admin']],
  )
  assert.equal(foreign.body.name, 'roleNotAssignable')
})

test('a role change counts from the next request of the same session', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['global_admin'])
  const agent = await given(world, ['user_management_admin'])
  assert.equal((await world.request(agent.cookie, 'GET', '/portal/v1/users')).status, 200)

  const set = await world.request(admin.cookie, 'PUT', `/portal/v1/users/${agent.userId}/roles`, {
    roles: ['sales_agent'],
  })
  const after = await world.request<Refused>(agent.cookie, 'GET', '/portal/v1/users')
  const me = await world.request<{ roles: string[] }>(agent.cookie, 'GET', '/portal/v1/me')

  assert.equal(set.status, 204)
  assert.deepEqual([after.status, after.body.name], [403, 'accessDenied'])
  assert.deepEqual(me.body.roles, ['sales_agent'])
  assert.deepEqual(await changeOf(world, 'user.roles_changed'), {
    before: { name: agent.actor.userName, roles: ['user_management_admin'] },
    after: { name: agent.actor.userName, roles: ['sales_agent'] },
  })
})

test('F180 a user without any role sees its own profile and nothing else', async () => {
  await using world = await givenWorld()
  const nobody = await given(world, [])

  assert.equal((await world.request(nobody.cookie, 'GET', '/portal/v1/me')).status, 200)
  assert.equal((await world.request(nobody.cookie, 'GET', '/portal/v1/global-admins')).status, 200)
  assert.equal((await world.request(nobody.cookie, 'GET', '/portal/v1/users')).status, 403)
})

test('F181 the last active global admin keeps its role, is not blocked and not deleted', async () => {
  await using world = await givenWorld()
  const last = await given(world, ['global_admin'])
  const blocked = await given(world, ['global_admin'])
  await sql`update users set status = 'blocked' where id = ${blocked.userId}`.execute(world.deps.db)
  const accountAdmin = await given(world, ['account_admin'])

  const demoted = await world.request<Refused>(last.cookie, 'PUT', rolesOf(last), { roles: ['sales_agent'] })
  const shut = await world.request<Refused>(accountAdmin.cookie, 'POST', `/portal/v1/users/${last.userId}/block`, {})
  const deleted = await world.request<Refused>(last.cookie, 'DELETE', `/portal/v1/users/${last.userId}`, {})

  assert.deepEqual([demoted.status, demoted.body.name], [409, 'lastGlobalAdmin'])
  assert.equal(shut.body.name, 'lastGlobalAdmin')
  assert.equal(deleted.body.name, 'lastGlobalAdmin')
})

test('F181 two global admins who take each other’s role at the same moment leave one', async () => {
  await using world = await givenWorld()
  const one = await given(world, ['global_admin'])
  const other = await given(world, ['global_admin'])

  // Both were global admins when they asked.
  const answers = await Promise.allSettled([
    setRoles(world.deps, one.actor, { userId: other.userId, roles: [] }),
    setRoles(world.deps, other.actor, { userId: one.userId, roles: [] }),
  ])

  const refused = answers.filter((answer) => answer.status === 'rejected')
  assert.deepEqual(
    refused.map(({ reason }) => (reason as Refusal).reason),
    ['lastGlobalAdmin'],
  )
  const list = await world.request<Listed>(one.actor, 'GET', '/portal/v1/users')
  assert.equal(list.body.globalAdmins, 1)
})

test('nobody takes its own access away, even with a second global admin', async () => {
  await using world = await givenWorld()
  const one = await given(world, ['global_admin'])
  await given(world, ['global_admin'])

  for (const [method, url, body] of [
    ['PUT', rolesOf(one), { roles: ['sales_agent'] }],
    ['POST', `/portal/v1/users/${one.userId}/block`, {}],
    ['DELETE', `/portal/v1/users/${one.userId}`, {}],
  ] as const) {
    assert.equal((await world.request<Refused>(one.cookie, method, url, body)).body.name, 'ownAccess', url)
  }
  const reset = await world.request<Refused>(one.cookie, 'POST', `/portal/v1/users/${one.userId}/password-reset`, {})
  assert.equal(reset.body.name, 'ownAccount')
})

test('S86 A74 a reset gives a temporary password once, ends the sessions and stops the old password', async () => {
  await using world = await givenWorld()
  const userManager = await given(world, ['user_management_admin'])
  const agent = await given(world, ['sales_agent'])
  const id = { 'ms-requestid': newId() }
  const url = `/portal/v1/users/${agent.userId}/password-reset`

  const reset = await world.request<{ temporaryPassword?: string }>(userManager.cookie, 'POST', url, {}, id)
  const again = await world.request<{ temporaryPassword?: string }>(userManager.cookie, 'POST', url, {}, id)

  const password = reset.body.temporaryPassword ?? ''
  assert.deepEqual([reset.status, again.status, again.body], [200, 200, {}])
  assert.equal((await world.request(agent.cookie, 'GET', '/portal/v1/me')).status, 401)
  assert.equal((await signIn(world, agent.username, testPassword)).status, 401)
  assert.equal((await signIn(world, agent.username, password)).status, 200)
  assert.ok(!(await everythingStored(world.deps)).includes(password))
  assert.deepEqual(await actionsAbout(world, agent.userId), [
    'user.password_reset',
    'user.password_shown',
    'user.signed_in',
  ])
})

test('A75 F182 only a global admin resets, blocks, deletes or changes a global admin', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['global_admin'])
  const other = await given(world, ['global_admin'])
  const userManager = await given(world, ['user_management_admin'])
  const base = `/portal/v1/users/${other.userId}`

  for (const [method, url, body] of [
    ['POST', `${base}/password-reset`, {}],
    ['DELETE', `${base}/second-factor`, {}],
    ['POST', `${base}/block`, {}],
    ['DELETE', base, {}],
    ['PUT', `${base}/roles`, { roles: ['sales_agent'] }],
  ] as const) {
    const answer = await world.request<Refused>(userManager.cookie, method, url, body)
    assert.deepEqual([answer.status, answer.body.name], [403, 'globalAdminNeeded'], url)
  }
  assert.equal((await world.request(admin.cookie, 'POST', `${base}/password-reset`, {})).status, 200)
})

test('S2 A73 a helpdesk agent is refused with the roles that would do, in its own language', async () => {
  await using world = await givenWorld()
  const helpdesk = await given(world, ['helpdesk_agent'], 'tr')

  const answer = await world.request<Refused>(helpdesk.cookie, 'GET', '/portal/v1/users')

  assert.equal(answer.status, 403)
  assert.deepEqual(answer.body.data, [
    'global_admin',
    'user_management_admin',
    'admin_agent',
    'account_admin',
    'mpn_partner_admin',
  ])
  assert.match(answer.body.description, /^Erişim reddedildi/)
})

test('a blocked user is out from its next request, and back with its password when unblocked', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['global_admin'])
  const agent = await given(world, ['sales_agent'])
  const url = `/portal/v1/users/${agent.userId}/block`

  await world.request(admin.cookie, 'POST', url, {})
  await world.request(admin.cookie, 'POST', url, {})
  const out = await world.request(agent.cookie, 'GET', '/portal/v1/me')
  const reset = await world.request<Refused>(
    admin.cookie,
    'POST',
    `/portal/v1/users/${agent.userId}/password-reset`,
    {},
  )
  await world.request(admin.cookie, 'DELETE', url, {})
  await world.request(admin.cookie, 'DELETE', url, {})

  assert.equal(out.status, 401)
  assert.equal(reset.body.name, 'userNotActive')
  assert.equal((await signIn(world, agent.username, testPassword)).status, 200)
  assert.deepEqual(await actionsAbout(world, agent.userId), ['user.blocked', 'user.unblocked', 'user.signed_in'])
})

test('a deleted user is gone from the list and signed out, and its name is free again', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['global_admin'])
  const first = await world.request<Added>(admin.cookie, 'POST', '/portal/v1/users', ayse)
  const session = await signIn(world, first.body.user.username, first.body.temporaryPassword ?? '')
  const url = `/portal/v1/users/${first.body.user.id}`

  const deleted = await world.request(admin.cookie, 'DELETE', url, {})
  const twice = await world.request<Refused>(admin.cookie, 'DELETE', url, {})
  const second = await world.request<Added>(admin.cookie, 'POST', '/portal/v1/users', ayse)

  assert.deepEqual([deleted.status, twice.status], [204, 404])
  assert.equal((await world.request(cookieOf(session), 'GET', '/portal/v1/me')).status, 401)
  assert.equal(second.status, 200)
  const list = await world.request<Listed>(admin.cookie, 'GET', '/portal/v1/users?search=YILMAZ')
  assert.deepEqual(
    list.body.items.map(({ id }) => id),
    [second.body.user.id],
  )
})

test('another organization’s user looks as if it did not exist, whatever is tried', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['global_admin'])
  const stranger = await givenUser(world.deps, {
    organizationId: await givenOrganization(world.deps, 'reseller', 'Ege Bilişim'),
    kind: 'reseller',
    roles: ['sales_agent'],
  })
  const base = `/portal/v1/users/${stranger.userId}`

  for (const [method, url, body] of [
    ['PUT', `${base}/roles`, { roles: [] }],
    ['POST', `${base}/password-reset`, {}],
    ['DELETE', `${base}/second-factor`, {}],
    ['POST', `${base}/block`, {}],
    ['DELETE', `${base}/block`, {}],
    ['DELETE', base, {}],
  ] as const) {
    assert.equal((await world.request<Refused>(admin.cookie, method, url, body)).status, 404, url)
  }
  assert.equal((await world.request(stranger.cookie, 'GET', '/portal/v1/me')).status, 200)
  const list = await world.request<Listed>(admin.cookie, 'GET', '/portal/v1/users')
  assert.ok(!list.body.items.some(({ id }) => id === stranger.userId))
})

test('the list pages in the order of the Turkish alphabet, and is filtered by words and by role', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['global_admin'], 'en', 'Zeynep Admin')
  for (const [name, role] of [
    ['Çiğdem Ak', 'sales_agent'],
    ['Cem Ak', 'helpdesk_agent'],
    ['İsmail Öz', 'sales_agent'],
    ['Işık Öz', 'billing_admin'],
    ['Şule Er', 'sales_agent'],
  ] as const) {
    await given(world, [role], 'en', name)
  }

  const names: string[] = []
  let cursor = ''
  do {
    const page: Reply<Listed> = await world.request<Listed>(
      admin.cookie,
      'GET',
      `/portal/v1/users?size=2&cursor=${cursor}`.replace(/&cursor=$/, ''),
    )
    names.push(...page.body.items.map(({ name }) => name))
    cursor = page.body.next ?? ''
  } while (cursor !== '')
  const sales = await world.request<Listed>(admin.cookie, 'GET', '/portal/v1/users?role=sales_agent')
  const oz = await world.request<Listed>(admin.cookie, 'GET', '/portal/v1/users?search=ism%20OZ')
  const broken = await world.request<Refused>(admin.cookie, 'GET', '/portal/v1/users?cursor=abc')

  assert.deepEqual(names, ['Cem Ak', 'Çiğdem Ak', 'Işık Öz', 'İsmail Öz', 'Şule Er', 'Zeynep Admin'])
  assert.deepEqual(
    sales.body.items.map(({ name }) => name),
    ['Çiğdem Ak', 'İsmail Öz', 'Şule Er'],
  )
  assert.deepEqual(
    oz.body.items.map(({ name }) => name),
    ['İsmail Öz'],
  )
  assert.equal(broken.body.name, 'invalidRequest')
  assert.equal(sales.body.globalAdmins, 1)
})

test('S110 the language is kept with the user, and refusals follow it at once', async () => {
  await using world = await givenWorld()
  const user = await given(world, ['helpdesk_agent'])

  await world.request(user.cookie, 'PUT', '/portal/v1/me/locale', { locale: 'tr' })
  await world.request(user.cookie, 'PUT', '/portal/v1/me/locale', { locale: 'tr' })
  const refused = await world.request<Refused>(user.cookie, 'GET', '/portal/v1/users', undefined, {
    'accept-language': 'en',
  })
  const me = await world.request<{ user: { locale: string } }>(user.cookie, 'GET', '/portal/v1/me')

  assert.equal(me.body.user.locale, 'tr')
  assert.match(refused.body.description, /^Erişim reddedildi/)
  assert.deepEqual(await actionsAbout(world, user.userId), ['user.locale_changed'])
})

test('who can help is asked by anybody and names the active global admins of one’s own organization', async () => {
  await using world = await givenWorld()
  await given(world, ['global_admin'], 'en', 'Ada Yönetir')
  const blocked = await given(world, ['global_admin'], 'en', 'Bora Bloke')
  await sql`update users set status = 'blocked' where id = ${blocked.userId}`.execute(world.deps.db)
  const user = await given(world, [])

  const answer = await world.request<{ items: { name: string }[] }>(user.cookie, 'GET', '/portal/v1/global-admins')

  assert.deepEqual(
    answer.body.items.map(({ name }) => name),
    ['Ada Yönetir'],
  )
})

test('only who governs an organization demands a second factor of all, and the demand is recorded', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['global_admin'])
  const userManager = await given(world, ['user_management_admin'])
  const url = '/portal/v1/organization/second-factor'

  const refused = await world.request<Refused>(userManager.cookie, 'PUT', url, { required: true })
  const set = await world.request(admin.cookie, 'PUT', url, { required: true })
  const same = await world.request(admin.actor, 'PUT', url, { required: true })

  assert.deepEqual([refused.status, set.status, same.status], [403, 204, 204])
  assert.deepEqual(await actionsAbout(world, world.providerId), ['user.second_factor_changed'])
})

test('a lost second factor is taken away by an administrator, which ends the sessions', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['user_management_admin'])
  const user = await given(world, ['sales_agent'])
  await sql`update users set two_factor_enabled = true where id = ${user.userId}`.execute(world.deps.db)
  await sql`
    insert into two_factors (id, user_id, secret, backup_codes, verified)
    values (${newId()}, ${user.userId}, 'sealed', 'sealed', true)`.execute(world.deps.db)

  const taken = await world.request(admin.cookie, 'DELETE', `/portal/v1/users/${user.userId}/second-factor`, {})

  assert.equal(taken.status, 204)
  assert.equal((await world.request(user.cookie, 'GET', '/portal/v1/me')).status, 401)
  assert.equal((await world.deps.db.selectFrom('two_factors').selectAll().execute()).length, 0)
  assert.equal((await signIn(world, user.username, testPassword)).status, 200)
})

test('fifty identical requests at once make one user and show its password once', async () => {
  await using world = await givenWorld()
  const admin = await given(world, ['global_admin'])
  const id = { 'ms-requestid': newId() }

  const answers = await Promise.all(
    Array.from({ length: 50 }, () => world.request<Added>(admin.cookie, 'POST', '/portal/v1/users', ayse, id)),
  )

  assert.deepEqual(new Set(answers.map(({ body }) => body.user.id)).size, 1)
  assert.equal(answers.filter(({ body }) => body.temporaryPassword !== undefined).length, 1)
})

interface World extends TestWorld {
  readonly providerId: OrganizationId
}

async function givenWorld(): Promise<World> {
  const world = await testWorld()
  return Object.assign(world, { providerId: await givenOrganization(world.deps) })
}

async function given(
  world: World,
  roles: readonly Role[],
  locale: 'en' | 'tr' = 'en',
  name?: string,
): Promise<TestUser> {
  return await givenUser(world.deps, {
    organizationId: world.providerId,
    kind: 'provider',
    roles,
    locale,
    ...(name === undefined ? {} : { name }),
  })
}

let made = 0

async function addWith(world: World, by: TestUser, roles: readonly Role[]): Promise<Reply<Refused>> {
  made += 1
  const body = { ...ayse, username: `user${made}`, email: `user${made}@mail.example`, roles }
  return await world.request<Refused>(by.cookie, 'POST', '/portal/v1/users', body)
}

async function signIn(world: World, username: string, password: string): Promise<Reply> {
  return await world.request(undefined, 'POST', '/portal/auth/sign-in/username', { username, password })
}

function rolesOf(user: TestUser): string {
  return `/portal/v1/users/${user.userId}/roles`
}

function cookieOf(reply: Reply): string {
  return [reply.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => String(line).split(';')[0])
    .join('; ')
}

async function actionsAbout(world: World, subjectId: string): Promise<readonly string[]> {
  const found = await sql<{ action: string }>`
    select action from audit_records where subject_id = ${subjectId} order by id`.execute(world.deps.db)
  return found.rows.map(({ action }) => action)
}

async function changeOf(world: World, action: string): Promise<{ before: unknown; after: unknown } | undefined> {
  const found = await sql<{ before: unknown; after: unknown }>`
    select before, after from audit_records where action = ${action}`.execute(world.deps.db)
  return found.rows[0]
}
