import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId, type CustomerId, type OrganizationId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import type { Deps } from '../../platform/context.ts'
import { testWorld, type Reply, type TestWorld } from '../../platform/test-world.ts'
import { givenCustomer } from '../audit/test-parties.ts'
import { givenUser, type TestUser } from '../identity/test-users.ts'
import { givenOperator, givenProvider, givenReseller, type TestOrganization } from '../program/test-organizations.ts'
import { importText, offerMatrix, priceList } from './test-catalog.ts'
import type { CatalogImport, CatalogSku, ImportReport, Offer } from './wire.ts'

interface Refused {
  readonly name: string
  readonly data: readonly string[]
  readonly fields: readonly { readonly field: string; readonly rule: string }[]
}

interface Offers {
  readonly items: readonly Offer[]
  readonly next: string | null
  readonly country: string
  readonly segment: string
}

interface Place {
  readonly world: TestWorld
  readonly provider: TestOrganization
  readonly agent: TestUser
  readonly offers: (query: string, from?: TestUser) => Promise<Reply<Offers & Refused>>
  readonly found: (query: string) => Promise<readonly string[]>
  /** `title reason` of each. */
  readonly reasons: (query: string) => Promise<readonly string[]>
}

async function place(world: TestWorld): Promise<Place> {
  const provider = await givenProvider(world.deps)
  const agent = await userOf(world.deps, provider.organizationId, 'sales_agent')
  const offers: Place['offers'] = (query, from = agent) =>
    world.request(from.actor, 'GET', `/portal/v1/catalog/offers?${query}`)
  const items = async (query: string) => {
    const { status, body } = await offers(query)
    assert.equal(status, 200, JSON.stringify(body))
    return body.items
  }
  return {
    world,
    provider,
    agent,
    offers,
    found: async (query) => (await items(query)).map(({ title }) => title),
    reasons: async (query) =>
      (await items(query)).map(({ title, unavailable }) => `${title} ${unavailable?.reason ?? 'available'}`),
  }
}

function userOf(deps: Deps, organizationId: OrganizationId, role: Role): Promise<TestUser> {
  return givenUser(deps, { organizationId, kind: 'provider', roles: [role] })
}

async function owns(
  deps: Deps,
  provider: OrganizationId,
  customer: CustomerId,
  product: string,
  status = 'active',
): Promise<void> {
  const at = deps.now()
  await sql`
    insert into subscriptions (customer_id, id, provider_id, order_id, line_number, product_id, sku_id, title, kind, quantity, term,
      billing_plan, segment, status, provisioning_status, start_on, end_on, auto_renew, currency, unit_cost, unit_retail,
      incentive_eligible, created_at, changed_at)
    values (${customer}, ${newId()}, ${provider}, ${newId()}, 1, ${product}, '0001', 'Test', 'license', 5, 'P1Y', 'monthly',
      'commercial', ${status}, 'success', '2026-01-01', '2026-12-31', false, 'TRY', 1, 1, true, ${at}, ${at})`.execute(
    deps.db,
  )
}

test('S75 the catalog is limited to what the country and the segment have a price for, and to what is allowed and still sold', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { found } = await place(world)
  await importText(
    deps,
    'price-list',
    priceList(
      { ProductId: 'SOLD' },
      { ProductId: 'GERMAN', Market: 'DE', Currency: 'EUR' },
      { ProductId: 'SCHOOL', Segment: 'Education' },
      { ProductId: 'OVER', EffectiveEndDate: '11/30/2026 0:00' },
      { ProductId: 'SOON', EffectiveStartDate: '12/2/2026 0:00' },
      { ProductId: 'ENDED', EndofSaleDate: '11/30/2026 0:00' },
      { ProductId: 'LASTDAY', EndofSaleDate: '12/1/2026 0:00' },
      { ProductId: 'ELSEWHERE' },
    ),
  )
  await importText(
    deps,
    'offer-matrix',
    offerMatrix({ ProductId: 'ELSEWHERE', AllowedCountries: 'US;DE' }, { ProductId: 'SOLD', AllowedCountries: 'TR' }),
  )

  assert.deepEqual(await found('country=TR'), ['Product LASTDAY', 'Product SOLD'])
  assert.deepEqual(await found('country=TR&segment=education'), ['Product SCHOOL'])
  assert.deepEqual(await found('country=TR&segment=charity'), [])
  world.now = new Date('2026-12-02T00:00:00Z')
  assert.deepEqual(await found(''), ['Product SOLD', 'Product SOON'])
})

