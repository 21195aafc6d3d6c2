import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CustomerId, newId } from '../../kernel/ids.ts'
import type { Actor } from '../../platform/context.ts'
import { type Reply, type TestWorld, testWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenProvider, givenReseller } from '../program/test-organizations.ts'
import { givenPartnership, givenSides, tokenIn } from './test-partnerships.ts'
import type {
  AcceptedInvitation,
  InvitationDraft,
  InvitationLanding,
  InvitationRow,
  PartnershipDetail,
  PartnershipRow,
} from './wire.ts'

const invitations = '/portal/v1/partnership-invitations'
const partnerships = '/portal/v1/partnerships'

interface Refused {
  readonly name: string
  readonly data: readonly string[]
  readonly description: string
}

test('S20 S30 S31 S45 S4 F45 after acceptance both sides list each other, dated, and the record has request and acceptance', async () => {
  await using world = await testWorld()
  const { agent, provider, reseller, resellerAdmin, resellerSales } = await givenSides(world.deps)
  const token = await givenInvitation(world, agent.actor)
  const listed = async (actor: Actor) =>
    (await world.request<{ items: PartnershipRow[]; total: number }>(actor, 'GET', partnerships)).body

  assert.deepEqual((await listed(agent.actor)).items, [], 'before acceptance there is no row')
  const accepted = await accept(world, resellerAdmin.actor, token)

  assert.deepEqual(accepted.body, { partnershipId: accepted.body.partnershipId, providerName: provider.name })
  const forProvider = await listed(agent.actor)
  assert.deepEqual(
    [
      forProvider.total,
      forProvider.items.map((row) => [
        row.id,
        row.name,
        row.city,
        row.country,
        row.partnerId,
        row.state,
        row.startedAt,
      ]),
    ],
    [
      1,
      [
        [
          accepted.body.partnershipId,
          reseller.name,
          'İstanbul',
          'TR',
          reseller.partnerId,
          'active',
          world.now.toISOString(),
        ],
      ],
    ],
  )
  assert.deepEqual(forProvider.items[0]?.canAddCustomer, { ok: true, reason: null, reasonText: null })
  const forReseller = await listed(resellerSales.actor)
  assert.deepEqual(
    forReseller.items.map((row) => [row.name, row.state]),
    [[provider.name, 'active']],
  )

  const audit = await world.deps.db
    .selectFrom('audit_records')
    .select(['action', 'provider_id', 'reseller_id', 'actor_name'])
    .orderBy('id')
    .execute()
  assert.deepEqual(audit, [
    {
      action: 'partnership.requested',
      provider_id: provider.organizationId,
      reseller_id: null,
      actor_name: 'Selin Satış',
    },
    {
      action: 'partnership.accepted',
      provider_id: provider.organizationId,
      reseller_id: reseller.organizationId,
      actor_name: 'Kerem Yönetici',
    },
  ])
  const events = await world.deps.db.selectFrom('events').select('type').orderBy('id').execute()
  assert.deepEqual(
    events.map((event) => event.type),
    ['partnership.requested', 'partnership.accepted'],
  )
  const told = await world.deps.db
    .selectFrom('notifications')
    .select(['organization_id', 'kind'])
    .orderBy('kind')
    .execute()
  assert.deepEqual(told, [
    { organization_id: provider.organizationId, kind: 'partnershipAccepted' },
    { organization_id: reseller.organizationId, kind: 'partnershipStarted' },
  ])
})

test('S30 F43 nothing happens without the tick, and what was ticked is kept with its text’s hash', async () => {
  await using world = await testWorld()
  const { agent, resellerAdmin } = await givenSides(world.deps)
  const token = await givenInvitation(world, agent.actor)

  const refused = await accept(world, resellerAdmin.actor, token, { authorized: false })
  assert.deepEqual([refused.status, refused.body.name], [400, 'authorizationRequired'])
  assert.deepEqual(await world.deps.db.selectFrom('partnerships').select('id').execute(), [])

  const accepted = await accept(world, resellerAdmin.actor, token)
  const kept = await world.deps.db
    .selectFrom('attestations')
    .select(['kind', 'template_version', 'language', 'text_hash', 'subject_id', 'user_name'])
    .execute()
  assert.equal(kept.length, 1)
  assert.deepEqual(
    { ...kept[0], text_hash: kept[0]?.text_hash.length },
    {
      kind: 'partnership_authorization',
      template_version: '2026-01',
      language: 'en',
      text_hash: 64,
      subject_id: accepted.body.partnershipId,
      user_name: 'Kerem Yönetici',
    },
  )
})

