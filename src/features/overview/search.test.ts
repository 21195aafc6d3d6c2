import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Actor } from '../../platform/context.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenCustomer } from '../audit/test-parties.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenOperator, givenProvider, givenReseller } from '../program/test-organizations.ts'
import { search } from './search.ts'
import { givenSubscription } from './test-subscriptions.ts'
import type { SearchResults } from './wire.ts'

async function found(world: TestWorld, actor: Actor, q: string): Promise<Record<string, string[]>> {
  const reply = await world.request<SearchResults>(actor, 'GET', `/portal/v1/search?q=${encodeURIComponent(q)}`)
  assert.equal(reply.status, 200)
  return Object.fromEntries(reply.body.groups.map(({ group, items }) => [group, items.map(({ name }) => name)]))
}

async function parties(world: TestWorld) {
  const { deps } = world
  const [ege, atlas] = [
    await givenProvider(deps, { name: 'Ege Dağıtım' }),
    await givenProvider(deps, { name: 'Atlas' }),
  ]
  const [mavi, sari] = [
    await givenReseller(deps, { name: 'Mavi Işık' }),
    await givenReseller(deps, { name: 'Sarı Işık' }),
  ]
  await givenPartnership(deps, ege, mavi)
  await givenPartnership(deps, atlas, sari)
  const kaya = await givenCustomer(deps, 'Kaya Gida', ege.organizationId, mavi.organizationId)
  const tuna = await givenCustomer(deps, 'Tuna Gida', ege.organizationId)
  const ada = await givenCustomer(deps, 'Ada Gida', atlas.organizationId)
  const actor = async (
    organizationId: typeof kaya | typeof ege.organizationId,
    kind: Actor['organizationKind'],
    role: Actor['roles'][number],
  ) => (await givenUser(deps, { organizationId, kind, roles: [role] })).actor
  return { ege, atlas, mavi, sari, kaya, tuna, ada, actor }
}

test('S70 S96 a provider finds its resellers and customers by name and MPN ID in any spelling, and nobody else’s', async () => {
  await using world = await testWorld()
  const { ege, mavi, sari, kaya, ada, actor } = await parties(world)
  const sales = await actor(ege.organizationId, 'provider', 'sales_agent')

  assert.deepEqual(await found(world, sales, 'ISIK'), { resellers: ['Mavi Işık'] })
  assert.deepEqual(await found(world, sales, mavi.partnerId), { resellers: ['Mavi Işık'] })
  assert.deepEqual(await found(world, sales, sari.partnerId), {})
  assert.deepEqual(await found(world, sales, 'gida'), { customers: ['Kaya Gida', 'Tuna Gida'] })
  assert.deepEqual(await found(world, sales, kaya.toUpperCase()), { customers: ['Kaya Gida'] })
  assert.deepEqual(await found(world, sales, ada), {})
  assert.deepEqual(await found(world, sales, '%%'), {})
})

