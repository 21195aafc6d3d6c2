import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packCursor } from '../../kernel/paging.ts'
import type { Actor } from '../../platform/context.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { type Change, record } from './record.ts'
import { givenCustomer, givenOrganization } from './test-parties.ts'
import type { ActivityRecord } from './wire.ts'

interface List {
  readonly items: readonly ActivityRecord[]
  readonly next: string | null
}

/** Two providers, two resellers; Kaya is shared by Ege and Mavi, Tuna is Ege's alone, Ada is Atlas's. */
async function parties(world: TestWorld) {
  const { deps } = world
  const operator = await givenOrganization(deps, 'operator', 'Program')
  const ege = await givenOrganization(deps, 'provider', 'Ege Dağıtım')
  const atlas = await givenOrganization(deps, 'provider', 'Atlas Distribution')
  const mavi = await givenOrganization(deps, 'reseller', 'Mavi Bilişim')
  const sari = await givenOrganization(deps, 'reseller', 'Sarı Bilişim')
  const kaya = await givenCustomer(deps, 'Kaya Gıda', ege, mavi)
  const tuna = await givenCustomer(deps, 'Tuna Lojistik', ege)
  const ada = await givenCustomer(deps, 'Ada Tekstil', atlas)
  const actor = async (
    organizationId: typeof ege | typeof kaya,
    kind: Actor['organizationKind'],
    role: Actor['roles'][number],
  ) => (await givenUser(deps, { organizationId, kind, roles: [role], name: `${kind} ${role}` })).actor
  return { operator, ege, atlas, mavi, sari, kaya, tuna, ada, actor }
}

async function happened(
  world: TestWorld,
  actor: Actor,
  change: Omit<Change, 'subjectKind' | 'subjectId'>,
): Promise<void> {
  await world.deps.db
    .transaction()
    .execute((tx) => record(tx, actor, world.now, { subjectKind: 'test', subjectId: 'x', ...change }))
}

async function actionsSeenBy(world: TestWorld, actor: Actor, query = ''): Promise<string[]> {
  const reply = await world.request<List>(actor, 'GET', `/portal/v1/activity${query}`)
  assert.equal(reply.status, 200)
  return reply.body.items.map(({ action }) => action)
}

test('S7 a provider sees the activity of its own world, and nothing of another provider', async () => {
  await using world = await testWorld()
  const { ege, atlas, kaya, ada, actor } = await parties(world)
  const mine = await actor(ege, 'provider', 'admin_agent')
  const theirs = await actor(atlas, 'provider', 'admin_agent')
  await happened(world, mine, { action: 'customer.created', customerId: kaya })
  await happened(world, theirs, { action: 'order.submitted', customerId: ada })

  assert.deepEqual(await actionsSeenBy(world, mine), ['customer.created'])
  assert.deepEqual(await actionsSeenBy(world, theirs), ['order.submitted'])
  assert.deepEqual(await actionsSeenBy(world, mine, `?customer=${ada}`), [])
})

test('S2 a role without the whole log sees only what the person did, and one without any role is refused', async () => {
  await using world = await testWorld()
  const { ege, kaya, actor } = await parties(world)
  const sales = await actor(ege, 'provider', 'sales_agent')
  const admin = await actor(ege, 'provider', 'admin_agent')
  const nobody = (await givenUser(world.deps, { organizationId: ege, kind: 'provider', roles: [] })).actor
  await happened(world, sales, { action: 'order.submitted', customerId: kaya })
  await happened(world, admin, { action: 'customer.created', customerId: kaya })

  assert.deepEqual(await actionsSeenBy(world, sales), ['order.submitted'])
  assert.equal((await actionsSeenBy(world, admin)).length, 2)
  assert.equal((await world.request(nobody, 'GET', '/portal/v1/activity')).status, 403)
  assert.equal((await world.request(undefined, 'GET', '/portal/v1/activity')).status, 401)
})

test('S5 a reseller sees its own actions and those on customers shared with it, without other resellers and cost', async () => {
  await using world = await testWorld()
  const { ege, mavi, sari, kaya, tuna, actor } = await parties(world)
  const provider = await actor(ege, 'provider', 'admin_agent')
  const reseller = await actor(mavi, 'reseller', 'admin_agent')
  const rival = await actor(sari, 'reseller', 'admin_agent')
  await happened(world, provider, {
    action: 'order.submitted',
    customerId: kaya,
    after: { lines: [{ unitCost: '9.5', unitRetail: '12' }], totalCost: 950 },
  })
  await happened(world, provider, { action: 'customer.created', customerId: tuna })
  await happened(world, provider, { action: 'customer.reseller_associated', customerId: kaya, resellerId: sari })
  await happened(world, rival, { action: 'customer.contact_changed', customerId: kaya, providerId: ege })
  await happened(world, reseller, { action: 'subscription.changed', customerId: kaya, providerId: ege })

  const reply = await world.request<List>(reseller, 'GET', '/portal/v1/activity')

  assert.deepEqual(reply.body.items.map(({ action }) => action).toSorted(), ['order.submitted', 'subscription.changed'])
  const order = reply.body.items.find(({ action }) => action === 'order.submitted')
  assert.deepEqual(order?.after, { lines: [{ unitRetail: '12' }] })
  assert.equal(order?.performedBy.userId, null)
  const ownView = await world.request<List>(provider, 'GET', '/portal/v1/activity?action=order.submitted')
  assert.equal(ownView.body.items[0]?.after?.['totalCost'], 950)
})

