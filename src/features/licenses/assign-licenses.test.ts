import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { UserId } from '../../kernel/ids.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser, type TestUser } from '../identity/test-users.ts'
import { givenOffer } from '../orders/test-orders.ts'
import { holdPool, moveAssignments } from '../subscriptions/license-pools.ts'
import { buy, countAssigned, givenOffice, givenPerson, idsOf, type Office } from './test-people.ts'
import type { AssignedLicenses, ProductLicenses } from './wire.ts'

interface Refused {
  readonly name: string
  readonly fields: readonly { readonly field: string; readonly rule: string }[]
}

async function assign(
  world: TestWorld,
  by: TestUser,
  office: Office,
  userIds: readonly UserId[],
  license: object = { assigned: true },
  headers: Readonly<Record<string, string>> = {},
) {
  const { productId, skuId } = office.offer
  const licenses = [{ productId, skuId, ...license }]
  return await world.request<AssignedLicenses & Refused>(
    by.actor,
    'POST',
    `${office.path}/license-assignments`,
    { userIds, licenses },
    headers,
  )
}

async function products(world: TestWorld, by: TestUser, office: Office): Promise<readonly ProductLicenses[]> {
  const { body } = await world.request<{ items: ProductLicenses[] }>(by.actor, 'GET', `${office.path}/licenses`)
  return body.items
}

test('F186 F187 of ten users with eight licenses eight get one, and two are listed with the reason', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world, 8)
  const people: TestUser[] = []
  for (let turn = 0; turn < 10; turn += 1)
    people.push(await givenPerson(world.deps, office.customer, { name: `Kişi ${turn}` }))

  const { status, body } = await assign(world, office.admin, office, idsOf(...people), {}, { 'ms-requestid': 'a' })
  assert.deepEqual([status, body.changed], [200, 0])
  const done = await assign(world, office.admin, office, idsOf(...people), undefined, { 'ms-requestid': 'b' })
  const again = await assign(world, office.admin, office, idsOf(...people), undefined, { 'ms-requestid': 'b' })

  assert.deepEqual([done.body.changed, done.body.refused], [8, 2])
  assert.deepEqual(
    done.body.results
      .map(({ name, given, problems }) => [name, given, problems.map(({ reason }) => reason).join()])
      .slice(6),
    [
      ['Kişi 6', 1, ''],
      ['Kişi 7', 1, ''],
      ['Kişi 8', 0, 'noLicenses'],
      ['Kişi 9', 0, 'noLicenses'],
    ],
  )
  assert.deepEqual(again.body, done.body)
  assert.deepEqual(await countAssigned(world, office), [8, 8])
  assert.deepEqual(
    (await products(world, office.admin, office)).map(({ owned, assigned, available }) => [owned, assigned, available]),
    [[8, 8, 0]],
  )
  const records =
    await sql`select from audit_records where action = 'user.licenses_changed' and on_behalf_of is not null`.execute(
      world.deps.db,
    )
  assert.equal(records.rows.length, 8)
})

test('F186 invariant 39: the last license goes to one of two agents who assign it at the same moment', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world, 1)
  const [one, other] = [await givenPerson(world.deps, office.customer), await givenPerson(world.deps, office.customer)]

  const replies = await Promise.all([
    assign(world, office.admin, office, idsOf(one)),
    assign(world, office.owner, office, idsOf(other)),
    assign(world, office.admin, office, idsOf(other, one)),
  ])

  assert.deepEqual(
    replies.map(({ status }) => status),
    [200, 200, 200],
  )
  const given = replies.flatMap(({ body }) => body.results).reduce((sum, result) => sum + result.given, 0)
  assert.equal(given, 1)
  assert.deepEqual(await countAssigned(world, office), [1, 1])
})

test('invariant 39 the database itself lets nobody take a license that is not there, and counts what is given back', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world, 1)
  const { db } = world.deps
  const people = [await givenPerson(world.deps, office.customer), await givenPerson(world.deps, office.customer)]
  const take = (user: TestUser | undefined) =>
    sql`insert into license_assignments (customer_id, user_id, product_id, sku_id, assigned_at, assigned_by, assigned_by_name)
      values (${office.customer.customerId}, ${user?.userId}, ${office.offer.productId}, ${office.offer.skuId}, now(), ${user?.userId}, '')`.execute(
      db,
    )

  await take(people[0])
  await assert.rejects(take(people[1]), { constraint: 'license_assignments_within_owned' })
  assert.deepEqual(await countAssigned(world, office), [1, 1])
  await sql`delete from license_assignments`.execute(db)
  await take(people[1])
  assert.deepEqual(await countAssigned(world, office), [1, 1])
})

test('F189 without a usage location nobody gets a license; with one it does', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const person = await givenPerson(world.deps, office.customer, { usageLocation: null })
  const problem = async () =>
    (await assign(world, office.admin, office, idsOf(person))).body.results[0]?.problems[0]?.reason

  assert.equal(await problem(), 'usageLocationMissing')
  await world.request(office.admin.actor, 'PUT', `${office.path}/users/${person.userId}`, {
    displayName: 'X',
    usageLocation: 'TR',
    locale: 'tr',
  })
  assert.equal(await problem(), undefined)
})

