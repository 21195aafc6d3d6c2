import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '../../kernel/ids.ts'
import { type TestWorld, testWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenProvider, givenReseller } from '../program/test-organizations.ts'
import { givenSharedCustomer } from './test-customers.ts'
import { givenPartnership, givenSides } from './test-partnerships.ts'
import type {
  PartnershipDetail,
  PartnershipRemoval,
  PartnershipRow,
  RemovedPartnership,
  ResellerChoice,
} from './wire.ts'

const partnerships = '/portal/v1/partnerships'
const attested = '2026-01'

interface Refused {
  readonly name: string
}

test('S50 S52 S62 a removal ends that partnership only, and its reseller leaves the list and every choice', async () => {
  await using world = await testWorld()
  const { agent, provider, reseller, partnershipId } = await givenPartners(world)
  const stays = await givenReseller(world.deps, { name: 'Kalan Bilişim' })
  await givenPartnership(world.deps, provider, stays)

  const removed = await world.request<RemovedPartnership>(
    agent.actor,
    'POST',
    `${partnerships}/${partnershipId}/removal`,
    { attested },
  )

  assert.deepEqual(removed.body, { partnershipId, endedAt: world.now.toISOString(), already: false })
  const list = async (state: string) =>
    (
      await world.request<{ items: PartnershipRow[] }>(agent.actor, 'GET', `${partnerships}?state=${state}`)
    ).body.items.map((row) => row.name)
  assert.deepEqual(await list('active'), ['Kalan Bilişim'])
  assert.deepEqual(await list('ended'), [reseller.name])
  const choices = await world.request<{ items: ResellerChoice[] }>(agent.actor, 'GET', '/portal/v1/reseller-choices')
  assert.deepEqual(
    choices.body.items.map((choice) => choice.name),
    ['Kalan Bilişim'],
  )
})

test('S51 S53 asking what a removal would do changes nothing and records nothing', async () => {
  await using world = await testWorld()
  const { agent, partnershipId } = await givenPartners(world)

  const preview = await world.request<PartnershipRemoval>(
    agent.actor,
    'GET',
    `${partnerships}/${partnershipId}/removal`,
  )

  assert.deepEqual([preview.body.state, preview.body.name, preview.body.endedAt], ['active', 'Boğaziçi Bilişim', null])
  const row = await world.deps.db.selectFrom('partnerships').select('state').executeTakeFirstOrThrow()
  assert.equal(row.state, 'active')
  assert.deepEqual(await world.deps.db.selectFrom('audit_records').select('id').execute(), [])
})

test('S56 S57 S58 S59 S60 a removal without the attestation in force is refused; with it the exact text, user and time are kept', async () => {
  await using world = await testWorld()
  const { agent, partnershipId } = await givenPartners(world)
  const remove = (body: object) =>
    world.request<Refused>(agent.actor, 'POST', `${partnerships}/${partnershipId}/removal`, body)

  for (const body of [{}, { attested: '2025-01' }, { attested: '' }]) {
    const refused = await remove(body)
    assert.deepEqual([refused.status, refused.body.name], [400, 'attestationRequired'])
  }
  assert.deepEqual(await world.deps.db.selectFrom('attestations').select('id').execute(), [])

  const { body: shown } = await world.request<PartnershipRemoval>(
    { ...agent.actor, locale: 'tr' },
    'GET',
    `${partnerships}/${partnershipId}/removal`,
  )
  assert.equal(shown.attestation.text.split('\n').filter((line) => /^\d\. /.test(line)).length, 5)
  assert.equal(
    (await remove({ attested: shown.attestation.version, language: shown.attestation.language })).status,
    200,
  )
  const kept = await world.deps.db.selectFrom('attestations').selectAll().execute()
  assert.deepEqual(kept, [
    {
      id: kept[0]?.id,
      kind: 'removal_attestation',
      template_version: '2026-01',
      language: 'tr',
      text_hash: createHash('sha256').update(shown.attestation.text).digest('hex'),
      subject_kind: 'partnership',
      subject_id: partnershipId,
      user_id: agent.userId,
      user_name: 'Selin Satış',
      organization_id: agent.actor.organizationId,
      at: world.now,
      ip: '127.0.0.1',
    },
  ])
})

