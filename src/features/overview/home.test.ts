import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testWorld } from '../../platform/test-world.ts'
import { givenCustomer } from '../audit/test-parties.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenOperator, givenProvider, givenReseller } from '../program/test-organizations.ts'
import { givenSubscription } from './test-subscriptions.ts'
import type { Home } from './wire.ts'

const home = '/portal/v1/home'

function counts(body: Home): Record<string, number> {
  return Object.fromEntries(body.cards.map(({ card, count }) => [card, count]))
}

test('S11 a new provider is shown the three steps in their order, and each is done by doing it', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })
  const steps = async () => (await world.request<Home>(actor, 'GET', home)).body.checklist

  assert.deepEqual(await steps(), [
    { step: 'profile', done: false },
    { step: 'resellers', done: false },
    { step: 'customers', done: false },
  ])

  assert.equal((await world.request(actor, 'POST', `${home}/profile-review`, {})).status, 204)
  assert.equal((await world.request(actor, 'POST', `${home}/profile-review`, {})).status, 204)
  await givenPartnership(world.deps, provider, await givenReseller(world.deps))
  assert.deepEqual(
    (await steps())?.map(({ done }) => done),
    [true, true, false],
  )

  await givenCustomer(world.deps, 'Kaya Gıda', provider.organizationId)
  assert.deepEqual(
    (await steps())?.map(({ done }) => done),
    [true, true, true],
  )
  const recorded = await world.deps.db.selectFrom('audit_records').select('action').execute()
  assert.deepEqual(recorded, [{ action: 'directory.profile_reviewed' }])
})

test('S7 a provider’s home counts its own things only, and lists what renews within 30 days, soonest first', async () => {
  await using world = await testWorld({ now: new Date('2026-12-01T09:00:00Z') })
  const [provider, other] = [await givenProvider(world.deps), await givenProvider(world.deps, { name: 'Ege' })]
  const reseller = await givenReseller(world.deps)
  await givenPartnership(world.deps, provider, reseller)
  const kaya = await givenCustomer(world.deps, 'Kaya Gıda', provider.organizationId, reseller.organizationId)
  const tuna = await givenCustomer(world.deps, 'Tuna Lojistik', other.organizationId)
  const own = { customerId: kaya, providerId: provider.organizationId }
  await givenSubscription(world.deps, { ...own, endOn: '2026-12-31' })
  await givenSubscription(world.deps, { ...own, endOn: '2026-12-10', friendlyName: 'Merkez' })
  await givenSubscription(world.deps, { ...own, endOn: '2027-01-02' })
  await givenSubscription(world.deps, { ...own, provisioning: 'failed' })
  await givenSubscription(world.deps, {
    customerId: tuna,
    providerId: other.organizationId,
    endOn: '2026-12-05',
    provisioning: 'failed',
  })
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['admin_agent'] })

  const { body } = await world.request<Home>(actor, 'GET', home)

  const { ordersToday, failedProvisioning, renewals, customers, resellers } = counts(body)
  assert.deepEqual([ordersToday, failedProvisioning, renewals, customers, resellers], [4, 1, 2, 1, 1])
  assert.deepEqual(
    body.renewals?.map(({ name, endOn }) => [name, endOn]),
    [
      ['Merkez', '2026-12-10'],
      ['Business Standard', '2026-12-31'],
    ],
  )
})

test('S2 a role that may not see a thing has no number of it either', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['account_admin'] })
  const nobody = (await givenUser(world.deps, { ...provider, kind: 'provider', roles: [] })).actor

  const { body } = await world.request<Home>(actor, 'GET', home)

  assert.deepEqual(Object.keys(counts(body)).toSorted(), ['pendingInvitations', 'resellers'])
  assert.equal(body.renewals, null)
  assert.deepEqual((await world.request<Home>(nobody, 'GET', home)).body.cards, [])
  assert.equal((await world.request(nobody, 'POST', `${home}/profile-review`, {})).status, 403)
})

test('S5 reseller, customer and operator have a home of their own', async () => {
  await using world = await testWorld({ now: new Date('2026-12-01T09:00:00Z') })
  const [provider, reseller] = [await givenProvider(world.deps), await givenReseller(world.deps)]
  const operator = await givenOperator(world.deps)
  await givenPartnership(world.deps, provider, reseller)
  const kaya = await givenCustomer(world.deps, 'Kaya Gıda', provider.organizationId, reseller.organizationId)
  const tuna = await givenCustomer(world.deps, 'Tuna Lojistik', provider.organizationId)
  const bought = { providerId: provider.organizationId, endOn: '2026-12-20' }
  await givenSubscription(world.deps, { ...bought, customerId: kaya, resellerOfRecord: reseller.organizationId })
  await givenSubscription(world.deps, { ...bought, customerId: tuna })
  const homeOf = async (
    organizationId: typeof kaya | typeof provider.organizationId,
    kind: 'reseller' | 'customer' | 'operator',
  ) => {
    const role = kind === 'operator' ? 'platform_operator' : 'global_admin'
    const { actor } = await givenUser(world.deps, { organizationId, kind, roles: [role] })
    return (await world.request<Home>(actor, 'GET', home)).body
  }

  const atReseller = await homeOf(reseller.organizationId, 'reseller')
  assert.equal(atReseller.checklist, null)
  assert.deepEqual(counts(atReseller), {
    sharedCustomers: 1,
    sharedRenewals: 1,
    supportedSubscriptions: 0,
    resoldSubscriptions: 1,
    providers: 1,
  })
  assert.deepEqual(
    atReseller.renewals?.map(({ customer }) => customer.name),
    ['Kaya Gıda'],
  )
  assert.deepEqual(counts(await homeOf(tuna, 'customer')), { mySubscriptions: 1, myRenewals: 1, myPartners: 1 })
  assert.equal(counts(await homeOf(operator.organizationId, 'operator'))['programResellers'], 1)
})
