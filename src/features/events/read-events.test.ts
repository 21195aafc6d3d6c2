import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { packCursor } from '../../kernel/paging.ts'
import type { Actor } from '../../platform/context.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenCustomer, givenOrganization } from '../audit/test-parties.ts'
import { givenUser } from '../identity/test-users.ts'
import { happened, untilFinal } from './test-webhooks.ts'
import type { Event } from './wire.ts'

interface Read {
  readonly items: readonly Event[]
  readonly next: string
  readonly more: boolean
}

/** Two providers, two resellers; Kaya is shared by Ege and Mavi, Tuna is Ege's alone, Ada is Atlas's. */
async function parties(world: TestWorld) {
  const { deps } = world
  const ege = await givenOrganization(deps, 'provider', 'Ege Dağıtım')
  const atlas = await givenOrganization(deps, 'provider', 'Atlas Distribution')
  const mavi = await givenOrganization(deps, 'reseller', 'Mavi Bilişim')
  const sari = await givenOrganization(deps, 'reseller', 'Sarı Bilişim')
  const kaya = await givenCustomer(deps, 'Kaya Gıda', ege, mavi)
  const tuna = await givenCustomer(deps, 'Tuna Lojistik', ege)
  const ada = await givenCustomer(deps, 'Ada Tekstil', atlas)
  const admin = async (organizationId: typeof ege | typeof kaya, kind: Actor['organizationKind']) =>
    (await givenUser(deps, { organizationId, kind, roles: ['global_admin'] })).actor
  return { ege, atlas, mavi, sari, kaya, tuna, ada, admin }
}

async function read(world: TestWorld, actor: Actor, query: Readonly<Record<string, string>> = {}): Promise<Read> {
  await untilFinal(world)
  const reply = await world.request<Read>(actor, 'GET', `/portal/v1/events?${new URLSearchParams(query).toString()}`)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply.body
}

const typesOf = ({ items }: Read): string[] => items.map(({ type }) => type)

test('each organization reads the events that concern it, and nobody else’s', async () => {
  await using world = await testWorld()
  const { ege, atlas, mavi, sari, kaya, tuna, ada, admin } = await parties(world)
  const [provider, other, reseller, rival, customer] = [
    await admin(ege, 'provider'),
    await admin(atlas, 'provider'),
    await admin(mavi, 'reseller'),
    await admin(sari, 'reseller'),
    await admin(kaya, 'customer'),
  ]
  await happened(world, provider, { action: 'customer.created', customerId: kaya })
  await happened(world, provider, { action: 'customer.contact_changed', customerId: tuna })
  await happened(world, other, { action: 'order.submitted', customerId: ada })
  await happened(world, provider, { action: 'partnership.removed', resellerId: mavi })
  await happened(world, provider, { action: 'customer.reseller_associated', customerId: kaya, resellerId: sari })
  await happened(world, rival, { action: 'subscription.changed', customerId: kaya, providerId: ege })
  await happened(world, reseller, { action: 'user.created' })
  await happened(world, provider, { action: 'charge.written', customerId: kaya })

  assert.deepEqual(typesOf(await read(world, provider)), [
    'customer.created',
    'customer.contact_changed',
    'partnership.removed',
    'customer.reseller_associated',
    'subscription.changed',
    'charge.written',
  ])
  assert.deepEqual(typesOf(await read(world, other)), ['order.submitted'])
  assert.deepEqual(typesOf(await read(world, reseller)), [
    'customer.created',
    'partnership.removed',
    'user.created',
    'charge.written',
  ])
  assert.deepEqual(typesOf(await read(world, rival)), ['customer.reseller_associated', 'subscription.changed'])
  assert.deepEqual(typesOf(await read(world, customer)), [
    'customer.created',
    'customer.reseller_associated',
    'subscription.changed',
  ])
  const sales = (await givenUser(world.deps, { organizationId: ege, kind: 'provider', roles: ['sales_agent'] })).actor
  assert.equal((await world.request(sales, 'GET', '/portal/v1/events')).status, 403)
})

test('values are those the reader may know: no cost for a reseller, no prices for a customer', async () => {
  await using world = await testWorld()
  const { ege, mavi, kaya, admin } = await parties(world)
  const provider = await admin(ege, 'provider')
  await happened(world, provider, {
    action: 'order.submitted',
    customerId: kaya,
    after: { lines: [{ unitCost: '9.5', unitRetail: '12', quantity: 3 }], totalCost: 950 },
  })

  const seen = async (organization: typeof mavi | typeof kaya, kind: Actor['organizationKind']) =>
    (await read(world, await admin(organization, kind))).items[0]?.data.values

  assert.deepEqual(await seen(ege, 'provider'), {
    lines: [{ unitCost: '9.5', unitRetail: '12', quantity: 3 }],
    totalCost: 950,
  })
  assert.deepEqual(await seen(mavi, 'reseller'), { lines: [{ unitRetail: '12', quantity: 3 }] })
  assert.deepEqual(await seen(kaya, 'customer'), { lines: [{ quantity: 3 }] })
})