test('S75 a search by name also finds what cannot be bought, each with its reason', async () => {
  await using world = await testWorld()
  const { reasons } = await place(world)
  await importText(
    world.deps,
    'price-list',
    priceList(
      { ProductId: 'A1' },
      { ProductId: 'A2', Market: 'DE', Currency: 'EUR' },
      { ProductId: 'A3', Segment: 'Education' },
      { ProductId: 'A4', EndofSaleDate: '11/30/2026 0:00' },
      { ProductId: 'A5' },
      { ProductId: 'A6' },
    ),
  )
  await importText(
    world.deps,
    'offer-matrix',
    offerMatrix({ ProductId: 'A5', AllowedCountries: 'US' }, { ProductId: 'A6', ProductSkuPreRequisites: 'A1/1' }),
  )

  assert.deepEqual(await reasons('country=TR&search=PRODUCT%20a'), [
    'Product A1 available',
    'Product A2 noPriceInMarket',
    'Product A3 qualificationMissing',
    'Product A4 endOfSale',
    'Product A5 countryNotAllowed',
    'Product A6 prerequisiteMissing',
  ])
  assert.deepEqual(await reasons('country=TR&search=a5'), ['Product A5 countryNotAllowed'])
  assert.deepEqual(await reasons('country=TR&search=%25'), [])
})

test('S75 the customer’s own country and segment count, and the provider’s region bounds the countries', async () => {
  await using world = await testWorld()
  const { offers, provider } = await place(world)
  const customer = await givenCustomer(world.deps, 'Okul', provider.organizationId)
  await sql`update customers set segment = 'education' where id = ${customer}`.execute(world.deps.db)
  await importText(
    world.deps,
    'price-list',
    priceList({ ProductId: 'FIRM' }, { ProductId: 'SCHOOL', Segment: 'Education' }),
  )

  const own = await offers(`customerId=${customer.toUpperCase()}`)
  assert.deepEqual(
    [own.body.country, own.body.segment, own.body.items.map(({ title }) => title)],
    ['TR', 'education', ['Product SCHOOL']],
  )

  const outside = await offers('country=US')
  assert.deepEqual([outside.status, outside.body.name], [403, 'customerOutsideRegion'])
  const unknown = await offers('country=QQ')
  assert.deepEqual([unknown.status, unknown.body.fields[0]?.field], [400, 'country'])
})

test('another provider’s customer and an ended relationship look as if there were no such customer', async () => {
  await using world = await testWorld()
  const { offers, provider } = await place(world)
  const other = await givenProvider(world.deps, { name: 'Başka Dağıtım' })
  const foreign = await givenCustomer(world.deps, 'Yabancı', other.organizationId)
  const ended = await givenCustomer(world.deps, 'Biten', provider.organizationId)
  await sql`update customer_relationships set state = 'removed', ended_at = now() where customer_id = ${ended}`.execute(
    world.deps.db,
  )

  for (const id of [foreign, ended, newId()]) {
    const { status, body } = await offers(`customerId=${id}`)
    assert.deepEqual([status, body.name], [404, 'notFound'])
  }
})

