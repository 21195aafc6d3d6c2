import assert from 'node:assert/strict'
import { test } from 'node:test'
import { routes } from '../app.ts'
import { type Permission, permissionsOf, rolesHolding, rolesOf } from '../kernel/permissions.ts'
import type { Actor } from './context.ts'
import type { Line } from './route.ts'
import {
  givenParties,
  type Parties,
  type PartyName,
  secretCost,
  type Targets,
  type Viewer,
  viewerKinds,
  viewers,
} from './test-parties.ts'
import { type Reply, testWorld, type TestWorld } from './test-world.ts'

/* Generated from the route table: a new route takes part by itself. A write that names something by id needs a body below. */

type Body = Readonly<Record<string, unknown>>

const nextTerm = { productId: 'X', skuId: '0001', quantity: 11, term: 'P1Y', billingPlan: 'monthly' }

/** Bodies that are well formed, for writes that name something by its id: what is refused then is whose it is. */
const bodies: Readonly<Record<string, (own: Targets) => Body>> = {
  'PUT /users/:userId/roles': () => ({ roles: [] }),
  'POST /users/:userId/password-reset': () => ({}),
  'DELETE /users/:userId/second-factor': () => ({}),
  'POST /users/:userId/block': () => ({}),
  'DELETE /users/:userId/block': () => ({}),
  'DELETE /users/:userId': () => ({}),
  'PUT /directory/:providerId': () => ({
    listed: true,
    notListedReason: '',
    descriptionEn: 'x',
    descriptionTr: 'x',
    services: [],
    website: '',
    contactEmail: '',
    contactPhone: '',
    representativeName: 'x',
    representativeEmail: 'x@vendor.example',
    representativePhone: '',
    version: 1,
  }),
  'PATCH /partnership-invitations/:invitationId': () => ({ recipientEmail: null, language: 'en' }),
  'POST /partnership-invitations/:invitationId/revocation': () => ({}),
  'POST /partnership-invitations/:invitationId/extension': () => ({}),
  'POST /partnership-invitations/by-token/:token/acceptance': () => ({ authorized: true, grantAdminAccess: false }),
  'POST /partnership-invitations/by-token/:token/refusal': () => ({}),
  'POST /partnerships/:partnershipId/removal': () => ({ attested: '2026-01' }),
  'POST /partnerships/:partnershipId/admin-access-revocation': () => ({}),
  'POST /customers/:customerId/users/:userId/password-reset': () => ({}),
  'POST /customers/:customerId/users': () => ({
    username: 'somebody@elsewhere.example',
    displayName: 'Somebody',
    usageLocation: 'TR',
    locale: 'tr',
    roles: ['user'],
  }),
  'PUT /customers/:customerId/users/:userId': () => ({ displayName: 'Başka Biri', usageLocation: 'TR', locale: 'tr' }),
  'PUT /customers/:customerId/users/:userId/roles': () => ({ roles: ['billing_contact'] }),
  'DELETE /customers/:customerId/users/:userId': () => ({}),
  'POST /customers/:customerId/users/:userId/restoration': () => ({}),
  'POST /customers/:customerId/license-assignments': ({ userId }) => ({
    userIds: [userId],
    licenses: [{ productId: 'X', skuId: '0001', assigned: true }],
  }),
  'POST /customers/:customerId/user-uploads': () => ({}),
  'POST /customers/:customerId/user-uploads/:uploadId/save': () => ({ licenses: [] }),
  'POST /customers/:customerId/user-uploads/:uploadId/passwords': () => ({}),
  'PATCH /customers/:customerId/contact': () => ({
    version: 1,
    firstName: 'A',
    lastName: 'B',
    email: 'a@b.example',
    phone: '+90 212 555 0101',
    language: 'tr',
  }),
  'PATCH /customers/:customerId/company': () => ({
    version: 1,
    legalName: 'Başka Ad A.Ş.',
    addressLine1: 'x',
    addressLine2: '',
    city: 'x',
    district: '',
    state: '',
    postalCode: '34394',
    registrationNumber: '1234567890',
    taxOffice: '',
    nameConfirmed: true,
  }),
  'POST /customers/:customerId/subscriptions/:subscriptionId/preview': () => ({
    act: { type: 'changeQuantity', quantity: 11 },
  }),
  'POST /customers/:customerId/subscriptions/:subscriptionId/cancellation': () => ({ version: 1 }),
  'POST /customers/:customerId/subscriptions/:subscriptionId/suspension': () => ({ version: 1, reason: 'other' }),
  'POST /customers/:customerId/subscriptions/:subscriptionId/reactivation': () => ({ version: 1 }),
  'PUT /customers/:customerId/subscriptions/:subscriptionId/auto-renew': () => ({ version: 1, autoRenew: false }),
  'PUT /customers/:customerId/subscriptions/:subscriptionId/scheduled-change': () => ({ version: 1, ...nextTerm }),
  'DELETE /customers/:customerId/subscriptions/:subscriptionId/scheduled-change': () => ({ version: 1 }),
  'POST /customers/:customerId/subscriptions/:subscriptionId/conversion': () => ({ version: 1, ...nextTerm }),
  'POST /customers/:customerId/resellers': ({ resellerId }) => ({ resellerId }),
  'DELETE /customers/:customerId/resellers/:resellerId': () => ({}),
  'POST /customers/:customerId/agreement': () => ({
    firstName: 'A',
    lastName: 'B',
    email: 'a@b.example',
    acceptedOn: '2026-11-30',
  }),
  'POST /customers/:customerId/removal': () => ({}),
  'POST /relationship-requests/:requestId/revocation': () => ({}),
  'POST /relationship-requests/by-token/:token/acceptance': () => ({ relationship: true, agreement: true }),
  'POST /relationship-requests/by-token/:token/refusal': () => ({}),
  'PATCH /customers/:customerId/subscriptions/:subscriptionId': () => ({ version: 1, quantity: 99 }),
  'POST /customers/:customerId/subscriptions/:subscriptionId/upgrade': () => ({
    version: 1,
    productId: 'X',
    skuId: '0001',
    quantity: 1,
  }),
  'PUT /customers/:customerId/subscriptions/:subscriptionId/owner-grant': ({ resellerId }) => ({ resellerId }),
  'DELETE /customers/:customerId/subscriptions/:subscriptionId/owner-grant': ({ resellerId }) => ({ resellerId }),
  'POST /customers/:customerId/subscriptions/:subscriptionId/provisioning-retry': () => ({}),
  'POST /customers/:customerId/orders': () => ({
    lines: [{ productId: 'X', skuId: '0001', term: 'P1Y', billingPlan: 'monthly', quantity: 1 }],
    attestation: '2026-01',
    expectedTotalRetail: 0,
  }),
  'POST /customers/:customerId/order-requests': ({ providerId }) => ({ providerId, kind: 'new', lines: [requested] }),
  'PUT /customers/:customerId/order-requests/:orderRequestId': () => ({ version: 1, kind: 'new', lines: [requested] }),
  'POST /customers/:customerId/order-requests/:orderRequestId/dispatch': () => ({}),
  'POST /customers/:customerId/order-requests/:orderRequestId/withdrawal': () => ({}),
  'POST /customers/:customerId/order-requests/:orderRequestId/acceptance': () => ({
    resellers: [null],
    attestation: '2026-01',
    expectedTotalRetail: 0,
  }),
  'POST /customers/:customerId/order-requests/:orderRequestId/refusal': () => ({ reason: 'x' }),
  'POST /clock/runs/:runId/stop': () => ({}),
  'POST /customers/:customerId/service-requests': ({ subscriptionId }) => ({
    subscriptionId,
    providerId: null,
    severity: 'minimal',
    title: 'x',
    description: 'x',
    contact: { name: 'x', email: 'a@b.example' },
  }),
  'POST /customers/:customerId/service-requests/:serviceRequestId/messages': () => ({ kind: 'reply', body: 'x' }),
  'PUT /customers/:customerId/service-requests/:serviceRequestId/severity': () => ({ severity: 'critical' }),
  'POST /customers/:customerId/service-requests/:serviceRequestId/escalation': () => ({ reason: 'x' }),
  'POST /customers/:customerId/service-requests/:serviceRequestId/closing': () => ({}),
  'POST /customers/:customerId/service-requests/:serviceRequestId/reopening': () => ({}),
  'POST /action-center/:notificationId/read': () => ({}),
  'POST /action-center/:notificationId/archive': () => ({}),
  'POST /mails/:mailId/retry': () => ({}),
  'PUT /webhooks/:webhookId': () => ({
    url: 'https://93.184.216.34/',
    description: '',
    types: [],
    enabled: false,
    version: 1,
  }),
  'DELETE /webhooks/:webhookId': () => ({}),
  'POST /webhooks/:webhookId/secret': () => ({}),
  'POST /webhooks/:webhookId/test': () => ({}),
  'POST /webhooks/:webhookId/deliveries/:eventId/redelivery': () => ({}),
  'POST /webhooks/:webhookId/replays': () => ({ from: '2026-11-30T00:00:00Z' }),
}