test('S95 S96 two letters find the words of many customers that begin with them, and read only what is found', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { ege, actor } = await parties(world)
  const sales = await actor(ege.organizationId, 'provider', 'sales_agent')
  await givenCustomer(deps, 'Doruk XYZ Gida', ege.organizationId)
  const size = 20_000
  const id = sql`('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
  await sql`
    with many as (select n, ${id} as id from generate_series(1, ${sql.lit(size)}) n), customer as (
      insert into customers (id, legal_name, country, culture, language, primary_domain, address_line1, city, contact_first_name,
        contact_last_name, contact_email, sort_key, created_at)
      select id, 'Customer ' || n, 'TR', 'tr-TR', 'tr', 'c' || n || '.onkanal.example', 'a', 'b', 'c', 'd', 'e@f.example', '', now()
      from many)
    insert into customer_relationships (customer_id, id, partner_id, type, via, state, started_at, country, sort_key, search_key)
    select id, id, ${sql.lit(ege.organizationId)}, 'provider', 'created', 'active', now(), 'TR', 'customer' || lpad(n::text, 6, '0'),
      'customer ' || n || ' inc c' || n || '.onkanal.example' from many`.execute(deps.db)
  // As the database does by itself before long: what is new goes into the index, and is counted.
  await sql`vacuum analyze customers, customer_relationships`.execute(deps.db)

  const costOf = async (q: string) =>
    await deps.db.transaction().execute(async (tx) => {
      const { groups } = await search(tx, sales, { q })
      const { rows } = await sql<{ read: number }>`
        select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables
        where relname in ('customers', 'customer_relationships')`.execute(tx)
      return { read: rows[0]?.read ?? size, names: groups.flatMap(({ items }) => items.map(({ name }) => name)) }
    })

  for (const [q, names] of [
    ['xy', ['Doruk XYZ Gida']],
    ['cu', [1, 2, 3, 4, 5].map((n) => `Customer ${n}`)],
    ['us', []],
    ['x-', ['Doruk XYZ Gida']],
    ['..', []],
    ['ruk xy', ['Doruk XYZ Gida']],
  ] as const) {
    const cost = await costOf(q)
    assert.deepEqual(cost.names, names, q)
    assert.ok(cost.read < 100, `${q} reads ${cost.read} rows.`)
  }
})

test('S36 a reseller finds shared customers, of others only the subscription it resells, and no foreign one', async () => {
  await using world = await testWorld()
  const { ege, mavi, kaya, tuna, actor } = await parties(world)
  const agent = await actor(mavi.organizationId, 'reseller', 'admin_agent')
  const sold = { providerId: ege.organizationId }
  const shared = await givenSubscription(world.deps, { ...sold, customerId: kaya, friendlyName: 'Merkez ofis' })
  const resold = await givenSubscription(world.deps, {
    ...sold,
    customerId: tuna,
    friendlyName: 'Merkez depo',
    resellerOfRecord: mavi.organizationId,
  })
  const foreign = await givenSubscription(world.deps, { ...sold, customerId: tuna, friendlyName: 'Merkez bina' })

  assert.deepEqual(await found(world, agent, 'gida'), { customers: ['Kaya Gida'] })
  assert.deepEqual(await found(world, agent, 'merkez'), { subscriptions: ['Merkez depo', 'Merkez ofis'] })
  assert.deepEqual(await found(world, agent, resold.subscriptionId), { subscriptions: ['Merkez depo'] })
  assert.deepEqual(await found(world, agent, foreign.subscriptionId), {})
  assert.deepEqual(await found(world, agent, shared.number.toLowerCase().replaceAll('-', '')), {
    orders: [shared.number],
  })
  assert.deepEqual(await found(world, agent, foreign.number), {})
  assert.deepEqual(await found(world, agent, 'ege'), { providers: ['Ege Dağıtım'] })
})

test('S7 customer and operator find their own part, roles without a right find nothing, and five are enough', async () => {
  await using world = await testWorld()
  const { ege, kaya, tuna, actor } = await parties(world)
  const customer = await actor(kaya, 'customer', 'global_admin')
  const operator = await actor((await givenOperator(world.deps)).organizationId, 'operator', 'platform_operator')
  const helpless = await actor(ege.organizationId, 'provider', 'mpn_partner_admin')
  await givenSubscription(world.deps, { providerId: ege.organizationId, customerId: kaya })
  await givenSubscription(world.deps, { providerId: ege.organizationId, customerId: tuna })
  for (let count = 0; count < 7; count += 1) await givenCustomer(world.deps, `Zeytin ${count}`, ege.organizationId)

  assert.deepEqual(await found(world, customer, 'business'), { subscriptions: ['Business Standard'] })
  assert.deepEqual(await found(world, customer, 'tuna'), {})
  assert.deepEqual(await found(world, operator, 'atlas'), { organizations: ['Atlas'] })
  assert.deepEqual(await found(world, operator, 'kaya'), {})
  assert.deepEqual(await found(world, helpless, 'kaya'), {})
  const sales = await actor(ege.organizationId, 'provider', 'sales_agent')
  const many = await world.request<SearchResults>(sales, 'GET', '/portal/v1/search?q=zeytin')
  assert.deepEqual(
    many.body.groups.map(({ items, more }) => [items.length, more]),
    [[5, true]],
  )
  assert.equal((await world.request(sales, 'GET', '/portal/v1/search?q=z')).status, 400)
})