test('S75 what the customer has decides about add-ons, limits and trials', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { reasons, provider } = await place(world)
  const customer = await givenCustomer(deps, 'Deniz', provider.organizationId)
  const asked = () => reasons(`customerId=${customer}`)
  await importText(
    deps,
    'price-list',
    priceList(
      { ProductId: 'ADDON' },
      { ProductId: 'BASE' },
      { ProductId: 'ONE' },
      { ProductId: 'TRIAL', Tags: 'Trial' },
    ),
  )
  await importText(
    deps,
    'offer-matrix',
    offerMatrix(
      { ProductId: 'ADDON', ProductSkuPreRequisites: 'BASE/1;ONE/1' },
      { ProductId: 'ONE', AssetOwnershipLimit: '1', AssetOwnershipLimitType: 'ConcurrentCount' },
      { ProductId: 'TRIAL', ProductSkuConversion: 'BASE/1' },
    ),
  )
  assert.deepEqual(await asked(), [
    'Product ADDON prerequisiteMissing',
    'Product BASE available',
    'Product ONE available',
    'Product TRIAL available',
  ])

  await owns(deps, provider.organizationId, customer, 'BASE')
  await owns(deps, provider.organizationId, customer, 'ONE', 'suspended')

  assert.deepEqual(await asked(), [
    'Product ADDON available',
    'Product BASE available',
    'Product ONE suspendedOwned',
    'Product TRIAL ownedAlready',
  ])
  const foreign = await givenCustomer(deps, 'Ege', provider.organizationId)
  const other = await givenProvider(deps, { name: 'Başka Dağıtım' })
  await owns(deps, other.organizationId, foreign, 'ONE')
  assert.ok((await reasons(`customerId=${foreign}`)).includes('Product ONE available'), 'what others sold is not told')
})

test('S76 an offer tells how it can be bought: terms, billing, prices, quantities, what it needs and may become', async () => {
  await using world = await testWorld()
  const { offers } = await place(world)
  await importText(
    world.deps,
    'price-list',
    priceList(
      { TermDuration: 'P3Y', BillingPlan: 'Triennial', UnitPrice: '3000' },
      { PricingTierRangeMin: '1', PricingTierRangeMax: '9', UnitPrice: '100' },
      { PricingTierRangeMin: '10', UnitPrice: '90' },
      { TermDuration: 'P1M', UnitPrice: '130' },
      { TermDuration: 'P1M', UnitPrice: '140.5', EffectiveStartDate: '12/1/2026 0:00' },
      { ProductId: 'BASE' },
    ),
  )
  await importText(
    world.deps,
    'offer-matrix',
    offerMatrix({
      MinLicenses: '10',
      MaxLicenses: '50',
      ProductSkuPreRequisites: 'BASE/1;GONE/1',
      ProductSkuConversion: 'BASE/1',
    }),
  )

  const { body } = await offers('country=TR')

  assert.deepEqual(
    body.items.find(({ productId }) => productId === 'MAIL'),
    {
      productId: 'MAIL',
      skuId: '0001',
      title: 'Lodos Mail',
      productTitle: 'Lodos Mail',
      publisher: 'Lodos Cloud',
      description: 'A mailbox.',
      kind: 'addon',
      minQuantity: 10,
      maxQuantity: 50,
      incentiveEligible: true,
      endOfSaleOn: null,
      options: [
        { term: 'P1M', billingPlan: 'monthly', currency: 'TRY', unitCost: '140.500000', unitRetail: '120.000000' },
        { term: 'P1Y', billingPlan: 'monthly', currency: 'TRY', unitCost: '90.000000', unitRetail: '120.000000' },
        { term: 'P3Y', billingPlan: 'triennial', currency: 'TRY', unitCost: '3000.000000', unitRetail: '120.000000' },
      ],
      prerequisites: [
        { productId: 'BASE', skuId: '0001', title: 'Product BASE' },
        { productId: 'GONE', skuId: '0001', title: 'GONE/0001' },
      ],
      conversions: [{ productId: 'BASE', skuId: '0001', title: 'Product BASE' }],
      unavailable: { reason: 'prerequisiteMissing', params: {} },
    },
  )
})

