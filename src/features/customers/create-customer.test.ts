import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { CustomerId } from '../../kernel/ids.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import type { Actor } from '../../platform/context.ts'
import { write } from '../../platform/write.ts'
import { hashPassword, testCost, verifyPassword } from '../identity/passwords.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenOperator, givenProvider, givenReseller } from '../program/test-organizations.ts'
import { insertCustomer, type InsertedCustomer, makeAdminSecret } from './create-customer.ts'
import { customerForActor } from './queries.ts'
import { newCustomer } from './test-customers.ts'
import type { NewCustomer } from './wire.ts'

async function create(world: TestWorld, actor: Actor, details: NewCustomer): Promise<InsertedCustomer> {
  const passwordHash = await hashPassword('k7qmx-29dkb-df3hr-w8n4t', testCost)
  const { result } = await write(world.deps, actor, (tx) =>
    insertCustomer(tx, world.deps, actor, world.now, details, { passwordHash }),
  )
  return result
}

async function counts(world: TestWorld): Promise<unknown> {
  const tables = [
    'customers',
    'domains',
    'users',
    'customer_relationships',
    'customer_reseller_associations',
    'audit_records',
  ]
  const columns = tables.map((table) => sql`(select count(*)::int from ${sql.table(table)}) as ${sql.ref(table)}`)
  const { rows } = await sql`select ${sql.join(columns)}`.execute(world.deps.db)
  return rows[0]
}

test('S65 S67 F97 a customer comes with its domain, administrator, agreement, delegation and privileges, all recorded', async () => {
  await using world = await testWorld()
  const { deps } = world
  const provider = await givenProvider(deps)
  const reseller = await givenReseller(deps)
  await givenPartnership(deps, provider, reseller)
  const agent = await givenUser(deps, { ...provider, kind: 'provider', roles: ['sales_agent'], name: 'Selin Kaya' })

  const made = await create(world, agent.actor, newCustomer({ resellerId: reseller.organizationId }))

  assert.equal(made.adminUsername, 'admin@isikgida.onkanal.example')
  assert.equal(made.agreement, 'attested')
  const { rows } = await sql`
    select a.scope, a.created_by_name, a.created_at, a.reseller_id, g.method, g.recorded_by_name, g.accepted_on, p.granted_via,
      p.duration_days, p.partner_id, u.must_change_password, u.organization_kind, u.locale, r.has_reseller, r.agreement,
      (select count(*)::int from customer_relationships t where t.customer_id = c.id) as ties
    from customers c
    join customer_reseller_associations a on a.customer_id = c.id
    join customer_agreement_acceptances g on g.customer_id = c.id
    join admin_relationships p on p.customer_id = c.id
    join users u on u.organization_id = c.id
    join customer_relationships r on r.customer_id = c.id and r.partner_id = ${provider.organizationId}
    where c.id = ${made.customerId}`.execute(deps.db)
  assert.deepEqual(rows, [
    {
      scope: 'account_and_subscriptions',
      created_by_name: 'Selin Kaya',
      created_at: world.now,
      reseller_id: reseller.organizationId,
      method: 'attested',
      recorded_by_name: 'Selin Kaya',
      accepted_on: '2026-11-30',
      granted_via: 'default',
      duration_days: 730,
      partner_id: provider.organizationId,
      must_change_password: true,
      organization_kind: 'customer',
      locale: 'tr',
      has_reseller: true,
      agreement: 'attested',
      ties: 2,
    },
  ])
  const audit = await deps.db
    .selectFrom('audit_records')
    .select('action')
    .where('customer_id', '=', made.customerId)
    .orderBy('id')
    .execute()
  assert.deepEqual(
    audit.map(({ action }) => action),
    ['customer.created', 'customer.reseller_associated', 'customer.agreement_attested', 'user.created'],
  )
})