test('S54 S55 S61 a removal changes the partnership and its own records, and no row of anything else; nobody is sent anything', async () => {
  await using world = await testWorld()
  const { agent, provider, reseller, partnershipId } = await givenPartners(world)
  for (const name of ['Alfa', 'Beta', 'Gama']) {
    await givenSharedCustomer(world.deps, provider, reseller, partnershipId, { name, subscriptions: 2 })
  }
  const before = await everyRow(world)

  await world.request(
    agent.actor,
    'POST',
    `${partnerships}/${partnershipId}/removal`,
    { attested },
    { 'ms-requestid': newId() },
  )

  const after = await everyRow(world)
  const changed = Object.keys(after).filter((table) => before[table] !== after[table])
  assert.deepEqual(changed, ['attestations', 'audit_records', 'events', 'idempotency_keys', 'partnerships'])
  for (const table of [
    'customers',
    'customer_reseller_associations',
    'admin_relationships',
    'subscriptions',
    'resellers_of_record',
    'support_contacts',
  ]) {
    assert.ok((after[table] ?? '[]').length > 2, `${table} has rows that could have changed`)
  }
  const events = await world.deps.db.selectFrom('events').select('type').execute()
  assert.deepEqual(
    events.map((event) => event.type),
    ['partnership.removed'],
  )
})

test('S52 removing again answers that it ended, without a second attestation or record', async () => {
  await using world = await testWorld()
  const { agent, partnershipId } = await givenPartners(world)
  const remove = (body: object) =>
    world.request<RemovedPartnership>(agent.actor, 'POST', `${partnerships}/${partnershipId}/removal`, body)
  const first = await remove({ attested })
  world.now = new Date(world.now.getTime() + 60_000)

  for (const body of [{ attested }, {}]) {
    const again = await remove(body)
    assert.deepEqual([again.status, again.body], [200, { ...first.body, already: true }])
  }
  assert.equal((await world.deps.db.selectFrom('attestations').select('id').execute()).length, 1)
  assert.equal((await world.deps.db.selectFrom('audit_records').select('id').execute()).length, 1)
})

test('S52 twenty removals at once end the partnership once', async () => {
  await using world = await testWorld()
  const { agent, partnershipId } = await givenPartners(world)

  const replies = await Promise.all(
    Array.from({ length: 20 }, () =>
      world.request<RemovedPartnership>(agent.actor, 'POST', `${partnerships}/${partnershipId}/removal`, { attested }),
    ),
  )

  assert.ok(replies.every((reply) => reply.status === 200))
  assert.equal(replies.filter((reply) => !reply.body.already).length, 1)
  assert.equal((await world.deps.db.selectFrom('attestations').select('id').execute()).length, 1)
})

test('S63 the result lists whom to tell: customers, subscriptions, support contacts and privileges, with totals', async () => {
  await using world = await testWorld()
  const { agent, provider, reseller, partnershipId } = await givenPartners(world)
  const alfa = await givenSharedCustomer(world.deps, provider, reseller, partnershipId, {
    name: 'Alfa',
    subscriptions: 2,
  })
  await givenSharedCustomer(world.deps, provider, reseller, partnershipId, { name: 'Beta' })
  // What the same reseller shares with another provider is no business of this one.
  const other = await givenProvider(world.deps, { name: 'Other' })
  await givenSharedCustomer(world.deps, other, reseller, await givenPartnership(world.deps, other, reseller), {
    name: 'Foreign',
  })
  await world.request(agent.actor, 'POST', `${partnerships}/${partnershipId}/removal`, { attested })

  const { body } = await world.request<PartnershipRemoval>(
    agent.actor,
    'GET',
    `${partnerships}/${partnershipId}/removal`,
  )

  assert.deepEqual([body.state, body.endedAt], ['ended', world.now.toISOString()])
  assert.deepEqual([body.customers.total, body.customers.items.map((one) => one.name)], [2, ['Alfa', 'Beta']])
  assert.deepEqual(body.customers.items[0], {
    customerId: alfa.customerId,
    name: 'Alfa',
    contactName: 'Ada Kaya',
    contactEmail: 'ada@customer.example',
  })
  assert.deepEqual(
    body.subscriptionsAsResellerOfRecord.items.map((one) => [one.customer, one.title, one.quantity]),
    [
      ['Alfa', 'Office 1', 5],
      ['Alfa', 'Office 2', 5],
      ['Beta', 'Office 1', 5],
    ],
  )
  assert.equal(body.supportContacts.total, 3)
  assert.deepEqual(
    body.privileges.items.map((one) => [one.customer, one.name]),
    [
      ['Alfa', 'Default'],
      ['Beta', 'Default'],
    ],
  )
  assert.match(body.noticeTemplate, /Anadolu Dağıtım and Boğaziçi Bilişim/)
  assert.doesNotMatch(body.noticeTemplate, /[{}]/)
})

