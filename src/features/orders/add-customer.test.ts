import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type OrganizationId } from '../../kernel/ids.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { newCustomer } from '../customers/test-customers.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenReseller } from '../program/test-organizations.ts'
import { attestation, givenMarket, givenOffer, type Market, totalOf } from './test-orders.ts'
import type { AddCustomer, AddCustomerReply, OrderDetail, OrderListItem, OrderReview, WantedLine } from './wire.ts'

const tables = [
  'customers',
  'domains',
  'customer_relationships',
  'customer_reseller_associations',
  'customer_agreement_acceptances',
  'users',
  'orders',
  'order_lines',
  'subscriptions',
  'audit_records',
  'events',
  'notifications',
  'idempotency_keys',
]

test('S80 S90 S66 S67 the wizard submits customer, administrator, agreement, association and order in one', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const lines = [
    (await givenOffer(world.deps)).line(5, market.reseller.partnerId),
    (await givenOffer(world.deps)).line(2),
  ]

  const reply = await add(world, market, {
    ...newCustomer({ resellerId: market.reseller.organizationId }),
    lines,
    attestation,
    expectedTotalRetail: totalOf(lines),
  })

  assert.equal(reply.status, 200)
  assert.equal(reply.body.order?.lines.length, 2)
  assert.equal(reply.body.adminUserName, 'admin@isikgida.onkanal.example')
  const listed = await world.request<{ items: { id: string; name: string }[] }>(
    market.agent.actor,
    'GET',
    `/portal/v1/customers?reseller=${market.reseller.organizationId}&search=isik`,
  )
  assert.deepEqual(
    listed.body.items.map(({ id }) => id),
    [reply.body.customerId],
  )
})

test('S91 S92 the reseller sees the new customer right after the submit, and not before', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const reseller = await givenUser(world.deps, {
    organizationId: market.reseller.organizationId,
    kind: 'reseller',
    roles: ['admin_agent'],
  })
  const lines = [(await givenOffer(world.deps)).line(5)]
  const sees = async () =>
    (await world.request<{ items: unknown[] }>(reseller.actor, 'GET', '/portal/v1/customers?search=isik')).body.items
      .length
  const review = await world.request<OrderReview>(market.agent.actor, 'POST', '/portal/v1/order-reviews', {
    customer: { country: 'TR' },
    lines,
  })

  assert.equal(review.status, 200)
  assert.equal(await sees(), 0)
  const reply = await add(world, market, {
    ...newCustomer({ resellerId: market.reseller.organizationId }),
    lines,
    attestation,
    expectedTotalRetail: totalOf(lines),
  })
  assert.equal(await sees(), 1)
  const path = `/portal/v1/customers/${reply.body.customerId}/subscriptions/${reply.body.order?.lines[0]?.subscriptionId ?? ''}`
  assert.equal((await world.request(reseller.actor, 'GET', path)).status, 200)
})

test('S84 S86 the temporary password is in the first reply and nowhere else: not in a repeat, not in the database', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const lines = [(await givenOffer(world.deps)).line(1)]
  const input = { ...newCustomer(), lines, attestation, expectedTotalRetail: totalOf(lines) }
  const id = newId()

  const first = await add(world, market, input, id)
  const again = await add(world, market, input, id)

  const password = first.body.temporaryPassword ?? ''
  assert.ok(password.length >= 20)
  assert.equal(first.body.alreadyShown, false)
  const { temporaryPassword: _, alreadyShown: __, ...same } = first.body
  assert.deepEqual(again.body, { ...same, alreadyShown: true })
  assert.equal(await timesInDatabase(world, password), 0)
  assert.equal((await timesInDatabase(world, first.body.adminUserName)) > 0, true, 'the search finds what is there')
})

test('S80 fifty identical submits at once come to one customer and one order, and one of them has the password', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const lines = [(await givenOffer(world.deps)).line(1)]
  const input = { ...newCustomer(), lines, attestation, expectedTotalRetail: totalOf(lines) }
  const id = newId()
  const customers = await count(world, 'customers')

  const replies = await Promise.all(Array.from({ length: 50 }, () => add(world, market, input, id)))

  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200])
  assert.equal(replies.filter(({ body }) => body.temporaryPassword !== undefined).length, 1)
  assert.deepEqual([await count(world, 'customers'), await count(world, 'orders')], [customers + 1, 1])
})

