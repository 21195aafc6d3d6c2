import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId, type CustomerId, type OrganizationId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import type { Actor } from '../../platform/context.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenCustomer } from '../customers/test-customers.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenProvider, givenReseller, type TestOrganization } from '../program/test-organizations.ts'
import { radarSlices } from './rules.ts'
import { givenSubscription } from './test-subscriptions.ts'
import type { Renewal, RenewalTotals } from './wire.ts'

const base = '/portal/v1/renewals'

interface Ending {
  readonly customerId: CustomerId
  readonly providerId: OrganizationId
  readonly name: string
  readonly endOn: string
  readonly resellerOfRecord?: OrganizationId
  readonly provisioning?: 'failed'
  /** Columns that differ from an active license with auto-renew. */
  readonly set?: Readonly<Record<string, unknown>>
}

async function ending({ deps }: TestWorld, { set = {}, name, ...given }: Ending) {
  const { subscriptionId } = await givenSubscription(deps, { ...given, friendlyName: name })
  const columns = Object.entries(set).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  if (columns.length > 0) {
    await sql`update subscriptions set ${sql.join(columns)} where id = ${subscriptionId}`.execute(deps.db)
  }
  return subscriptionId
}

async function actorOf(
  { deps }: TestWorld,
  organization: TestOrganization,
  kind: 'provider' | 'reseller',
  role: Role = 'admin_agent',
): Promise<Actor> {
  return (await givenUser(deps, { ...organization, kind, roles: [role] })).actor
}

async function list(world: TestWorld, actor: Actor, query = ''): Promise<readonly Renewal[]> {
  const { status, body } = await world.request<{ items: Renewal[] }>(actor, 'GET', `${base}${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.items
}

async function names(world: TestWorld, actor: Actor, query = ''): Promise<readonly string[]> {
  return (await list(world, actor, query)).map(({ friendlyName }) => friendlyName)
}

async function totals(world: TestWorld, actor: Actor, query = ''): Promise<RenewalTotals> {
  return (await world.request<RenewalTotals>(actor, 'GET', `${base}/totals${query}`)).body
}

const trial = { kind: 'trial', quantity: 25, term: 'P1M', start_on: '2026-11-25' }

/** One customer with one of each, on 1 December 2026. */
async function givenRadar(world: TestWorld) {
  const provider = await givenProvider(world.deps, { name: 'Aslan' })
  const { customerId } = await givenCustomer(world.deps, provider, { name: 'Kestane Gıda' })
  const own = { customerId, providerId: provider.organizationId }
  await ending(world, { ...own, name: 'renews', endOn: '2026-12-10' })
  await ending(world, { ...own, name: 'autoRenewOff', endOn: '2026-12-31', set: { auto_renew: false } })
  await ending(world, { ...own, name: 'expires', endOn: '2027-01-01', set: { auto_renew: false } })
  await ending(world, {
    ...own,
    name: 'suspended',
    endOn: '2027-02-01',
    set: { auto_renew: false, status: 'suspended' },
  })
  await ending(world, { ...own, name: 'converts', endOn: '2026-12-24', set: trial })
  await ending(world, {
    ...own,
    name: 'trialEnds',
    endOn: '2026-12-25',
    set: { ...trial, sku_id: '0002', auto_renew: false },
  })
  await ending(world, { ...own, name: 'fails', endOn: '2026-12-20', provisioning: 'failed' })
  await ending(world, { ...own, name: 'canceled', endOn: '2026-12-11', set: { auto_renew: false, status: 'canceled' } })
  await ending(world, { ...own, name: 'last', endOn: '2027-03-01' })
  await ending(world, { ...own, name: 'beyond', endOn: '2027-03-02' })
  await ending(world, { ...own, name: 'past', endOn: '2026-11-30' })
  return { provider, customerId, agent: await actorOf(world, provider, 'provider') }
}

test('each end is in one part of the radar only', () => {
  for (const within of ['30', '60', '90'] as const) {
    for (let days = 0; days <= 90; days += 1) {
      for (const outcome of ['renews', 'converts', 'expires', 'suspended', 'trialEnds', 'fails']) {
        const found = radarSlices(within, undefined).filter(
          (slice) => slice.outcome === outcome && days >= slice.from && days <= slice.to,
        )
        assert.equal(found.length, days <= Number(within) ? 1 : 0, `${within} ${days} ${outcome}`)
      }
    }
  }
})

test('the radar sorts what ends by what happens, soonest first, as far ahead as it is asked', async () => {
  await using world = await testWorld()
  const { agent } = await givenRadar(world)

  assert.deepEqual(
    (await list(world, agent, '?within=90')).map(({ friendlyName, outcome, reason, daysLeft }) => [
      friendlyName,
      outcome,
      reason,
      daysLeft,
    ]),
    [
      ['renews', 'renews', null, 9],
      ['fails', 'fails', null, 19],
      ['converts', 'converts', null, 23],
      ['trialEnds', 'trialEnds', null, 24],
      ['autoRenewOff', 'decision', 'autoRenewOff', 30],
      ['expires', 'expires', null, 31],
      ['suspended', 'decision', 'suspended', 62],
      ['last', 'renews', null, 90],
    ],
  )
  assert.deepEqual(await names(world, agent), ['renews', 'fails', 'converts', 'trialEnds', 'autoRenewOff'])
  assert.deepEqual((await names(world, agent, '?within=60&sort=-date'))[0], 'expires')
  assert.deepEqual(await names(world, agent, '?within=90&outcome=decision'), ['autoRenewOff', 'suspended'])
  assert.deepEqual(await names(world, agent, '?outcome=expires'), [])
  for (const query of ['?within=31', '?outcome=nothing', '?cursor=abc', '?reseller=x']) {
    assert.equal((await world.request(agent, 'GET', base + query)).status, 400, query)
  }
})

test('the list pages in both directions without losing or repeating a row, also where ends are equal', async () => {
  await using world = await testWorld()
  const { agent, customerId, provider } = await givenRadar(world)
  for (const name of ['a', 'b', 'c']) {
    await ending(world, { customerId, providerId: provider.organizationId, name, endOn: '2026-12-10' })
  }

  for (const query of ['?within=90', '?within=90&sort=-date', '?within=90&search=kestane']) {
    const whole = await names(world, agent, query)
    const paged: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body }: { body: { items: Renewal[]; next: string | null } } = await world.request(
        agent,
        'GET',
        `${base}${query}&size=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      paged.push(...body.items.map(({ friendlyName }) => friendlyName))
      cursor = body.next
    }
    assert.equal(whole.length, 11)
    assert.deepEqual(paged, whole, query)
  }
})