test('F84 S63 the contact of a customer that was invited is shown only while the provider holds privileges there', async () => {
  await using world = await testWorld()
  const { agent, provider, reseller, partnershipId } = await givenPartners(world)
  await givenSharedCustomer(world.deps, provider, reseller, partnershipId, { name: 'Created' })
  const invited = await givenSharedCustomer(world.deps, provider, reseller, partnershipId, {
    name: 'Invited',
    via: 'invited',
  })
  const path = `${partnerships}/${partnershipId}/removal`
  const contacts = async () =>
    (await world.request<PartnershipRemoval>(agent.actor, 'GET', path)).body.customers.items.map((one) => [
      one.name,
      one.contactName,
      one.contactEmail,
    ])
  const seen = ['Ada Kaya', 'ada@customer.example']

  assert.deepEqual(await contacts(), [
    ['Created', ...seen],
    ['Invited', '', ''],
  ])
  const file = await world.request(agent.actor, 'GET', `${path}/export`)
  assert.equal(String(file.body).split('ada@customer.example').length, 2)

  await sql`
    insert into admin_relationships (customer_id, id, partner_id, name, roles, duration_days, status, granted_via, activated_at, ends_at)
    values (${invited.customerId}, ${newId()}, ${provider.organizationId}, 'Support', ${['helpdesk']}, 30, 'active', 'default',
      ${world.now}, '2026-12-31')`.execute(world.deps.db)
  assert.deepEqual(await contacts(), [
    ['Created', ...seen],
    ['Invited', ...seen],
  ])
  world.now = new Date('2027-01-01T00:00:00Z')
  assert.deepEqual((await contacts())[1], ['Invited', '', ''])
})

test('S63 a long list of affected customers is cut, its total is not', async () => {
  await using world = await testWorld()
  const { agent, provider, reseller, partnershipId } = await givenPartners(world)
  for (let number = 0; number < 101; number++) {
    await givenSharedCustomer(world.deps, provider, reseller, partnershipId, {
      name: `Customer ${number}`,
      subscriptions: 0,
    })
  }

  const { body } = await world.request<PartnershipRemoval>(
    agent.actor,
    'GET',
    `${partnerships}/${partnershipId}/removal`,
  )

  assert.deepEqual([body.customers.items.length, body.customers.total], [100, 101])
  assert.deepEqual([body.supportContacts.items, body.supportContacts.total], [[], 0])
})

test('S63 what stays can be downloaded to work through', async () => {
  await using world = await testWorld()
  const { agent, helpdesk, provider, reseller, partnershipId } = await givenPartners(world)
  await givenSharedCustomer(world.deps, provider, reseller, partnershipId, { name: 'Alfa' })

  const file = await world.request<string>(agent.actor, 'GET', `${partnerships}/${partnershipId}/removal/export`)

  assert.deepEqual(file.body.trimEnd().split('\r\n'), [
    '\uFEFFWhat stays,Customer,"Contact, subscription or privilege",Detail',
    'Customer association,Alfa,Ada Kaya,ada@customer.example',
    'Reseller of record,Alfa,Office 1,5',
    'Support contact,Alfa,Office 1,',
    'Admin privilege,Alfa,Default,2028-12-01T00:00:00Z',
  ])
  assert.equal(
    (await world.request(helpdesk.actor, 'GET', `${partnerships}/${partnershipId}/removal/export`)).status,
    403,
  )
})

