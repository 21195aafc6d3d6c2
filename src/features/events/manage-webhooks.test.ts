import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Webhook as Verifier } from 'standardwebhooks'
import { dayMs, hourMs } from '../../kernel/time.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenOrganization } from '../audit/test-parties.ts'
import { givenUser } from '../identity/test-users.ts'
import { mayReach, resolveHost } from './address.ts'
import { post } from './post.ts'
import { runReplay } from './replay-events.ts'
import { restAfter, whyNotUrl } from './rules.ts'
import { openReceiver } from './test-receiver.ts'
import { deliver, givenWebhook, happened, reachesItself, send, untilFinal } from './test-webhooks.ts'
import { announceEvents } from './announce-events.ts'
import type { Replay, Webhook } from './wire.ts'

const path = '/portal/v1/webhooks'

interface Created {
  readonly webhook: Webhook
  readonly secret?: string
}

interface Refused {
  readonly name: string
  readonly fields: readonly { readonly field: string; readonly rule: string }[]
}

async function givenAdmin({ deps }: TestWorld, name = 'Ege Dağıtım') {
  const organizationId = await givenOrganization(deps, 'provider', name)
  return (await givenUser(deps, { organizationId, kind: 'provider', roles: ['global_admin'] })).actor
}

test('a secret is shown once, kept sealed, and told nowhere: not in lists, not in the log, not to a repeated request', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  const body = { url: receiver.url, types: ['order.*', 'order.*'] }
  const headers = { 'MS-RequestId': 'once' }

  const created = await world.request<Created>(admin, 'POST', path, body, headers)
  const actor = { ...admin, request: { ...admin.request, id: 'once' } }
  const repeated = await world.request<Created>(actor, 'POST', path, body, headers)

  const secret = created.body.secret ?? ''
  assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  assert.deepEqual([created.body.webhook.types, repeated.body.secret], [['order.*'], undefined])
  assert.equal(repeated.body.webhook.id, created.body.webhook.id)
  await world.request(admin, 'POST', `${path}/${created.body.webhook.id}/secret`, {})
  const told = [
    (await world.request(admin, 'GET', path)).body,
    (await world.request(admin, 'GET', '/portal/v1/activity')).body,
    (await world.request(admin, 'GET', '/portal/v1/events')).body,
    (await world.deps.pool.query('select after, before from audit_records')).rows,
    (await world.deps.pool.query('select payload from events')).rows,
    (await world.deps.pool.query('select reply from idempotency_keys')).rows,
    (await world.deps.pool.query("select encode(secret, 'escape') from webhooks")).rows,
  ].map((each) => JSON.stringify(each))
  for (const each of told) assert.ok(!each.includes(secret.slice(6)), each)
  // An address may hold a secret, too: records name its host only.
  for (const each of told.slice(1)) assert.ok(!each.includes('secret-path'), each)
})

test('after a rotation both secrets sign for a day, then the new one alone', async () => {
  await using world = await testWorld({ now: new Date(), environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  const { id, secret: old } = await givenWebhook(world.deps, admin, receiver.url, ['order.*'])
  const { body } = await world.request<Created>(admin, 'POST', `${path}/${id}/secret`, {})
  const verifies = (secret: string): boolean => {
    const last = receiver.received.at(-1)
    // The library checks the time against the real clock, so the signature alone is compared.
    const at = new Date(Number(last?.headers['webhook-timestamp']) * 1000)
    const signature = new Verifier(secret).sign(String(last?.headers['webhook-id']), at, last?.body ?? '')
    return String(last?.headers['webhook-signature']).split(' ').includes(signature)
  }

  await happened(world, admin, { action: 'order.submitted' })
  await deliver(world)
  const first = receiver.received.at(-1)
  assert.ok(new Verifier(old).verify(first?.body ?? '', first?.headers as Record<string, string>))
  assert.deepEqual([verifies(old), verifies(body.secret ?? '')], [true, true])

  world.now = new Date(world.now.getTime() + dayMs)
  await happened(world, admin, { action: 'order.submitted' })
  await deliver(world)
  assert.deepEqual([verifies(old), verifies(body.secret ?? '')], [false, true])
})

test('webhooks are changed, switched off and on, and removed; what another one changed first is stale', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  const { id, version } = await givenWebhook(world.deps, admin, receiver.url)
  const change = { url: receiver.url, description: 'Orders', types: ['order.*'], enabled: false, version }

  const changed = await world.request<Webhook>(admin, 'PUT', `${path}/${id}`, change)
  assert.deepEqual([changed.body.enabled, changed.body.disabledBecause, changed.body.version], [false, 'person', 2])
  assert.equal((await world.request<Refused>(admin, 'PUT', `${path}/${id}`, change)).body.name, 'stale')
  for (const what of ['test', 'replays']) {
    const sent = what === 'test' ? {} : { from: world.now.toISOString() }
    const reply = await world.request<Refused>(admin, 'POST', `${path}/${id}/${what}`, sent)
    assert.deepEqual([reply.status, reply.body.name], [409, 'webhookDisabled'])
  }
  await happened(world, admin, { action: 'order.submitted', subjectId: 'meanwhile' })
  await deliver(world)
  await world.request(admin, 'PUT', `${path}/${id}`, { ...change, enabled: true, version: 2 })
  await happened(world, admin, { action: 'order.submitted', subjectId: 'later' })
  await deliver(world)
  assert.deepEqual(
    receiver.received.map(({ event }) => event.data.subject.id),
    ['later'],
  )

  assert.equal((await world.request(admin, 'DELETE', `${path}/${id}`, {})).status, 204)
  assert.equal((await world.request(admin, 'DELETE', `${path}/${id}`, {})).status, 404)
  await happened(world, admin, { action: 'order.submitted', subjectId: 'removed' })
  await deliver(world)
  assert.equal(receiver.received.length, 1)
})

test('an organization has ten webhooks at most, also when several are added at once', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  const other = await givenAdmin(world, 'Atlas Distribution')

  const replies = await Promise.all(
    Array.from({ length: 12 }, () => world.request<Refused>(admin, 'POST', path, { url: receiver.url })),
  )

  assert.deepEqual(replies.map(({ status }) => status).toSorted(), [...Array<number>(10).fill(200), 409, 409])
  assert.equal(replies.find(({ status }) => status === 409)?.body.name, 'tooManyWebhooks')
  assert.equal((await world.request(other, 'POST', path, { url: receiver.url })).status, 200)
})

