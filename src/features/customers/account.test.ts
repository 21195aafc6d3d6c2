import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenProvider, givenReseller } from '../program/test-organizations.ts'
import { givenCustomer, givenRelationship, type TestCustomer } from './test-customers.ts'
import type { CustomerDetail } from './wire.ts'

async function channel(world: TestWorld) {
  const { deps } = world
  const provider = await givenProvider(deps)
  const reseller = await givenReseller(deps)
  const partnershipId = await givenPartnership(deps, provider, reseller)
  const customer = await givenCustomer(deps, provider, { name: 'Kaya Gıda', reseller: { ...reseller, partnershipId } })
  const of = async (...roles: Role[]) => (await givenUser(deps, { ...provider, kind: 'provider', roles })).actor
  const ofReseller = async (...roles: Role[]) => (await givenUser(deps, { ...reseller, kind: 'reseller', roles })).actor
  return { provider, reseller, partnershipId, customer, of, ofReseller }
}

const path = ({ customerId }: TestCustomer, rest = ''): string => `/portal/v1/customers/${customerId}${rest}`
const contact = {
  version: 1,
  firstName: 'Can',
  lastName: 'Kaya',
  email: 'can@kaya.example',
  phone: '+90 212 555 0102',
  language: 'en',
}
const company = {
  version: 1,
  legalName: 'Zeytin Gıda A.Ş.',
  addressLine1: 'Yeni Cadde 1',
  city: 'Ankara',
  postalCode: '06000',
  registrationNumber: '1234567890',
}

async function givenSubscription(
  world: TestWorld,
  providerId: string,
  { customerId }: TestCustomer,
  status = 'active',
) {
  const id = newId<'subscription'>()
  await sql`
    insert into subscriptions (customer_id, id, provider_id, order_id, line_number, product_id, sku_id, title, kind, quantity, term,
      billing_plan, segment, status, provisioning_status, start_on, end_on, auto_renew, currency, unit_cost, unit_retail,
      incentive_eligible, created_at, changed_at)
    values (${customerId}, ${id}, ${providerId}, ${newId()}, 1, 'P1', '0001', 'Mail', 'license', 5, 'P1Y', 'monthly', 'commercial',
      ${status}, 'success', '2026-12-01', '2027-11-30', false, 'TRY', 1, 2, true, ${world.now}, ${world.now})`.execute(
    world.deps.db,
  )
  return id
}

test('S98 the record has address, contact, resellers, agreement, last order, next renewal and a summary of subscriptions', async () => {
  await using world = await testWorld()
  const { provider, reseller, customer, of } = await channel(world)
  const subscriptionId = await givenSubscription(world, provider.organizationId, customer)
  await givenSubscription(world, provider.organizationId, customer, 'suspended')
  await givenSubscription(world, (await givenProvider(world.deps, { name: 'Other' })).organizationId, customer)

  const { status, body } = await world.request<CustomerDetail>(await of('helpdesk_agent'), 'GET', path(customer))

  assert.equal(status, 200)
  assert.equal(body.account?.details?.company.addressLine1, '1 Test Street')
  assert.equal(body.account?.details?.contact.firstName, 'Ayşe')
  assert.deepEqual(
    body.account?.resellers.map(({ id, partnershipActive }) => [id, partnershipActive]),
    [[reseller.organizationId, true]],
  )
  assert.equal(body.account?.agreement.status, 'attested')
  assert.equal(body.account?.agreement.acceptance?.acceptedOn, '2026-01-05')
  assert.deepEqual(body.account?.subscriptions, { total: 2, active: 1, pending: 0, suspended: 1, licenses: 5 })
  assert.deepEqual(body.account?.nextRenewal, { subscriptionId, title: 'Mail', on: '2027-11-30', renews: false })
  assert.equal(body.account?.lastOrder, null)
})