/** A line of an order request. */
const requested = { productId: 'X', skuId: '0001', term: 'P1Y', billingPlan: 'monthly', quantity: 1 }

/** Params that are no ids of somebody's things. */
const plainParams: Readonly<Record<string, string>> = { prefix: 'serbest', kind: 'partner', token: 'a'.repeat(43) }

/** Writes without an id that nothing but the permission decides: refused for everybody, or harmless. */
const answersOf: Readonly<Record<string, number>> = { 'PUT /profile': 403 }

/** Reads that need something more than their path. */
const queries: Readonly<Record<string, string>> = {
  'GET /search': '?q=mandalina',
  'GET /catalog/offers': '?country=TR',
  'GET /relationship-requests/:requestId/draft': '?language=en',
}

interface Route {
  readonly key: string
  readonly line: Line
  readonly params: readonly string[]
}

const table: readonly Route[] = routes.map((line) => ({
  key: `${line.method} ${line.path.replace('/portal/v1', '')}`,
  line,
  params: [...line.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name),
}))

function addressOf({ line, params }: Route, targets: Targets): string | undefined {
  let path = line.path
  for (const param of params) {
    const value = plainParams[param] ?? targets[param as keyof Targets]
    if (value === undefined) return undefined
    path = path.replace(`:${param}`, value)
  }
  return path
}

