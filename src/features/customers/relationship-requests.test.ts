import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import type { Actor } from '../../platform/context.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { linkIsIntact } from '../partnerships/rules.ts'
import { givenProvider, givenReseller } from '../program/test-organizations.ts'
import { givenCustomer, type TestCustomer } from './test-customers.ts'
import type { CustomerDetail, MyPartners, RelationshipOffer } from './wire.ts'

interface Draft {
  readonly id: string
  readonly link: string
  readonly subject: string
  readonly body: string
}

const requests = '/portal/v1/relationship-requests'

async function channel(world: TestWorld) {
  const { deps } = world
  const home = await givenProvider(deps, { name: 'Home provider' })
  const provider = await givenProvider(deps, { name: 'Ege Dağıtım' })
  const reseller = await givenReseller(deps)
  const partnershipId = await givenPartnership(deps, provider, reseller)
  const customer = await givenCustomer(deps, home, { name: 'Kaya Gıda', agreement: 'attested' })
  const of = async (...roles: Role[]) => (await givenUser(deps, { ...provider, kind: 'provider', roles })).actor
  const ofReseller = async (...roles: Role[]) => (await givenUser(deps, { ...reseller, kind: 'reseller', roles })).actor
  const ofCustomer = async (role: Role, whose: TestCustomer = customer, name = 'Ayşe Işık') =>
    (await givenUser(deps, { organizationId: whose.customerId, kind: 'customer', roles: [role], name })).actor
  return { home, provider, reseller, partnershipId, customer, of, ofReseller, ofCustomer }
}

async function request(world: TestWorld, actor: Actor, input: object = {}): Promise<Draft> {
  const reply = await world.request<Draft>(actor, 'POST', requests, { language: 'en', ...input })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return reply.body
}

const tokenOf = ({ link }: Draft): string => link.slice(link.lastIndexOf('/') + 1)
const both = { relationship: true, agreement: true }

async function accept(world: TestWorld, actor: Actor, draft: Draft, ticks: object = both) {
  const reply = await world.request<{ name?: string }>(
    actor,
    'POST',
    `${requests}/by-token/${tokenOf(draft)}/acceptance`,
    ticks,
  )
  return [reply.status, reply.body?.name]
}

async function offer(world: TestWorld, actor: Actor | undefined, draft: Draft): Promise<RelationshipOffer> {
  return (await world.request<RelationshipOffer>(actor, 'GET', `${requests}/by-token/${tokenOf(draft)}`)).body
}

test('F80 the draft carries the personal link in both languages; asking for privileges or not makes another link and text', async () => {
  await using world = await testWorld()
  const { of } = await channel(world)
  const agent = await of('admin_agent')

  const without = await request(world, agent)
  const withThem = await request(world, agent, { includePrivileges: true })
  const turkish = await world.request<Draft>(agent, 'GET', `${requests}/${without.id}/draft?language=tr`)

  assert.ok(linkIsIntact(without.body, without.link))
  assert.match(without.subject, /Ege Dağıtım/)
  assert.match(without.body, /no administration privileges/)
  assert.match(withThem.body, /delegated administration privileges/)
  assert.notEqual(without.link, withThem.link)
  assert.equal(turkish.body.link, without.link)
  assert.match(turkish.body.subject, /bayi ilişkisi/)
  const stored = await sql<{
    text: string
  }>`select (relationship_requests::text) as text from relationship_requests`.execute(world.deps.db)
  assert.equal(
    stored.rows.some(({ text }) => text.includes(tokenOf(without))),
    false,
  )
})

test('A12 A13 B4 who may ask: sales agents without privileges, admin agents with; user management admins not at all', async () => {
  await using world = await testWorld()
  const { provider, of, ofReseller } = await channel(world)
  const ask = async (actor: Actor, input: object) => {
    const reply = await world.request<{ name?: string; data?: string[] }>(actor, 'POST', requests, {
      language: 'en',
      ...input,
    })
    return [reply.status, reply.body.name]
  }
  const theirs = { providerId: provider.organizationId }

  assert.deepEqual(await ask(await of('sales_agent'), {}), [200, undefined])
  assert.deepEqual(await ask(await of('sales_agent', 'global_admin'), { includePrivileges: true }), [
    403,
    'accessDenied',
  ])
  assert.deepEqual(await ask(await of('user_management_admin', 'helpdesk_agent'), {}), [403, 'accessDenied'])
  assert.deepEqual(await ask(await ofReseller('sales_agent'), theirs), [200, undefined])
  assert.deepEqual(await ask(await ofReseller('admin_agent'), { ...theirs, includePrivileges: true }), [
    403,
    'accessDenied',
  ])
  assert.deepEqual(await ask(await ofReseller('admin_agent'), {}), [400, 'invalidRequest'])
  assert.deepEqual(await ask(await ofReseller('admin_agent'), { providerId: newId() }), [409, 'partnershipRequired'])
})

