import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayMs } from '../../kernel/time.ts'
import type { Actor } from '../../platform/context.ts'
import { type TestWorld, testWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenReseller, givenUnusedLocation } from '../program/test-organizations.ts'
import { givenSharedCustomer } from './test-customers.ts'
import { givenPartnership, givenSides } from './test-partnerships.ts'
import type { PartnershipRow, VerifiedPartnerId } from './wire.ts'

const partnerships = '/portal/v1/partnerships'

interface List {
  readonly items: PartnershipRow[]
  readonly next: string | null
  readonly total?: number
}

test('S17 S70 F39 the list shows each reseller with place, id, agreement and what is shared, and is searched by each of them', async () => {
  await using world = await testWorld()
  const { agent, provider, rows } = await givenList(world)
  const names = async (query: string) => (await list(world, agent.actor, query)).items.map((row) => row.name)

  assert.deepEqual(
    (await list(world, agent.actor, '')).items.map((row) => [
      row.name,
      row.agreementSigned,
      row.status,
      row.customers,
      row.activeSubscriptions,
    ]),
    [
      ['Çankaya Bulut', false, 'agreementMissing', 0, 0],
      ['Deniz Yazılım', true, 'active', 2, 3],
      ['Işık Bilişim', true, 'active', 1, 1],
      ['İzmir Veri', true, 'suspended', 0, 0],
    ],
  )
  assert.deepEqual(await names('?search=cankaya'), ['Çankaya Bulut'])
  assert.deepEqual(await names('?search=ISIK'), ['Işık Bilişim'])
  assert.deepEqual(await names('?search=ankara'), ['Deniz Yazılım'])
  assert.deepEqual(await names(`?search=${rows[2]?.partnerId}`), ['Işık Bilişim'])
  assert.deepEqual(await names('?search=nobody'), [])
  assert.deepEqual(await names('?search=%25'), await names(''), 'signs of the search language are letters like others')
  assert.equal(provider.name, 'Anadolu Dağıtım')
})