test('F79 after an attestation the customer is told; a customer to be asked has an action waiting instead', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['global_admin'] })

  const attested = await create(world, actor, newCustomer())
  const asked = await create(
    world,
    actor,
    newCustomer({ company: { domainPrefix: 'other' }, agreement: { method: 'ask' } }),
  )

  const told = await world.deps.db
    .selectFrom('notifications')
    .select(['organization_id', 'kind', 'class'])
    .orderBy('id')
    .execute()
  assert.deepEqual(told, [
    { organization_id: attested.customerId, kind: 'customerAgreementAttested', class: 'transactional' },
    { organization_id: asked.customerId, kind: 'customerAgreementAsked', class: 'mandatory' },
  ])
  assert.equal(asked.agreement, 'missing')
  const mails = await world.deps.db
    .selectFrom('mails')
    .select(['to_address', 'to_name', 'language', 'subject', 'content', 'state', 'created_at'])
    .execute()
  assert.equal(mails.length, 1)
  const [mail] = mails
  assert.deepEqual(
    [mail?.to_address, mail?.to_name, mail?.language, mail?.state, mail?.created_at],
    ['ayse@isikgida.example', 'Ayşe Işık', 'tr', 'waiting', world.now],
  )
  assert.equal(mail?.subject, `${actor.organizationName}, müşteri sözleşmesini kabul ettiğinizi kaydetti`)
  const written = JSON.stringify(mail?.content)
  for (const fact of [actor.organizationName, 'Ayşe Işık', 'Işık Gıda Sanayi A.Ş.', '30 Kas 2026']) {
    assert.ok(written.includes(fact), `${fact} in ${written}`)
  }
})

test('F79 a mail about what happened in a sandbox says so in its subject, and an attestation that is refused writes none', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps, { name: 'Deneme Dağıtım' })
  await sql`update organizations set world = 'sandbox', clock_offset_ms = 86400000000 where id = ${provider.organizationId}`.execute(
    world.deps.db,
  )
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['global_admin'] })
  const inSandbox = { ...actor, clockOffsetMs: 86_400_000_000 }

  await create(world, inSandbox, newCustomer())
  const again = newCustomer({ company: { domainPrefix: 'other' } })
  await assert.rejects(
    create(world, inSandbox, { ...again, agreement: { ...again.agreement, acceptedOn: '2099-01-01' } as never }),
  )

  const mails = await world.deps.db.selectFrom('mails').select(['subject', 'next_try_at']).execute()
  assert.equal(mails.length, 1)
  assert.match(mails[0]?.subject ?? '', /^\[Test ortamı Deneme Dağıtım\] /)
  assert.deepEqual(mails[0]?.next_try_at, world.now, 'mail is sent in the real world')
})

test('S91 S92 the reseller sees the customer as soon as it is stored, and not before', async () => {
  await using world = await testWorld()
  const { deps } = world
  const provider = await givenProvider(deps)
  const reseller = await givenReseller(deps)
  await givenPartnership(deps, provider, reseller)
  const { actor } = await givenUser(deps, { ...provider, kind: 'provider', roles: ['admin_agent'] })
  const theirs = await givenUser(deps, { ...reseller, kind: 'reseller', roles: ['admin_agent'] })
  const details = newCustomer({ resellerId: reseller.organizationId })
  const passwordHash = await hashPassword('k7qmx-29dkb-df3hr-w8n4t', testCost)

  let customerId: CustomerId | undefined
  await write(deps, actor, async (tx) => {
    ;({ customerId } = await insertCustomer(tx, deps, actor, world.now, details, { passwordHash }))
    assert.equal(await customerForActor(deps.db, theirs.actor, customerId), undefined)
    return null
  })

  assert.ok(customerId)
  const seen = await customerForActor(deps.db, theirs.actor, customerId)
  assert.deepEqual(seen?.grants, { account: true, details: true })
})