test('S14 a request cannot name a reseller without an active partnership', async () => {
  await using world = await testWorld()
  const { provider, of } = await channel(world)
  const former = await givenReseller(world.deps, { name: 'Former' })
  await givenPartnership(world.deps, provider, former, { ended: true })

  const reply = await world.request<{ name: string }>(await of('sales_agent'), 'POST', requests, {
    language: 'en',
    resellerId: former.organizationId,
  })

  assert.deepEqual([reply.status, reply.body.name], [409, 'partnershipRequired'])
})

test('F83 F50 F89 acceptance makes both relationships, the delegation, the agreement and the privileges in one go', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { home, provider, reseller, customer, of, ofReseller, ofCustomer } = await channel(world)
  const agent = await of('admin_agent')
  const draft = await request(world, agent, { resellerId: reseller.organizationId, includePrivileges: true })
  const owner = await ofCustomer('global_admin')

  const seen = await offer(world, owner, draft)
  const before = await world.request(agent, 'GET', `/portal/v1/customers/${customer.customerId}`)
  assert.deepEqual(await accept(world, owner, draft), [204, undefined])
  assert.deepEqual(await accept(world, owner, draft), [204, undefined])

  assert.deepEqual(
    [seen.provider.name, seen.reseller?.name, seen.privileges?.days, seen.viewer?.canAnswer],
    ['Ege Dağıtım', reseller.name, 730, true],
  )
  assert.match(seen.agreement.text, /Customer agreement/)
  assert.equal(before.status, 404)
  const after = await world.request<CustomerDetail>(agent, 'GET', `/portal/v1/customers/${customer.customerId}`)
  assert.equal(after.body.account?.relationship?.via, 'invited')
  assert.equal(after.body.account?.agreement.status, 'direct')
  assert.equal(after.body.account?.agreement.acceptance?.recordedBy, 'Ayşe Işık')
  assert.equal(after.body.account?.adminRelationships.length, 1)
  assert.notEqual(after.body.account?.details, null)
  const theirs = await world.request<{ items: { name: string }[] }>(
    await ofReseller('admin_agent'),
    'GET',
    '/portal/v1/customers',
  )
  assert.deepEqual(
    theirs.body.items.map(({ name }) => name),
    ['Kaya Gıda'],
  )
  const filtered = await world.request<{ items: unknown[] }>(
    agent,
    'GET',
    `/portal/v1/customers?reseller=${reseller.organizationId}`,
  )
  assert.equal(filtered.body.items.length, 1)
  const audit = await sql<{ action: string; provider_id: string }>`
    select action, provider_id from audit_records where customer_id = ${customer.customerId} order by id`.execute(
    deps.db,
  )
  assert.deepEqual(audit.rows, [
    { action: 'customer.reseller_associated', provider_id: provider.organizationId },
    { action: 'customer.relationship_accepted', provider_id: provider.organizationId },
  ])
  // The other partner's own relationship is as it was.
  const other =
    await sql`select from customer_relationships where partner_id = ${home.organizationId} and state = 'active'`.execute(
      deps.db,
    )
  assert.equal(other.rows.length, 1)
})

test('F84 accepted without privileges, the partners have the relationship but not the company', async () => {
  await using world = await testWorld()
  const { reseller, customer, of, ofReseller, ofCustomer } = await channel(world)
  const draft = await request(world, await of('sales_agent'), { resellerId: reseller.organizationId })

  await accept(world, await ofCustomer('global_admin'), draft)

  for (const actor of [await of('sales_agent'), await ofReseller('admin_agent')]) {
    const { body } = await world.request<CustomerDetail>(actor, 'GET', `/portal/v1/customers/${customer.customerId}`)
    assert.deepEqual([body.name, body.account?.details, body.account?.adminRelationships], ['Kaya Gıda', null, []])
  }
})