test('S81 S14 an order that is refused leaves no customer, no domain, no user, no order behind', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps, { max: 10 })
  const stranger = await givenReseller(world.deps)
  const before = await counts(world)
  const submit = (lines: WantedLine[], more: Partial<AddCustomer> = {}) =>
    add(world, market, { ...newCustomer(), lines, attestation, expectedTotalRetail: totalOf(lines), ...more }, newId())

  assert.equal((await submit([offer.line(11)])).body.name, 'quantityOutOfRange')
  assert.equal((await submit([offer.line(1, stranger.partnerId)])).body.name, 'partnershipRequired')
  assert.equal((await submit([offer.line(1)], { expectedTotalRetail: 1 })).body.name, 'priceChanged')
  assert.equal((await submit([offer.line(1)], { attestation: 'old' })).body.name, 'attestationRequired')
  assert.equal(
    (await submit([offer.line(1)], { resellerId: stranger.organizationId })).body.name,
    'partnershipRequired',
  )
  assert.equal((await submit([offer.line(1)], { agreement: { method: 'ask' } })).body.name, 'customerAgreementMissing')
  assert.deepEqual(await counts(world), before)
})

test('S65 F75 a customer that will be asked for the agreement is added without an order', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)

  const reply = await add(world, market, {
    ...newCustomer({ agreement: { method: 'ask' } }),
    lines: [],
    expectedTotalRetail: 0,
  })

  assert.deepEqual([reply.status, reply.body.order], [200, null])
  assert.ok(reply.body.temporaryPassword)
  assert.equal(await count(world, 'orders'), 0)
})

test('S2 a helpdesk agent can neither add a customer nor review an order', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const helpdesk = await givenUser(world.deps, {
    organizationId: market.provider.organizationId,
    kind: 'provider',
    roles: ['helpdesk_agent'],
  })
  const lines = [(await givenOffer(world.deps)).line(1)]

  const added = await world.request<{ data: string[] }>(helpdesk.actor, 'POST', '/portal/v1/customers', {
    ...newCustomer(),
    lines: [],
  })
  const reviewed = await world.request(helpdesk.actor, 'POST', '/portal/v1/order-reviews', {
    customer: { country: 'TR' },
    lines,
  })

  assert.deepEqual([added.status, reviewed.status], [403, 403])
  assert.deepEqual(added.body.data, ['global_admin', 'user_management_admin', 'admin_agent', 'sales_agent'])
})

test('S78 S79 S103 the review shows every value that would be stored, and every problem of every line', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps, { title: 'Business Basic', max: 10, incentive: false })
  const lines = [{ ...offer.line(3, market.reseller.partnerId), friendlyName: 'Depot' }, offer.line(11, '99999999')]

  const reply = await world.request<OrderReview>(market.agent.actor, 'POST', '/portal/v1/order-reviews', {
    customer: { id: market.customer.customerId },
    lines,
  })

  const [good, bad] = reply.body.lines
  assert.deepEqual(good, {
    productId: offer.productId,
    skuId: offer.skuId,
    title: 'Business Basic',
    kind: 'license',
    term: 'P1Y',
    billingPlan: 'monthly',
    quantity: 3,
    minQuantity: 1,
    maxQuantity: 10,
    friendlyName: 'Depot',
    reseller: { id: market.reseller.organizationId, name: market.reseller.name, partnerId: market.reseller.partnerId },
    unitCost: '80.500000',
    unitRetail: '100.250000',
    totalCost: 24_150,
    totalRetail: 30_075,
    startOn: '2026-12-01',
    endOn: '2027-11-30',
    firstCharge: { start: '2026-12-01', end: '2026-12-31' },
    cancelUntil: '2026-12-08T09:00:00.000Z',
    incentive: 'notApplicable',
    problems: [],
  })
  assert.deepEqual(
    bad?.problems.map(({ field, reason }) => [field, reason]),
    [
      ['quantity', 'quantityOutOfRange'],
      ['reseller', 'mpnIdNotFound'],
    ],
  )
  assert.equal(reply.body.customer.name, market.customer.name)
  assert.equal(reply.body.attestation.attestedAs, 'indirect')
  assert.match(reply.body.attestation.text, /indirect partner/)
  assert.equal(await count(world, 'orders'), 0)
})

test('S8 S75 a review for a country outside the region is refused with that reason', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const offer = await givenOffer(world.deps)

  const reply = await world.request<{ name: string }>(market.agent.actor, 'POST', '/portal/v1/order-reviews', {
    customer: { country: 'US' },
    lines: [offer.line(1)],
  })

  assert.equal(reply.body.name, 'customerOutsideRegion')
})