test('S14 S62 a customer for a reseller without an active partnership, or without the agreement, is refused and nothing stays', async () => {
  await using world = await testWorld()
  const { deps } = world
  const provider = await givenProvider(deps)
  const stranger = await givenReseller(deps, { name: 'Stranger' })
  const former = await givenReseller(deps, { name: 'Former' })
  const unsigned = await givenReseller(deps, { name: 'Unsigned', signed: false })
  await givenPartnership(deps, provider, former, { ended: true })
  await givenPartnership(deps, provider, unsigned)
  const { actor } = await givenUser(deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })
  const before = await counts(world)

  const cases = [
    [stranger, 'partnershipRequired'],
    [former, 'partnershipRequired'],
    [unsigned, 'resellerAgreementMissing'],
  ] as const
  for (const [reseller, reason] of cases) {
    const details = newCustomer({ resellerId: reseller.organizationId })
    await assert.rejects(create(world, actor, details), { reason }, reseller.name)
  }

  assert.deepEqual(await counts(world), before)
})

test('S8 F31 a customer in another country of the region is added, one outside is refused with the reason', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps, { country: 'FR' })
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })
  const german = { country: 'DE', postalCode: '10115', city: 'Berlin', registrationNumber: '' }
  const american = { country: 'US', postalCode: '98052', state: 'WA', registrationNumber: '' }

  const made = await create(world, actor, newCustomer({ company: german }))

  assert.equal(made.country, 'DE')
  await assert.rejects(create(world, actor, newCustomer({ company: { ...american, domainPrefix: 'us' } })), {
    reason: 'customerOutsideRegion',
    detail: { fields: [{ field: 'company.country', rule: 'countryOutsideRegion' }] },
  })
})

test('F36 S14 a partner cannot be made its own customer, nor any other partner', async () => {
  await using world = await testWorld()
  const { deps } = world
  const provider = await givenProvider(deps, { registrationNumber: '1111111111' })
  await givenReseller(deps, { registrationNumber: '2222222222' })
  const { actor } = await givenUser(deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })

  for (const registrationNumber of ['1111111111', '2222222222']) {
    await assert.rejects(create(world, actor, newCustomer({ company: { registrationNumber } })), {
      reason: 'ownCustomer',
    })
  }
})

test("F69 the contact's and the acceptor's address may not be the provider's, the reseller's or the vendor's", async () => {
  await using world = await testWorld()
  const { deps } = world
  const provider = await givenProvider(deps, { emailDomain: 'provider.example' })
  const reseller = await givenReseller(deps, { emailDomain: 'reseller.example' })
  const operator = await givenOperator(deps)
  await deps.db
    .updateTable('organizations')
    .set({ email_domain: 'vendor.example' })
    .where('id', '=', operator.organizationId)
    .execute()
  await givenPartnership(deps, provider, reseller)
  const { actor } = await givenUser(deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })

  for (const email of ['x@provider.example', 'x@mail.reseller.example', 'x@vendor.example']) {
    const details = newCustomer({ resellerId: reseller.organizationId, contact: { email } })
    await assert.rejects(create(world, actor, details), {
      reason: 'invalidRequest',
      detail: { fields: [{ field: 'contact.email', rule: 'emailPartnerDomain' }] },
    })
  }
})

test('F63 an unusual name waits for confirmation, and is then accepted', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })
  const details = newCustomer({ company: { legalName: 'kaya.com' } })

  await assert.rejects(create(world, actor, details), {
    reason: 'nameNeedsConfirmation',
    detail: { fields: [{ field: 'company.legalName', rule: 'companyNameLikeDomain' }] },
  })
  const made = await create(world, actor, { ...details, nameConfirmed: true })
  assert.equal(made.name, 'kaya.com')
})

