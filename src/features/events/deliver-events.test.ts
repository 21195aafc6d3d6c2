import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Webhook as Verifier } from 'standardwebhooks'
import { dayMs, hourMs } from '../../kernel/time.ts'
import type { Actor } from '../../platform/context.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenCustomer, givenOrganization } from '../audit/test-parties.ts'
import { givenUser } from '../identity/test-users.ts'
import { announceEvents } from './announce-events.ts'
import { claimLanes } from './claim-lanes.ts'
import { inFlight, leaseMs, sendWebhooks } from './send-webhooks.ts'
import { troubledAfter } from './rules.ts'
import { openReceiver } from './test-receiver.ts'
import { deliver, givenWebhook, happened, reachesItself, send, untilFinal } from './test-webhooks.ts'
import { forgetDeliveries, giveUpWebhooks } from './tidy-webhooks.ts'
import type { Delivery, Webhook } from './wire.ts'

async function givenAdmin({ deps }: TestWorld, name = 'Ege Dağıtım'): Promise<Actor> {
  const organizationId = await givenOrganization(deps, 'provider', name)
  return (await givenUser(deps, { organizationId, kind: 'provider', roles: ['global_admin'] })).actor
}

async function logOf(world: TestWorld, actor: Actor, id: string, list = 'all'): Promise<readonly Delivery[]> {
  const path = `/portal/v1/webhooks/${id}/deliveries?list=${list}`
  const { body } = await world.request<{ items: Delivery[] }>(actor, 'GET', path)
  return body.items
}

async function webhookOf(world: TestWorld, actor: Actor, id: string): Promise<Webhook> {
  return (await world.request<Webhook>(actor, 'GET', `/portal/v1/webhooks/${id}`)).body
}

const orders = ['order.submitted']

test('an event arrives once, as the feed gives it, signed so that the Standard Webhooks library verifies it', async () => {
  await using world = await testWorld({ now: new Date(), environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  const { id, secret } = await givenWebhook(world.deps, admin, receiver.url, orders)
  await happened(world, admin, { action: 'order.submitted', after: { number: 'K7QM', totalCost: 950 } })
  await happened(world, admin, { action: 'partnership.removed' })

  await deliver(world)
  await deliver(world)

  const [one, ...others] = receiver.received
  assert.deepEqual(others, [])
  assert.deepEqual(new Verifier(secret).verify(one?.body ?? '', one?.headers as Record<string, string>), one?.event)
  assert.throws(() => new Verifier(secret).verify(`${one?.body} `, one?.headers as Record<string, string>))
  assert.equal(one?.headers['webhook-id'], one?.event.id)
  const feed = await world.request<{ items: unknown[] }>(admin, 'GET', '/portal/v1/events?types=order.submitted')
  assert.deepEqual(feed.body.items, [one?.event])
  const [delivery] = await logOf(world, admin, id)
  assert.deepEqual([delivery?.status, delivery?.attempts, delivery?.responseCode], ['delivered', 1, 204])
})

test('S5 a reseller’s webhook gets what concerns it, without cost; a customer’s without prices; another provider’s nothing', async () => {
  await using world = await testWorld({ environment: reachesItself })
  const ege = await givenAdmin(world)
  const other = await givenAdmin(world, 'Atlas Distribution')
  const mavi = await givenOrganization(world.deps, 'reseller', 'Mavi Bilişim')
  const kaya = await givenCustomer(world.deps, 'Kaya Gıda', ege.organizationId, mavi)
  const admin = async (organizationId: typeof mavi | typeof kaya, kind: 'reseller' | 'customer') =>
    (await givenUser(world.deps, { organizationId, kind, roles: ['global_admin'] })).actor
  await using forReseller = await openReceiver()
  await using forCustomer = await openReceiver()
  await using forOther = await openReceiver()
  await givenWebhook(world.deps, await admin(mavi, 'reseller'), forReseller.url, ['order.*', 'charge.*'])
  await givenWebhook(world.deps, await admin(kaya, 'customer'), forCustomer.url, ['order.*', 'charge.*'])
  await givenWebhook(world.deps, other, forOther.url, ['order.*', 'charge.*'])
  const after = { unitCost: '9.5', unitRetail: '12', quantity: 3 }
  await happened(world, ege, { action: 'order.submitted', customerId: kaya, after })
  await happened(world, ege, { action: 'charge.written', customerId: kaya, after })

  await deliver(world)

  const values = (received: typeof forReseller.received) => received.map(({ event }) => [event.type, event.data.values])
  assert.deepEqual(values(forReseller.received).toSorted(), [
    ['charge.written', { unitRetail: '12', quantity: 3 }],
    ['order.submitted', { unitRetail: '12', quantity: 3 }],
  ])
  assert.deepEqual(values(forCustomer.received), [['order.submitted', { quantity: 3 }]])
  assert.deepEqual(forOther.received, [])
})

test('of one subject the next one waits until the one before arrived; another subject does not', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  const { id } = await givenWebhook(world.deps, admin, receiver.url, ['subscription.*'])
  for (const quantity of [1, 2, 3]) {
    await happened(world, admin, { action: 'subscription.changed', subjectId: 'first', after: { quantity } })
  }
  await happened(world, admin, { action: 'subscription.changed', subjectId: 'second', after: { quantity: 9 } })
  receiver.answer = ({ event }, reply) => reply.writeHead(event.data.subject.id === 'first' ? 500 : 200).end()

  await deliver(world)
  const stuck = receiver.received.map(({ event }) => event.data.values['quantity'])
  receiver.answer = 200
  world.now = new Date(world.now.getTime() + 60_000)
  await deliver(world)

  assert.deepEqual(stuck.toSorted(), [1, 9])
  assert.deepEqual(
    receiver.received.slice(2).map(({ event }) => event.data.values['quantity']),
    [1, 2, 3],
  )
  assert.equal((await logOf(world, admin, id, 'waiting')).length, 0)
})

test('what fails is tried for three days, ever more rarely, and is then a dead letter that can be sent again', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  const { id } = await givenWebhook(world.deps, admin, receiver.url, orders)
  const began = world.now.getTime()
  await happened(world, admin, { action: 'order.submitted' })
  receiver.answer = 500
  await deliver(world)

  const rests: number[] = []
  for (;;) {
    const [waiting] = await logOf(world, admin, id, 'waiting')
    if (!waiting?.nextAt) break
    const next = new Date(waiting.nextAt)
    rests.push(next.getTime() - world.now.getTime())
    world.now = new Date(next.getTime() - 1)
    await send(world)
    assert.equal(receiver.received.length, rests.length, 'not before its time')
    world.now = next
    await send(world)
  }

  assert.ok(rests[0] !== undefined && rests[0] >= 8_000 && rests[0] <= 12_000)
  assert.ok(Math.max(...rests) <= 1.2 * 6 * hourMs)
  assert.ok(world.now.getTime() - began > 60 * hourMs && world.now.getTime() - began <= 72 * hourMs)
  const [dead] = await logOf(world, admin, id, 'dead')
  assert.deepEqual([dead?.status, dead?.error, dead?.responseCode, dead?.nextAt], ['dead', 'status', 500, null])
  assert.equal(dead?.attempts, rests.length + 1)

  receiver.answer = 200
  const path = `/portal/v1/webhooks/${id}/deliveries/${dead?.eventId}/redelivery`
  assert.equal((await world.request(admin, 'POST', path, {})).status, 204)
  await send(world)

  assert.equal(receiver.received.at(-1)?.event.id, dead?.eventId)
  assert.deepEqual(
    (await logOf(world, admin, id)).map(({ status, attempts }) => [status, attempts]),
    [['delivered', 1]],
  )
})