test('F83 both ticks are needed, and nothing changes without them', async () => {
  await using world = await testWorld()
  const { of, ofCustomer } = await channel(world)
  const draft = await request(world, await of('sales_agent'))
  const owner = await ofCustomer('global_admin')

  for (const ticks of [
    { relationship: true, agreement: false },
    { relationship: false, agreement: true },
  ]) {
    assert.deepEqual(await accept(world, owner, draft, ticks), [400, 'acceptanceIncomplete'])
  }
  assert.equal((await offer(world, owner, draft)).state, 'opened')
})

test('F82 F46 an ordinary user is told who can; a partner, another region and a partner itself are told why not', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { home, provider, of, ofReseller, ofCustomer } = await channel(world)
  const draft = await request(world, await of('sales_agent'))
  await ofCustomer('global_admin')
  const french = await givenCustomer(deps, home, { country: 'FR' })
  await deps.db
    .updateTable('organizations')
    .set({ registration_number: '1234567890' })
    .where('id', '=', provider.organizationId)
    .execute()
  const itself = await givenCustomer(deps, home, { registrationNumber: '1234567890' })
  await deps.db
    .updateTable('customers')
    .set({ registration_number: '5555555555' })
    .where('registration_number', '=', '1234567890')
    .where('id', '<>', itself.customerId)
    .execute()

  const user = await ofCustomer('user')
  const seen = await offer(world, user, draft)
  assert.deepEqual([seen.viewer?.reason, seen.viewer?.globalAdmins], ['globalAdminNeeded', ['Ayşe Işık']])
  for (const [actor, name] of [
    [user, 'globalAdminNeeded'],
    [await of('global_admin'), 'customerAccountNeeded'],
    [await ofReseller('global_admin'), 'customerAccountNeeded'],
    [await ofCustomer('global_admin', french), 'customerOutsideRegion'],
    [await ofCustomer('global_admin', itself), 'ownCustomer'],
  ] as const) {
    assert.deepEqual(await accept(world, actor, draft), [403 - (name === 'ownCustomer' ? 3 : 0), name])
  }
  assert.equal(
    (await world.request(undefined, 'POST', `${requests}/by-token/${tokenOf(draft)}/acceptance`, both)).status,
    401,
  )
})

test('F81 a link that was changed opens nothing, whoever looks', async () => {
  await using world = await testWorld()
  const { of, ofCustomer } = await channel(world)
  const draft = await request(world, await of('sales_agent'))
  const altered = { ...draft, link: `${draft.link.slice(0, -1)}${draft.link.endsWith('A') ? 'B' : 'A'}` }

  for (const actor of [undefined, await ofCustomer('global_admin')]) {
    const reply = await world.request<{ name: string }>(actor, 'GET', `${requests}/by-token/${tokenOf(altered)}`)
    assert.deepEqual([reply.status, reply.body.name], [404, 'invitationInvalid'])
  }
  assert.deepEqual(await accept(world, await ofCustomer('global_admin'), altered), [404, 'invitationInvalid'])
})