test('F126 the order history lists number, date, lines, who and status; detail has the lines; others see nothing', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const lines = [
    (await givenOffer(world.deps, { title: 'Alpha' })).line(3, market.reseller.partnerId),
    (await givenOffer(world.deps, { title: 'Beta' })).line(2),
  ]
  const orders = `/portal/v1/customers/${market.customer.customerId}/orders`
  await world.request(market.agent.actor, 'POST', orders, { lines, attestation, expectedTotalRetail: totalOf(lines) })
  const reseller = await givenUser(world.deps, {
    organizationId: market.reseller.organizationId,
    kind: 'reseller',
    roles: ['sales_agent'],
  })
  const stranger = await givenReseller(world.deps)
  const other = await givenUser(world.deps, {
    organizationId: stranger.organizationId,
    kind: 'reseller',
    roles: ['global_admin'],
  })

  const page = await world.request<{ items: OrderListItem[] }>(market.agent.actor, 'GET', orders)
  const [item] = page.body.items
  assert.deepEqual(
    [item?.lineCount, item?.licenses, item?.titles, item?.submittedBy, item?.status, item?.totalRetail],
    [2, 5, ['Alpha', 'Beta'], 'Selin Satış', 'validated', totalOf(lines)],
  )
  const all = await world.request<{ items: OrderListItem[] }>(
    market.agent.actor,
    'GET',
    `/portal/v1/orders?search=${item?.number.slice(0, 6) ?? ''}`,
  )
  assert.deepEqual(
    all.body.items.map(({ id }) => id),
    [item?.id],
  )
  const detail = await world.request<OrderDetail>(market.agent.actor, 'GET', `${orders}/${item?.id ?? ''}`)
  assert.deepEqual(
    detail.body.lines.map(({ title, quantity, reseller: by }) => [title, quantity, by?.partnerId ?? null]),
    [
      ['Alpha', 3, market.reseller.partnerId],
      ['Beta', 2, null],
    ],
  )

  const theirs = await world.request<{ items: OrderListItem[] }>(reseller.actor, 'GET', '/portal/v1/orders')
  assert.deepEqual(
    theirs.body.items.map(({ id }) => id),
    [item?.id],
  )
  const seen = await world.request<OrderDetail>(reseller.actor, 'GET', `${orders}/${item?.id ?? ''}`)
  assert.equal(seen.status, 200)
  assert.doesNotMatch(JSON.stringify(seen.body), /cost|80\.5/i)
  for (const url of [orders, `${orders}/${item?.id ?? ''}`])
    assert.equal((await world.request(other.actor, 'GET', url)).status, 404)
  assert.deepEqual((await world.request<{ items: unknown[] }>(other.actor, 'GET', '/portal/v1/orders')).body.items, [])
})

async function add(world: TestWorld, { agent }: Market, input: AddCustomer, id = newId()) {
  return await world.request<AddCustomerReply & { name: string }>(agent.actor, 'POST', '/portal/v1/customers', input, {
    'ms-requestid': id,
  })
}

async function count(world: TestWorld, table: string): Promise<number> {
  const { rows } = await world.deps.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)
  return rows[0]?.n ?? 0
}

async function counts(world: TestWorld): Promise<readonly number[]> {
  return await Promise.all(tables.map((table) => count(world, table)))
}