test('S5 F90 the reseller sees the same record without other resellers, acceptors and privileges of the provider', async () => {
  await using world = await testWorld()
  const { provider, reseller, customer, ofReseller } = await channel(world)
  const other = await givenReseller(world.deps, { name: 'Other reseller' })
  await sql`
    insert into customer_reseller_associations (customer_id, id, provider_id, reseller_id, partnership_id, created_at, created_by,
      created_by_name, sort_key, search_key)
    values (${customer.customerId}, ${newId()}, ${provider.organizationId}, ${other.organizationId},
      ${await givenPartnership(world.deps, provider, other)}, ${world.now}, ${newId()}, 'Secret Name', 'k', 'k')`.execute(
    world.deps.db,
  )

  const { body } = await world.request<CustomerDetail>(await ofReseller('admin_agent'), 'GET', path(customer))

  assert.deepEqual(
    body.account?.resellers.map(({ id, grantedBy }) => [id, grantedBy]),
    [[reseller.organizationId, '']],
  )
  assert.deepEqual(body.account?.providers, [{ id: provider.organizationId, name: provider.name }])
  assert.equal(body.account?.agreement.status, 'attested')
  assert.equal(body.account?.agreement.acceptance, null)
  assert.equal(body.account?.details?.company.legalName, 'Kaya Gıda')
  assert.equal(JSON.stringify(body).includes('Secret Name'), false)
})

test("F90 someone else's customer does not exist: for another provider, another reseller and another customer, by any route", async () => {
  await using world = await testWorld()
  const { deps } = world
  const { customer, reseller } = await channel(world)
  const stranger = await givenProvider(deps, { name: 'Stranger' })
  const strange = (await givenUser(deps, { ...stranger, kind: 'provider', roles: ['global_admin', 'admin_agent'] }))
    .actor
  const foreign = await givenReseller(deps, { name: 'Foreign' })
  const theirs = (await givenUser(deps, { ...foreign, kind: 'reseller', roles: ['global_admin'] })).actor
  const day = { firstName: 'A', lastName: 'B', email: 'a@b.example', acceptedOn: '2026-11-01' }

  for (const [actor, method, rest, body] of [
    [strange, 'GET', '', undefined],
    [theirs, 'GET', '', undefined],
    [strange, 'PATCH', '/contact', contact],
    [theirs, 'PATCH', '/contact', contact],
    [strange, 'PATCH', '/company', company],
    [strange, 'POST', '/resellers', { resellerId: reseller.organizationId }],
    [strange, 'DELETE', `/resellers/${reseller.organizationId}`, undefined],
    [strange, 'POST', '/agreement', day],
    [strange, 'GET', '/removal', undefined],
    [strange, 'POST', '/removal', {}],
  ] as const) {
    const reply = await world.request<{ name: string }>(actor, method, path(customer, rest), body)
    assert.deepEqual([reply.status, reply.body.name], [404, 'notFound'], `${method} ${rest}`)
  }
})

test('F92 contact and company are changed, the tenant keeps its name, every list is in order again, the old name is recorded', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { customer, of, ofReseller } = await channel(world)
  const other = await givenProvider(deps, { name: 'Other' })
  await givenRelationship(deps, customer, other)

  const edited = await world.request(await of('helpdesk_agent'), 'PATCH', path(customer, '/contact'), contact)
  const renamed = await world.request(await of('billing_admin'), 'PATCH', path(customer, '/company'), {
    ...company,
    version: 2,
  })
  const { body } = await world.request<CustomerDetail>(await of('sales_agent'), 'GET', path(customer))
  const found = await world.request<{ items: { name: string }[] }>(
    await ofReseller('sales_agent'),
    'GET',
    '/portal/v1/customers?search=zeytin',
  )

  assert.deepEqual([edited.body, renamed.body], [{ version: 2 }, { version: 3 }])
  assert.equal(body.account?.details?.contact.email, 'can@kaya.example')
  assert.equal(body.account?.details?.company.legalName, 'Zeytin Gıda A.Ş.')
  assert.equal(body.account?.details?.company.tenantName, 'Kaya Gıda')
  assert.deepEqual(
    found.body.items.map(({ name }) => name),
    ['Zeytin Gıda A.Ş.'],
  )
  const keys = await sql<{ n: number }>`
    select count(distinct search_key)::int as n from (
      select search_key from customer_relationships union all select search_key from customer_reseller_associations) k`.execute(
    deps.db,
  )
  assert.equal(keys.rows[0]?.n, 1)
  const audit = await deps.db
    .selectFrom('audit_records')
    .select(['action', 'before', 'on_behalf_of'])
    .orderBy('id')
    .execute()
  assert.deepEqual(
    audit.map(({ action, on_behalf_of }) => [action, on_behalf_of]),
    [
      ['customer.contact_changed', 'Kaya Gıda'],
      ['customer.company_changed', 'Kaya Gıda'],
    ],
  )
  assert.equal((audit[1]?.before as { legalName?: string } | undefined)?.legalName, 'Kaya Gıda')
})