test('F42 administrator access is a separate choice, off unless made, listed and revocable', async () => {
  await using world = await testWorld()
  const { agent, resellerAdmin, resellerSales } = await givenSides(world.deps)
  const without = await givenSides(world.deps)
  const first = await accept(world, resellerAdmin.actor, await givenInvitation(world, agent.actor), {
    authorized: true,
    grantAdminAccess: true,
  })
  const second = await accept(world, without.resellerAdmin.actor, await givenInvitation(world, without.agent.actor))
  const access = async (actor: Actor, id: string) =>
    (await world.request<PartnershipDetail>(actor, 'GET', `${partnerships}/${id}`)).body.providerAdminAccess
  const revoke = (actor: Actor) =>
    world.request(actor, 'POST', `${partnerships}/${first.body.partnershipId}/admin-access-revocation`, {})

  assert.equal(await access(agent.actor, first.body.partnershipId), 'granted')
  assert.equal(await access(without.agent.actor, second.body.partnershipId), 'none')
  assert.equal((await revoke(resellerSales.actor)).status, 403)
  assert.equal((await revoke(agent.actor)).status, 403)
  assert.equal((await revoke(without.resellerAdmin.actor)).status, 404)
  assert.equal((await revoke(resellerAdmin.actor)).status, 204)
  assert.equal((await revoke(resellerAdmin.actor)).status, 204)
  assert.equal(await access(resellerAdmin.actor, first.body.partnershipId), 'revoked')
  const recorded = await world.deps.db
    .selectFrom('audit_records')
    .select('id')
    .where('action', '=', 'partnership.admin_access_revoked')
    .execute()
  assert.equal(recorded.length, 1)
})

test('S18 an organization that is not enrolled cannot accept, is told so, and the invitation stays usable', async () => {
  await using world = await testWorld()
  const { agent, resellerAdmin } = await givenSides(world.deps)
  const pending = await givenSides(world.deps, {
    reseller: { name: 'Pending', enrollment: 'pending', signed: false, located: false },
  })
  const token = await givenInvitation(world, agent.actor)

  const refused = await accept(world, pending.resellerAdmin.actor, token)
  assert.deepEqual([refused.status, refused.body.name], [403, 'notEnrolledReseller'])
  assert.equal((await viewer(world, pending.resellerAdmin.actor, token))?.reason, 'notEnrolledReseller')

  assert.equal((await accept(world, resellerAdmin.actor, token)).status, 200)
})

test('F46 F32 five wrong acceptors, five messages, nothing changed', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { agent, provider, reseller, resellerAdmin } = await givenSides(deps)
  const token = await givenInvitation(world, agent.actor)
  const admin = (organizationId: typeof provider.organizationId, kind: 'provider' | 'reseller') =>
    givenUser(deps, { organizationId, kind, roles: ['global_admin'] })
  const american = await givenReseller(deps, { name: 'Acme', country: 'US', city: 'Austin' })
  const unenrolled = await givenReseller(deps, { name: 'New', enrollment: null })
  await givenPartnership(deps, provider, reseller)
  const wrong = [
    [(await admin(provider.organizationId, 'provider')).actor, 403, 'ownInvitation'],
    [
      (
        await givenUser(deps, {
          organizationId: newId<'customer'>() as CustomerId,
          kind: 'customer',
          roles: ['global_admin'],
        })
      ).actor,
      403,
      'customerCannotPartner',
    ],
    [(await admin(american.organizationId, 'reseller')).actor, 403, 'wrongRegion'],
    [(await admin(unenrolled.organizationId, 'reseller')).actor, 403, 'notEnrolledReseller'],
    [resellerAdmin.actor, 409, 'alreadyPartners'],
  ] as const

  const sentences = new Set<string>()
  for (const [actor, status, reason] of wrong) {
    const refused = await accept(world, actor, token)
    assert.deepEqual([refused.status, refused.body.name], [status, reason])
    sentences.add(refused.body.description)
    const seen = await viewer(world, actor, token)
    assert.deepEqual([seen?.canAccept, seen?.reason], [false, reason])
  }
  assert.equal(sentences.size, 5)
  const list = await world.request<{ items: InvitationRow[] }>(agent.actor, 'GET', invitations)
  assert.equal(list.body.items[0]?.status, 'opened')
  assert.equal((await deps.db.selectFrom('partnerships').select('id').execute()).length, 1)
})