/** Looks for a text in every column of every table. */
async function timesInDatabase(world: TestWorld, text: string): Promise<number> {
  const { rows } = await world.deps.pool.query<{ table: string }>(
    `select table_schema || '.' || table_name as table from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  let times = 0
  for (const { table } of rows) {
    const found = await world.deps.pool.query<{ n: number }>(
      `select count(*)::int as n from ${table} t where strpos(t::text, $1) > 0`,
      [text],
    )
    times += found.rows[0]?.n ?? 0
  }
  return times
}

test('S86 a lost password can be replaced until the administrator signed in, and the new one too is in one reply only', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const { body } = await add(world, market, { ...newCustomer(), lines: [], expectedTotalRetail: 0 })
  const stranger = await givenMarket(world)
  const path = `/portal/v1/customers/${body.customerId}/users/${body.adminUserId}/password-reset`
  const reset = (agent: Market['agent'], id: string = newId()) =>
    world.request<{ temporaryPassword?: string; alreadyShown: boolean }>(
      agent.actor,
      'POST',
      path,
      {},
      { 'ms-requestid': id },
    )

  const first = await reset(market.agent, 'once')
  const again = await reset(market.agent, 'once')

  assert.ok(first.body.temporaryPassword && first.body.temporaryPassword !== body.temporaryPassword)
  assert.deepEqual([again.body.temporaryPassword, again.body.alreadyShown], [undefined, true])
  assert.equal(await timesInDatabase(world, first.body.temporaryPassword), 0)
  assert.equal((await reset(stranger.agent)).status, 404)
  await world.deps.pool.query('update users set last_sign_in_at = now() where id = $1', [body.adminUserId])
  assert.equal((await reset(market.agent)).status, 404)
  await world.deps.pool.query('update users set last_sign_in_at = null where id = $1', [body.adminUserId])
  assert.equal((await reset(market.agent)).status, 200)
  await world.deps.pool.query(
    'update users set must_change_password = false, temporary_password_expires_at = null where id = $1',
    [body.adminUserId],
  )
  assert.equal((await reset(market.agent)).status, 404)
})

test("S86 A55 who created a customer cannot take the password of the customer's later users", async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const { body } = await add(world, market, { ...newCustomer(), lines: [], expectedTotalRetail: 0 })
  await world.deps.pool.query(
    `update users set must_change_password = false, temporary_password_expires_at = null, last_sign_in_at = now() where id = $1`,
    [body.adminUserId],
  )
  const second = await givenUser(world.deps, {
    organizationId: body.customerId as OrganizationId,
    kind: 'customer',
    roles: ['global_admin'],
  })
  await world.deps.pool.query(
    `update users set must_change_password = true, temporary_password_expires_at = now() + interval '3 days' where id = $1`,
    [second.actor.userId],
  )

  const reply = await world.request(
    market.agent.actor,
    'POST',
    `/portal/v1/customers/${body.customerId}/users/${second.actor.userId}/password-reset`,
    {},
  )

  assert.equal(reply.status, 404)
})

test('S36 S48 B22 of an order a reseller of single lines sees those lines and what they cost together, and nothing of the others', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const rival = await givenReseller(world.deps, { name: 'Rakip Bilişim' })
  await givenPartnership(world.deps, market.provider, rival)
  const own = (await givenOffer(world.deps, { title: 'Alpha' })).line(3, rival.partnerId)
  const lines = [
    own,
    (await givenOffer(world.deps, { title: 'Beta' })).line(2, market.reseller.partnerId),
    (await givenOffer(world.deps, { title: 'Gamma' })).line(4),
  ]
  const orders = `/portal/v1/customers/${market.customer.customerId}/orders`
  await world.request(market.agent.actor, 'POST', orders, { lines, attestation, expectedTotalRetail: totalOf(lines) })
  const user = async ({ organizationId }: { readonly organizationId: OrganizationId }) =>
    await givenUser(world.deps, { organizationId, kind: 'reseller', roles: ['admin_agent'] })
  const ofRival = await user(rival)
  const associated = await user(market.reseller)

  for (const url of [orders, '/portal/v1/orders']) {
    const { body } = await world.request<{ items: OrderListItem[] }>(ofRival.actor, 'GET', url)
    assert.deepEqual(
      body.items.map(({ lineCount, licenses, titles, totalRetail, reseller }) => [
        lineCount,
        licenses,
        titles,
        totalRetail,
        reseller,
      ]),
      [[1, 3, ['Alpha'], totalOf([own]), 'Rakip Bilişim']],
    )
    const order = await world.request<OrderDetail>(ofRival.actor, 'GET', `${orders}/${body.items[0]?.id ?? ''}`)
    assert.deepEqual([order.body.lines.map(({ title }) => title), order.body.totalRetail], [['Alpha'], totalOf([own])])
  }
  const all = await world.request<{ items: OrderListItem[] }>(associated.actor, 'GET', orders)
  const whole = await world.request<OrderDetail>(associated.actor, 'GET', `${orders}/${all.body.items[0]?.id ?? ''}`)
  assert.deepEqual([whole.body.lines.length, whole.body.totalRetail], [3, totalOf(lines)])
  assert.doesNotMatch(JSON.stringify([all.body, whole.body]), /Rakip/)
})

test("F94 once the relationship has ended, the customer's orders are in no list of the provider and in no search", async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const lines = [(await givenOffer(world.deps)).line(1)]
  const { body } = await world.request<{ order: { number: string; lines: { subscriptionId: string }[] } }>(
    market.agent.actor,
    'POST',
    `/portal/v1/customers/${market.customer.customerId}/orders`,
    { lines, attestation, expectedTotalRetail: totalOf(lines) },
  )
  const found = async () => {
    const list = await world.request<{ items: unknown[] }>(market.agent.actor, 'GET', '/portal/v1/orders')
    const searches = await Promise.all(
      [body.order.number, body.order.lines[0]?.subscriptionId ?? ''].map((q) =>
        world.request<{ groups: unknown[] }>(market.agent.actor, 'GET', `/portal/v1/search?q=${q}`),
      ),
    )
    return [list.body.items.length, ...searches.map((reply) => reply.body.groups.length)]
  }

  assert.deepEqual(await found(), [1, 1, 1])
  await world.deps.pool.query(
    `update customer_relationships set state = 'removed', ended_at = now() where customer_id = $1`,
    [market.customer.customerId],
  )
  assert.deepEqual(await found(), [0, 0, 0])
})

test('a zero character, which no text in the database can hold, is refused in words', async () => {
  await using world = await testWorld()
  const market = await givenMarket(world)
  const line = { ...(await givenOffer(world.deps)).line(1), productId: 'A\u0000' }

  const reply = await world.request<{ name: string }>(market.agent.actor, 'POST', '/portal/v1/order-reviews', {
    customer: { country: 'TR' },
    lines: [line],
  })

  assert.deepEqual([reply.status, reply.body.name], [400, 'malformedBody'])
})