test('F92 of two who edit one version, the second is told; wrong values name their field; an unusual name waits', async () => {
  await using world = await testWorld()
  const { customer, of } = await channel(world)
  const agent = await of('admin_agent')
  const patch = async (rest: string, body: object) => {
    const reply = await world.request<{ name?: string; fields?: { field: string; rule: string }[] }>(
      agent,
      'PATCH',
      path(customer, rest),
      body,
    )
    return [reply.status, reply.body.name, reply.body.fields?.map(({ field, rule }) => `${field} ${rule}`).join()]
  }

  const both = await Promise.all([patch('/contact', contact), patch('/contact', { ...contact, firstName: 'Eda' })])

  assert.deepEqual(both.map(([status]) => status).toSorted(), [200, 409])
  assert.deepEqual(both.find(([status]) => status === 409)?.[1], 'stale')
  assert.deepEqual(await patch('/company', { ...company, version: 2, postalCode: '99' }), [
    400,
    'invalidRequest',
    'postalCode postalCodeFormat',
  ])
  assert.deepEqual(await patch('/company', { ...company, version: 2, legalName: 'aaa' }), [
    409,
    'nameNeedsConfirmation',
    'legalName companyNameRepeated',
  ])
  assert.deepEqual(await patch('/contact', { ...contact, version: 2, phone: '' }), [
    400,
    'invalidRequest',
    'phone required',
  ])
})

test('S2 B10 A15 A16 who may not edit, associate or remove is refused: helpdesk the company, resellers the company', async () => {
  await using world = await testWorld()
  const { customer, reseller, of, ofReseller } = await channel(world)

  for (const [actor, method, rest, body] of [
    [await of('helpdesk_agent'), 'PATCH', '/company', company],
    [await of('user_management_admin'), 'PATCH', '/contact', contact],
    [await of('billing_admin'), 'POST', '/resellers', { resellerId: reseller.organizationId }],
    [await of('admin_agent', 'sales_agent', 'user_management_admin'), 'POST', '/removal', {}],
    [await ofReseller('global_admin', 'admin_agent'), 'PATCH', '/company', company],
    [await ofReseller('global_admin', 'admin_agent'), 'POST', '/resellers', { resellerId: reseller.organizationId }],
    [await ofReseller('billing_admin'), 'PATCH', '/contact', contact],
  ] as const) {
    const reply = await world.request<{ name: string }>(actor, method, path(customer, rest), body)
    assert.deepEqual([reply.status, reply.body.name], [403, 'accessDenied'], `${method} ${rest}`)
  }
})

test('S68 B9 B24 a reseller edits the contact on behalf of the customer while the partnership lasts, then only reads', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { provider, reseller, customer, ofReseller } = await channel(world)
  const agent = await ofReseller('helpdesk_agent')

  const while_ = await world.request(agent, 'PATCH', path(customer, '/contact'), contact)
  await sql`delete from partnerships`.execute(deps.db)
  await givenPartnership(deps, provider, reseller, { ended: true })
  const after = await world.request<{ name: string }>(agent, 'PATCH', path(customer, '/contact'), {
    ...contact,
    version: 2,
    firstName: 'Eda',
  })
  const read = await world.request<CustomerDetail>(agent, 'GET', path(customer))

  assert.equal(while_.status, 200)
  assert.deepEqual([after.status, after.body.name], [409, 'partnershipRequired'])
  assert.deepEqual([read.body.account?.details?.contact.firstName, read.body.account?.mayWrite], ['Can', false])
  const [audit] = await deps.db
    .selectFrom('audit_records')
    .select(['actor_organization', 'on_behalf_of', 'provider_id', 'reseller_id'])
    .execute()
  assert.deepEqual(audit, {
    actor_organization: reseller.name,
    on_behalf_of: 'Kaya Gıda',
    provider_id: provider.organizationId,
    reseller_id: reseller.organizationId,
  })
})

