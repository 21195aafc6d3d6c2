import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '../../kernel/ids.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import type { Actor } from '../../platform/context.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenProvider, givenReseller } from '../program/test-organizations.ts'
import { givenCustomer, givenRelationship } from './test-customers.ts'
import type { CustomerListItem } from './wire.ts'

interface List {
  readonly items: CustomerListItem[]
  readonly next: string | null
}

async function list(world: TestWorld, actor: Actor, query = ''): Promise<List> {
  const reply = await world.request<List>(actor, 'GET', `/portal/v1/customers${query}`)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply.body
}

async function names(world: TestWorld, actor: Actor, query = ''): Promise<string[]> {
  return (await list(world, actor, query)).items.map(({ name }) => name)
}

async function channel(world: TestWorld) {
  const { deps } = world
  const provider = await givenProvider(deps)
  const [one, two] = [
    await givenReseller(deps, { name: 'Bir Bilişim' }),
    await givenReseller(deps, { name: 'İki Bilişim' }),
  ]
  const first = { ...one, partnershipId: await givenPartnership(deps, provider, one) }
  const second = { ...two, partnershipId: await givenPartnership(deps, provider, two) }
  const { actor } = await givenUser(deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })
  return { provider, first, second, actor }
}

test('S90 S95 F90 a provider lists its own customers by name in the Turkish order, with reseller, agreement and count', async () => {
  await using world = await testWorld()
  const { provider, first, actor } = await channel(world)
  const other = await givenProvider(world.deps, { name: 'Other' })
  for (const name of ['Çınar', 'Ceviz', 'Dut', 'İncir', 'Ihlamur', 'şeker', 'Salkım'])
    await givenCustomer(world.deps, provider, { name })
  const shared = await givenCustomer(world.deps, other, { name: 'Bambu', reseller: first, agreement: 'missing' })
  await givenRelationship(world.deps, shared, provider)
  await givenCustomer(world.deps, other, { name: 'Foreign' })
  await givenSubscription(world, other, shared)
  await givenSubscription(world, provider, shared)

  const { items } = await list(world, actor)

  assert.deepEqual(
    items.map(({ name }) => name),
    ['Bambu', 'Ceviz', 'Çınar', 'Dut', 'Ihlamur', 'İncir', 'Salkım', 'şeker'],
  )
  // Another provider's reseller, agreement and subscriptions of a shared customer stay unseen.
  assert.deepEqual(items[0], {
    id: shared.customerId,
    name: 'Bambu',
    primaryDomain: shared.primaryDomain,
    country: 'TR',
    resellers: [],
    providers: [],
    agreement: 'missing',
    relationship: 'invited',
    activeSubscriptions: 1,
  })
})

async function givenSubscription(
  world: TestWorld,
  provider: { readonly organizationId: string },
  customer: { readonly customerId: string },
): Promise<string> {
  const id = newId<'subscription'>()
  await sql`
    insert into subscriptions (customer_id, id, provider_id, order_id, line_number, product_id, sku_id, title, kind, quantity, term,
      billing_plan, segment, status, provisioning_status, start_on, end_on, auto_renew, currency, unit_cost, unit_retail,
      incentive_eligible, created_at, changed_at)
    values (${customer.customerId}, ${id}, ${provider.organizationId}, ${newId()}, 1, 'P1', '0001', 'Mail', 'license', 5, 'P1Y',
      'monthly', 'commercial', 'active', 'success', '2026-12-01', '2027-11-30', true, 'TRY', 1, 2, true, ${world.now}, ${world.now})`.execute(
    world.deps.db,
  )
  return id
}

test('S97 customers are filtered by indirect reseller, or by having none; paging keeps the filter', async () => {
  await using world = await testWorld()
  const { provider, first, second, actor } = await channel(world)
  for (const name of ['A1', 'A2', 'A3']) await givenCustomer(world.deps, provider, { name, reseller: first })
  await givenCustomer(world.deps, provider, { name: 'B1', reseller: second })
  await givenCustomer(world.deps, provider, { name: 'C1' })

  const page1 = await list(world, actor, `?reseller=${first.organizationId}&size=2`)
  const page2 = await list(world, actor, `?reseller=${first.organizationId}&size=2&cursor=${page1.next}`)

  assert.deepEqual([page1.items.map(({ name }) => name), page2.items.map(({ name }) => name)], [['A1', 'A2'], ['A3']])
  assert.equal(page2.next, null)
  assert.deepEqual(page1.items[0]?.resellers, [{ id: first.organizationId, name: 'Bir Bilişim' }])
  assert.deepEqual(await names(world, actor, '?reseller=none'), ['C1'])
  assert.deepEqual(await names(world, actor, `?reseller=${newId()}`), [])
})