test('F87 a request is created, opened by a stranger, revoked, declined or expired, and its list shows it', async () => {
  await using world = await testWorld()
  const { of, ofCustomer, ofReseller } = await channel(world)
  const agent = await of('sales_agent')
  const [revoked, declined, open] = [
    await request(world, agent),
    await request(world, agent),
    await request(world, agent),
  ]
  const owner = await ofCustomer('global_admin')
  const states = async (query = '') => {
    const { body } = await world.request<{ items: { id: string; state: string }[] }>(
      agent,
      'GET',
      `${requests}${query}`,
    )
    return body.items.map(({ state }) => state)
  }

  await offer(world, agent, open)
  assert.deepEqual(await states(), ['issued', 'issued', 'issued'])
  await offer(world, undefined, open)
  assert.equal((await world.request(agent, 'POST', `${requests}/${revoked.id}/revocation`, {})).status, 204)
  assert.equal((await world.request(agent, 'POST', `${requests}/${revoked.id}/revocation`, {})).status, 204)
  assert.equal(
    (await world.request(owner, 'POST', `${requests}/by-token/${tokenOf(declined)}/refusal`, {})).status,
    204,
  )

  assert.deepEqual(await states(), ['opened'])
  assert.deepEqual(await states('?state=all'), ['opened', 'declined', 'revoked'])
  assert.deepEqual(await accept(world, owner, revoked), [410, 'invitationRevoked'])
  assert.deepEqual(await accept(world, owner, declined), [410, 'invitationDeclined'])
  const foreign = await world.request(await ofReseller('admin_agent'), 'POST', `${requests}/${open.id}/revocation`, {})
  assert.equal(foreign.status, 404)
  world.now = new Date('2026-12-31T09:00:00Z')
  assert.deepEqual(await states('?state=all&size=1'), ['expired'])
  assert.deepEqual(await accept(world, owner, open), [410, 'invitationExpired'])
  const told = await world.deps.db.selectFrom('notifications').select('kind').execute()
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ['relationshipDeclined'],
  )
})

test('S64 when the partners parted meanwhile, acceptance is refused and the request stays open', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { home, reseller, of, ofCustomer } = await channel(world)
  const draft = await request(world, await of('sales_agent'), { resellerId: reseller.organizationId })
  await givenPartnership(deps, home, reseller, { ended: true })
  await sql`
    update partnerships set state = 'ended', ended_at = ${world.now}, end_attestation_id = (select id from attestations)
    where state = 'active'`.execute(deps.db)
  const owner = await ofCustomer('global_admin')

  assert.deepEqual(await accept(world, owner, draft), [409, 'partnershipRequired'])
  assert.equal((await offer(world, owner, draft)).state, 'opened')
})

test('F95 a removed relationship comes back by a new request, as a new one for the same customer', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { provider, customer, of, ofCustomer } = await channel(world)
  const owner = await ofCustomer('global_admin')
  const agent = await of('sales_agent')

  assert.deepEqual(await accept(world, owner, await request(world, agent)), [204, undefined])
  assert.deepEqual(await accept(world, owner, await request(world, agent)), [409, 'relationshipExists'])
  await world.request(await of('global_admin'), 'POST', `/portal/v1/customers/${customer.customerId}/removal`, {})
  assert.deepEqual(await accept(world, owner, await request(world, agent)), [204, undefined])

  const ties = await deps.db
    .selectFrom('customer_relationships')
    .select('state')
    .where('partner_id', '=', provider.organizationId)
    .orderBy('id')
    .execute()
  assert.deepEqual(
    ties.map(({ state }) => state),
    ['removed', 'active'],
  )
})

test('F86 F90 the customer sees each partner with exactly the grants it holds', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { home, reseller, customer, of, ofCustomer } = await channel(world)
  const owner = await ofCustomer('global_admin')
  await accept(
    world,
    owner,
    await request(world, await of('admin_agent'), { resellerId: reseller.organizationId, includePrivileges: true }),
  )
  const supporter = await givenReseller(deps, { name: 'Destek Bilişim' })
  await sql`
    insert into support_contacts (customer_id, subscription_id, id, partner_id, name, email, phone, website, valid_from, set_by, set_by_name)
    values (${customer.customerId}, ${newId()}, ${newId()}, ${supporter.organizationId}, '', '', '', '', ${world.now}, ${newId()}, '')`.execute(
    deps.db,
  )

  const { status, body } = await world.request<MyPartners>(owner, 'GET', '/portal/v1/my-partners')
  const user = await world.request(await ofCustomer('user'), 'GET', '/portal/v1/my-partners')

  assert.deepEqual([status, user.status], [200, 403])
  assert.deepEqual(
    body.partners.map((one) => [
      one.name,
      one.relationshipSince !== null,
      one.manages.length,
      one.privileges.length,
      one.subscriptionsAsSupportContact,
    ]),
    [
      ['Ege Dağıtım', true, 0, 1, 0],
      [home.name, true, 0, 0, 0],
      [reseller.name, true, 1, 0, 0],
      ['Destek Bilişim', false, 0, 0, 1],
    ],
  )
  assert.equal(body.agreement.status, 'direct')
})
