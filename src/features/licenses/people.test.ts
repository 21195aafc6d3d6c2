import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '../../kernel/ids.ts'
import { dayMs } from '../../kernel/time.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenCustomer } from '../customers/test-customers.ts'
import { removeDeletedUsers } from '../identity/remove-deleted-users.ts'
import { everythingStored } from '../identity/test-dump.ts'
import { givenUser, type TestUser } from '../identity/test-users.ts'
import { countAssigned, givenOffice, givenPerson, givenPrivileges, type Office } from './test-people.ts'
import type { PeopleAccess, Person, PersonPassword } from './wire.ts'

interface Refused {
  readonly name: string
  readonly data: readonly string[]
  readonly fields: readonly { readonly field: string; readonly rule: string }[]
}

function details(office: Office, local: string, more: object = {}) {
  return {
    username: `${local}@${office.customer.primaryDomain}`,
    firstName: 'Işıl',
    lastName: 'İnce',
    displayName: 'Işıl İnce',
    usageLocation: 'TR',
    locale: 'tr',
    roles: ['user'],
    ...more,
  }
}

async function list(world: TestWorld, by: TestUser, office: Office, query = ''): Promise<readonly Person[]> {
  const { status, body } = await world.request<{ items: Person[] }>(by.actor, 'GET', `${office.path}/users${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.items
}

test('S86 S87 F183 F185 an agent adds a user at the customer’s domain; its password is in one reply, must be changed, and is kept nowhere', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const create = (body: object, id: string) =>
    world.request<PersonPassword & Refused>(office.admin.actor, 'POST', `${office.path}/users`, body, {
      'ms-requestid': id,
    })

  const first = await create(details(office, 'ISIL'), 'one')
  const again = await create(details(office, 'ISIL'), 'one')

  assert.deepEqual([first.status, first.body.username], [200, `isil@${office.customer.primaryDomain}`])
  assert.match(first.body.temporaryPassword ?? '', /^\w{5}(-\w{5}){3}$/)
  assert.deepEqual([again.body.temporaryPassword, again.body.alreadyShown], [undefined, true])
  assert.ok(!(await everythingStored(world.deps)).includes(first.body.temporaryPassword ?? '-'))
  const [person] = (await list(world, office.admin, office)).filter(({ id }) => id === first.body.userId)
  assert.deepEqual([person?.name, person?.roles, person?.usageLocation], ['Işıl İnce', ['user'], 'TR'])
  assert.notEqual(person?.temporaryPasswordExpiresAt, null)
  const { rows } = await sql<{ action: string; behalf: string; actor: string }>`
    select action, on_behalf_of as behalf, actor_name as actor from audit_records
    where subject_id = ${first.body.userId} order by id`.execute(world.deps.db)
  assert.deepEqual(rows, [
    { action: 'user.created', behalf: office.customer.name, actor: 'Aslı Temsilci' },
    { action: 'user.password_shown', behalf: office.customer.name, actor: 'Aslı Temsilci' },
  ])

  const refused = async (body: object) => {
    const reply = await create(body, newId())
    return [reply.status, reply.body.fields?.[0]?.rule ?? reply.body.name]
  }
  assert.deepEqual(await refused(details(office, 'x', { username: 'x@elsewhere.example' })), [400, 'customerDomain'])
  assert.deepEqual(await refused(details(office, 'ışıl')), [400, 'email'])
  assert.deepEqual(await refused(details(office, 'isil')), [409, 'usernameTaken'])
  assert.deepEqual(await refused(details(office, 'y', { usageLocation: 'ZZ' })), [400, 'countryUnknown'])
  assert.deepEqual(await refused(details(office, 'z', { roles: ['global_admin'] })), [403, 'globalAdminNeeded'])
  assert.deepEqual(await refused(details(office, 'z', { roles: ['admin_agent'] })), [403, 'roleNotAssignable'])
})

test('S2 S5 F183 without a live privilege a partner is told so, a stranger finds nothing, and what ends counts from the next request', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const { deps } = world
  const ofReseller = await givenUser(deps, {
    organizationId: office.reseller.organizationId,
    kind: 'reseller',
    roles: ['admin_agent'],
  })
  const stranger = await givenOffice(world)
  const ask = async (by: TestUser, path = '/users') => {
    const { status, body } = await world.request<Refused>(by.actor, 'GET', office.path + path)
    return [status, body.name]
  }

  assert.deepEqual(await ask(ofReseller), [403, 'noDelegatedAccess'])
  assert.deepEqual(await ask(stranger.admin), [404, 'notFound'])
  assert.deepEqual(await ask(stranger.owner), [404, 'notFound'])
  await givenPrivileges(deps, office.customer, office.reseller, ['directory_reader'])
  assert.deepEqual(await ask(ofReseller), [200, undefined])
  const manage = await world.request<Refused>(ofReseller.actor, 'POST', `${office.path}/users`, details(office, 'a'))
  assert.deepEqual(
    [manage.status, manage.body.name, manage.body.data],
    [403, 'privilegeMissing', ['user_admin', 'global_admin']],
  )

  const access = await world.request<PeopleAccess>(ofReseller.actor, 'GET', `${office.path}/users-access`)
  assert.deepEqual([access.body.may.read, access.body.may.manage], [null, 'privilegeMissing'])
  assert.deepEqual(access.body.domains, [office.customer.primaryDomain])

  await sql`update admin_relationships set status = 'terminated' where partner_id = ${office.reseller.organizationId}`.execute(
    deps.db,
  )
  assert.deepEqual(await ask(ofReseller), [403, 'noDelegatedAccess'])
  const closed = await world.request<PeopleAccess>(ofReseller.actor, 'GET', `${office.path}/users-access`)
  assert.deepEqual([closed.body.may.read, closed.body.domains], ['noDelegatedAccess', []])
  assert.deepEqual(await ask(office.admin), [200, undefined])
  world.now = new Date(world.now.getTime() + 366 * dayMs)
  assert.deepEqual(await ask(office.admin), [403, 'noDelegatedAccess'])
})

test('F184 deleting frees name and licenses at once; within 30 days the user comes back with its roles, without licenses', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const { admin, offer, path } = office
  const person = await givenPerson(world.deps, office.customer, { name: 'Deniz Ay', roles: ['billing_contact'] })
  await world.request(admin.actor, 'POST', `${path}/license-assignments`, {
    userIds: [person.userId],
    licenses: [{ productId: offer.productId, skuId: offer.skuId, assigned: true }],
  })
  assert.deepEqual(await countAssigned(world, office), [1, 1])

  const gone = await world.request(admin.actor, 'DELETE', `${path}/users/${person.userId}`)
  assert.equal(gone.status, 204)
  assert.deepEqual(await countAssigned(world, office), [0, 0])
  assert.equal((await world.request(person.cookie, 'GET', '/portal/v1/me')).status, 401)
  assert.equal((await world.request(admin.actor, 'DELETE', `${path}/users/${person.userId}`)).status, 404)
  const [deleted] = await list(world, admin, office, '?tab=deleted&search=deniz')
  assert.deepEqual(
    [deleted?.username, deleted?.roles, deleted?.restorableUntil, deleted?.daysLeft],
    [person.username, ['billing_contact'], new Date(world.now.getTime() + 30 * dayMs).toISOString(), 30],
  )

  world.now = new Date(world.now.getTime() + 30 * dayMs)
  await removeDeletedUsers(world.deps)
  const restore = () =>
    world.request<PersonPassword & Refused>(admin.actor, 'POST', `${path}/users/${person.userId}/restoration`)
  const back = await restore()
  assert.equal(back.status, 200)
  assert.ok(!(await everythingStored(world.deps)).includes(back.body.temporaryPassword ?? '-'))
  const [active] = await list(world, admin, office, '?search=deniz')
  assert.deepEqual([active?.username, active?.roles, active?.licenses], [person.username, ['billing_contact'], []])
  assert.equal((await restore()).status, 404)
})

test('F184 a name taken meanwhile, and the thirty-first day, stand in the way of restoring; then nothing is kept of who it was', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const { owner, path } = office
  const person = await givenPerson(world.deps, office.customer, { name: 'Deniz Kaya' })
  const remove = (user: { readonly userId: string }) =>
    world.request(owner.actor, 'DELETE', `/portal/v1/users/${user.userId}`)
  const restore = () => world.request<Refused>(owner.actor, 'POST', `${path}/users/${person.userId}/restoration`)

  assert.equal((await remove(person)).status, 204)
  const local = person.username.split('@')[0] ?? ''
  const taker = await world.request<PersonPassword>(owner.actor, 'POST', `${path}/users`, details(office, local))
  assert.equal(taker.status, 200)
  assert.equal((await restore()).body.name, 'usernameTaken')
  await remove(taker.body)

  world.now = new Date(world.now.getTime() + 30 * dayMs + 1)
  assert.equal((await restore()).body.name, 'restoreTooLate')
  assert.deepEqual(await list(world, owner, office, '?tab=deleted'), [])
  await removeDeletedUsers(world.deps)
  await removeDeletedUsers(world.deps)
  assert.equal((await restore()).status, 404)
  const { rows } = await sql<{ text: string }>`select u::text as text from users u where id = ${person.userId}`.execute(
    world.deps.db,
  )
  assert.ok(!(rows[0]?.text ?? '').includes('Kaya') && !(rows[0]?.text ?? local).includes(local))
  const removed = await sql`
    select from audit_records where action = 'user.removed' and subject_id = ${person.userId}`.execute(world.deps.db)
  assert.equal(removed.rows.length, 1)
})

test('A54 A55 S88 a password is reset by whom the table names; an administrator’s takes the privileged role, and never the helpdesk', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const { deps } = world
  const { provider, admin, owner, path } = office
  const helpdesk = await givenUser(deps, {
    organizationId: provider.organizationId,
    kind: 'provider',
    roles: ['helpdesk_agent'],
  })
  const person = await givenPerson(deps, office.customer)
  await sql`update users set last_sign_in_at = ${world.now} where id = ${owner.userId}`.execute(deps.db)
  const reset = async (by: TestUser, user: TestUser) => {
    const { status, body } = await world.request<PersonPassword & Refused>(
      by.actor,
      'POST',
      `${path}/users/${user.userId}/password-reset`,
    )
    return { status, name: body.name, password: body.temporaryPassword }
  }

  const done = await reset(helpdesk, person)
  assert.equal(done.status, 200)
  assert.ok(!(await everythingStored(deps)).includes(done.password ?? '-'))
  assert.equal((await world.request(person.cookie, 'GET', '/portal/v1/me')).status, 401)
  assert.equal((await reset(helpdesk, owner)).name, 'accessDenied')
  assert.equal((await reset(admin, owner)).name, 'privilegeMissing')
  await givenPrivileges(deps, office.customer, provider, ['privileged_authentication_admin'])
  assert.equal((await reset(helpdesk, owner)).name, 'accessDenied')
  assert.equal((await reset(admin, owner)).status, 200)
  assert.equal((await reset(office.agent, person)).status, 404)
  assert.equal((await reset(owner, owner)).name, 'ownAccount')
  assert.equal((await reset(owner, person)).status, 200)
})

test('F181 F182 roles: a partner touches no administrator, and one active global admin always remains', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const { admin, owner, path } = office
  const person = await givenPerson(world.deps, office.customer)
  const set = async (by: TestUser, user: TestUser, roles: readonly string[]) => {
    const { status, body } = await world.request<Refused>(by.actor, 'PUT', `${path}/users/${user.userId}/roles`, {
      roles,
    })
    return status === 204 ? 'done' : body.name
  }
  const drop = async (by: TestUser, user: TestUser) => {
    const { status, body } = await world.request<Refused>(by.actor, 'DELETE', `${path}/users/${user.userId}`)
    return status === 204 ? 'done' : body.name
  }

  assert.equal(await set(admin, person, ['billing_contact', 'user']), 'done')
  assert.equal(await set(admin, person, ['global_admin']), 'globalAdminNeeded')
  assert.equal(await set(admin, owner, []), 'globalAdminNeeded')
  assert.equal(await drop(admin, owner), 'lastGlobalAdmin')
  assert.equal(await set(owner, owner, ['user']), 'lastGlobalAdmin')
  assert.equal(await set(owner, person, ['global_admin']), 'done')
  assert.equal(await drop(admin, person), 'globalAdminNeeded')
  assert.equal(await set(owner, owner, ['user']), 'ownAccess')
  assert.equal(await drop(owner, person), 'done')
  assert.equal((await world.request(admin.actor, 'POST', `${path}/users/${person.userId}/restoration`)).status, 403)
  assert.equal((await world.request(owner.actor, 'POST', `${path}/users/${person.userId}/restoration`)).status, 200)
})

test('F183 a user’s name and location are changed in one record, found again by the new name, and a repeat changes nothing', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const person = await givenPerson(world.deps, office.customer, { name: 'Eski Ad', usageLocation: null })
  const body = { firstName: '', lastName: '', displayName: 'Çiçek Yeni', usageLocation: 'DE', locale: 'tr' }
  const edit = () => world.request(office.admin.actor, 'PUT', `${office.path}/users/${person.userId}`, body)

  assert.equal((await edit()).status, 204)
  assert.equal((await edit()).status, 204)
  const [found] = await list(world, office.admin, office, '?search=cicek')
  assert.deepEqual([found?.id, found?.usageLocation], [person.userId, 'DE'])
  assert.deepEqual(await list(world, office.admin, office, '?search=eski'), [])
  const { rows } = await sql<{ before: object; after: object }>`
    select before, after from audit_records where action = 'user.changed'`.execute(world.deps.db)
  assert.equal(rows.length, 1)
})

test('F183 the list goes page by page in the order of the Turkish alphabet, and filters by role', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  for (const name of ['Zeynep', 'Çağla', 'Cem', 'İpek', 'Işık'])
    await givenPerson(world.deps, office.customer, { name })
  const names: string[] = []
  let cursor = ''
  for (let turn = 0; turn < 9; turn += 1) {
    const { body } = await world.request<{ items: Person[]; next: string | null }>(
      office.admin.actor,
      'GET',
      `${office.path}/users?size=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
    )
    names.push(...body.items.map(({ name }) => name))
    if (body.next === null) break
    cursor = body.next
  }

  assert.deepEqual(names, ['Cem', 'Çağla', 'Gül Yönetici', 'Işık', 'İpek', 'Zeynep'])
  assert.deepEqual(
    (await list(world, office.admin, office, '?role=global_admin')).map(({ name }) => name),
    ['Gül Yönetici'],
  )
  const bad = await world.request(office.admin.actor, 'GET', `${office.path}/users?cursor=abc`)
  assert.equal(bad.status, 400)
})