test('F84 with a relationship only, the company stays unseen and unedited, while selling goes on', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { provider, of } = await channel(world)
  const customer = await givenCustomer(deps, provider, { name: 'Invited', via: 'invited' })
  const agent = await of('admin_agent')

  const before = await world.request<CustomerDetail>(agent, 'GET', path(customer))
  const refused = await world.request<{ name: string }>(agent, 'PATCH', path(customer, '/contact'), contact)
  await sql`
    insert into admin_relationships (customer_id, id, partner_id, name, roles, duration_days, status, granted_via, activated_at, ends_at)
    values (${customer.customerId}, ${newId()}, ${provider.organizationId}, 'G', '{user_admin}', 10, 'active', 'request',
      '2026-11-25T00:00:00Z', '2026-12-05T00:00:00Z')`.execute(deps.db)
  const granted = await world.request<CustomerDetail>(agent, 'GET', path(customer))
  world.now = new Date('2026-12-05T00:00:00Z')
  const expired = await world.request<CustomerDetail>(agent, 'GET', path(customer))

  assert.deepEqual([before.body.account?.details, before.body.name], [null, 'Invited'])
  assert.deepEqual([refused.status, refused.body.name], [403, 'noDelegatedAccess'])
  assert.equal(granted.body.account?.details?.contact.firstName, 'Ayşe')
  assert.deepEqual(
    [expired.body.account?.details, expired.body.account?.adminRelationships[0]?.status],
    [null, 'expired'],
  )
})

test('S16 S67 a reseller is associated with an existing customer, sees it at once, and the delegation tells who gave it', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { provider, reseller, of, ofReseller } = await channel(world)
  const customer = await givenCustomer(deps, provider, { name: 'Existing' })
  const theirs = await ofReseller('admin_agent')
  const body = { resellerId: reseller.organizationId }
  const seen = async () => (await world.request(theirs, 'GET', path(customer))).status

  assert.equal(await seen(), 404)
  const done = await world.request(await of('user_management_admin'), 'POST', path(customer, '/resellers'), body)
  const again = await world.request(await of('sales_agent'), 'POST', path(customer, '/resellers'), body)

  assert.deepEqual([done.status, again.status, await seen()], [200, 200, 200])
  const audit = await deps.db
    .selectFrom('audit_records')
    .select(['action', 'reseller_id', 'after'])
    .where('customer_id', '=', customer.customerId)
    .execute()
  assert.deepEqual(audit, [
    {
      action: 'customer.reseller_associated',
      reseller_id: reseller.organizationId,
      after: { reseller: reseller.name, scope: 'account_and_subscriptions' },
    },
  ])
  const filtered = await world.request<{ items: unknown[] }>(
    await of('sales_agent'),
    'GET',
    '/portal/v1/customers?reseller=none',
  )
  assert.deepEqual(filtered.body.items, [])
})

test('S14 S64 F36 no association without an active partnership, without the agreement, or with the customer itself', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { provider, of } = await channel(world)
  const customer = await givenCustomer(deps, provider, { registrationNumber: '7777777777' })
  const former = await givenReseller(deps, { name: 'Former' })
  const unsigned = await givenReseller(deps, { name: 'Unsigned', signed: false })
  const same = await givenReseller(deps, { name: 'Same', registrationNumber: '7777777777' })
  await givenPartnership(deps, provider, former, { ended: true })
  await givenPartnership(deps, provider, unsigned)
  await givenPartnership(deps, provider, same)
  const agent = await of('global_admin')

  for (const [resellerId, name] of [
    [former.organizationId, 'partnershipRequired'],
    [unsigned.organizationId, 'resellerAgreementMissing'],
    [same.organizationId, 'ownCustomer'],
    [newId(), 'partnershipRequired'],
  ] as const) {
    const reply = await world.request<{ name: string }>(agent, 'POST', path(customer, '/resellers'), { resellerId })
    assert.equal(reply.body.name, name)
  }
  const { rows } =
    await sql`select from customer_reseller_associations where customer_id = ${customer.customerId}`.execute(deps.db)
  assert.equal(rows.length, 0)
})