function namesSomething({ params }: Route): boolean {
  return params.some((param) => plainParams[param] === undefined)
}

function may(actor: Actor, { line }: Route): boolean {
  return line.needs === 'public' || line.needs === 'signedIn' || actor.permissions.has(line.needs)
}

test('every write that names something by its id has a body here, and every body a route', () => {
  const wanted = table.filter(({ line, params }) => line.method !== 'GET' && params.length > 0).map(({ key }) => key)

  assert.deepEqual(
    wanted.filter((key) => bodies[key] === undefined),
    [],
  )
  assert.deepEqual(
    Object.keys(bodies).filter((key) => !wanted.includes(key)),
    [],
  )
})

test('without a session every route but the public ones answers 401, whatever it names', async () => {
  await using world = await testWorld()
  const parties = await givenParties(world)

  for (const route of table) {
    const address = addressOf(route, { ...parties.foreign, ...parties.own.aslan }) ?? ''
    const { status } = await world.request(
      undefined,
      route.line.method,
      address + (queries[route.key] ?? ''),
      bodyOf(route, parties.own.aslan),
    )
    if (route.line.needs === 'public') assert.notEqual(status, 401, route.key)
    else assert.equal(status, 401, route.key)
  }
})

for (const viewer of viewers) {
  const kind = viewerKinds[viewer]
  test(`S2 S5 S36 every route × every role of a ${kind}: what is its own is open by right only, what is foreign is not there`, async () => {
    await using world = await testWorld()
    const parties = await givenParties(world)
    const before = await fingerprint(world)

    for (const role of rolesOf[kind]) {
      const actor = parties.actor(viewer, role)
      for (const route of table) {
        if (!may(actor, route)) await refused(world, parties, viewer, actor, route)
        else await allowed(world, parties, viewer, actor, route)
      }
    }
    assert.deepEqual(await fingerprint(world), before, 'something of somebody changed')
  })
}