test('transactions that commit out of order are neither skipped nor given twice', async () => {
  await using world = await testWorld()
  const { ege, kaya, admin } = await parties(world)
  const provider = await admin(ege, 'provider')
  const late = new pg.Client(world.deps.pool.options)
  await late.connect()
  await late.query('begin')
  await late.query(
    `insert into events (customer_id, id, at, type, subject_kind, subject_id, actor_organization_id, provider_id, payload)
     values ($1, gen_random_uuid(), now(), 'customer.created', 'customer', 'late', $2, $2, '{}')`,
    [kaya, ege],
  )
  await happened(world, provider, { action: 'customer.contact_changed', customerId: kaya })

  // The second one is committed, but the first one, which sorts before it, may still come.
  const url = '/portal/v1/events'
  const early = (await world.request<Read>(provider, 'GET', url)).body
  assert.deepEqual([early.items, early.more], [[], false])

  await late.query('commit')
  await late.end()
  const first = await read(world, provider, { after: early.next, size: '1' })
  const second = await read(world, provider, { after: first.next, size: '1' })
  const end = await read(world, provider, { after: second.next })

  assert.deepEqual([typesOf(first), first.more], [['customer.created'], true])
  assert.deepEqual([typesOf(second), end.items, end.more], [['customer.contact_changed'], [], false])
  await happened(world, provider, { action: 'order.submitted', customerId: kaya })
  assert.deepEqual(typesOf(await read(world, provider, { after: end.next })), ['order.submitted'])
})

test('fifty writers at once: a reader that goes on from its cursor gets every event once, in one order', async () => {
  await using world = await testWorld()
  const { ege, kaya, admin } = await parties(world)
  const provider = await admin(ege, 'provider')
  let running = true
  const writers = Promise.all(
    Array.from({ length: 50 }, (_, writer) =>
      happened(world, provider, { action: 'order.submitted', customerId: kaya, subjectId: String(writer) }),
    ),
  ).finally(() => (running = false))

  const seen: string[] = []
  let after: string | undefined
  for (let last = false; !last;) {
    last = !running
    if (last) await untilFinal(world)
    const query = new URLSearchParams({ size: '3', ...(after === undefined ? {} : { after }) })
    const { body } = await world.request<Read>(provider, 'GET', `/portal/v1/events?${query.toString()}`)
    seen.push(...body.items.map(({ data }) => data.subject.id))
    after = body.next
    if (body.more) last = false
  }
  await writers

  assert.equal(seen.length, 50)
  assert.equal(new Set(seen).size, 50)
})

test('types choose exactly or by kind, and a cursor passes over what was not chosen', async () => {
  await using world = await testWorld()
  const { ege, kaya, admin } = await parties(world)
  const provider = await admin(ege, 'provider')
  for (const action of [
    'customer.created',
    'subscription.changed',
    'subscription.upgraded',
    'order.submitted',
  ] as const)
    await happened(world, provider, { action, customerId: kaya })

  assert.deepEqual(typesOf(await read(world, provider, { types: 'subscription.*, customer.created' })), [
    'customer.created',
    'subscription.changed',
    'subscription.upgraded',
  ])
  const first = await read(world, provider, { types: 'order.submitted', size: '1' })
  assert.deepEqual([typesOf(first), first.more], [['order.submitted'], false])
  assert.deepEqual((await read(world, provider, { types: 'order.submitted', after: first.next })).items, [])
  for (const types of ['subscription', 'nothing.*', 'order.unknown', ',']) {
    const { status, body } = await world.request<{ fields: { rule: string }[] }>(
      provider,
      'GET',
      `/portal/v1/events?types=${types}`,
    )
    assert.deepEqual([status, body.fields[0]?.rule], [400, 'eventType'], types)
  }
})

test('a cursor of another organization only says where to go on; one that nobody gave is refused', async () => {
  await using world = await testWorld()
  const { ege, atlas, kaya, ada, admin } = await parties(world)
  const provider = await admin(ege, 'provider')
  const other = await admin(atlas, 'provider')
  await happened(world, provider, { action: 'customer.created', customerId: kaya })
  const foreign = await read(world, provider, { size: '1' })
  await happened(world, other, { action: 'customer.created', customerId: ada, subjectId: 'theirs' })
  await happened(world, provider, { action: 'order.submitted', customerId: kaya })

  const theirs = await read(world, other, { after: foreign.next })

  assert.deepEqual(
    theirs.items.map(({ data }) => data.subject.id),
    ['theirs'],
  )
  for (const after of ['x', packCursor(['a', ada]), packCursor(['1', 'x']), packCursor(['1', ada, '2'])]) {
    const reply = await world.request<{ fields: unknown[] }>(provider, 'GET', `/portal/v1/events?after=${after}`)
    assert.equal(reply.status, 400, after)
  }
})

test('a thousand events of other types are passed over page by page, and the feed still comes to its end', async () => {
  await using world = await testWorld()
  const { ege, kaya, admin } = await parties(world)
  const provider = await admin(ege, 'provider')
  await world.deps.pool.query(
    `insert into events (customer_id, id, at, type, subject_kind, subject_id, actor_organization_id, provider_id, payload)
     select $1, gen_random_uuid(), now(), 'customer.created', 'customer', n::text, $2, $2, '{}' from generate_series(1, 1500) n`,
    [kaya, ege],
  )
  await happened(world, provider, { action: 'order.submitted', customerId: kaya })

  const first = await read(world, provider, { types: 'order.submitted' })
  const second = await read(world, provider, { types: 'order.submitted', after: first.next })

  assert.deepEqual([first.items, first.more], [[], true])
  assert.deepEqual([typesOf(second), second.more], [['order.submitted'], false])
})