test('another organization’s webhook is not there, and only Global admins have any', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  const other = await givenAdmin(world, 'Atlas Distribution')
  const { id } = await givenWebhook(world.deps, admin, receiver.url, ['order.*'])
  await happened(world, admin, { action: 'order.submitted' })
  await deliver(world)
  const eventId = receiver.received[0]?.event.id ?? ''

  const change = { url: receiver.url, description: '', types: [], enabled: false, version: 1 }
  for (const [method, tail, body] of [
    ['GET', ''],
    ['PUT', '', change],
    ['DELETE', '', {}],
    ['POST', '/secret', {}],
    ['POST', '/test', {}],
    ['GET', '/deliveries'],
    ['POST', `/deliveries/${eventId}/redelivery`, {}],
    ['GET', '/replays'],
    ['POST', '/replays', { from: world.now.toISOString() }],
  ] as const) {
    assert.equal((await world.request(other, method, `${path}/${id}${tail}`, body)).status, 404, `${method} ${tail}`)
  }
  const organizationId = admin.organizationId
  const agent = (await givenUser(world.deps, { organizationId, kind: 'provider', roles: ['admin_agent'] })).actor
  assert.equal((await world.request(agent, 'GET', path)).status, 403)
})

test('a test event tells of nothing, is tried once, and its failure is seen in the log', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  const { id } = await givenWebhook(world.deps, admin, receiver.url, ['order.submitted'])
  receiver.answer = 500

  const { body } = await world.request<{ eventId: string }>(admin, 'POST', `${path}/${id}/test`, {})
  await send(world)

  const [{ event } = { event: undefined }] = receiver.received
  assert.deepEqual([event?.id, event?.type, event?.data.values], [body.eventId, 'webhook.test', {}])
  const log = await world.request<{ items: { status: string; attempts: number }[] }>(
    admin,
    'GET',
    `${path}/${id}/deliveries?list=dead`,
  )
  assert.deepEqual(
    log.body.items.map(({ status, attempts }) => [status, attempts]),
    [['dead', 1]],
  )
})

test('a replay sends what happened since an instant or a position again, under the same ids', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  await announceEvents(world.deps)
  await happened(world, admin, { action: 'order.submitted', subjectId: 'before the webhook' })
  const { id } = await givenWebhook(world.deps, admin, receiver.url, ['order.*'])
  await happened(world, admin, { action: 'order.submitted', subjectId: 'first' })
  await deliver(world)
  world.now = new Date(world.now.getTime() + hourMs)
  await announceEvents(world.deps)
  const since = world.now.toISOString()
  await happened(world, admin, { action: 'order.submitted', subjectId: 'second' })
  await happened(world, admin, { action: 'partnership.removed' })
  await deliver(world)
  const original = receiver.received.map(({ event }) => event.id)

  const again = async (body: Readonly<Record<string, string>>) => {
    await untilFinal(world)
    const count = receiver.received.length
    const asked = await world.request<Replay>(admin, 'POST', `${path}/${id}/replays`, body)
    assert.deepEqual([asked.status, asked.body.status], [200, 'running'])
    const twice = await world.request<Refused>(admin, 'POST', `${path}/${id}/replays`, body)
    assert.deepEqual([twice.status, twice.body.name], [409, 'replayRunning'])
    await runReplay(world.deps, { replayId: asked.body.id })
    await send(world)
    const { body: list } = await world.request<{ items: Replay[] }>(admin, 'GET', `${path}/${id}/replays`)
    return { sent: receiver.received.slice(count).map(({ event }) => event), replay: list.items[0] }
  }

  const bySince = await again({ from: since })
  assert.deepEqual(
    [bySince.sent.map((event) => event.id), bySince.replay?.status, bySince.replay?.queued],
    [original.slice(1), 'done', 1],
  )
  const feed = await world.request<{ next: string }>(admin, 'GET', '/portal/v1/events?size=1')
  const byCursor = await again({ after: feed.body.next })
  assert.deepEqual(byCursor.sent.map(({ id: event }) => event).toSorted(), original.toSorted())
  world.now = new Date(world.now.getTime() + 1000)
  const all = await again({ from: new Date(world.now.getTime() - 2 * dayMs).toISOString() })
  assert.deepEqual(all.sent.map(({ data }) => data.subject.id).toSorted(), ['before the webhook', 'first', 'second'])

  for (const from of [new Date(world.now.getTime() - 31 * dayMs), new Date(world.now.getTime() + 1000)]) {
    const { body } = await world.request<Refused>(admin, 'POST', `${path}/${id}/replays`, { from: from.toISOString() })
    assert.equal(body.fields[0]?.rule, 'replayFrom')
  }
  assert.equal((await world.request(admin, 'POST', `${path}/${id}/replays`, {})).status, 400)
})

