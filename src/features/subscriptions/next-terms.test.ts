import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SubscriptionId } from '../../kernel/ids.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenMarket, givenOffer, givenOrder, givenPrice } from '../orders/test-orders.ts'
import { advance, provision } from './test-subscriptions.ts'
import type { NextTerms, SubscriptionListItem } from './wire.ts'

interface Refused {
  readonly name: string
  readonly fields: readonly { readonly field: string }[]
}

/** A yearly subscription since 1 December 2026, another one that ends with it in three months, and a product to move to. */
async function givenTerms(world: TestWorld) {
  const market = await givenMarket(world)
  const big = await givenOffer(world.deps, { title: 'Big', retail: '150', min: 2 })
  await givenPrice(world.deps, big, { term: 'P3Y', billingPlan: 'annual', retail: '1500' })
  const gone = await givenOffer(world.deps, { title: 'Gone', endOfSaleOn: '2026-06-30' })
  const own = await givenOffer(world.deps, { title: 'Own', conversions: [big.key, gone.key] })
  const other = await givenOffer(world.deps, { title: 'Other' })
  const [id = '' as SubscriptionId] = await givenOrder(world.deps, market, [own.line()])
  world.now = new Date('2027-03-10T09:00:00Z')
  await givenOrder(world.deps, market, [other.line()])
  await provision(world.deps)
  const path = `/portal/v1/customers/${market.customer.customerId}/subscriptions/${id}`
  return { ...market, big, own, id, path }
}

test('F143 F166 the next term may be the own product or a conversion at a price of now, and end with another subscription', async () => {
  await using world = await testWorld()
  const { agent, path, big, own } = await givenTerms(world)

  const { body } = await world.request<NextTerms>(agent.actor, 'GET', `${path}/next-terms`)

  assert.equal(body.startOn, '2027-12-01')
  assert.deepEqual(
    body.products.map(({ productId, isOwn, minQuantity, options }) => [productId, isOwn, minQuantity, options]),
    [
      [
        own.productId,
        true,
        1,
        [{ term: 'P1Y', billingPlan: 'monthly', unitCost: '80.500000', unitRetail: '100.250000' }],
      ],
      [
        big.productId,
        false,
        2,
        [
          { term: 'P1Y', billingPlan: 'monthly', unitCost: '80.500000', unitRetail: '150.000000' },
          { term: 'P3Y', billingPlan: 'annual', unitCost: '80.500000', unitRetail: '1500.000000' },
        ],
      ],
    ],
  )
  assert.deepEqual(body.terms[0], {
    term: 'P1Y',
    endOn: '2028-11-30',
    alignments: [{ endOn: '2028-03-09', with: { kind: 'subscription', title: 'Other' } }],
  })
})

test('F143 resellers see no cost, customers no price, strangers nothing', async () => {
  await using world = await testWorld()
  const { path, reseller, customer } = await givenTerms(world)
  const optionsFor = async (organizationId: typeof reseller.organizationId, kind: 'reseller' | 'customer') => {
    const role = kind === 'reseller' ? 'sales_agent' : 'global_admin'
    const { actor } = await givenUser(world.deps, { organizationId, kind, roles: [role] })
    return await world.request<NextTerms>(actor, 'GET', `${path}/next-terms`)
  }

  const asReseller = await optionsFor(reseller.organizationId, 'reseller')
  const asCustomer = await optionsFor(customer.customerId as never, 'customer')
  const stranger = await givenMarket(world)

  assert.deepEqual(asReseller.body.products[0]?.options, [
    { term: 'P1Y', billingPlan: 'monthly', unitRetail: '100.250000' },
  ])
  assert.deepEqual(asCustomer.body.products[0]?.options, [{ term: 'P1Y', billingPlan: 'monthly' }])
  assert.equal((await world.request(stranger.agent.actor, 'GET', `${path}/next-terms`)).status, 404)
})

test('F167 F168 a next term is cut short to an offered day only', async () => {
  await using world = await testWorld()
  const { agent, path, own } = await givenTerms(world)
  const plan = (endOn: string, version = 1) =>
    world.request<Refused>(agent.actor, 'PUT', `${path}/scheduled-change`, {
      version,
      productId: own.productId,
      skuId: own.skuId,
      quantity: 10,
      term: 'P1Y',
      billingPlan: 'monthly',
      endOn,
    })

  await advance(world.deps, agent.actor.organizationId, world.now)
  const refused = await plan('2028-03-10')
  assert.deepEqual([refused.body.name, refused.body.fields[0]?.field], ['endNotAligned', 'endOn'])
  assert.equal((await plan('2028-03-09')).status, 200)
})

test('I10 an ended subscription tells how many days are left', async () => {
  await using world = await testWorld()
  const { agent, path, customer } = await givenTerms(world)
  const days = async () => {
    const { body } = await world.request<{ items: readonly SubscriptionListItem[] }>(
      agent.actor,
      'GET',
      `/portal/v1/customers/${customer.customerId}/subscriptions`,
    )
    return body.items.map(({ title, status, daysLeft }) => [title, status, daysLeft])
  }
  assert.deepEqual(await days(), [
    ['Other', 'active', null],
    ['Own', 'active', null],
  ])
  await advance(world.deps, agent.actor.organizationId, world.now)
  await world.request(agent.actor, 'PUT', `${path}/auto-renew`, { version: 1, autoRenew: false })

  const ended: unknown[] = []
  for (const day of ['2027-12-01', '2027-12-31', '2028-03-29']) {
    world.now = new Date(`${day}T09:00:00Z`)
    await advance(world.deps, agent.actor.organizationId, world.now)
    ended.push((await days()).at(-1))
  }

  assert.deepEqual(ended, [
    ['Own', 'expired', 30],
    ['Own', 'disabled', 90],
    ['Own', 'disabled', 1],
  ])
})
