import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../kernel/ids.ts'
import { dayMs } from '../../kernel/time.ts'
import { testWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenProvider } from '../program/test-organizations.ts'
import { linkIsIntact } from './rules.ts'
import { givenSides, tokenIn } from './test-partnerships.ts'
import type { InvitationDraft, InvitationLanding, InvitationRow } from './wire.ts'

const invitations = '/portal/v1/partnership-invitations'

interface Refused {
  readonly name: string
  readonly data: readonly string[]
  readonly fields: readonly { readonly field: string; readonly rule: string }[]
}

test('S20 S21 S23 a request makes a draft with the provider’s name and the personal link, with or without a recipient', async () => {
  await using world = await testWorld()
  const { agent, provider } = await givenSides(world.deps)

  const named = await world.request<InvitationDraft>(agent.actor, 'POST', invitations, {
    recipientEmail: 'Info@Bogazici.example',
    language: 'en',
  })
  const unnamed = await world.request<InvitationDraft>(agent.actor, 'POST', invitations, { language: 'tr' })

  assert.equal(named.status, 200)
  assert.equal(named.body.recipientEmail, 'info@bogazici.example')
  assert.match(named.body.subject, new RegExp(provider.name))
  assert.match(named.body.link, /^http:\/\/localhost:8080\/invitation\/[\w-]{43}$/)
  assert.ok(linkIsIntact(named.body.body, named.body.link))
  assert.match(named.body.body, /Selin Satış/)
  assert.equal(named.body.expiresAt, '2026-12-31T09:00:00.000Z')
  assert.equal(unnamed.body.recipientEmail, null)
  assert.match(unnamed.body.subject, /iş ortaklığı isteği/)
  assert.match(unnamed.body.body, /31 Aralık 2026/)
  assert.ok(linkIsIntact(unnamed.body.body, unnamed.body.link))
  assert.doesNotMatch(unnamed.body.body, /[{}]/)
})

test('S10 the draft tells a reseller that is not enrolled where to find out what to do', async () => {
  await using world = await testWorld()
  const { agent } = await givenSides(world.deps)

  const { body } = await world.request<InvitationDraft>(agent.actor, 'POST', invitations, { language: 'en' })

  assert.match(body.body, /http:\/\/localhost:8080\/help\/partner-with-providers/)
})

test('S2 S22 roles outside the brief’s four cannot request a partnership and are told which roles can', async () => {
  await using world = await testWorld()
  const { provider, helpdesk, resellerAdmin } = await givenSides(world.deps)

  const refused = await world.request<Refused>(helpdesk.actor, 'POST', invitations, { language: 'en' })
  assert.deepEqual(
    [refused.status, refused.body.name, refused.body.data],
    [403, 'accessDenied', ['global_admin', 'user_management_admin', 'admin_agent', 'sales_agent']],
  )
  assert.equal((await world.request(resellerAdmin.actor, 'POST', invitations, { language: 'en' })).status, 403)
  for (const role of ['global_admin', 'user_management_admin', 'admin_agent', 'sales_agent'] as const) {
    const user = await givenUser(world.deps, {
      organizationId: provider.organizationId,
      kind: 'provider',
      roles: [role],
    })
    assert.equal((await world.request(user.actor, 'POST', invitations, { language: 'en' })).status, 200, role)
  }
})

test('S21 a recipient that is no address is refused at its field', async () => {
  await using world = await testWorld()
  const { agent } = await givenSides(world.deps)

  const refused = await world.request<Refused>(agent.actor, 'POST', invitations, {
    recipientEmail: 'bogazici',
    language: 'en',
  })

  assert.equal(refused.status, 400)
  assert.deepEqual(
    refused.body.fields.map(({ field, rule }) => [field, rule]),
    [['recipientEmail', 'email']],
  )
})

test('S26 F47 a request is listed as pending, by whom and until when, and one id makes one request', async () => {
  await using world = await testWorld()
  const { agent, helpdesk } = await givenSides(world.deps)
  const other = await givenProvider(world.deps, { name: 'Other' })
  const foreign = await givenUser(world.deps, {
    organizationId: other.organizationId,
    kind: 'provider',
    roles: ['sales_agent'],
  })
  const body = { recipientEmail: 'a@b.example', language: 'en' }

  const id = { 'ms-requestid': newId() }
  const [once, again] = await Promise.all([
    world.request<InvitationDraft>(agent.actor, 'POST', invitations, body, id),
    world.request<InvitationDraft>(agent.actor, 'POST', invitations, body, id),
  ])

  assert.deepEqual(once.body, again.body)
  const list = await world.request<{ items: InvitationRow[] }>(agent.actor, 'GET', invitations)
  assert.deepEqual(
    list.body.items.map((row) => [row.id, row.status, row.recipientEmail, row.createdBy, row.expiresAt]),
    [[once.body.id, 'issued', 'a@b.example', 'Selin Satış', '2026-12-31T09:00:00.000Z']],
  )
  assert.deepEqual((await world.request<{ items: unknown[] }>(foreign.actor, 'GET', invitations)).body.items, [])
  assert.equal((await world.request(helpdesk.actor, 'GET', invitations)).status, 403)
  const sent = await world.deps.db.selectFrom('notifications').select('id').execute()
  assert.deepEqual(sent, [], 'asking sends nothing to anybody')
})