test('a webhook that hangs slows nobody: others get theirs, and it holds a bounded number of requests', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using hanging = await openReceiver()
  await using healthy = await openReceiver()
  const admin = await givenAdmin(world)
  await givenWebhook(world.deps, admin, hanging.url, orders)
  await givenWebhook(world.deps, admin, healthy.url, orders)
  hanging.answer = () => {}
  const count = inFlight.usual + 20
  for (let order = 0; order < count; order += 1) {
    await happened(world, admin, { action: 'order.submitted', subjectId: String(order) })
  }
  await untilFinal(world)
  await announceEvents(world.deps)

  const stopping = new AbortController()
  const all = Promise.withResolvers<void>()
  healthy.answer = (_, reply) => {
    reply.writeHead(200).end()
    if (healthy.received.length === count) all.resolve()
  }
  const sending = sendWebhooks(world.deps, stopping.signal)
  await all.promise
  stopping.abort()
  await sending

  assert.ok(hanging.received.length <= inFlight.usual)
  // Cut short by the end of the program, which is no failure: it goes on at once with the next start.
  hanging.answer = 200
  await send(world)
  assert.equal(new Set(hanging.received.map(({ event }) => event.id)).size, count)
})

test('a webhook in trouble gets one request at a time, and all of them again once it answers', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  const { id } = await givenWebhook(world.deps, admin, receiver.url, orders)
  receiver.answer = 503
  for (let order = 0; order < 2 * troubledAfter; order += 1) {
    await happened(world, admin, { action: 'order.submitted', subjectId: String(order) })
  }
  await deliver(world)
  const { failures, failingSince } = await webhookOf(world, admin, id)
  assert.deepEqual([failures, failingSince], [2 * troubledAfter, world.now.toISOString()])

  world.now = new Date(world.now.getTime() + 60_000)
  const bounds = { inFlight, troubledAfter, leaseMs }
  const claimed = await claimLanes(world.deps, [], bounds)
  assert.equal(claimed.length, 1)
  assert.equal((await claimLanes(world.deps, claimed, bounds)).length, 0)

  receiver.answer = 200
  world.now = new Date(world.now.getTime() + leaseMs)
  await send(world)
  assert.deepEqual((await logOf(world, admin, id, 'waiting')).length, 0)
  assert.equal((await webhookOf(world, admin, id)).failures, 0)
})

