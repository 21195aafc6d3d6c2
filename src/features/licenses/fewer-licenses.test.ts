import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenOffer } from '../orders/test-orders.ts'
import { advance } from '../subscriptions/test-subscriptions.ts'
import { givenOffice, givenPerson, idsOf, type Office } from './test-people.ts'

interface Refused {
  readonly name: string
  readonly params: Readonly<Record<string, number>>
}

async function subscriptionPath(world: TestWorld, office: Office): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from subscriptions order by created_at, id limit 1`.execute(
    world.deps.db,
  )
  return `${office.path}/subscriptions/${rows[0]?.id}`
}

async function give(world: TestWorld, office: Office, count: number): Promise<void> {
  const people = []
  for (let turn = 0; turn < count; turn += 1) people.push(await givenPerson(world.deps, office.customer))
  const { productId, skuId } = office.offer
  await world.request(office.admin.actor, 'POST', `${office.path}/license-assignments`, {
    userIds: idsOf(...people),
    licenses: [{ productId, skuId, assigned: true }],
  })
}

test('F190 licenses go down to those that people hold, not below', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world, 5)
  await give(world, office, 3)
  const path = await subscriptionPath(world, office)
  const to = (quantity: number) => world.request<Refused>(office.agent.actor, 'PATCH', path, { version: 1, quantity })

  const tooFew = await to(2)
  assert.deepEqual([tooFew.status, tooFew.body.name, tooFew.body.params], [409, 'licensesAssigned', { assigned: 3 }])
  const shown = await world.request<Refused>(office.agent.actor, 'POST', `${path}/preview`, {
    act: { type: 'changeQuantity', quantity: 2 },
  })
  assert.equal(shown.body.name, 'licensesAssigned')
  assert.equal((await to(3)).status, 200)
})

test('F154 people go along with their licenses when the whole subscription is upgraded', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world, 3)
  const big = await givenOffer(world.deps)
  await sql`update skus set conversions = array[${big.key}] where product_id = ${office.offer.productId}`.execute(
    world.deps.db,
  )
  await give(world, office, 3)
  const path = await subscriptionPath(world, office)

  const { status } = await world.request(office.agent.actor, 'POST', `${path}/upgrade`, {
    version: 1,
    productId: big.productId,
    skuId: big.skuId,
    quantity: 3,
  })

  assert.equal(status, 200)
  const { rows } = await sql`
    select product_id, count(*)::int as people from license_assignments group by product_id`.execute(world.deps.db)
  assert.deepEqual(rows, [{ product_id: big.productId, people: 3 }])
})

test('F143 F154 people go along when the next term is of another product, as far as it has licenses', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world, 3)
  const big = await givenOffer(world.deps)
  await sql`update skus set conversions = array[${big.key}] where product_id = ${office.offer.productId}`.execute(
    world.deps.db,
  )
  await give(world, office, 3)
  const path = await subscriptionPath(world, office)
  const plan = { productId: big.productId, skuId: big.skuId, quantity: 2, term: 'P1Y', billingPlan: 'monthly' }
  const { status } = await world.request(office.agent.actor, 'PUT', `${path}/scheduled-change`, { version: 1, ...plan })
  assert.equal(status, 200)

  await advance(world.deps, office.provider.organizationId, new Date('2027-12-01T00:00:00Z'))

  const { rows } = await sql<{ product_id: string; people: number }>`
    select product_id, count(*)::int as people from license_assignments group by product_id`.execute(world.deps.db)
  assert.deepEqual(
    new Map(rows.map(({ product_id, people }) => [product_id, people])),
    new Map([
      [big.productId, 2],
      [office.offer.productId, 1],
    ]),
  )
})