test('prices are for those who may read them, and the cost for nobody but the provider’s own', async () => {
  await using world = await testWorld()
  const { offers, provider } = await place(world)
  await importText(world.deps, 'price-list', priceList({}))
  const helpdesk = await userOf(world.deps, provider.organizationId, 'helpdesk_agent')
  const operator = await givenOperator(world.deps)
  const representative = await givenUser(world.deps, { ...operator, kind: 'operator', roles: ['platform_operator'] })

  const option = { term: 'P1Y', billingPlan: 'monthly', currency: 'TRY' }
  assert.deepEqual((await offers('country=TR', helpdesk)).body.items[0]?.options, [option])
  assert.deepEqual((await offers('country=TR', representative)).body.items[0]?.options, [option])
})

test('the catalog is closed to resellers, customers, and provider roles without a part in sales', async () => {
  await using world = await testWorld()
  const { provider } = await place(world)
  const reseller = await givenReseller(world.deps)
  const customer = await givenCustomer(world.deps, 'Deniz', provider.organizationId)
  const strangers = [
    await givenUser(world.deps, { ...reseller, kind: 'reseller', roles: ['global_admin', 'sales_agent'] }),
    await givenUser(world.deps, { organizationId: customer, kind: 'customer', roles: ['global_admin'] }),
    await userOf(world.deps, provider.organizationId, 'account_admin'),
  ]

  for (const { actor } of strangers) {
    for (const path of ['/offers?country=TR', '/publishers', '']) {
      const { status, body } = await world.request<Refused>(actor, 'GET', `/portal/v1/catalog${path}`)
      assert.deepEqual([status, body.name], [403, 'accessDenied'])
    }
  }
})