test('S18 F44 only a global admin accepts; others see the invitation and who can', async () => {
  await using world = await testWorld()
  const { agent, resellerSales } = await givenSides(world.deps)
  const token = await givenInvitation(world, agent.actor)

  const seen = await viewer(world, resellerSales.actor, token)
  assert.deepEqual(
    [seen?.canAccept, seen?.reason, seen?.globalAdmins],
    [false, 'globalAdminNeeded', ['Kerem Yönetici']],
  )
  const refused = await accept(world, resellerSales.actor, token)
  assert.deepEqual(
    [refused.status, refused.body.name, refused.body.data],
    [403, 'globalAdminNeeded', ['Kerem Yönetici']],
  )
})

test('S41 F13 a reseller that has not signed the partner agreement becomes no partner before it has', async () => {
  await using world = await testWorld()
  const { agent, reseller, resellerAdmin } = await givenSides(world.deps, {
    reseller: { enrollment: 'qualified', signed: false },
  })
  const token = await givenInvitation(world, agent.actor)

  assert.equal((await accept(world, resellerAdmin.actor, token)).body.name, 'ownAgreementMissing')

  await world.deps.pool.query(
    `insert into partner_agreement_signatures select id, region_id, '2026-01', $2, id, 'S', now(), '' from organizations where id = $1`,
    [reseller.organizationId, reseller.locationId],
  )
  await world.deps.pool.query(`update program_enrollments set status = 'active' where organization_id = $1`, [
    reseller.organizationId,
  ])
  assert.equal((await accept(world, resellerAdmin.actor, token)).status, 200)
})

test('F47 a named link works once: for another reseller it is used, for the same one it gives the same result', async () => {
  await using world = await testWorld()
  const { agent, resellerAdmin } = await givenSides(world.deps)
  const late = await givenSides(world.deps)
  const token = await givenInvitation(world, agent.actor)

  const first = await accept(world, resellerAdmin.actor, token)
  const again = await accept(world, resellerAdmin.actor, token)
  const other = await accept(world, late.resellerAdmin.actor, token)

  assert.deepEqual(again.body, first.body)
  assert.deepEqual([other.status, other.body.name], [410, 'invitationUsed'])
  assert.equal((await world.deps.db.selectFrom('partnerships').select('id').execute()).length, 1)
  assert.equal((await viewer(world, resellerAdmin.actor, token))?.partnershipId, first.body.partnershipId)
})

test('F45 of many who accept at the same time one becomes the partner, and of one who accepts many times one partnership', async () => {
  await using world = await testWorld()
  const { agent, resellerAdmin } = await givenSides(world.deps)
  const rival = await givenSides(world.deps)
  const token = await givenInvitation(world, agent.actor)

  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      accept(world, index % 2 === 0 ? resellerAdmin.actor : rival.resellerAdmin.actor, token),
    ),
  )

  assert.equal(replies.filter((reply) => reply.status === 200).length, 5)
  assert.ok(replies.filter((reply) => reply.status !== 200).every((reply) => reply.body.name === 'invitationUsed'))
  assert.equal((await world.deps.db.selectFrom('partnerships').select('id').execute()).length, 1)
})

test('F45 two links of one provider accepted at once by one reseller make one partnership', async () => {
  await using world = await testWorld()
  const { agent, resellerAdmin } = await givenSides(world.deps)
  const tokens = [await givenInvitation(world, agent.actor), await givenInvitation(world, agent.actor)]

  const replies = await Promise.all(tokens.map((token) => accept(world, resellerAdmin.actor, token)))

  assert.deepEqual(
    replies.map((reply) => reply.status).toSorted((one, other) => one - other),
    [200, 409],
  )
  const refused = replies.find((reply) => reply.status === 409)
  assert.equal(refused?.body.name, 'alreadyPartners')
  const states = await world.deps.db.selectFrom('partnership_invitations').select('status').execute()
  assert.deepEqual(
    states.map((row) => row.status).toSorted(),
    ['accepted', 'issued'],
    'the refused one changed nothing',
  )
})