test('totals count outcomes and weeks, and the money of renewals at retail, with what is planned for the next term', async () => {
  await using world = await testWorld()
  const { agent, customerId, provider } = await givenRadar(world)
  const own = { customerId, providerId: provider.organizationId, endOn: '2026-12-15' }
  const more = await ending(world, { ...own, name: 'more' })
  const other = await ending(world, { ...own, name: 'other' })
  await ending(world, { ...own, name: 'yen', set: { currency: 'JPY', unit_retail: '10.9' } })
  for (const [id, product, quantity] of [
    [more, 'P1', 8],
    [other, 'P2', 3],
  ] as const) {
    await sql`
      insert into scheduled_changes (customer_id, subscription_id, id, status, product_id, sku_id, title, quantity, term, billing_plan,
        created_at, created_by, created_by_name)
      values (${customerId}, ${id}, ${newId()}, 'open', ${product}, '0001', ${`Product ${product}`}, ${quantity}, 'P1Y', 'monthly',
        ${world.now}, ${newId()}, 'Somebody')`.execute(world.deps.db)
  }

  const { counts, weeks, expected } = await totals(world, agent)

  assert.deepEqual(counts, { renews: 4, converts: 1, decision: 1, expires: 0, trialEnds: 1, fails: 1 })
  assert.deepEqual(
    weeks.map(({ startOn, endOn, counts: of }) => [startOn, endOn, of.renews, of.decision]),
    [
      ['2026-12-01', '2026-12-07', 0, 0],
      ['2026-12-08', '2026-12-14', 1, 0],
      ['2026-12-15', '2026-12-21', 3, 0],
      ['2026-12-22', '2026-12-28', 0, 0],
      ['2026-12-29', '2026-12-31', 0, 1],
    ],
  )
  // 5 × 10 and 8 × 10; another product's price is that of the day. Yen have no decimals.
  assert.deepEqual(expected, [
    { currency: 'JPY', retailMinor: 50 },
    { currency: 'TRY', retailMinor: 13_000 },
  ])
  const rows = await list(world, agent, '?outcome=renews')
  assert.deepEqual(
    rows
      .map(({ friendlyName, planned, retailMinor }) => [
        friendlyName,
        planned?.title ?? null,
        planned?.quantity ?? null,
        retailMinor,
      ])
      .toSorted(),
    [
      ['more', 'Product P1', 8, 8000],
      ['other', 'Product P2', 3, null],
      ['renews', null, null, 5000],
      ['yen', null, null, 50],
    ],
  )
})

test('S2 prices are for those who may see them, and nobody without the right has the radar or its file', async () => {
  await using world = await testWorld()
  const { provider, customerId } = await givenRadar(world)
  const helpdesk = await actorOf(world, provider, 'provider', 'helpdesk_agent')
  const account = await actorOf(world, provider, 'provider', 'account_admin')
  const customer = (
    await givenUser(world.deps, { organizationId: customerId, kind: 'customer', roles: ['global_admin'] })
  ).actor

  assert.equal('retailMinor' in ((await list(world, helpdesk))[0] ?? {}), false)
  assert.equal((await totals(world, helpdesk)).expected, undefined)
  assert.equal((await world.request(helpdesk, 'GET', `${base}/export`)).status, 403)
  for (const actor of [account, customer]) {
    for (const path of ['', '/totals', '/export']) {
      assert.equal((await world.request(actor, 'GET', base + path)).status, 403)
    }
  }
})