test('pages follow each other by title in the Turkish order, without gaps or repeats', async () => {
  await using world = await testWorld()
  const { offers } = await place(world)
  const titles = ['Çam', 'Cem', 'Ilgaz', 'İzmir', 'Şile', 'Sinop', 'Zile', 'Ödemiş', 'Ordu', 'Ünye', 'Urla']
  await importText(
    world.deps,
    'price-list',
    priceList(...titles.map((SkuTitle, index) => ({ ProductId: `P${index}`, SkuTitle }))),
  )

  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { body }: Reply<Offers> = await offers(`country=TR&size=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
    assert.ok(body.items.length <= 3)
    seen.push(...body.items.map(({ title }) => title))
    cursor = body.next
  }

  assert.deepEqual(
    seen,
    titles.toSorted((a, b) => a.localeCompare(b, 'tr')),
  )
  assert.equal((await offers('country=TR&cursor=nonsense')).status, 400)
})

test('lists narrow by publisher, kind and search, whatever the case and the dots of the i', async () => {
  await using world = await testWorld()
  const { found, agent } = await place(world)
  await importText(
    world.deps,
    'price-list',
    priceList(
      { ProductId: 'P1', SkuTitle: 'Işık Güvenlik', Publisher: 'Meltem' },
      { ProductId: 'P2', SkuTitle: 'Depo', Publisher: 'Lodos' },
      {
        ProductId: 'P3',
        SkuTitle: 'Sayaç',
        Publisher: 'Lodos',
        UnitOfMeasure: '1 Hour',
        TermDuration: '',
        BillingPlan: '',
      },
    ),
  )

  assert.deepEqual(await found('country=TR&publisher=Lodos'), ['Depo', 'Sayaç'])
  assert.deepEqual(await found('country=TR&kind=usage'), ['Sayaç'])
  assert.deepEqual(await found('country=TR&search=ISIK+guvenlik'), ['Işık Güvenlik'])
  assert.deepEqual(await found('country=TR&search=p2'), ['Depo'])
  const publishers = await world.request(agent.actor, 'GET', '/portal/v1/catalog/publishers')
  assert.deepEqual(publishers.body, { items: ['Lodos', 'Meltem'] })
})

test('the whole catalog shows each SKU with the countries that have a price now', async () => {
  await using world = await testWorld()
  const { agent } = await place(world)
  await importText(
    world.deps,
    'price-list',
    priceList(
      {},
      { Market: 'DE', Currency: 'EUR' },
      { Market: 'US', Currency: 'USD', EffectiveEndDate: '11/30/2026 0:00' },
    ),
  )

  const { body } = await world.request<{ items: CatalogSku[] }>(agent.actor, 'GET', '/portal/v1/catalog?search=mail')

  assert.deepEqual(
    body.items.map(({ title, markets }) => [title, markets]),
    [['Lodos Mail', ['DE', 'TR']]],
  )
})

/* Importing over HTTP. */

async function upload(
  world: TestWorld,
  from: TestUser,
  fields: Readonly<Record<string, string>>,
  content: string | undefined,
): Promise<{ readonly status: number; readonly body: ImportReport & Refused }> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  if (content !== undefined) form.set('file', new Blob([content]), 'list.csv')
  const encoded = new Response(form)
  const app = await world.app()
  const response = await app.inject({
    method: 'POST',
    url: '/portal/v1/catalog/imports',
    headers: { 'x-kanal': '1', cookie: from.cookie, 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
  return { status: response.statusCode, body: response.json() }
}

test('the operator checks a file, imports it, and finds it in the history; nothing is imported without saying so', async () => {
  await using world = await testWorld()
  const operator = await givenOperator(world.deps)
  const representative = await givenUser(world.deps, {
    ...operator,
    kind: 'operator',
    roles: ['platform_operator'],
    name: 'Ada Deniz',
  })
  const list = priceList({})

  const checked = await upload(world, representative, { kind: 'price-list' }, list)
  assert.deepEqual([checked.status, checked.body.outcome, checked.body.added], [200, 'checked', 1])
  const imported = await upload(world, representative, { kind: 'price-list', dryRun: 'false' }, list)
  assert.deepEqual([imported.status, imported.body.outcome], [200, 'imported'])

  const history = await world.request<{ items: CatalogImport[]; next: string | null }>(
    representative.actor,
    'GET',
    '/portal/v1/catalog/imports?size=1',
  )
  assert.deepEqual(
    history.body.items.map(({ fileName, importedBy, importedAt, added }) => [fileName, importedBy, importedAt, added]),
    [['list.csv', 'Ada Deniz', '2026-12-01T09:00:00.000Z', 1]],
  )
  assert.equal(history.body.next, null)
})

test('a file with bad lines is refused with their places, unless they are to be left out', async () => {
  await using world = await testWorld()
  const operator = await givenOperator(world.deps)
  const representative = await givenUser(world.deps, { ...operator, kind: 'operator', roles: ['platform_operator'] })
  const list = priceList({}, { UnitPrice: 'free' })

  const refused = await upload(world, representative, { kind: 'price-list', dryRun: 'false' }, list)
  assert.deepEqual(
    [refused.status, refused.body.name, refused.body.data],
    [422, 'fileHasErrors', ['3:UnitPrice:price']],
  )

  const partly = await upload(
    world,
    representative,
    { kind: 'price-list', dryRun: 'false', leaveOutBadLines: 'true' },
    list,
  )
  assert.deepEqual([partly.status, partly.body.added, partly.body.badLines], [200, 1, 1])
})

test('imports are the operator’s alone; a form without a file or with unknown fields is refused', async () => {
  await using world = await testWorld()
  const { agent } = await place(world)
  const operator = await givenOperator(world.deps)
  const representative = await givenUser(world.deps, { ...operator, kind: 'operator', roles: ['platform_operator'] })

  assert.equal((await upload(world, agent, { kind: 'price-list' }, priceList({}))).status, 403)
  assert.equal((await world.request(agent.actor, 'GET', '/portal/v1/catalog/imports')).status, 403)
  assert.equal((await upload(world, representative, { kind: 'price-list' }, undefined)).body.name, 'fileNotReadable')
  assert.equal((await upload(world, representative, { kind: 'prices' }, priceList({}))).body.fields[0]?.field, 'kind')
  assert.equal(
    (await upload(world, representative, { kind: 'price-list', now: '1' }, priceList({}))).body.fields[0]?.rule,
    'unknownField',
  )
})