test('S29 the token is kept nowhere: not in a table, not in the record, not with the stored reply', async () => {
  await using world = await testWorld()
  const { agent } = await givenSides(world.deps)

  const { body } = await world.request<InvitationDraft>(
    agent.actor,
    'POST',
    invitations,
    { language: 'en' },
    { 'ms-requestid': newId() },
  )

  const token = tokenIn(body.link)
  for (const table of ['partnership_invitations', 'audit_records', 'events', 'idempotency_keys'] as const) {
    const { rows } = await world.deps.pool.query(`select to_jsonb(t)::text as row from ${table} t`)
    assert.ok(rows.length > 0, table)
    for (const { row } of rows) assert.ok(!row.includes(token), table)
  }
})

test('S29 a link whose token was changed in any way is invalid and changes nothing; the untouched one names its provider', async () => {
  await using world = await testWorld()
  const { agent, provider, resellerAdmin } = await givenSides(world.deps)
  const { body } = await world.request<InvitationDraft>(agent.actor, 'POST', invitations, { language: 'en' })
  const token = tokenIn(body.link)
  const changed = [
    token.slice(0, -1),
    `${token}A`,
    `${token.slice(0, 10)}${token[10] === 'A' ? 'B' : 'A'}${token.slice(11)}`,
    token.toUpperCase(),
    'x',
  ]

  for (const wrong of changed) {
    const page = await world.request<Refused>(undefined, 'GET', `${invitations}/by-token/${wrong}`)
    assert.deepEqual([page.status, page.body.name], [404, 'invitationInvalid'])
    const accepted = await world.request<Refused>(
      resellerAdmin.actor,
      'POST',
      `${invitations}/by-token/${wrong}/acceptance`,
      { authorized: true },
    )
    assert.equal(accepted.body.name, 'invitationInvalid')
  }
  const page = await world.request<InvitationLanding>(undefined, 'GET', `${invitations}/by-token/${token}`)
  assert.equal(page.body.provider.name, provider.name)
  assert.deepEqual(await world.deps.db.selectFrom('partnerships').select('id').execute(), [])
})

test('S19 F40 F41 a visitor sees provider, place, region and what is authorized, and nothing else', async () => {
  await using world = await testWorld()
  const { agent } = await givenSides(world.deps)
  const { body } = await world.request<InvitationDraft>(agent.actor, 'POST', invitations, { language: 'en' })

  const page = await world.request<InvitationLanding>(
    undefined,
    'GET',
    `${invitations}/by-token/${tokenIn(body.link)}`,
    undefined,
    { 'accept-language': 'tr' },
  )

  assert.deepEqual(page.body, {
    status: 'issued',
    provider: {
      name: 'Anadolu Dağıtım',
      city: 'İstanbul',
      country: 'TR',
      regionName: 'Orta Doğu, Orta ve Doğu Avrupa',
    },
    expiresAt: '2026-12-31T09:00:00.000Z',
    authorization: {
      version: '2026-01',
      text: 'Anadolu Dağıtım şirketine müşterilerim adına sipariş gönderme ve abonelik ekleme yetkisi veriyorum.',
    },
    viewer: null,
  })
})

test('F47 a link that somebody else opened is marked opened, not one its own provider looks at', async () => {
  await using world = await testWorld()
  const { agent } = await givenSides(world.deps)
  const { body } = await world.request<InvitationDraft>(agent.actor, 'POST', invitations, { language: 'en' })
  const path = `${invitations}/by-token/${tokenIn(body.link)}`
  const status = async () =>
    (await world.request<{ items: InvitationRow[] }>(agent.actor, 'GET', invitations)).body.items[0]?.status

  await world.request(agent.actor, 'GET', path)
  assert.equal(await status(), 'issued')
  await world.request(undefined, 'GET', path)
  assert.equal(await status(), 'opened')
})

test('A3 F47 a revoked request accepts nothing; revoking again changes nothing', async () => {
  await using world = await testWorld()
  const { agent, resellerAdmin } = await givenSides(world.deps)
  const { body } = await world.request<InvitationDraft>(agent.actor, 'POST', invitations, { language: 'en' })
  const revoke = () => world.request(agent.actor, 'POST', `${invitations}/${body.id}/revocation`, {})

  assert.equal((await revoke()).status, 204)
  assert.equal((await revoke()).status, 204)

  const accepted = await world.request<Refused>(
    resellerAdmin.actor,
    'POST',
    `${invitations}/by-token/${tokenIn(body.link)}/acceptance`,
    { authorized: true },
  )
  assert.deepEqual([accepted.status, accepted.body.name], [410, 'invitationRevoked'])
  const draft = await world.request<Refused>(agent.actor, 'GET', `${invitations}/${body.id}/draft`)
  assert.equal(draft.body.name, 'invitationRevoked')
  const actions = await world.deps.db.selectFrom('audit_records').select('action').orderBy('id').execute()
  assert.deepEqual(
    actions.map((row) => row.action),
    ['partnership.requested', 'partnership.invitation_revoked'],
  )
  const all = await world.request<{ items: InvitationRow[] }>(agent.actor, 'GET', `${invitations}?state=revoked`)
  assert.equal(all.body.items.length, 1)
})