test('what a process took and never settled is taken over after its lease', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  await givenWebhook(world.deps, admin, receiver.url, orders)
  await happened(world, admin, { action: 'order.submitted' })
  await untilFinal(world)
  await announceEvents(world.deps)
  assert.equal((await claimLanes(world.deps, [], { inFlight, troubledAfter, leaseMs })).length, 1)

  await send(world)
  const meanwhile = receiver.received.length
  world.now = new Date(world.now.getTime() + leaseMs)
  await send(world)

  assert.deepEqual([meanwhile, receiver.received.length], [0, 1])
})

test('a redirect is not followed, an endless answer is cut off, and 410 switches the webhook off and tells why', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  await using elsewhere = await openReceiver()
  const admin = await givenAdmin(world)
  const { id } = await givenWebhook(world.deps, admin, receiver.url, orders)
  receiver.answer = (_, reply) => reply.writeHead(302, { location: elsewhere.url }).end()
  await happened(world, admin, { action: 'order.submitted', subjectId: 'redirected' })
  await deliver(world)
  const [redirected] = await logOf(world, admin, id)
  assert.deepEqual([redirected?.error, redirected?.responseCode, elsewhere.received.length], ['redirected', 302, 0])

  receiver.answer = (_, reply) => {
    reply.writeHead(200)
    const more = () => void (reply.destroyed || reply.write(Buffer.alloc(16_384), () => setImmediate(more)))
    more()
  }
  await happened(world, admin, { action: 'order.submitted', subjectId: 'endless' })
  await deliver(world)
  assert.equal((await logOf(world, admin, id))[0]?.status, 'delivered')

  receiver.answer = 410
  await happened(world, admin, { action: 'order.submitted', subjectId: 'gone' })
  await deliver(world)
  const webhook = await webhookOf(world, admin, id)
  assert.deepEqual([webhook.enabled, webhook.disabledBecause], [false, 'gone'])
  const { body } = await world.request<{ items: { kind: string }[] }>(admin, 'GET', '/portal/v1/action-center')
  assert.deepEqual(
    body.items.map(({ kind }) => kind),
    ['webhookGone'],
  )
  const count = receiver.received.length
  await happened(world, admin, { action: 'order.submitted', subjectId: 'afterwards' })
  world.now = new Date(world.now.getTime() + hourMs)
  await deliver(world)
  assert.equal(receiver.received.length, count)
})

test('five days of failures only switch a webhook off; one success in between does not', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using failing = await openReceiver()
  await using limping = await openReceiver()
  const admin = await givenAdmin(world)
  const first = await givenWebhook(world.deps, admin, failing.url, orders)
  const second = await givenWebhook(world.deps, admin, limping.url, orders)
  failing.answer = limping.answer = 500
  await happened(world, admin, { action: 'order.submitted', subjectId: 'one' })
  await deliver(world)
  world.now = new Date(world.now.getTime() + 3 * dayMs)
  limping.answer = 200
  await happened(world, admin, { action: 'order.submitted', subjectId: 'two' })
  await deliver(world)
  world.now = new Date(world.now.getTime() + 3 * dayMs)
  await giveUpWebhooks(world.deps)

  assert.equal((await webhookOf(world, admin, first.id)).disabledBecause, 'failing')
  assert.equal((await webhookOf(world, admin, second.id)).enabled, true)
})

test('what waits for a webhook that is off is dead after three days; the log is forgotten after thirty', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  const { id } = await givenWebhook(world.deps, admin, receiver.url, orders)
  await happened(world, admin, { action: 'order.submitted' })
  await untilFinal(world)
  await announceEvents(world.deps)
  world.now = new Date(world.now.getTime() + 3 * dayMs - 1)
  await giveUpWebhooks(world.deps)
  assert.equal((await logOf(world, admin, id, 'waiting')).length, 1)

  world.now = new Date(world.now.getTime() + 2)
  await giveUpWebhooks(world.deps)
  assert.deepEqual(
    (await logOf(world, admin, id)).map(({ status, error }) => [status, error]),
    [['dead', 'late']],
  )
  await send(world)
  assert.equal(receiver.received.length, 0)

  world.now = new Date(world.now.getTime() + 27 * dayMs)
  await forgetDeliveries(world.deps)
  assert.deepEqual(await logOf(world, admin, id), [])
})

test('processes that announce at once queue every event once', async () => {
  await using world = await testWorld({ environment: reachesItself })
  await using receiver = await openReceiver()
  const admin = await givenAdmin(world)
  await givenWebhook(world.deps, admin, receiver.url, orders)
  const happenings = Array.from({ length: 40 }, (_, order) =>
    happened(world, admin, { action: 'order.submitted', subjectId: String(order) }),
  )
  await Promise.all([...happenings, ...Array.from({ length: 10 }, () => announceEvents(world.deps))])
  await untilFinal(world)
  await Promise.all(Array.from({ length: 4 }, () => announceEvents(world.deps)))
  await announceEvents(world.deps)
  await Promise.all([send(world), send(world), send(world)])

  const ids = receiver.received.map(({ event }) => event.id)
  assert.deepEqual([ids.length, new Set(ids).size], [40, 40])
})