test('S17 the list is sorted by name, age or customers, and each order pages without a gap', async () => {
  await using world = await testWorld()
  const { agent } = await givenList(world)

  const orders = {
    name: ['Çankaya Bulut', 'Deniz Yazılım', 'Işık Bilişim', 'İzmir Veri'],
    '-name': ['İzmir Veri', 'Işık Bilişim', 'Deniz Yazılım', 'Çankaya Bulut'],
    since: ['Çankaya Bulut', 'Deniz Yazılım', 'Işık Bilişim', 'İzmir Veri'],
    '-since': ['İzmir Veri', 'Işık Bilişim', 'Deniz Yazılım', 'Çankaya Bulut'],
    customers: ['Çankaya Bulut', 'İzmir Veri', 'Işık Bilişim', 'Deniz Yazılım'],
    '-customers': ['Deniz Yazılım', 'Işık Bilişim', 'İzmir Veri', 'Çankaya Bulut'],
  }
  for (const [sort, expected] of Object.entries(orders)) {
    const seen: string[] = []
    let cursor = ''
    for (;;) {
      const page = await list(world, agent.actor, `?sort=${sort}&size=1${cursor}`)
      assert.equal(page.total, cursor === '' ? 4 : undefined)
      seen.push(...page.items.map((row) => row.name))
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    assert.deepEqual(seen, expected, sort)
  }
  const byName = await list(world, agent.actor, '?sort=name&size=1')
  assert.equal(
    (await world.request(agent.actor, 'GET', `${partnerships}?sort=since&cursor=${byName.next}`)).status,
    400,
  )
})

test('S32 S41 a customer can be added for a partner that may trade; for others the row says why not', async () => {
  await using world = await testWorld()
  const { agent } = await givenList(world)

  const rows = (await list(world, agent.actor, '')).items
  assert.deepEqual(
    rows.map((row) => row.canAddCustomer?.reason),
    ['resellerAgreementMissing', null, null, 'partnerSuspended'],
  )
  assert.match(rows[0]?.canAddCustomer?.reasonText ?? '', /Çankaya Bulut/)
})

test('S17 a list counts up to a thousand subscriptions of a reseller and says that there are more; its page counts all', async () => {
  await using world = await testWorld()
  const { agent, provider, reseller } = await givenSides(world.deps)
  const id = await givenPartnership(world.deps, provider, reseller)
  const { customerId, subscriptionIds } = await givenSharedCustomer(world.deps, provider, reseller, id, {
    name: 'Alfa',
  })
  const copies = 1000
  const columns = await world.deps.pool.query<{ names: string; values: string }>(
    `select string_agg(attname, ', ') as names, string_agg('(made).' || attname, ', ') as values from pg_attribute
     where attrelid = 'subscriptions'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
  )
  const { names, values } = columns.rows[0] ?? { names: '', values: '' }
  await world.deps.pool.query(
    `with copy as (select gen_random_uuid() as id, n from generate_series(1, $3::int) n), added as (
       insert into subscriptions (${names}) select ${values} from (
         select jsonb_populate_record(s, jsonb_build_object('id', copy.id, 'line_number', copy.n + 1)) as made
         from subscriptions s, copy where s.customer_id = $1 and s.id = $2) copies)
     insert into resellers_of_record
     select (jsonb_populate_record(r, jsonb_build_object('id', copy.id, 'subscription_id', copy.id))).*
     from resellers_of_record r, copy where r.customer_id = $1 and r.subscription_id = $2`,
    [customerId, subscriptionIds[0], copies],
  )

  const [row] = (await list(world, agent.actor, '')).items
  assert.deepEqual([row?.activeSubscriptions, row?.moreSubscriptions], [1000, true])
  const { body } = await world.request<PartnershipRow>(agent.actor, 'GET', `${partnerships}/${id}`)
  assert.deepEqual([body.activeSubscriptions, body.moreSubscriptions], [1001, false])
  const file = await world.request<string>(agent.actor, 'GET', `${partnerships}/export`)
  assert.match(file.body, /,1,1001,/)
})

test('A6 S1 the brief’s roles see agreement and standing, the other readers do not', async () => {
  await using world = await testWorld()
  const { provider } = await givenList(world)
  for (const [role, sees] of [
    ['user_management_admin', true],
    ['sales_agent', true],
    ['helpdesk_agent', false],
    ['billing_admin', false],
  ] as const) {
    const user = await givenUser(world.deps, {
      organizationId: provider.organizationId,
      kind: 'provider',
      roles: [role],
    })
    const row = (await list(world, user.actor, '')).items[0]
    assert.deepEqual([row?.agreementSigned, row?.status], sees ? [false, 'agreementMissing'] : [null, null], role)
  }
})

test('B3 S5 a reseller lists its providers with what it shares with each, and nothing of other resellers', async () => {
  await using world = await testWorld()
  const { provider, rows } = await givenList(world)
  const deniz = rows[1]
  assert.ok(deniz)
  const user = await givenUser(world.deps, {
    organizationId: deniz.organizationId,
    kind: 'reseller',
    roles: ['sales_agent'],
  })

  const page = await list(world, user.actor, '')

  assert.deepEqual(
    [
      page.total,
      page.items.map((row) => [
        row.organizationId,
        row.name,
        row.customers,
        row.activeSubscriptions,
        row.canAddCustomer,
      ]),
    ],
    [1, [[provider.organizationId, 'Anadolu Dağıtım', 2, 3, null]]],
  )
})

test('A5 F240 F241 the export holds the list as shown, in the reader’s language, for the roles that may', async () => {
  await using world = await testWorld()
  const { agent, helpdesk, provider, reseller } = await givenSides(world.deps, { reseller: { name: '=SUM(A1)' } })
  await givenPartnership(world.deps, provider, reseller)

  const english = await world.request<string>(agent.actor, 'GET', `${partnerships}/export`)
  const turkish = await world.request<string>({ ...agent.actor, locale: 'tr' }, 'GET', `${partnerships}/export`)

  const [head = '', row = ''] = english.body.split('\r\n')
  assert.equal(
    head,
    '\uFEFFIndirect reseller,Location,Country/region,MPN ID,Partner agreement signed,Program status,Partnership,Customers,Active subscriptions,Partner since (UTC),Ended on (UTC),Organization ID',
  )
  assert.equal(
    row,
    `'=SUM(A1),İstanbul,Türkiye,${reseller.partnerId},Yes,Active,Active,0,0,2026-12-01T09:00:00.000Z,,${reseller.organizationId}`,
  )
  assert.match(turkish.body, /Dolaylı bayi,Konum/)
  assert.equal((await world.request(helpdesk.actor, 'GET', `${partnerships}/export`)).status, 403)
})

test('S39 verifying an id tells whose it is and whether it can be used, and each question is recorded', async () => {
  await using world = await testWorld()
  const { agent, helpdesk, provider, reseller } = await givenSides(world.deps)
  await givenPartnership(world.deps, provider, reseller)
  const unused = await givenUnusedLocation(world.deps, reseller)
  const stranger = await givenReseller(world.deps, { name: 'Stranger' })
  const verify = async (id: string) =>
    (await world.request<VerifiedPartnerId & { name: string }>(agent.actor, 'GET', `/portal/v1/partner-ids/${id}`)).body

  const right = await verify(reseller.partnerId)
  assert.deepEqual(
    [right.usable, right.partnership, right.agreementSigned, right.legalName, right.country],
    [true, true, true, 'Boğaziçi Bilişim Ltd.', 'TR'],
  )
  const global = await verify(reseller.globalPartnerId)
  assert.deepEqual([global.usable, global.reason, global.useInstead], [false, 'globalIdUsed', reseller.partnerId])
  const wrong = await verify(unused)
  assert.deepEqual([wrong.usable, wrong.reason, wrong.useInstead], [false, 'wrongLocationId', reseller.partnerId])
  const unpartnered = await verify(stranger.partnerId)
  assert.deepEqual(
    [unpartnered.usable, unpartnered.partnership, unpartnered.reason, unpartnered.useInstead],
    [false, false, 'partnershipRequired', null],
  )
  const strangersGlobal = await verify(stranger.globalPartnerId)
  assert.deepEqual([strangersGlobal.reason, strangersGlobal.useInstead], ['globalIdUsed', null])
  assert.equal((await verify('99999999')).name, 'mpnIdNotFound')
  assert.equal((await verify('12')).name, 'invalidRequest')
  assert.equal((await world.request(helpdesk.actor, 'GET', `/portal/v1/partner-ids/${reseller.partnerId}`)).status, 403)

  const asked = await world.deps.db.selectFrom('audit_records').select(['action', 'subject_id']).orderBy('id').execute()
  assert.equal(asked.length, 6)
  assert.deepEqual(asked[0], { action: 'partner_id.verified', subject_id: reseller.partnerId })
})

test('S39 whoever asks for ids too often has to wait', async () => {
  await using world = await testWorld()
  const { agent, reseller } = await givenSides(world.deps)
  const statuses = new Set<number>()
  for (let asked = 0; asked < 31; asked++) {
    statuses.add((await world.request(agent.actor, 'GET', `/portal/v1/partner-ids/${reseller.partnerId}`)).status)
  }
  assert.deepEqual([...statuses], [200, 429])
})

async function list(world: TestWorld, actor: Actor, query: string): Promise<List> {
  return (await world.request<List>(actor, 'GET', `${partnerships}${query}`)).body
}

async function givenList(world: TestWorld) {
  const { deps } = world
  const sides = await givenSides(deps)
  const rows = [
    await givenReseller(deps, { name: 'Çankaya Bulut', signed: false }),
    await givenReseller(deps, { name: 'Deniz Yazılım', city: 'Ankara' }),
    await givenReseller(deps, { name: 'Işık Bilişim' }),
    await givenReseller(deps, { name: 'İzmir Veri', city: 'İzmir', status: 'suspended' }),
  ]
  const ids: Awaited<ReturnType<typeof givenPartnership>>[] = []
  for (const row of rows) {
    world.now = new Date(world.now.getTime() + dayMs)
    ids.push(await givenPartnership(deps, sides.provider, row))
  }
  const [, deniz, isik] = rows
  const [, denizId, isikId] = ids
  assert.ok(deniz && isik && denizId && isikId)
  await givenSharedCustomer(deps, sides.provider, deniz, denizId, { name: 'Alfa', subscriptions: 2 })
  await givenSharedCustomer(deps, sides.provider, deniz, denizId, { name: 'Beta' })
  await givenSharedCustomer(deps, sides.provider, isik, isikId, { name: 'Gama' })
  return { ...sides, rows }
}
