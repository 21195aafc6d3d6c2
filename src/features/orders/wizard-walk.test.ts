import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { newCustomer } from '../customers/test-customers.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenReseller } from '../program/test-organizations.ts'
import { attestation, givenMarket, givenOffer } from './test-orders.ts'
import type { AddCustomerReply, OrderReview, SubmittedOrder } from './wire.ts'

/* The wizard's calls one after the other, as the portal makes them. */

interface PartnershipRows {
  readonly items: readonly {
    readonly name: string
    readonly canAddCustomer: { readonly ok: boolean; readonly reason: string | null }
  }[]
}

async function stored({ deps }: TestWorld): Promise<unknown> {
  const { rows } = await deps.pool.query(
    `select (select count(*)::int from customers) as customers, (select count(*)::int from domains) as domains,
       (select count(*)::int from users where organization_kind = 'customer') as users, (select count(*)::int from orders) as orders`,
  )
  return rows[0]
}

test('S71 the row of a reseller says whether a customer can be added for it, and why not', async () => {
  await using world = await testWorld()
  const { provider, reseller, agent } = await givenMarket(world)
  const unsigned = await givenReseller(world.deps, { name: 'Toros Danışmanlık', signed: false })
  await givenPartnership(world.deps, provider, unsigned)

  const { body } = await world.request<PartnershipRows>(agent.actor, 'GET', '/portal/v1/partnerships?state=active')

  const rowOf = (name: string) => body.items.find((row) => row.name === name)?.canAddCustomer
  assert.equal(rowOf(reseller.name)?.ok, true)
  assert.deepEqual([rowOf(unsigned.name)?.ok, rowOf(unsigned.name)?.reason], [false, 'resellerAgreementMissing'])
})

test('S15 S74 S78 S82 S83 the wizard stores nothing before its submit, and then the customer, its reseller and its order at once', async () => {
  await using world = await testWorld()
  const { agent, reseller } = await givenMarket(world)
  const [mail, storage] = [await givenOffer(world.deps), await givenOffer(world.deps)]
  const details = newCustomer({ resellerId: reseller.organizationId })
  const lines = [mail.line(7, reseller.partnerId), storage.line(3, null)]
  const before = await stored(world)

  const checked = await world.request(agent.actor, 'POST', '/portal/v1/customers/validation', details)
  assert.equal(checked.status, 200)
  const review = await world.request<OrderReview>(agent.actor, 'POST', '/portal/v1/order-reviews', {
    customer: { country: 'TR', segment: 'commercial' },
    lines,
  })
  assert.equal(review.status, 200)
  assert.deepEqual(
    review.body.lines.map(({ quantity, reseller: by }) => [quantity, by?.name ?? null]),
    [
      [7, reseller.name],
      [3, null],
    ],
  )
  assert.deepEqual(await stored(world), before)

  const submitted = await world.request<AddCustomerReply>(agent.actor, 'POST', '/portal/v1/customers', {
    ...details,
    lines,
    attestation,
    expectedTotalRetail: review.body.totalRetail,
  })
  assert.equal(submitted.status, 200)
  const { order, adminUserName, temporaryPassword, customerId } = submitted.body
  assert.match(order?.number ?? '', /^\w{4}-\w{4}-\w{4}$/)
  assert.deepEqual(
    order?.lines.map(({ quantity }) => quantity),
    [7, 3],
  )
  assert.equal(adminUserName, `admin@${details.company.domainPrefix}.onkanal.example`)
  assert.match(temporaryPassword ?? '', /^\w{5}(-\w{5}){3}$/)
  const shown = JSON.stringify((await world.request(agent.actor, 'GET', `/portal/v1/customers/${customerId}`)).body)
  assert.ok(shown.includes(reseller.name))
})

test('S15 S100 subscriptions are added to a customer with a number of licenses each; a wrong number is refused at its line', async () => {
  await using world = await testWorld()
  const { agent, customer, reseller } = await givenMarket(world)
  const offer = await givenOffer(world.deps, { min: 2, max: 50 })
  const review = async (quantity: number) =>
    await world.request<OrderReview>(agent.actor, 'POST', '/portal/v1/order-reviews', {
      customer: { id: customer.customerId },
      lines: [offer.line(quantity, reseller.partnerId)],
    })
  const order = async (quantity: number, expectedTotalRetail: number) =>
    await world.request<{ order: SubmittedOrder; fields: { field: string }[] }>(
      agent.actor,
      'POST',
      `/portal/v1/customers/${customer.customerId}/orders`,
      { lines: [offer.line(quantity, reseller.partnerId)], attestation, expectedTotalRetail },
    )

  const tooMany = await order(51, (await review(51)).body.totalRetail)
  assert.deepEqual([tooMany.status, tooMany.body.fields[0]?.field], [400, 'lines.0.quantity'])
  assert.deepEqual(
    (await review(51)).body.lines[0]?.problems.map(({ field }) => field),
    ['quantity'],
  )

  const placed = await order(12, (await review(12)).body.totalRetail)
  assert.equal(placed.status, 200)
  assert.deepEqual(
    placed.body.order.lines.map(({ quantity }) => quantity),
    [12],
  )
})