test('F47 an expired request accepts nothing until it is extended; its link stays the same', async () => {
  await using world = await testWorld()
  const { agent, resellerAdmin } = await givenSides(world.deps)
  const { body } = await world.request<InvitationDraft>(agent.actor, 'POST', invitations, { language: 'en' })
  const accept = () =>
    world.request<Refused>(resellerAdmin.actor, 'POST', `${invitations}/by-token/${tokenIn(body.link)}/acceptance`, {
      authorized: true,
    })
  world.now = new Date(world.now.getTime() + 30 * dayMs)

  assert.equal((await accept()).body.name, 'invitationExpired')
  const listed = await world.request<{ items: InvitationRow[] }>(agent.actor, 'GET', invitations)
  assert.equal(listed.body.items[0]?.status, 'expired')
  assert.equal(
    (await world.request<Refused>(agent.actor, 'GET', `${invitations}/${body.id}/draft`)).body.name,
    'invitationExpired',
  )

  const extended = await world.request<{ expiresAt: string }>(
    agent.actor,
    'POST',
    `${invitations}/${body.id}/extension`,
    {},
  )
  assert.equal(extended.body.expiresAt, new Date(world.now.getTime() + 30 * dayMs).toISOString())
  const draft = await world.request<InvitationDraft>(agent.actor, 'GET', `${invitations}/${body.id}/draft?language=tr`)
  assert.equal(draft.body.link, body.link)
  assert.equal(draft.body.language, 'tr')
  assert.equal((await accept()).status, 200)
})

test('S27 a request’s recipient and language can be noted later; nothing changes when nothing differs', async () => {
  await using world = await testWorld()
  const { agent } = await givenSides(world.deps)
  const { body } = await world.request<InvitationDraft>(agent.actor, 'POST', invitations, { language: 'en' })
  const change = () =>
    world.request(agent.actor, 'PATCH', `${invitations}/${body.id}`, { recipientEmail: 'a@b.example', language: 'tr' })

  assert.equal((await change()).status, 204)
  assert.equal((await change()).status, 204)

  const list = await world.request<{ items: InvitationRow[] }>(agent.actor, 'GET', invitations)
  assert.deepEqual([list.body.items[0]?.recipientEmail, list.body.items[0]?.language], ['a@b.example', 'tr'])
  assert.equal((await world.deps.db.selectFrom('audit_records').select('id').execute()).length, 2)
})

test('S29 another provider’s request looks as if it did not exist', async () => {
  await using world = await testWorld()
  const { agent } = await givenSides(world.deps)
  const other = await givenProvider(world.deps, { name: 'Other' })
  const foreign = await givenUser(world.deps, {
    organizationId: other.organizationId,
    kind: 'provider',
    roles: ['global_admin'],
  })
  const { body } = await world.request<InvitationDraft>(agent.actor, 'POST', invitations, { language: 'en' })

  for (const [method, path, sent] of [
    ['GET', `${invitations}/${body.id}/draft`, undefined],
    ['PATCH', `${invitations}/${body.id}`, { recipientEmail: null, language: 'en' }],
    ['POST', `${invitations}/${body.id}/revocation`, {}],
    ['POST', `${invitations}/${body.id}/extension`, {}],
  ] as const) {
    assert.equal((await world.request(foreign.actor, method, path, sent)).status, 404, path)
    const unknown = path.replace(body.id, newId())
    assert.equal((await world.request(agent.actor, method, unknown, sent)).status, 404, unknown)
  }
})

test('the list of requests is paged, newest first', async () => {
  await using world = await testWorld()
  const { agent } = await givenSides(world.deps)
  const made: string[] = []
  for (let day = 0; day < 3; day++) {
    world.now = new Date(world.now.getTime() + dayMs)
    made.push((await world.request<InvitationDraft>(agent.actor, 'POST', invitations, { language: 'en' })).body.id)
  }

  const first = await world.request<{ items: InvitationRow[]; next: string }>(
    agent.actor,
    'GET',
    `${invitations}?size=2`,
  )
  const second = await world.request<{ items: InvitationRow[]; next: null }>(
    agent.actor,
    'GET',
    `${invitations}?size=2&cursor=${first.body.next}`,
  )

  assert.deepEqual(
    [...first.body.items, ...second.body.items].map((row) => row.id),
    made.toReversed(),
  )
  assert.equal(second.body.next, null)
  assert.equal((await world.request(agent.actor, 'GET', `${invitations}?cursor=nonsense`)).status, 400)
})