test('F64 of two who take one domain at once, one has it and the other is told', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })

  const both = await Promise.allSettled([create(world, actor, newCustomer()), create(world, actor, newCustomer())])

  const refused = both
    .filter((one) => one.status === 'rejected')
    .map((one) => (one.reason as { reason: string }).reason)
  assert.deepEqual(refused, ['domainTaken'])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from customers`.execute(world.deps.db)
  assert.equal(rows[0]?.n, 1)
})

test('F38 a suspended provider adds no customers', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps, { status: 'suspended' })
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['global_admin'] })

  await assert.rejects(create(world, actor, newCustomer()), { reason: 'partnerSuspended' })
})

test('S73 the first step is checked without being stored: every wrong field at once, with its path', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['user_management_admin'] })
  const { company, ...rest } = newCustomer()
  const before = await counts(world)

  const good = await world.request(actor, 'POST', '/portal/v1/customers/validation', { company, ...rest })
  const bad = await world.request<{ fields: { field: string; rule: string }[] }>(
    actor,
    'POST',
    '/portal/v1/customers/validation',
    {
      ...rest,
      company: { ...company, postalCode: 'x', registrationNumber: '', legalName: 'A.Ş.' },
      contact: { ...rest.contact, phone: '' },
    },
  )
  const missing = await world.request<{ fields: { field: string; rule: string }[] }>(
    actor,
    'POST',
    '/portal/v1/customers/validation',
    {
      ...rest,
      company: { ...company, city: ' ' },
      resellerId: undefined,
    },
  )

  assert.deepEqual([good.status, good.body], [200, { warnings: [], domain: 'isikgida.onkanal.example' }])
  assert.equal(bad.status, 400)
  assert.deepEqual(
    bad.body.fields.map(({ field, rule }) => [field, rule]),
    [
      ['company.legalName', 'companyNameOnlyLegalForm'],
      ['company.postalCode', 'postalCodeFormat'],
      ['company.registrationNumber', 'registrationIdMissing'],
      ['contact.phone', 'required'],
    ],
  )
  assert.deepEqual(
    missing.body.fields.map(({ field, rule }) => [field, rule]),
    [
      ['company.city', 'required'],
      ['resellerId', 'required'],
    ],
  )
  assert.deepEqual(await counts(world), before)
})

test('S2 F52 F58 resellers and roles outside the four cannot add a customer', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const reseller = await givenReseller(world.deps)
  const helpdesk = await givenUser(world.deps, {
    ...provider,
    kind: 'provider',
    roles: ['helpdesk_agent', 'billing_admin'],
  })
  const theirs = await givenUser(world.deps, { ...reseller, kind: 'reseller', roles: ['global_admin', 'admin_agent'] })

  for (const { actor } of [helpdesk, theirs]) {
    const reply = await world.request<{ name: string }>(actor, 'POST', '/portal/v1/customers/validation', newCustomer())
    assert.deepEqual([reply.status, reply.body.name], [403, 'accessDenied'])
  }
})

test('F64 F57 a domain is free or taken, and the answer says no more', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })
  await create(world, actor, newCustomer())
  const ask = async (prefix: string) =>
    (await world.request(actor, 'GET', `/portal/v1/domains/${encodeURIComponent(prefix)}`)).body

  assert.deepEqual(await ask('ISIKGIDA'), { available: false, name: 'isikgida.onkanal.example', reason: 'domainTaken' })
  assert.deepEqual(await ask('kaya'), { available: true, name: 'kaya.onkanal.example', reason: null })
  assert.deepEqual(await ask('ışık'), { available: false, name: '', reason: 'domainPrefix' })
})

test('F64 domains cannot be asked for one after another without an end', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const { actor } = await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })

  const answers: number[] = []
  for (let i = 0; i <= 60; i++) answers.push((await world.request(actor, 'GET', `/portal/v1/domains/kaya${i}`)).status)

  assert.deepEqual([answers[0], answers[59], answers[60]], [200, 200, 429])
  const checks: number[] = []
  for (let i = 0; i <= 60; i++)
    checks.push((await world.request(actor, 'POST', '/portal/v1/customers/validation', {})).status)
  assert.deepEqual([checks[59], checks[60]], [400, 429])
})

test('S84 the administrator gets a password that fits its hash, and a new one each time', async () => {
  const [one, other] = await Promise.all([makeAdminSecret(), makeAdminSecret()])

  assert.notEqual(one.password, other.password)
  assert.equal(await verifyPassword(one.password, one.passwordHash), true)
})