test('F48 a reseller has several providers, and a provider several resellers', async () => {
  await using world = await testWorld()
  const one = await givenSides(world.deps)
  const two = await givenSides(world.deps)

  await accept(world, one.resellerAdmin.actor, await givenInvitation(world, one.agent.actor))
  await accept(world, one.resellerAdmin.actor, await givenInvitation(world, two.agent.actor))
  await accept(world, two.resellerAdmin.actor, await givenInvitation(world, one.agent.actor))

  const count = async (actor: Actor) => (await world.request<{ total: number }>(actor, 'GET', partnerships)).body.total
  assert.deepEqual(
    [await count(one.agent.actor), await count(two.agent.actor), await count(one.resellerAdmin.actor)],
    [2, 1, 2],
  )
})

test('F55 after an end only a new invitation makes partners again', async () => {
  await using world = await testWorld()
  const { agent, resellerAdmin } = await givenSides(world.deps)
  const old = await givenInvitation(world, agent.actor)
  const { body } = await accept(world, resellerAdmin.actor, old)
  await world.request(agent.actor, 'POST', `${partnerships}/${body.partnershipId}/removal`, { attested: '2026-01' })

  assert.equal((await accept(world, resellerAdmin.actor, old)).body.name, 'invitationUsed')
  const renewed = await accept(world, resellerAdmin.actor, await givenInvitation(world, agent.actor))
  assert.notEqual(renewed.body.partnershipId, body.partnershipId)
  const states = await world.deps.db.selectFrom('partnerships').select('state').execute()
  assert.deepEqual(states.map((row) => row.state).toSorted(), ['active', 'ended'])
})

test('F86 a declined request is final, and the provider is told', async () => {
  await using world = await testWorld()
  const { agent, provider, reseller, resellerAdmin, resellerSales } = await givenSides(world.deps)
  const token = await givenInvitation(world, agent.actor)
  const decline = (actor: Actor) =>
    world.request<Refused>(actor, 'POST', `${invitations}/by-token/${token}/refusal`, {})

  assert.equal((await decline(resellerSales.actor)).status, 403)
  assert.equal((await decline(resellerAdmin.actor)).status, 204)
  assert.equal((await decline(resellerAdmin.actor)).status, 204)

  assert.equal((await accept(world, resellerAdmin.actor, token)).body.name, 'invitationDeclined')
  const told = await world.deps.db.selectFrom('notifications').select(['organization_id', 'kind', 'params']).execute()
  assert.deepEqual(told, [
    { organization_id: provider.organizationId, kind: 'invitationDeclined', params: { recipient: reseller.name } },
  ])
})

test('S14 S20 a provider of another company never sees what others agreed on', async () => {
  await using world = await testWorld()
  const { agent, resellerAdmin } = await givenSides(world.deps)
  const { body } = await accept(world, resellerAdmin.actor, await givenInvitation(world, agent.actor))
  const other = await givenProvider(world.deps, { name: 'Other' })
  const foreign = await givenUser(world.deps, {
    organizationId: other.organizationId,
    kind: 'provider',
    roles: ['global_admin'],
  })

  assert.deepEqual((await world.request<{ items: unknown[] }>(foreign.actor, 'GET', partnerships)).body.items, [])
  assert.equal((await world.request(foreign.actor, 'GET', `${partnerships}/${body.partnershipId}`)).status, 404)
  assert.equal((await world.request(agent.actor, 'GET', `${partnerships}/${newId()}`)).status, 404)
})

async function givenInvitation(world: TestWorld, actor: Actor): Promise<string> {
  const { body } = await world.request<InvitationDraft>(actor, 'POST', invitations, { language: 'en' })
  return tokenIn(body.link)
}

async function accept(
  world: TestWorld,
  actor: Actor,
  token: string,
  body: { authorized: boolean; grantAdminAccess?: boolean } = { authorized: true },
): Promise<Reply<AcceptedInvitation & Refused>> {
  return await world.request(actor, 'POST', `${invitations}/by-token/${token}/acceptance`, body)
}

async function viewer(world: TestWorld, actor: Actor, token: string): Promise<InvitationLanding['viewer']> {
  return (await world.request<InvitationLanding>(actor, 'GET', `${invitations}/by-token/${token}`)).body.viewer
}