test('S36 a reseller has on its radar what it manages, resells or supports, and nothing of others', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps, { name: 'Aslan' })
  const stranger = await givenProvider(world.deps, { name: 'Baykuş' })
  const [ruzgar, rota] = [
    await givenReseller(world.deps, { name: 'Rüzgar' }),
    await givenReseller(world.deps, { name: 'Rota' }),
  ]
  const partnershipId = await givenPartnership(world.deps, provider, ruzgar)
  const kestane = await givenCustomer(world.deps, provider, {
    name: 'Kestane Gıda',
    reseller: { ...ruzgar, partnershipId },
  })
  const leylak = await givenCustomer(world.deps, provider, { name: 'Leylak Tekstil' })
  const own = { providerId: provider.organizationId, endOn: '2026-12-10' }
  await ending(world, {
    ...own,
    customerId: kestane.customerId,
    name: 'managed',
    resellerOfRecord: rota.organizationId,
  })
  await ending(world, {
    ...own,
    customerId: leylak.customerId,
    name: 'resold',
    resellerOfRecord: ruzgar.organizationId,
  })
  await ending(world, { ...own, customerId: leylak.customerId, name: 'foreign' })
  await ending(world, {
    ...own,
    customerId: kestane.customerId,
    providerId: stranger.organizationId,
    name: 'elsewhere',
  })
  const [atRuzgar, atRota, atAslan, atBaykus] = [
    await actorOf(world, ruzgar, 'reseller'),
    await actorOf(world, rota, 'reseller'),
    await actorOf(world, provider, 'provider'),
    await actorOf(world, stranger, 'provider'),
  ]

  const seen = await list(world, atRuzgar)
  assert.deepEqual(seen.map(({ friendlyName }) => friendlyName).toSorted(), ['managed', 'resold'])
  assert.equal(
    seen.find(({ friendlyName }) => friendlyName === 'managed')?.reseller,
    null,
    'another reseller stays unknown',
  )
  assert.equal(JSON.stringify(seen).includes('ost'), false, 'no cost')
  assert.equal(seen[0]?.retailMinor, 5000)
  assert.deepEqual(await names(world, atRota), ['managed'])
  assert.deepEqual((await totals(world, atRuzgar)).counts.renews, 2)
  assert.deepEqual(await names(world, atRuzgar, '?search=LEYLAK'), ['resold'])
  assert.deepEqual(await names(world, atRuzgar, '?search=kestane'), ['managed'])
  assert.deepEqual(await names(world, atRuzgar, `?reseller=${rota.organizationId}`), [], 'a filter of providers')

  assert.deepEqual((await names(world, atAslan)).toSorted(), ['foreign', 'managed', 'resold'])
  assert.deepEqual((await names(world, atAslan, `?reseller=${ruzgar.organizationId}`)).toSorted(), [
    'managed',
    'resold',
  ])
  assert.deepEqual(await names(world, atAslan, '?search=%C4%B1%C5%9F%C4%B1k'), [])
  assert.deepEqual(await names(world, atAslan, `?search=${kestane.customerId}`), ['managed'])
  assert.deepEqual(await names(world, atBaykus), [], 'without a relationship there is no customer')
})

test('what a sandbox sold is counted from its own clock', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const reseller = await givenReseller(world.deps)
  const partnershipId = await givenPartnership(world.deps, provider, reseller)
  const { customerId } = await givenCustomer(world.deps, provider, { reseller: { ...reseller, partnershipId } })
  const offsetMs = 100 * 86_400_000
  await sql`update organizations set world = 'sandbox', clock_offset_ms = ${offsetMs} where id = ${provider.organizationId}`.execute(
    world.deps.db,
  )
  const own = { customerId, providerId: provider.organizationId }
  await ending(world, { ...own, name: 'there', endOn: '2027-03-12' })
  await ending(world, { ...own, name: 'here', endOn: '2026-12-02' })

  const inSandbox = { ...(await actorOf(world, provider, 'provider')), clockOffsetMs: offsetMs }
  for (const actor of [inSandbox, await actorOf(world, reseller, 'reseller')]) {
    assert.deepEqual(
      (await list(world, actor)).map(({ friendlyName, daysLeft }) => [friendlyName, daysLeft]),
      [['there', 1]],
    )
  }
})

test('S93 the file holds what the list shows, with headings in the reader’s language', async () => {
  await using world = await testWorld()
  const { provider } = await givenRadar(world)
  const { actor } = await givenUser(world.deps, {
    ...provider,
    kind: 'provider',
    roles: ['billing_admin'],
    locale: 'tr',
  })

  const { status, body, headers } = await world.request<string>(
    actor,
    'GET',
    `${base}/export?within=60&outcome=decision`,
  )

  assert.equal(status, 200)
  assert.match(String(headers['content-disposition']), /renewals-2026-12-01\.csv/)
  const [heading = '', ...lines] = body.trim().split(/\r?\n/)
  assert.match(heading, /Son gün/)
  assert.equal(lines.length, 1)
  assert.match(lines[0] ?? '', /2026-12-31.*Karar: otomatik yenileme kapalı.*Kestane Gıda/)
})