test('B24 after the partnership only the reseller’s admin and helpdesk agents still use its privilege', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const { deps } = world
  await givenPrivileges(deps, office.customer, office.reseller)
  const of = async (role: 'global_admin' | 'helpdesk_agent') =>
    await givenUser(deps, { organizationId: office.reseller.organizationId, kind: 'reseller', roles: [role] })
  const [governor, helpdesk] = [await of('global_admin'), await of('helpdesk_agent')]
  const ask = async (by: TestUser) => (await world.request<Refused>(by.actor, 'GET', `${office.path}/users`)).body.name

  assert.deepEqual([await ask(governor), await ask(helpdesk)], [undefined, undefined])
  await sql`
    update partnerships set state = 'ended', ended_at = ${world.now}, ended_by_side = 'provider', end_attestation_id = ${newId()}`.execute(
    deps.db,
  )
  assert.deepEqual([await ask(governor), await ask(helpdesk)], ['partnershipRequired', undefined])
})

test('S5 another customer’s user is not there, below whichever customer it is named', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const other = await givenCustomer(world.deps, office.provider, {})
  const theirs = await givenPerson(world.deps, other)
  for (const [method, path, body] of [
    ['DELETE', '', undefined],
    ['PUT', '', { displayName: 'X', usageLocation: null, locale: 'en' }],
    ['PUT', '/roles', { roles: [] }],
    ['POST', '/password-reset', {}],
    ['POST', '/restoration', {}],
  ] as const) {
    for (const userId of [theirs.userId, office.agent.userId, newId()]) {
      const { status } = await world.request(office.admin.actor, method, `${office.path}/users/${userId}${path}`, body)
      assert.equal(status, 404, `${method} ${path}`)
    }
  }
  const { status } = await world.request(office.admin.actor, 'GET', `/portal/v1/customers/${other.customerId}/users`)
  assert.equal(status, 403)
})
