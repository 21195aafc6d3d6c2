import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '../../kernel/ids.ts'
import type { Actor } from '../../platform/context.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenOffer, givenOrder, withRequestId } from '../orders/test-orders.ts'
import { givenProvider } from '../program/test-organizations.ts'
import { provision } from '../subscriptions/test-subscriptions.ts'
import { fileServiceRequest } from './file-service-request.ts'
import { givenDelegation, givenServiceDesk, givenServiceRequest, newRequest, setContact } from './test-support.ts'
import type { FilingOptions, Message, ServiceRequestDetail, ServiceRequestListItem } from './wire.ts'

const list = '/portal/v1/service-requests'

async function numbers(world: TestWorld, actor: Actor, query = ''): Promise<string[]> {
  const { status, body } = await world.request<{ items: ServiceRequestListItem[] }>(actor, 'GET', `${list}${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.items.map(({ number }) => number)
}

async function read(world: TestWorld, actor: Actor, path: string): Promise<ServiceRequestDetail> {
  const { status, body } = await world.request<ServiceRequestDetail>(actor, 'GET', path)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

async function thread(world: TestWorld, actor: Actor, path: string): Promise<string[]> {
  const { body } = await world.request<{ items: Message[] }>(actor, 'GET', `${path}/messages`)
  return body.items.map((message) => message.body)
}

async function told(world: TestWorld, organizationId: string): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`
    select kind from notifications where organization_id = ${organizationId} and kind like 'serviceRequest%'
    order by created_at, id`.execute(world.deps.db)
  return rows.map(({ kind }) => kind)
}

test('F197 F200 a customer’s request goes to the designated support contact of the subscription, and to nobody else', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const toReseller = await givenServiceRequest(world.deps, desk)
  const toProvider = await givenServiceRequest(world.deps, desk, { subscriptionId: desk.byProvider })
  const general = await givenServiceRequest(world.deps, desk, {
    subscriptionId: null,
    providerId: desk.provider.organizationId,
  })

  assert.match(toReseller.number, /^SR-[2-9BCDFGHJKMNPQRSTVWXZ]{8}$/)
  assert.deepEqual(await numbers(world, desk.resellerAgent.actor), [toReseller.number])
  assert.deepEqual(await numbers(world, desk.providerAgent.actor), [general.number, toProvider.number])
  assert.equal((await numbers(world, desk.owner.actor)).length, 3)
  assert.equal((await world.request(desk.providerAgent.actor, 'GET', toReseller.path)).status, 404)
  assert.equal((await world.request(desk.resellerAgent.actor, 'GET', toProvider.path)).status, 404)
  assert.deepEqual(await told(world, desk.reseller.organizationId), ['serviceRequestFiled'])
  const mine = await read(world, desk.owner.actor, toReseller.path)
  assert.equal(mine.owner.name, desk.reseller.name)
  assert.deepEqual(await thread(world, desk.owner.actor, toReseller.path), [
    'Sabahtan beri gelen e-postalar bir saat geç düşüyor.',
  ])
})

test('F196 after the partnership ended, new requests go to the provider; those the reseller has stay with it', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const before = await givenServiceRequest(world.deps, desk)
  await sql`
    update partnerships set state = 'ended', ended_at = ${world.now}, end_attestation_id = ${newId()}`.execute(
    world.deps.db,
  )

  const after = await givenServiceRequest(world.deps, desk)

  assert.deepEqual(await numbers(world, desk.providerAgent.actor), [after.number])
  assert.deepEqual(await numbers(world, desk.resellerAgent.actor), [before.number])
  const reply = { kind: 'reply', body: 'Bakıyoruz.' }
  assert.equal((await world.request(desk.resellerAgent.actor, 'POST', `${before.path}/messages`, reply)).status, 200)
})

test('F201 a partner files on the customer’s behalf only with a live privilege that covers support', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { customerId } = desk.customer
  const input = newRequest(desk, { subscriptionId: desk.byProvider })
  const file = async (actor: Actor) => await fileServiceRequest(world.deps, actor, input)

  await assert.rejects(file(desk.providerAgent.actor), { reason: 'noDelegatedAccess' })
  await givenDelegation(world.deps, customerId, desk.provider.organizationId, ['license_admin'])
  await assert.rejects(file(desk.providerAgent.actor), { reason: 'noDelegatedAccess' })
  await givenDelegation(world.deps, customerId, desk.provider.organizationId)
  const { number } = await file(desk.providerAgent.actor)

  assert.deepEqual(await numbers(world, desk.providerAgent.actor), [number])
  assert.deepEqual(await told(world, customerId), ['serviceRequestFiledForYou'])
  const { rows } = await sql<{ behalf: string }>`
    select on_behalf_of as behalf from audit_records where action = 'service_request.filed'`.execute(world.deps.db)
  assert.equal(rows[0]?.behalf, desk.customer.name)
  world.now = new Date(world.now.getTime() + 31 * 86_400_000)
  await assert.rejects(file(desk.providerAgent.actor), { reason: 'noDelegatedAccess' })
})

test('F202 a reseller is told to ask the provider about what is metered by usage, whatever it was granted', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { customerId } = desk.customer
  const usage = await givenOffer(world.deps, { kind: 'usage', term: '', billingPlan: 'monthly' })
  const [subscriptionId] = await givenOrder(world.deps, desk, [usage.line(1)], 0)
  await provision(world.deps)
  await givenDelegation(world.deps, customerId, desk.reseller.organizationId)
  assert.ok(subscriptionId)

  await assert.rejects(fileServiceRequest(world.deps, desk.resellerAgent.actor, newRequest(desk, { subscriptionId })), {
    reason: 'askYourProvider',
  })
  const { body } = await world.request<FilingOptions>(
    desk.resellerAgent.actor,
    'GET',
    `/portal/v1/customers/${customerId}/service-request-options`,
  )
  assert.equal(body.subscriptions.find(({ id }) => id === subscriptionId)?.refused, 'askYourProvider')
  assert.equal(body.subscriptions.find(({ id }) => id === desk.byReseller)?.refused, null)
  await fileServiceRequest(world.deps, desk.resellerAgent.actor, newRequest(desk))
})

test('C9 A59 B20 other roles do not file or answer: a customer’s billing contact, a provider’s global admin, sales agents', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { path } = await givenServiceRequest(world.deps, desk, { subscriptionId: desk.byProvider })
  const of = async (
    kind: 'provider' | 'reseller' | 'customer',
    role: 'global_admin' | 'billing_contact' | 'sales_agent',
  ) => {
    const organizationId =
      kind === 'customer'
        ? desk.customer.customerId
        : kind === 'provider'
          ? desk.provider.organizationId
          : desk.reseller.organizationId
    return (await givenUser(world.deps, { organizationId, kind, roles: [role] })).actor
  }
  const reply = { kind: 'reply', body: 'x' }

  for (const actor of [await of('customer', 'billing_contact'), await of('reseller', 'global_admin')]) {
    assert.equal((await world.request(actor, 'GET', list)).status, 403)
  }
  for (const actor of [await of('provider', 'global_admin'), await of('provider', 'sales_agent')]) {
    const detail = await read(world, actor, path)
    assert.equal(detail.actions.reply, 'accessDenied')
    assert.equal((await world.request(actor, 'POST', `${path}/messages`, reply)).status, 403)
  }
})

test('somebody else’s request is not there: for reading, writing, and each of the acts', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { path } = await givenServiceRequest(world.deps, desk)
  const other = await givenServiceDesk(world)
  const strangers = [other.owner, other.providerAgent, other.resellerAgent, desk.providerAgent]

  for (const { actor } of strangers) {
    const tries = [
      ['GET', path, undefined],
      ['GET', `${path}/messages`, undefined],
      ['GET', `${path}/attachments/${newId()}`, undefined],
      ['POST', `${path}/messages`, { kind: 'reply', body: 'x' }],
      ['PUT', `${path}/severity`, { severity: 'critical' }],
      ['POST', `${path}/closing`, {}],
      ['POST', `${path}/reopening`, {}],
    ] as const
    for (const [method, url, body] of tries) {
      assert.equal((await world.request(actor, method, url, body)).status, 404, `${actor.userName} ${method} ${url}`)
    }
  }
  for (const input of [
    newRequest(desk, { subscriptionId: other.byReseller }),
    newRequest(desk, { customerId: other.customer.customerId }),
    newRequest(desk, { subscriptionId: null, providerId: other.provider.organizationId }),
    newRequest(desk, { subscriptionId: null, providerId: (await givenProvider(world.deps)).organizationId }),
  ]) {
    await assert.rejects(fileServiceRequest(world.deps, desk.owner.actor, input), { reason: 'notFound' })
  }
})

test('F198 F199 SM-14 F238 the first answer stops the clock, and question and reply move the request to and fro', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { path, customerId } = await givenServiceRequest(world.deps, desk)
  const write = async (actor: Actor, body: Record<string, unknown>) =>
    await world.request(actor, 'POST', `${path}/messages`, body)
  assert.equal((await read(world, desk.owner.actor, path)).minutesLeft, 240)

  world.now = new Date(world.now.getTime() + 3_600_000)
  await write(desk.resellerAgent.actor, { kind: 'note', body: 'Kayıtlara bakıldı.' })
  assert.equal((await read(world, desk.owner.actor, path)).firstResponseAt, null)
  await write(desk.resellerAgent.actor, { kind: 'reply', body: 'Hangi posta kutusu?', needsAnswer: true })

  const asked = await read(world, desk.owner.actor, path)
  assert.deepEqual(
    [asked.status, asked.responseState, asked.firstResponseAt],
    ['attention', 'met', world.now.toISOString()],
  )
  await write(desk.owner.actor, { kind: 'reply', body: 'Muhasebe kutusu.' })
  assert.equal((await read(world, desk.owner.actor, path)).status, 'open')
  assert.equal((await write(desk.owner.actor, { kind: 'note', body: 'x' })).status, 403)
  assert.equal((await thread(world, desk.owner.actor, path)).length, 3)
  assert.equal((await thread(world, desk.resellerAgent.actor, path)).length, 4)
  assert.deepEqual(await told(world, customerId), ['serviceRequestAnswered'])
  assert.deepEqual(await told(world, desk.reseller.organizationId), ['serviceRequestFiled', 'serviceRequestReplied'])
})

test('F200 a reseller escalates with the whole history; the provider answers, the reseller reads, and notes stay private', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { path, number } = await givenServiceRequest(world.deps, desk)
  await world.request(desk.resellerAgent.actor, 'POST', `${path}/messages`, { kind: 'reply', body: 'Bakıyoruz.' })
  await world.request(desk.resellerAgent.actor, 'POST', `${path}/messages`, { kind: 'note', body: 'Bayinin notu' })

  const escalation = { reason: 'Sunucu tarafında bir arıza var.' }
  assert.equal((await world.request(desk.owner.actor, 'POST', `${path}/escalation`, escalation)).status, 403)
  for (let time = 0; time < 2; time += 1) {
    assert.equal((await world.request(desk.resellerAgent.actor, 'POST', `${path}/escalation`, escalation)).status, 204)
  }

  assert.deepEqual(await numbers(world, desk.providerAgent.actor), [number])
  assert.deepEqual(await told(world, desk.provider.organizationId), ['serviceRequestEscalated'])
  await world.request(desk.providerAgent.actor, 'POST', `${path}/messages`, { kind: 'note', body: 'Sağlayıcının notu' })
  const seen = {
    customer: await thread(world, desk.owner.actor, path),
    provider: await thread(world, desk.providerAgent.actor, path),
    reseller: await thread(world, desk.resellerAgent.actor, path),
  }
  assert.deepEqual(seen.customer.length, 2)
  assert.deepEqual(seen.provider.slice(0, 3), ['Sağlayıcının notu', escalation.reason, 'Bakıyoruz.'])
  assert.deepEqual(seen.reseller.slice(0, 3), [escalation.reason, 'Bayinin notu', 'Bakıyoruz.'])
  const reseller = await read(world, desk.resellerAgent.actor, path)
  assert.deepEqual(
    [reseller.side, reseller.owner.name, reseller.escalatedBy, reseller.actions.reply],
    ['reader', desk.provider.name, desk.reseller.name, 'serviceRequestNotYours'],
  )
  const late = await world.request<{ name: string }>(desk.resellerAgent.actor, 'POST', `${path}/closing`, {})
  assert.deepEqual([late.status, late.body.name], [403, 'serviceRequestNotYours'])
  assert.deepEqual(
    (await read(world, desk.owner.actor, path)).history.map(({ action }) => action),
    ['service_request.escalated', 'service_request.filed'],
  )
})

test('SM-14 a closed request takes no reply, and is reopened within 14 days by customer or owner, not on day 15', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { path, customerId } = await givenServiceRequest(world.deps, desk)
  const closedAt = world.now
  for (let time = 0; time < 2; time += 1)
    await world.request(desk.resellerAgent.actor, 'POST', `${path}/closing`, { message: 'Düzeldi.' })
  const closed = await read(world, desk.owner.actor, path)
  assert.deepEqual(
    [closed.status, closed.actions.reply, closed.actions.reopen],
    ['closed', 'serviceRequestClosed', null],
  )
  assert.deepEqual(await told(world, customerId), ['serviceRequestClosed'])
  assert.equal((await thread(world, desk.owner.actor, path))[0], 'Düzeldi.')
  assert.deepEqual(await numbers(world, desk.owner.actor, '?status=open'), [])

  world.now = new Date(closedAt.getTime() + 14 * 86_400_000)
  assert.equal(
    (await world.request(desk.owner.actor, 'POST', `${path}/reopening`, { message: 'Yine oldu.' })).status,
    204,
  )
  assert.equal((await read(world, desk.owner.actor, path)).status, 'open')
  assert.equal((await numbers(world, desk.owner.actor, '?status=open')).length, 1)

  await world.request(desk.owner.actor, 'POST', `${path}/closing`, {})
  world.now = new Date(world.now.getTime() + 15 * 86_400_000)
  const late = await world.request<{ name: string }>(desk.resellerAgent.actor, 'POST', `${path}/reopening`, {})
  assert.deepEqual([late.status, late.body.name], [409, 'reopenTooLate'])
})

test('F198 severity moves the due time while the first response is awaited, and not after it', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { path } = await givenServiceRequest(world.deps, desk)
  const put = async (severity: string) => await world.request(desk.owner.actor, 'PUT', `${path}/severity`, { severity })

  await put('critical')
  assert.equal((await read(world, desk.owner.actor, path)).minutesLeft, 120)
  await world.request(desk.resellerAgent.actor, 'POST', `${path}/messages`, { kind: 'reply', body: 'Bakıyoruz.' })
  await put('minimal')
  const after = await read(world, desk.owner.actor, path)
  assert.equal(Date.parse(after.responseDueAt) - Date.parse(after.filedAt), 2 * 3_600_000)
  assert.deepEqual(after.history[0]?.before, { severity: 'critical' })
})

test('the same MS-RequestId files one request', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const actor = withRequestId(desk.owner.actor, 'file-once')

  const [one, two] = await Promise.all([
    fileServiceRequest(world.deps, actor, newRequest(desk)),
    fileServiceRequest(world.deps, actor, newRequest(desk)),
  ])

  assert.deepEqual(one, two)
  assert.equal((await numbers(world, desk.owner.actor)).length, 1)
})

test('the list is filtered and searched, pages without losing or repeating one, and is exported in the reader’s language', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const made: string[] = []
  for (let count = 0; count < 5; count += 1) {
    const severity = count === 0 ? 'critical' : 'minimal'
    made.unshift((await givenServiceRequest(world.deps, desk, { severity, title: `Konu ${count} İşlem` })).number)
  }
  const oldest = made.at(-1) ?? ''
  const paged: string[] = []
  let cursor = ''
  do {
    const { body } = await world.request<{ items: ServiceRequestListItem[]; next: string | null }>(
      desk.resellerAgent.actor,
      'GET',
      `${list}?size=2${cursor}`,
    )
    paged.push(...body.items.map(({ number }) => number))
    cursor = body.next === null ? '' : `&cursor=${body.next}`
  } while (cursor !== '')

  assert.deepEqual(paged, made)
  assert.deepEqual(await numbers(world, desk.resellerAgent.actor, '?severity=critical'), [oldest])
  assert.deepEqual(await numbers(world, desk.resellerAgent.actor, '?search=konu%200%20islem'), [oldest])
  assert.deepEqual(await numbers(world, desk.resellerAgent.actor, `?search=${oldest.slice(3).toLowerCase()}`), [oldest])
  assert.deepEqual(await numbers(world, desk.resellerAgent.actor, '?search=%25'), [])
  assert.equal((await numbers(world, desk.resellerAgent.actor, `?customerId=${desk.customer.customerId}`)).length, 5)
  assert.equal((await world.request(desk.resellerAgent.actor, 'GET', `${list}?cursor=x`)).status, 400)

  world.now = new Date(world.now.getTime() + 3 * 3_600_000)
  assert.deepEqual(await numbers(world, desk.resellerAgent.actor, '?overdue=true'), [oldest])
  assert.deepEqual((await world.request(desk.resellerAgent.actor, 'GET', `${list}/count`)).body, {
    open: 5,
    overdue: 1,
  })
  assert.deepEqual((await world.request(desk.providerAgent.actor, 'GET', `${list}/count`)).body, {
    open: 0,
    overdue: 0,
  })
  const turkish: Actor = { ...desk.resellerAgent.actor, locale: 'tr' }
  const { body } = await world.request<string>(turkish, 'GET', `${list}/export?overdue=true`)
  assert.match(body, /Numara,Konu,Müşteri/)
  assert.match(body, new RegExp(`${oldest},.*A – kritik,Açık`))
  assert.equal(body.trim().split('\n').length, 2)
})

test('the activity of a reseller on a shared customer tells nothing of requests that the provider answers, and that of a customer nothing of notes', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  await givenServiceRequest(world.deps, desk, { subscriptionId: desk.byProvider })
  const own = await givenServiceRequest(world.deps, desk)
  const agent = await givenUser(world.deps, {
    organizationId: desk.reseller.organizationId,
    kind: 'reseller',
    roles: ['admin_agent'],
  })
  const provider = await givenUser(world.deps, {
    organizationId: desk.provider.organizationId,
    kind: 'provider',
    roles: ['admin_agent'],
  })
  await world.request(desk.resellerAgent.actor, 'POST', `${own.path}/messages`, { kind: 'note', body: 'Gizli' })
  const filed = async (actor: Actor): Promise<number> => {
    const { body } = await world.request<{ items: { action: string; subject: { id: string } }[] }>(
      actor,
      'GET',
      '/portal/v1/activity?action=service_request.filed',
    )
    return body.items.length
  }

  assert.deepEqual([await filed(agent.actor), await filed(provider.actor), await filed(desk.owner.actor)], [0, 1, 2])
  const noted = await world.request<{ items: unknown[] }>(
    desk.owner.actor,
    'GET',
    '/portal/v1/activity?action=service_request.noted',
  )
  assert.deepEqual(noted.body.items, [])
})

test('a support contact that is nobody’s partner gets nothing', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const other = await givenServiceDesk(world)
  await setContact(world.deps, desk.customer.customerId, desk.byProvider, other.reseller.organizationId)

  const { number } = await givenServiceRequest(world.deps, desk, { subscriptionId: desk.byProvider })

  assert.deepEqual(await numbers(world, other.resellerAgent.actor), [])
  assert.deepEqual(await numbers(world, desk.providerAgent.actor), [number])
})