async function refused(world: TestWorld, parties: Parties, viewer: Viewer, actor: Actor, route: Route): Promise<void> {
  for (const targets of [parties.own[viewer], parties.foreign]) {
    const address = addressOf(route, { ...parties.foreign, ...targets }) ?? ''
    const reply = await world.request<{ name: string; data: string[] }>(
      actor,
      route.line.method,
      address,
      bodyOf(route, targets),
    )
    const label = `${actor.roles.join()} ${route.key}`
    assert.deepEqual([reply.status, reply.body.name], [403, 'accessDenied'], label)
    assert.deepEqual(reply.body.data, rolesHolding(route.line.needs as Permission, actor.organizationKind), label)
    noLeak(parties, viewer, actor, route, reply, label)
  }
}

async function allowed(world: TestWorld, parties: Parties, viewer: Viewer, actor: Actor, route: Route): Promise<void> {
  const label = `${viewer} ${actor.roles.join()} ${route.key}`
  const { method } = route.line
  const own = addressOf(route, parties.own[viewer])
  const query = queries[route.key] ?? ''
  if (own !== undefined && method === 'GET') {
    const reply = await world.request(actor, 'GET', own + query)
    const expected = route.params.includes('token') ? 404 : 200
    assert.equal(reply.status, expected, `${label}: ${JSON.stringify(reply.body)}`)
    noLeak(parties, viewer, actor, route, reply, `own ${label}`)
  }
  if (own !== undefined && method !== 'GET' && route.line.needs !== 'public') {
    // A field that nobody knows is refused before anything is done, and after everything about the caller is checked.
    const reply = await world.request(actor, method, own, { ...bodyOf(route, parties.own[viewer]), probe: 1 })
    assert.equal(reply.status, answersOf[route.key] ?? 400, `own ${label}: ${JSON.stringify(reply.body)}`)
    noLeak(parties, viewer, actor, route, reply, `own ${label}`)
  }
  if (!namesSomething(route)) return

  // What comes as a file is not read before the file is there; its own tests ask whose it is.
  if ('upload' in route.line && route.line.upload) return
  const foreign = addressOf(route, parties.foreign)
  const reply = await world.request(actor, method, (foreign ?? '') + query, bodyOf(route, parties.foreign))
  // A change may also be refused for what the role may never change, before it is asked whose it is.
  const expected = method === 'PATCH' && !actor.permissions.has('subscriptions.increase') ? [403, 404] : [404]
  assert.ok(expected.includes(reply.status), `foreign ${label}: ${reply.status} ${JSON.stringify(reply.body)}`)
  noLeak(parties, viewer, actor, route, reply, `foreign ${label}`, Object.values(parties.foreign))
  await mixed(world, parties, viewer, actor, route, label)
}

/** A foreign thing below an own one, such as somebody else's subscription under one's own customer. */
async function mixed(
  world: TestWorld,
  parties: Parties,
  viewer: Viewer,
  actor: Actor,
  route: Route,
  label: string,
): Promise<void> {
  const ids = route.params.filter((param) => plainParams[param] === undefined)
  if (ids.length < 2) return
  for (const param of ids) {
    const targets: Targets = {
      ...parties.foreign,
      ...parties.own[viewer],
      [param]: parties.foreign[param as keyof Targets],
    }
    // Ending what never was is no error.
    if (route.key.startsWith('DELETE') && param === 'resellerId') continue
    const reply = await world.request(actor, route.line.method, addressOf(route, targets) ?? '', bodyOf(route, targets))
    assert.ok(
      [403, 404].includes(reply.status),
      `foreign ${param} in ${label}: ${reply.status} ${JSON.stringify(reply.body)}`,
    )
    noLeak(parties, viewer, actor, route, reply, `foreign ${param} in ${label}`, Object.values(parties.foreign))
  }
}

function bodyOf({ key, line }: Route, targets: Targets): Body | undefined {
  if (line.method === 'GET') return undefined
  return bodies[key]?.(targets) ?? {}
}