test('an address is refused as it is written, or for where it leads', async () => {
  assert.equal(whyNotUrl('https://hooks.example.com/kanal', false), undefined)
  assert.equal(whyNotUrl('http://hooks.example.com/kanal', false), 'webhookHttps')
  assert.equal(whyNotUrl('http://hooks.example.com/kanal', true), undefined)
  assert.equal(whyNotUrl('ftp://hooks.example.com', true), 'webhookUrl')
  assert.equal(whyNotUrl('hooks.example.com', true), 'webhookUrl')
  assert.equal(whyNotUrl('https://hooks.example.com/#part', false), 'webhookUrl')
  assert.equal(whyNotUrl('https://user:word@hooks.example.com', false), 'webhookCredentials')
  for (const port of [22, 25, 1023]) assert.equal(whyNotUrl(`https://hooks.example.com:${port}`, false), 'webhookPort')
  for (const port of [80, 443, 1024, 8443])
    assert.equal(whyNotUrl(`https://hooks.example.com:${port}`, false), undefined)

  for (const address of ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946']) assert.ok(mayReach(address, 'public'))
  const never = ['169.254.169.254', 'fe80::1', '0.0.0.0', '::', '224.0.0.1', '255.255.255.255', '::ffff:127.0.0.1']
  never.push('::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::1', 'ff02::1', 'fec0::1', '::127.0.0.1')
  for (const address of never) {
    for (const reach of ['public', 'loopback', 'private'] as const) assert.ok(!mayReach(address, reach), address)
  }
  for (const address of ['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', 'fd00:ec2::254']) {
    assert.ok(!mayReach(address, 'public') && !mayReach(address, 'loopback') && mayReach(address, 'private'), address)
  }
  for (const address of ['127.0.0.1', '127.8.8.8', '::1']) {
    assert.ok(!mayReach(address, 'public') && mayReach(address, 'loopback'), address)
  }
  assert.equal(await resolveHost('[::1]', 'public'), 'refusedAddress')
  assert.deepEqual(await resolveHost('127.0.0.1', 'loopback'), { address: '127.0.0.1', family: 4 })

  await using world = await testWorld()
  const admin = await givenAdmin(world)
  // Other spellings of an address are the address.
  for (const host of ['10.0.0.1', '169.254.169.254', '[::1]', '0x7f000001', '2130706433', '127.1', '[::ffff:a00:1]']) {
    const { status, body } = await world.request<Refused>(admin, 'POST', path, { url: `https://${host}/x` })
    assert.deepEqual([status, body.fields[0]?.field, body.fields[0]?.rule], [400, 'url', 'webhookPrivate'], host)
  }
})

test('what may be sent to is checked again with each request', async () => {
  await using receiver = await openReceiver()
  const message = { url: receiver.url, headers: {}, body: '{}' }
  const never = new AbortController().signal

  assert.equal((await post(message, 'public', never))?.error, 'refusedAddress')
  assert.equal((await post({ ...message, url: 'https://10.1.2.3/' }, 'public', never))?.error, 'refusedAddress')
  const port = new URL(receiver.url).port
  assert.equal((await post({ ...message, url: `http://localhost:${port}/` }, 'loopback', never))?.responseCode, 204)
  assert.equal((await post({ ...message, url: `https://127.0.0.1:${port}/` }, 'loopback', never))?.responseCode, null)
  assert.equal(receiver.received.length, 1)
})

test('rests grow threefold up to six hours, a fifth more or less', () => {
  assert.deepEqual(
    [1, 2, 3, 4].map((attempts) => restAfter(attempts, 0.5)),
    [10_000, 30_000, 90_000, 270_000],
  )
  assert.equal(restAfter(40, 0.5), 6 * hourMs)
  assert.deepEqual([restAfter(1, 0), restAfter(1, 1)], [8_000, 12_000])
})