test('S96 customers are found by a part of the name, the domain, or the whole id, whatever the letters', async () => {
  await using world = await testWorld()
  const { provider, actor } = await channel(world)
  const isik = await givenCustomer(world.deps, provider, { name: 'Işık Gıda' })
  await givenCustomer(world.deps, provider, { name: '100%_Kaya' })
  await givenCustomer(world.deps, await givenProvider(world.deps, { name: 'Other' }), { name: 'Işık Foreign' })
  const find = (text: string) => names(world, actor, `?search=${encodeURIComponent(text)}`)

  for (const text of ['ISIK', 'ışı', 'ık gıd', 'is', isik.customerId.toUpperCase(), isik.primaryDomain.slice(0, 12)]) {
    assert.deepEqual(await find(text), ['Işık Gıda'], text)
  }
  assert.deepEqual(await find('0%_k'), ['100%_Kaya'])
  assert.deepEqual(await find('%'), [])
  assert.deepEqual(await find('nothing like it'), [])
})

test('S97 country, agreement and relationship filter as well, together with the reseller', async () => {
  await using world = await testWorld()
  const { provider, first, actor } = await channel(world)
  await givenCustomer(world.deps, provider, { name: 'TR attested', reseller: first })
  await givenCustomer(world.deps, provider, { name: 'TR missing', reseller: first, agreement: 'missing' })
  await givenCustomer(world.deps, provider, { name: 'AZ direct', country: 'AZ', agreement: 'direct', via: 'invited' })

  assert.deepEqual(await names(world, actor, '?country=AZ'), ['AZ direct'])
  assert.deepEqual(await names(world, actor, '?agreement=missing'), ['TR missing'])
  assert.deepEqual(await names(world, actor, '?agreement=direct&country=AZ'), ['AZ direct'])
  assert.deepEqual(await names(world, actor, '?relationship=invited'), ['AZ direct'])
  assert.deepEqual(await names(world, actor, '?relationship=created&sort=-name'), ['TR missing', 'TR attested'])
  assert.deepEqual(await names(world, actor, `?reseller=${first.organizationId}&agreement=attested`), ['TR attested'])
})

test('S5 S54 F49 a reseller lists the customers associated with it, once each, also after the partnership ended', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { provider, first, second } = await channel(world)
  const former = await givenProvider(deps, { name: 'Former provider' })
  const past = { ...first, partnershipId: await givenPartnership(deps, former, first, { ended: true }) }
  await givenCustomer(deps, provider, { name: 'Ours', reseller: first })
  await givenCustomer(deps, provider, { name: 'Theirs', reseller: second })
  await givenCustomer(deps, former, { name: 'Old', reseller: past })
  const { actor } = await givenUser(deps, { ...first, kind: 'reseller', roles: ['helpdesk_agent'] })

  const { items } = await list(world, actor)

  assert.deepEqual(
    items.map(({ name, providers }) => [name, providers.map((one) => one.name)]),
    [
      ['Old', ['Former provider']],
      ['Ours', ['Anadolu Dağıtım']],
    ],
  )
  assert.deepEqual(await names(world, actor, `?provider=${provider.organizationId}`), ['Ours'])
  assert.deepEqual(await names(world, actor, '?size=1&sort=-name'), ['Ours'])
})