test('F54 B2 the reseller’s global admin may end it from the other side with the same attestation, and both see it ended', async () => {
  await using world = await testWorld()
  const { agent, provider, resellerAdmin, resellerSales, partnershipId } = await givenPartners(world)
  const path = `${partnerships}/${partnershipId}/removal`

  assert.equal((await world.request(resellerSales.actor, 'POST', path, { attested })).status, 403)
  assert.equal((await world.request<Refused>(resellerAdmin.actor, 'POST', path, {})).body.name, 'attestationRequired')
  assert.equal((await world.request(resellerAdmin.actor, 'POST', path, { attested })).status, 200)

  const seen = await world.request<PartnershipDetail>(agent.actor, 'GET', `${partnerships}/${partnershipId}`)
  assert.deepEqual(
    [seen.body.state, seen.body.endedBySide, seen.body.endedAt],
    ['ended', 'reseller', world.now.toISOString()],
  )
  const ended = await world.request<{ items: PartnershipRow[] }>(
    resellerSales.actor,
    'GET',
    `${partnerships}?state=ended`,
  )
  assert.deepEqual(
    ended.body.items.map((row) => [row.name, row.state]),
    [[provider.name, 'ended']],
  )
  const record = await world.deps.db
    .selectFrom('audit_records')
    .select(['provider_id', 'reseller_id', 'actor_organization_id'])
    .executeTakeFirstOrThrow()
  assert.deepEqual(record, {
    provider_id: provider.organizationId,
    reseller_id: resellerAdmin.actor.organizationId,
    actor_organization_id: resellerAdmin.actor.organizationId,
  })
})

test('S2 S50 roles without the right, and strangers, cannot remove', async () => {
  await using world = await testWorld()
  const { helpdesk, partnershipId } = await givenPartners(world)
  const other = await givenProvider(world.deps, { name: 'Other' })
  const foreign = await givenUser(world.deps, {
    organizationId: other.organizationId,
    kind: 'provider',
    roles: ['global_admin'],
  })
  const path = `${partnerships}/${partnershipId}/removal`

  assert.equal((await world.request(helpdesk.actor, 'POST', path, { attested })).status, 403)
  assert.equal((await world.request(foreign.actor, 'POST', path, { attested })).status, 404)
  assert.equal((await world.request(foreign.actor, 'GET', path)).status, 404)
  assert.equal(
    (await world.request(foreign.actor, 'POST', `${partnerships}/not-an-id/removal`, { attested })).status,
    400,
  )
  const row = await world.deps.db.selectFrom('partnerships').select('state').executeTakeFirstOrThrow()
  assert.equal(row.state, 'active')
})

test('S64 an ended partnership stays readable, flagged, with its history and who acted', async () => {
  await using world = await testWorld()
  const { agent, resellerSales, provider, reseller, partnershipId } = await givenPartners(world)
  await givenSharedCustomer(world.deps, provider, reseller, partnershipId, { name: 'Alfa' })
  await world.request(agent.actor, 'POST', `${partnerships}/${partnershipId}/removal`, { attested })

  const forProvider = await world.request<PartnershipDetail>(agent.actor, 'GET', `${partnerships}/${partnershipId}`)
  const forReseller = await world.request<PartnershipDetail>(
    resellerSales.actor,
    'GET',
    `${partnerships}/${partnershipId}`,
  )

  assert.deepEqual(
    [
      forProvider.body.state,
      forProvider.body.customers,
      forProvider.body.activeSubscriptions,
      forProvider.body.canAddCustomer?.reason,
    ],
    ['ended', 1, 1, 'partnershipRequired'],
  )
  assert.deepEqual(
    forProvider.body.timeline.map((entry) => [entry.action, entry.by]),
    [['partnership.removed', 'Selin Satış']],
  )
  assert.deepEqual(
    forReseller.body.timeline.map((entry) => [entry.action, entry.by, entry.organization]),
    [['partnership.removed', null, provider.name]],
  )
})

async function givenPartners(world: TestWorld) {
  const sides = await givenSides(world.deps)
  return { ...sides, partnershipId: await givenPartnership(world.deps, sides.provider, sides.reseller) }
}

/** All rows of all tables, as text by table. */
async function everyRow(world: TestWorld): Promise<Record<string, string>> {
  const { rows } = await world.deps.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const tables: Record<string, string> = {}
  for (const { name } of rows) {
    const found = await world.deps.pool.query<{ rows: string }>(
      `select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text), '[]')::text as rows from "${name}" t`,
    )
    tables[name] = found.rows[0]?.rows ?? ''
  }
  return tables
}
