import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../kernel/ids.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import {
  givenProvider,
  givenReseller,
  givenUnusedLocation,
  type GivenOrganization,
} from '../program/test-organizations.ts'
import { listSelectableResellers, requireActivePartnership, requireResellersByPartnerId } from './queries.ts'
import { givenPartnership } from './test-partnerships.ts'

test('S14 a reseller without an active partnership is refused, and an unknown one the same way', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const stranger = await givenReseller(world.deps)
  const former = await givenReseller(world.deps)
  const partner = await givenReseller(world.deps)
  await givenPartnership(world.deps, provider, former, { ended: true })
  const partnershipId = await givenPartnership(world.deps, provider, partner)

  const require = (id: typeof provider.organizationId) =>
    requireActivePartnership(world.deps.db, provider.organizationId, id)
  await assert.rejects(require(stranger.organizationId), { reason: 'partnershipRequired' })
  await assert.rejects(require(former.organizationId), { reason: 'partnershipRequired' })
  await assert.rejects(require(newId<'organization'>()), { reason: 'partnershipRequired' })
  const found = await require(partner.organizationId)
  assert.equal(found.partnershipId, partnershipId)
  assert.equal(found.reseller.location.partnerId, partner.partnerId)
})

test('S41 a partner that has not signed the agreement of the region is refused, with the region and who can sign', async () => {
  await using world = await testWorld()
  const { provider, reseller } = await givenPair(world, { signed: false })

  await assert.rejects(requireActivePartnership(world.deps.db, provider.organizationId, reseller.organizationId), {
    reason: 'resellerAgreementMissing',
    detail: {
      data: [reseller.organizationId],
      params: {
        reseller: reseller.name,
        regionEn: 'Middle East and Central and Eastern Europe',
        regionTr: 'Orta Doğu, Orta ve Doğu Avrupa',
      },
    },
  })
})

test('F38 a suspended partner is refused', async () => {
  await using world = await testWorld()
  const { provider, reseller } = await givenPair(world, { status: 'suspended' })

  await assert.rejects(requireActivePartnership(world.deps.db, provider.organizationId, reseller.organizationId), {
    reason: 'partnerSuspended',
  })
})

test('S39 only the id of the location a reseller came to the portal with is accepted', async () => {
  await using world = await testWorld()
  const { provider, reseller } = await givenPair(world)
  const otherLocation = await givenUnusedLocation(world.deps, reseller)
  const stranger = await givenReseller(world.deps)

  const resolve = (...ids: string[]) => requireResellersByPartnerId(world.deps.db, provider.organizationId, ids)
  await assert.rejects(resolve(reseller.globalPartnerId), { reason: 'globalIdUsed' })
  await assert.rejects(resolve(otherLocation), { reason: 'wrongLocationId' })
  await assert.rejects(resolve('99999999'), { reason: 'mpnIdNotFound' })
  await assert.rejects(resolve(provider.partnerId), { reason: 'notAnIndirectReseller' })
  await assert.rejects(resolve(stranger.partnerId), { reason: 'partnershipRequired' })
  await assert.rejects(resolve(reseller.partnerId, otherLocation), { reason: 'wrongLocationId' })
  const found = await resolve(reseller.partnerId, reseller.partnerId)
  assert.equal(found.get(reseller.partnerId)?.reseller.organizationId, reseller.organizationId)
})

test('S62 S101 choices are the active partners only, each with name and location id, and a reason when not to be chosen', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const ready = await givenReseller(world.deps, { name: 'Şişli Yazılım' })
  const unsigned = await givenReseller(world.deps, { name: 'Çankaya Bulut', signed: false })
  const former = await givenReseller(world.deps, { name: 'Former' })
  await givenReseller(world.deps, { name: 'Stranger' })
  await givenPartnership(world.deps, provider, ready)
  await givenPartnership(world.deps, provider, unsigned)
  await givenPartnership(world.deps, provider, former, { ended: true })
  const agent = await givenUser(world.deps, {
    organizationId: provider.organizationId,
    kind: 'provider',
    roles: ['sales_agent'],
    locale: 'tr',
  })
  const other = await givenProvider(world.deps, { name: 'Other' })
  const foreign = await givenUser(world.deps, {
    organizationId: other.organizationId,
    kind: 'provider',
    roles: ['sales_agent'],
  })

  const choices = await listSelectableResellers(world.deps.db, agent.actor)
  assert.deepEqual(
    choices.map((choice) => [choice.name, choice.partnerId, choice.selectable, choice.reason]),
    [
      ['Çankaya Bulut', unsigned.partnerId, false, 'resellerAgreementMissing'],
      ['Şişli Yazılım', ready.partnerId, true, null],
    ],
  )
  assert.match(choices[0]?.reasonText ?? '', /Orta Doğu.*Çankaya Bulut/)
  assert.deepEqual(
    (await listSelectableResellers(world.deps.db, agent.actor, { search: 'SISLI' })).map((choice) => choice.name),
    ['Şişli Yazılım'],
  )
  assert.deepEqual(await listSelectableResellers(world.deps.db, foreign.actor), [])
})

async function givenPair(world: TestWorld, given: GivenOrganization = {}) {
  const provider = await givenProvider(world.deps)
  const reseller = await givenReseller(world.deps, given)
  await givenPartnership(world.deps, provider, reseller)
  return { provider, reseller }
}