test('S36 S48 a reseller of record or support contact has the customer in a list of its own, by name only', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { provider, first } = await channel(world)
  const single = await givenCustomer(deps, provider, { name: 'Single' })
  await givenCustomer(deps, provider, { name: 'Managed', reseller: first })
  const subscriptionId = await givenSubscription(world, provider, single)
  await sql`
    insert into support_contacts (customer_id, subscription_id, id, partner_id, name, email, phone, website, valid_from, set_by, set_by_name)
    values (${single.customerId}, ${subscriptionId}, ${newId()}, ${first.organizationId}, '', '', '', '', ${world.now}, ${newId()}, '')`.execute(
    deps.db,
  )
  const { actor } = await givenUser(deps, { ...first, kind: 'reseller', roles: ['admin_agent'] })

  const { items, next } = await list(world, actor, '?access=subscriptions')
  const detail = await world.request(actor, 'GET', `/portal/v1/customers/${single.customerId}`)

  assert.deepEqual(await names(world, actor), ['Managed'])
  assert.deepEqual(
    [items.map(({ name }) => name), items[0]?.primaryDomain, items[0]?.activeSubscriptions, next],
    [['Single'], '', 1, null],
  )
  assert.deepEqual(detail.body, {
    id: single.customerId,
    name: 'Single',
    primaryDomain: null,
    country: null,
    access: 'subscriptions',
    account: null,
  })
})

test('S95 paging visits every customer once, also those of one name, in both directions', async () => {
  await using world = await testWorld()
  const { provider, actor } = await channel(world)
  for (let i = 0; i < 7; i++) await givenCustomer(world.deps, provider, { name: i % 2 ? 'Same' : `Name ${i}` })

  for (const sort of ['name', '-name']) {
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: List = await list(world, actor, `?size=2&sort=${sort}${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    assert.equal(seen.length, 7)
    assert.equal(new Set(seen).size, 7)
  }
})

test('S95 a cursor, country or size that this list does not know is refused by name', async () => {
  await using world = await testWorld()
  const { actor } = await channel(world)

  for (const [query, field] of [
    ['cursor=abc', 'cursor'],
    ['country=tr', 'country'],
    ['size=201', 'size'],
    ['size=0', 'size'],
    ['reseller=me', 'reseller'],
    ['colour=red', 'colour'],
  ] as const) {
    const reply = await world.request<{ fields: { field: string }[] }>(actor, 'GET', `/portal/v1/customers?${query}`)
    assert.deepEqual([reply.status, reply.body.fields[0]?.field], [400, field], query)
  }
})

test('S2 roles without the list, customers and operators do not get it', async () => {
  await using world = await testWorld()
  const { provider } = await channel(world)
  const customer = await givenCustomer(world.deps, provider)
  const account = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['account_admin'] })
  const theirs = await givenUser(world.deps, {
    organizationId: customer.customerId,
    kind: 'customer',
    roles: ['global_admin'],
  })

  for (const { actor } of [account, theirs]) {
    assert.equal((await world.request(actor, 'GET', '/portal/v1/customers')).status, 403)
  }
})

test('F240 F241 the export holds all rows of the filter with headings in the language of the reader, formulas made harmless', async () => {
  await using world = await testWorld()
  const { provider, first } = await channel(world)
  await givenCustomer(world.deps, provider, { name: '=cmd()', reseller: first })
  await givenCustomer(world.deps, provider, { name: 'Other' })
  const agent = { ...provider, kind: 'provider', roles: ['admin_agent'] } as const
  const english = await givenUser(world.deps, agent)
  const turkish = await givenUser(world.deps, { ...agent, locale: 'tr' })
  const sales = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['user_management_admin'] })
  const url = `/portal/v1/customers/export?reseller=${first.organizationId}`

  const csv = String((await world.request(english.actor, 'GET', url)).body)
  const tr = String((await world.request(turkish.actor, 'GET', url)).body)

  const [head, row, ...rest] = csv.split('\r\n')
  assert.equal(
    head,
    '\uFEFFCustomer ID,Company name,Primary domain name,Country/region,Relationship,Indirect resellers,Customer agreement,Active subscriptions',
  )
  assert.match(row ?? '', /,'=cmd\(\),c.*\.onkanal\.example,TR,Created by you,Bir Bilişim,Attested,0$/)
  assert.deepEqual(rest, [''])
  assert.match(tr, /Müşteri kimliği/)
  assert.equal((await world.request(sales.actor, 'GET', url)).status, 403)
})