test('S68 a customer sees who did what on it and for whom, but not what partners settle among themselves', async () => {
  await using world = await testWorld()
  const { ege, kaya, tuna, actor } = await parties(world)
  const provider = await actor(ege, 'provider', 'admin_agent')
  const customer = await actor(kaya, 'customer', 'global_admin')
  await happened(world, provider, {
    action: 'subscription.changed',
    customerId: kaya,
    onBehalfOf: 'Kaya Gıda',
    before: { quantity: 5, unitRetail: '10' },
    after: { quantity: 8, unitRetail: '10' },
  })
  await happened(world, provider, { action: 'charge.written', customerId: kaya })
  await happened(world, provider, { action: 'subscription.changed', customerId: tuna })

  const { items } = (await world.request<List>(customer, 'GET', '/portal/v1/activity')).body

  assert.equal(items.length, 1)
  assert.equal(items[0]?.onBehalfOf, 'Kaya Gıda')
  assert.equal(items[0]?.performedBy.organization, 'Ege Dağıtım')
  assert.deepEqual([items[0]?.before, items[0]?.after], [{ quantity: 5 }, { quantity: 8 }])
})

test('S13 the operator sees its own actions and security events, without the values of others', async () => {
  await using world = await testWorld()
  const { operator, ege, kaya, actor } = await parties(world)
  const provider = await actor(ege, 'provider', 'admin_agent')
  const platform = await actor(operator, 'operator', 'platform_operator')
  await happened(world, platform, { action: 'directory.profile_changed', providerId: ege, after: { website: 'x' } })
  await happened(world, provider, { action: 'user.roles_changed', after: { roles: ['sales_agent'] } })
  await happened(world, provider, { action: 'customer.created', customerId: kaya })

  const { items } = (await world.request<List>(platform, 'GET', '/portal/v1/activity')).body

  assert.deepEqual(Object.fromEntries(items.map(({ action, after }) => [action, after])), {
    'directory.profile_changed': { website: 'x' },
    'user.roles_changed': null,
  })
})

test('S7 the log starts a month ago unless told, filters, and pages without losing or repeating a record', async () => {
  await using world = await testWorld({ now: new Date('2026-10-01T08:00:00Z') })
  const { ege, kaya, tuna, actor } = await parties(world)
  const admin = await actor(ege, 'provider', 'admin_agent')
  const sales = await actor(ege, 'provider', 'sales_agent')
  await happened(world, admin, { action: 'partnership.requested' })
  world.now = new Date('2026-12-01T09:00:00Z')
  for (let count = 0; count < 7; count += 1)
    await happened(world, admin, { action: 'customer.created', customerId: kaya })
  await happened(world, sales, { action: 'order.submitted', customerId: tuna })

  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${cursor}`
    const reply: { body: List } = await world.request<List>(admin, 'GET', `/portal/v1/activity?size=3${after}`)
    seen.push(...reply.body.items.map(({ id }) => id))
    cursor = reply.body.next
  }

  assert.equal(seen.length, 8)
  assert.equal(new Set(seen).size, 8)
  assert.equal((await actionsSeenBy(world, admin, '?from=2026-10-01')).length, 9)
  assert.deepEqual(await actionsSeenBy(world, admin, '?from=2026-09-01&to=2026-10-01'), ['partnership.requested'])
  assert.deepEqual(await actionsSeenBy(world, admin, '?user=SALES'), ['order.submitted'])
  assert.deepEqual(await actionsSeenBy(world, admin, `?customer=${tuna}`), ['order.submitted'])
  const madeUp = packCursor(['2026-12-01T09:00:00.000Z', 'no-id'])
  for (const invented of ['nonsense', madeUp]) {
    assert.equal((await world.request(admin, 'GET', `/portal/v1/activity?cursor=${invented}`)).status, 400)
  }
  assert.equal((await world.request(admin, 'GET', '/portal/v1/activity?from=yesterday')).status, 400)
})

test('S7 the exported log stands in UTC and local time, and a cell cannot be run as a formula', async () => {
  await using world = await testWorld()
  const { ege, kaya } = await parties(world)
  const user = await givenUser(world.deps, {
    organizationId: ege,
    kind: 'provider',
    roles: ['global_admin'],
    name: '=HYPERLINK("http://evil.example")',
    locale: 'tr',
  })
  await happened(world, user.actor, { action: 'customer.created', customerId: kaya, after: { name: 'Kaya Gıda' } })

  const { status, body, headers } = await world.request<string>(
    user.actor,
    'GET',
    '/portal/v1/activity/export?timeZone=Europe/Istanbul',
  )

  assert.equal(status, 200)
  assert.match(String(headers['content-type']), /text\/csv/)
  assert.match(body, /^\uFEFFTarih ve saat \(UTC\),/)
  assert.match(body, /2026-12-01T09:00:00\.000Z,2026-12-01 12:00:00,Kaya Gıda,Müşteri oluşturuldu/)
  assert.match(body, /"'=HYPERLINK/)
  assert.equal((await world.request(user.actor, 'GET', '/portal/v1/activity/export?timeZone=Mars/Olympus')).status, 400)
})
