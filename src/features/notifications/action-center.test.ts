import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type OrganizationId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { completeAction, notify } from './notify.ts'
import { notificationKinds } from './rules.ts'
import { sentenceOf } from './sentences.ts'
import type { Notification } from './wire.ts'

const base = '/portal/v1/action-center'

async function told(world: TestWorld, organizationId: OrganizationId, ...audienceRoles: Role[]): Promise<void> {
  await world.deps.db.transaction().execute(async (tx) => {
    await notify(tx, world.now, {
      organizationId,
      audienceRoles,
      class: 'transactional',
      kind: 'partnershipAccepted',
      params: { reseller: 'Mavi Bilişim' },
      link: '/resellers',
    })
    await notify(tx, world.now, {
      organizationId,
      audienceRoles,
      class: 'mandatory',
      kind: 'agreementMissing',
      params: { region: 'Europe' },
      link: '/profile',
      dueOn: '2026-12-31',
    })
  })
}

async function user(world: TestWorld, organizationId: OrganizationId, role: Role, locale: 'en' | 'tr' = 'en') {
  return (await givenUser(world.deps, { organizationId, kind: 'provider', roles: [role], locale })).actor
}

async function list(world: TestWorld, actor: Awaited<ReturnType<typeof user>>, query = ''): Promise<Notification[]> {
  const reply = await world.request<{ items: Notification[] }>(actor, 'GET', `${base}${query}`)
  assert.equal(reply.status, 200)
  return reply.body.items
}

test('S31 people with a role that is addressed read what happened in their language, and others see nothing of it', async () => {
  await using world = await testWorld()
  const organizationId = newId<'organization'>()
  await told(world, organizationId, 'global_admin', 'sales_agent')

  const sales = await user(world, organizationId, 'sales_agent', 'tr')
  const helpdesk = await user(world, organizationId, 'helpdesk_agent')
  const stranger = await user(world, newId<'organization'>(), 'sales_agent')

  const seen = await list(world, sales)
  assert.deepEqual(seen.map(({ kind }) => kind).toSorted(), ['agreementMissing', 'partnershipAccepted'])
  assert.match(
    seen.find(({ kind }) => kind === 'partnershipAccepted')?.text ?? '',
    /^Mavi Bilişim iş ortaklığı isteğinizi/,
  )
  assert.deepEqual(await list(world, helpdesk), [])
  assert.deepEqual(await list(world, stranger), [])
  const id = seen[0]?.id ?? ''
  assert.equal((await world.request(stranger, 'POST', `${base}/${id}/read`)).status, 404)
  assert.equal((await world.request(helpdesk, 'POST', `${base}/${id}/archive`)).status, 404)
})

test('reading and archiving are one person’s own, and the count follows', async () => {
  await using world = await testWorld()
  const organizationId = newId<'organization'>()
  await told(world, organizationId, 'sales_agent')
  const one = await user(world, organizationId, 'sales_agent')
  const other = await user(world, organizationId, 'sales_agent')
  const news = (await list(world, one, '?group=notifications'))[0]?.id ?? ''

  await world.request(one, 'POST', `${base}/${news}/read`)
  assert.deepEqual((await world.request(one, 'GET', `${base}/count`)).body, { unread: 1, mandatory: 1 })
  assert.deepEqual((await world.request(other, 'GET', `${base}/count`)).body, { unread: 2, mandatory: 1 })

  assert.equal((await world.request(one, 'POST', `${base}/${news}/archive`)).status, 204)
  assert.equal((await world.request(one, 'POST', `${base}/${news}/archive`)).status, 204)
  assert.equal((await list(world, one)).length, 1)
  assert.equal((await list(world, one, '?list=archived')).length, 1)
  assert.equal((await list(world, other)).length, 2)
})

test('a mandatory action cannot be archived before it is done, and is completed for everybody at once', async () => {
  await using world = await testWorld()
  const organizationId = newId<'organization'>()
  await told(world, organizationId, 'global_admin')
  const admin = await user(world, organizationId, 'global_admin')
  const action = (await list(world, admin, '?group=actions'))[0]
  assert.equal(action?.archivable, false)
  assert.equal(action?.dueOn, '2026-12-31')

  const refused = await world.request<{ name: string }>(admin, 'POST', `${base}/${action?.id}/archive`)
  assert.deepEqual([refused.status, refused.body.name], [409, 'mandatoryAction'])

  await world.deps.db
    .transaction()
    .execute((tx) => completeAction(tx, world.now, { organizationId, kind: 'agreementMissing', link: '/profile' }))
  assert.equal((await list(world, admin, '?group=actions')).length, 0)
  assert.equal((await list(world, admin, '?list=completed'))[0]?.archivable, true)
  assert.equal((await world.request(admin, 'POST', `${base}/${action?.id}/archive`)).status, 204)
})

test('notifications page without losing or repeating one', async () => {
  await using world = await testWorld()
  const organizationId = newId<'organization'>()
  for (let count = 0; count < 4; count += 1) await told(world, organizationId, 'global_admin')
  const admin = await user(world, organizationId, 'global_admin')

  const first = await world.request<{ items: Notification[]; next: string }>(admin, 'GET', `${base}?size=5`)
  const second = await world.request<{ items: Notification[]; next: null }>(
    admin,
    'GET',
    `${base}?size=5&cursor=${first.body.next}`,
  )

  assert.equal(new Set([...first.body.items, ...second.body.items].map(({ id }) => id)).size, 8)
  assert.equal(second.body.next, null)
})

test('S110 every kind of notification has a sentence in both languages with the same values', () => {
  for (const kind of notificationKinds) {
    const names = (locale: 'en' | 'tr') =>
      [...sentenceOf(locale, kind, probe).matchAll(/<\w+>/g)].map(String).toSorted()
    assert.deepEqual(names('en'), names('tr'), kind)
  }
})

const probe = new Proxy({}, { get: (_, name) => `<${String(name)}>` }) as Readonly<Record<string, string>>