/** Whose traces a viewer must never meet. */
const strangers: Readonly<Record<Viewer, readonly PartyName[]>> = {
  operator: ['kestane', 'leylak', 'mandalina'],
  aslan: ['baykus', 'reyhan', 'mandalina'],
  ruzgar: ['baykus', 'rota', 'reyhan', 'mandalina'],
  kestane: ['baykus', 'rota', 'reyhan', 'leylak', 'mandalina'],
}

/** What is public in the program: the listed providers, and whose partner id it is. */
const publicRoutes = /^GET \/(directory|partner-ids)/

function noLeak(
  parties: Parties,
  viewer: Viewer,
  actor: Actor,
  route: Route,
  reply: Reply,
  label: string,
  sent: readonly string[] = [],
): void {
  const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body)
  for (const stranger of strangers[viewer]) {
    if (publicRoutes.test(route.key) && (stranger === 'baykus' || stranger === 'reyhan')) continue
    for (const trace of parties.traces[stranger]) {
      if (sent.includes(trace)) continue
      assert.ok(!text.includes(trace), `${label} tells ${actor.roles.join()} of ${stranger}: ${trace}`)
    }
  }
  if (actor.permissions.has('prices.read')) return
  assert.ok(!text.includes(secretCost), `${label} tells the cost`)
  assert.deepEqual(costKeys(reply.body), [], `${label} has fields of cost`)
}

function costKeys(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(costKeys)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => [
    ...(/cost|margin/i.test(name) && one !== null && one !== undefined ? [name] : []),
    ...costKeys(one),
  ])
}

test('S6 S36 S48 a reseller of one subscription sees that one, and of its customer no more than the name', async () => {
  await using world = await testWorld()
  const parties = await givenParties(world)
  const { customerId, subscriptionId } = parties.resold
  const base = `/portal/v1/customers/${customerId}`

  for (const role of rolesOf.reseller.filter((one) => permissionsOf('reseller', [one]).has('subscriptions.read'))) {
    const actor = parties.actor('ruzgar', role)
    const one = await world.request(actor, 'GET', `${base}/subscriptions/${subscriptionId}`)
    assert.equal(one.status, 200, role)
    for (const path of ['', '/subscriptions', '/orders', `/subscriptions/${subscriptionId}/history`]) {
      const { body } = await world.request(actor, 'GET', base + path)
      const text = JSON.stringify(body)
      assert.ok(
        !text.includes(parties.leylak.primaryDomain) && !text.includes('+90 212 555 0101'),
        `${role} ${path}: ${text}`,
      )
      assert.ok(!text.includes(parties.rota.name), `${role} ${path} tells of the other reseller: ${text}`)
    }
  }
})

/** Everything that a write could have changed, in numbers. */
async function fingerprint({ deps }: TestWorld): Promise<unknown> {
  const { rows } = await deps.pool.query(`
    select (select count(*) from audit_records where action <> 'partner_id.verified') as records, (select count(*) from users) as users,
      (select count(*) from role_assignments where revoked_at is null) as roles, (select count(*) from partnerships where state = 'active') as partnerships,
      (select count(*) from partnership_invitations where status = 'issued') as invitations, (select sum(version) from subscriptions) as versions,
      (select count(*) from customer_reseller_associations where ended_at is null) as associations, (select count(*) from orders) as orders,
      (select count(*) from customer_relationships where state = 'active') as relationships, (select sum(version) from customers) as customers,
      (select count(*) from relationship_requests where status = 'issued') as requests,
      (select count(*) from service_request_messages) as messages, (select sum(length(severity || status)) from service_requests) as asked,
      (select count(*) from license_assignments) as licenses, (select count(*) from user_uploads where status = 'checked') as uploads,
      (select md5(string_agg(display_name || status, ',' order by id)) from users) as people,
      (select md5(string_agg(password_hash, ',' order by id)) from credentials) as passwords, (select sum(version) from order_requests) as asked,
      (select sum(version) from webhooks) as webhooks,
      (select count(*) from webhook_deliveries) as deliveries, (select count(*) from webhook_replays) as replays`)
  return rows[0]
}