test('S64 a change of a customer waits for another one; a stranger is refused at once and holds nobody up', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { provider, of } = await channel(world)
  const customer = await givenCustomer(deps, provider)
  const partner = await givenReseller(deps, { name: 'Partner' })
  await givenPartnership(deps, provider, partner)
  const stranger = await givenProvider(deps, { name: 'Stranger' })
  const strange = (await givenUser(deps, { ...stranger, kind: 'provider', roles: ['global_admin'] })).actor
  const own = await of('global_admin')
  const change = (actor: typeof own) =>
    world.request(actor, 'POST', path(customer, '/resellers'), { resellerId: partner.organizationId })

  const other = await deps.pool.connect()
  await other.query('begin')
  await other.query('select from customers where id = $1 for update', [customer.customerId])
  const outcomes: (number | 'waits')[] = []
  const replies = []
  for (const actor of [strange, own]) {
    let status: number | undefined
    replies.push(change(actor).then((reply) => (status = reply.status)))
    while (status === undefined && !(await isSomebodyWaiting(world))) await new Promise(setImmediate)
    outcomes.push(status ?? 'waits')
  }
  await other.query('commit')
  other.release()

  assert.deepEqual(outcomes, [404, 'waits'])
  assert.equal((await Promise.all(replies))[0], 404)
  assert.ok(Number((await Promise.all(replies))[1]) < 300)
})

test('S6 S48 removing an association takes the account from the reseller and nothing else', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { provider, reseller, customer, of, ofReseller } = await channel(world)
  const subscriptionId = await givenSubscription(world, provider.organizationId, customer)
  await sql`
    insert into resellers_of_record (customer_id, subscription_id, id, reseller_id, location_account_id, partner_id, reseller_name,
      valid_from, set_by, set_by_name)
    values (${customer.customerId}, ${subscriptionId}, ${newId()}, ${reseller.organizationId}, ${reseller.locationId}, '1', '', ${world.now},
      ${newId()}, '')`.execute(deps.db)
  const url = path(customer, `/resellers/${reseller.organizationId}`)

  const done = await world.request(await of('sales_agent'), 'DELETE', url)
  const again = await world.request(await of('sales_agent'), 'DELETE', url)
  const { body } = await world.request<CustomerDetail>(await ofReseller('admin_agent'), 'GET', path(customer))
  const filtered = await world.request<{ items: unknown[] }>(
    await of('sales_agent'),
    'GET',
    '/portal/v1/customers?reseller=none',
  )

  assert.deepEqual([done.status, again.status], [204, 404])
  assert.deepEqual([body.access, body.account], ['subscriptions', null])
  assert.equal(filtered.body.items.length, 1)
  const [past] = await deps.db.selectFrom('customer_reseller_associations').select(['end_reason', 'ended_at']).execute()
  assert.deepEqual(past, { end_reason: 'removed', ended_at: world.now })
})

test('F77 F88 on the Account page only admin agents and sales agents attest; the new acceptance supersedes the old one', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { provider, of, ofReseller } = await channel(world)
  const customer = await givenCustomer(deps, provider, { agreement: 'missing' })
  const body = { firstName: 'Eda', lastName: 'Kaya', email: 'eda@kaya.example', acceptedOn: '2026-12-01' }
  const attest = async (actor: Awaited<ReturnType<typeof of>>, given: object = body) =>
    (await world.request(actor, 'POST', path(customer, '/agreement'), given)).status

  assert.deepEqual(
    [await attest(await of('global_admin', 'user_management_admin')), await attest(await ofReseller('admin_agent'))],
    [403, 403],
  )
  assert.equal(await attest(await of('sales_agent'), { ...body, acceptedOn: '2026-12-02' }), 400)
  assert.equal(await attest(await of('sales_agent')), 204)
  assert.equal(await attest(await of('admin_agent'), { ...body, firstName: 'Can' }), 204)

  const { body: detail } = await world.request<CustomerDetail>(await of('user_management_admin'), 'GET', path(customer))
  assert.equal(detail.account?.agreement.status, 'attested')
  assert.equal(detail.account?.agreement.acceptance?.firstName, 'Can')
  const rows = await deps.db
    .selectFrom('customer_agreement_acceptances')
    .select('superseded_at')
    .where('customer_id', '=', customer.customerId)
    .orderBy('recorded_at')
    .execute()
  assert.deepEqual(rows.filter((row) => row.superseded_at === null).length, 1)
  assert.equal(rows.length, 2)
})