test('F188 services of a product are switched singly, for who has it, and only those that it has', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const { productId, skuId } = office.offer
  await sql`
    insert into sku_service_plans (product_id, sku_id, plan_id, name)
    values (${productId}, ${skuId}, 'mail', 'Mail'), (${productId}, ${skuId}, 'chat', 'Chat')`.execute(world.deps.db)
  const [one, other] = [
    await givenPerson(world.deps, office.customer, { name: 'Ada' }),
    await givenPerson(world.deps, office.customer, { name: 'Bora' }),
  ]
  await assign(world, office.admin, office, idsOf(one), { assigned: true, plansOff: ['mail'] })

  const switched = await assign(world, office.admin, office, idsOf(one, other), {
    plansOn: ['mail'],
    plansOff: ['chat'],
  })
  assert.deepEqual(
    switched.body.results.map(({ given, switched: count }) => [given, count]),
    [
      [0, 1],
      [0, 0],
    ],
  )
  const { rows } = await sql<{ off: string[] }>`select off_plans as off from license_assignments`.execute(world.deps.db)
  assert.deepEqual(rows, [{ off: ['chat'] }])
  const unknown = await assign(world, office.admin, office, idsOf(one), { plansOff: ['nothing'] })
  assert.deepEqual([unknown.status, unknown.body.fields[0]?.field], [400, 'licenses.0.plansOff'])
  assert.deepEqual(
    (await products(world, office.admin, office))[0]?.plans.map(({ id }) => id),
    ['chat', 'mail'],
  )
})

test('a suspended subscription keeps its assignments but gives none; an expired one still works', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world, 2)
  const [one, other] = [await givenPerson(world.deps, office.customer), await givenPerson(world.deps, office.customer)]
  await assign(world, office.admin, office, idsOf(one))
  const put = (status: string) =>
    sql`update subscriptions set status = ${status}, auto_renew = false where customer_id = ${office.customer.customerId}`.execute(
      world.deps.db,
    )

  await put('suspended')
  assert.equal(
    (await assign(world, office.admin, office, idsOf(other))).body.results[0]?.problems[0]?.reason,
    'noLicenses',
  )
  const [pool] = await products(world, office.admin, office)
  assert.deepEqual([pool?.owned, pool?.assigned, pool?.available], [0, 1, 0])
  await put('expired')
  assert.equal((await assign(world, office.admin, office, idsOf(other))).body.changed, 1)
  await put('suspended')
  assert.equal((await assign(world, office.admin, office, idsOf(one), { assigned: false })).body.changed, 1)
})

test('S5 somebody else’s users get nothing and look as if they did not exist, and an unknown product is refused', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const stranger = await givenOffice(world)
  const theirs = await givenPerson(world.deps, stranger.customer)

  const { body } = await assign(world, office.admin, office, idsOf(theirs, office.admin))
  assert.deepEqual(
    body.results.map(({ missing, name, given }) => [missing, name, given]),
    [
      [true, '', 0],
      [true, '', 0],
    ],
  )
  const foreign = await assign(world, stranger.admin, office, idsOf(theirs))
  assert.equal(foreign.status, 404)
  const nothing = await assign(world, office.admin, office, idsOf(office.owner), {
    productId: 'NOTHING',
    assigned: true,
  })
  assert.deepEqual([nothing.status, nothing.body.fields[0]?.rule], [400, 'notOneOf'])
})

test('A56 a helpdesk agent assigns with the license privilege, a billing admin never', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const person = await givenPerson(world.deps, office.customer)
  const of = async (role: 'helpdesk_agent' | 'billing_admin') =>
    await givenUser(world.deps, { organizationId: office.provider.organizationId, kind: 'provider', roles: [role] })

  assert.equal((await assign(world, await of('billing_admin'), office, idsOf(person))).body.name, 'accessDenied')
  assert.equal((await assign(world, await of('helpdesk_agent'), office, idsOf(person))).body.changed, 1)
  await sql`update admin_relationships set roles = '{directory_reader}'`.execute(world.deps.db)
  assert.equal((await assign(world, await of('helpdesk_agent'), office, idsOf(person))).body.name, 'privilegeMissing')
})

test('F154 F190 who changes a subscription asks the pool first, and its people go along to the new product', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world, 2)
  const target = await givenOffer(world.deps)
  const { customerId } = office.customer
  const people = [await givenPerson(world.deps, office.customer), await givenPerson(world.deps, office.customer)]
  await assign(world, office.admin, office, idsOf(...people))
  await buy(world, office, target, 1)
  await assign(world, office.admin, { ...office, offer: target }, idsOf(...people.slice(0, 1)))
  const from = { customerId, productId: office.offer.productId, skuId: office.offer.skuId }
  const to = { customerId, productId: target.productId, skuId: target.skuId }

  await world.deps.db.transaction().execute(async (tx) => {
    assert.deepEqual(await holdPool(tx, from), { owned: 2, assigned: 2 })
    await sql`update subscriptions set product_id = ${to.productId}, sku_id = ${to.skuId}
      where customer_id = ${customerId} and product_id = ${from.productId}`.execute(tx)
    assert.equal(await moveAssignments(tx, from, to, 2), 2)
  })

  assert.deepEqual(await countAssigned(world, office), [0, 0])
  assert.deepEqual(await countAssigned(world, { ...office, offer: target }), [2, 2])
})