test("F89 what one provider attested does not hold for another; the customer's own acceptance does", async () => {
  await using world = await testWorld()
  const { deps } = world
  const { customer } = await channel(world)
  const other = await givenProvider(deps, { name: 'Other' })
  await givenRelationship(deps, customer, other)
  const theirs = (await givenUser(deps, { ...other, kind: 'provider', roles: ['sales_agent'] })).actor
  const own = (
    await givenUser(deps, { organizationId: customer.customerId, kind: 'customer', roles: ['global_admin'] })
  ).actor
  const status = async () =>
    (await world.request<CustomerDetail>(theirs, 'GET', path(customer))).body.account?.agreement.status

  assert.equal(await status(), 'missing')
  const unticked = await world.request<{ name: string }>(own, 'POST', '/portal/v1/my-agreement', {
    agreement: false,
    version: '2026-01',
  })
  const old = await world.request<{ name: string }>(own, 'POST', '/portal/v1/my-agreement', {
    agreement: true,
    version: '1999-01',
  })
  const done = await world.request(own, 'POST', '/portal/v1/my-agreement', { agreement: true, version: '2026-01' })

  assert.deepEqual([unticked.body.name, old.body.name, done.status], ['acceptanceIncomplete', 'stale', 204])
  assert.equal(await status(), 'direct')
  const filtered = await world.request<{ items: unknown[] }>(theirs, 'GET', '/portal/v1/customers?agreement=direct')
  assert.equal(filtered.body.items.length, 1)
})

test('F93 F94 the relationship is removed by a global admin once nothing is active: list, privileges and delegation end', async () => {
  await using world = await testWorld()
  const { deps } = world
  const { provider, customer, of, ofReseller } = await channel(world)
  const active = await givenSubscription(world, provider.organizationId, customer)
  await givenSubscription(world, provider.organizationId, customer, 'suspended')
  await sql`
    insert into admin_relationships (customer_id, id, partner_id, name, roles, duration_days, status, granted_via, activated_at, ends_at)
    values (${customer.customerId}, ${newId()}, ${provider.organizationId}, 'G', '{user_admin}', 10, 'active', 'default', ${world.now},
      '2027-12-05T00:00:00Z')`.execute(deps.db)
  const admin = await of('global_admin')

  const blocked = await world.request<{ name: string; data: string[] }>(admin, 'POST', path(customer, '/removal'), {})
  const why = await world.request<{ total: number; blockers: unknown[] }>(
    await of('sales_agent'),
    'GET',
    path(customer, '/removal'),
  )
  await sql`update subscriptions set status = 'suspended' where id = ${active}`.execute(deps.db)
  const done = await world.request(admin, 'POST', path(customer, '/removal'), {})

  assert.deepEqual([blocked.status, blocked.body.name, blocked.body.data], [409, 'activeSubscriptions', [active]])
  assert.deepEqual(why.body, {
    total: 1,
    blockers: [{ subscriptionId: active, title: 'Mail', friendlyName: '', quantity: 5, status: 'active' }],
  })
  assert.equal(done.status, 204)
  for (const actor of [admin, await ofReseller('admin_agent')]) {
    assert.equal((await world.request(actor, 'GET', path(customer))).status, 404)
    assert.deepEqual((await world.request<{ items: unknown[] }>(actor, 'GET', '/portal/v1/customers')).body.items, [])
  }
  const [grant] = await deps.db.selectFrom('admin_relationships').select('status').execute()
  assert.equal(grant?.status, 'terminated')
  const { rows } = await sql`select from subscriptions`.execute(deps.db)
  assert.equal(rows.length, 2)
})

async function isSomebodyWaiting(world: TestWorld): Promise<boolean> {
  const { rows } = await world.deps.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length > 0
}
