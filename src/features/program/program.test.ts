import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CustomerId, newId } from '../../kernel/ids.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { readTemplate, readTradingParty } from './queries.ts'
import { resolveMpnId } from './resolve-mpn-id.ts'
import {
  givenOperator,
  givenProvider,
  givenReseller,
  givenUnusedLocation,
  type TestOrganization,
} from './test-organizations.ts'
import type { Country, DirectoryEntry, DirectoryProfile, OrganizationRow } from './wire.ts'

interface Refused {
  readonly name: string
  readonly description: string
  readonly data: readonly string[]
}

test('S8 F31 F33 a region has several countries, and each reader is told which are its own', async () => {
  await using world = await testWorld()
  const french = await givenReseller(world.deps, { country: 'FR' })
  const reader = await givenUser(world.deps, {
    organizationId: french.organizationId,
    kind: 'reseller',
    roles: ['sales_agent'],
  })

  const { body } = await world.request<Country[]>(reader.actor, 'GET', '/portal/v1/countries')
  const own = body.filter((country) => country.inRegion).map((country) => country.code)

  assert.ok(body.length > 150)
  for (const code of ['FR', 'DE', 'NO', 'CH', 'GB']) assert.ok(own.includes(code), code)
  for (const code of ['TR', 'US', 'IN']) assert.ok(!own.includes(code), code)
  const visitor = await world.request<Country[]>(undefined, 'GET', '/portal/v1/countries')
  assert.ok(visitor.body.every((country) => !country.inRegion))
})

test('F23 F67 companies of the listed countries give a registration number of the right form, others need not', async () => {
  await using world = await testWorld()
  const { body } = await world.request<Country[]>(undefined, 'GET', '/portal/v1/countries')
  const required = body.filter((country) => country.registrationRequired).map((country) => country.code)

  assert.deepEqual(required, 'AE AM AZ BR BY HU IN IQ KG KZ MD MM PL RU SA SS TH TJ TR UA UZ VE VN ZA'.split(' '))
  for (const country of body) {
    if (country.registrationRequired) assert.equal(country.phoneRequired, true, country.code)
    for (const [pattern, example] of [
      [country.registrationPattern, country.registrationExample],
      [country.postalCodePattern, country.postalCodeExample],
    ]) {
      assert.equal(pattern === null, example === null, country.code)
      if (pattern && example) assert.match(example, new RegExp(`^(?:${pattern})$`), country.code)
    }
  }
  const turkish = body.find((country) => country.code === 'TR')
  assert.equal(turkish?.registrationPattern, '[0-9]{10}')
  assert.equal(turkish?.currency, 'TRY')
})

test('S56 S57 S58 S59 S60 S110 the removal attestation has all five points, in both languages', async () => {
  await using world = await testWorld()
  const points = {
    en: [
      /good faith/,
      /legitimate business purpose/,
      /in accordance with your agreement/,
      /defend .* hold them harmless/,
      /legal notice of termination/,
    ],
    tr: [
      /iyi niyetle/,
      /meşru bir iş amacına/,
      /sözleşmeye uygundur/,
      /savunacak ve zarardan koruyacaksınız/,
      /fesih bildirimi/,
    ],
  }
  for (const language of ['en', 'tr'] as const) {
    const { text } = await readTemplate(world.deps.db, 'removal_attestation', language, world.now)
    const numbered = text.split('\n').filter((line) => /^\d\. /.test(line))
    assert.equal(numbered.length, 5)
    points[language].forEach((point, index) => assert.match(numbered[index] ?? '', point))
  }
})

test('F27 the newest text in force is read, not one that comes later', async () => {
  await using world = await testWorld()
  await world.deps.db
    .insertInto('agreement_templates')
    .values({ kind: 'partner', version: '2027-01', language: 'en', body: 'Newer', effective_from: '2027-01-01' })
    .execute()

  assert.equal(
    (await readTemplate(world.deps.db, 'partner', 'en', new Date('2026-12-31T23:59:59Z'))).version,
    '2026-01',
  )
  assert.equal(
    (await readTemplate(world.deps.db, 'partner', 'en', new Date('2027-01-01T00:00:00Z'))).version,
    '2027-01',
  )
})

test('S41 F24 a trading party carries its enrollment, location and the signature of its own region', async () => {
  await using world = await testWorld()
  const signed = await givenReseller(world.deps, { country: 'DE' })
  const unsigned = await givenReseller(world.deps, { signed: false, located: false, enrollment: 'qualified' })

  const party = await readTradingParty(world.deps.db, signed.organizationId)
  assert.equal(party?.regionId, 'europe')
  assert.equal(party?.location?.partnerId, signed.partnerId)
  assert.equal(party?.agreementSigned, true)
  const other = await readTradingParty(world.deps.db, unsigned.organizationId)
  assert.deepEqual([other?.agreementSigned, other?.location, other?.enrollment?.status], [false, null, 'qualified'])
  assert.equal(await readTradingParty(world.deps.db, newId()), undefined)
})

test('S39 F14 an id is a global account, a location nobody came with, or the one to use; each names the one to use', async () => {
  await using world = await testWorld()
  const reseller = await givenReseller(world.deps)
  const unused = await givenUnusedLocation(world.deps, reseller)
  const resolve = (id: string) => resolveMpnId(world.deps.db, id)

  assert.deepEqual(pick(await resolve(reseller.globalPartnerId)), ['global', null, reseller.partnerId])
  assert.deepEqual(pick(await resolve(unused)), ['location', null, reseller.partnerId])
  assert.deepEqual(pick(await resolve(reseller.partnerId)), ['location', reseller.organizationId, reseller.partnerId])
  assert.equal(await resolve('98765432'), undefined)
})

function pick(id: Awaited<ReturnType<typeof resolveMpnId>>) {
  return [id?.kind, id?.organizationId, id?.onboardedPartnerId]
}

test('S12 a provider reviews its entry as resellers see it', async () => {
  await using world = await testWorld()
  const { provider, providerAdmin, resellerUser } = await givenListed(world)

  const own = await world.request<DirectoryProfile>(providerAdmin.actor, 'GET', '/portal/v1/profile')
  const seen = await world.request<DirectoryProfile>(
    resellerUser.actor,
    'GET',
    `/portal/v1/directory/${provider.organizationId}`,
  )

  assert.equal(own.status, 200)
  assert.deepEqual({ ...own.body, representative: null }, seen.body)
  assert.equal(own.body.representative?.name, 'Rana Rep')
  assert.equal(seen.body.representative, null, 'who changes the entry is no business of resellers')
})

test('S13 a provider cannot change its entry and is told who can; the operator can', async () => {
  await using world = await testWorld()
  const { provider, providerAdmin, operator } = await givenListed(world)
  const path = `/portal/v1/directory/${provider.organizationId}`

  const refused = await world.request<Refused>(providerAdmin.actor, 'PUT', '/portal/v1/profile', {
    descriptionEn: 'Mine',
  })
  assert.equal(refused.status, 403)
  assert.equal(refused.body.name, 'profileReadOnly')
  assert.deepEqual(refused.body.data, ['Rana Rep', 'rana@vendor.example', '+90 212 000 00 00'])
  assert.match(refused.body.description, /Rana Rep/)
  assert.equal((await world.request(providerAdmin.actor, 'PUT', path, entry)).status, 403)

  const saved = await world.request<{ version: number }>(operator.actor, 'PUT', path, {
    ...entry,
    descriptionEn: 'Better',
  })
  assert.deepEqual(saved.body, { version: 2 })
  const own = await world.request<DirectoryProfile>(providerAdmin.actor, 'GET', '/portal/v1/profile')
  assert.equal(own.body.description, 'Better')
  const audit = await world.deps.db
    .selectFrom('audit_records')
    .select(['action', 'before', 'after', 'provider_id'])
    .execute()
  assert.deepEqual(audit, [
    {
      action: 'directory.profile_changed',
      before: { descriptionEn: 'Wide range.' },
      after: { descriptionEn: 'Better' },
      provider_id: provider.organizationId,
    },
  ])
})

test('S13 of two operators who change one entry the second is told so', async () => {
  await using world = await testWorld()
  const { provider, operator } = await givenListed(world)
  const path = `/portal/v1/directory/${provider.organizationId}`

  assert.equal((await world.request(operator.actor, 'PUT', path, { ...entry, descriptionEn: 'One' })).status, 200)
  const second = await world.request<Refused>(operator.actor, 'PUT', path, { ...entry, descriptionEn: 'Two' })

  assert.equal(second.body.name, 'stale')
  const nobody = await world.request<Refused>(operator.actor, 'PUT', `/portal/v1/directory/${newId()}`, {
    ...entry,
    version: 0,
  })
  assert.equal(nobody.status, 404)
})

test('S12 a provider that is not listed learns why, and nobody else finds it', async () => {
  await using world = await testWorld()
  const { provider, providerAdmin, operator, resellerUser } = await givenListed(world)
  const path = `/portal/v1/directory/${provider.organizationId}`
  await world.request(operator.actor, 'PUT', path, {
    ...entry,
    listed: false,
    notListedReason: 'Documents are being checked.',
  })

  const own = await world.request<DirectoryProfile>(providerAdmin.actor, 'GET', '/portal/v1/profile')
  assert.deepEqual([own.body.listed, own.body.notListedReason], [false, 'Documents are being checked.'])
  assert.equal((await world.request(resellerUser.actor, 'GET', path)).status, 404)
  const list = await world.request<{ items: DirectoryEntry[] }>(resellerUser.actor, 'GET', '/portal/v1/directory')
  assert.deepEqual(list.body.items, [])
  const forOperator = await world.request<{ items: DirectoryEntry[] }>(operator.actor, 'GET', '/portal/v1/directory')
  assert.deepEqual(
    forOperator.body.items.map((one) => one.name),
    [provider.name],
  )
})

test('S12 a provider nobody wrote an entry for has an empty one that says so', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const user = await givenUser(world.deps, {
    organizationId: provider.organizationId,
    kind: 'provider',
    roles: ['sales_agent'],
  })

  const own = await world.request<DirectoryProfile>(user.actor, 'GET', '/portal/v1/profile')

  assert.deepEqual([own.status, own.body.listed, own.body.version, own.body.representative], [200, false, 0, null])
})

test('S9 F33 resellers find a provider by name, country and region, page by page, in their language', async () => {
  await using world = await testWorld()
  const { resellerUser } = await givenListed(world)
  for (const [name, country] of [
    ['Çınar Bulut', 'TR'],
    ['Beta Cloud', 'US'],
    ['Delta Cloud', 'AE'],
  ] as const) {
    const one = await givenProvider(world.deps, { name, country })
    await givenEntry(world, one)
  }
  const names = async (query: string) =>
    (
      await world.request<{ items: DirectoryEntry[] }>(resellerUser.actor, 'GET', `/portal/v1/directory${query}`)
    ).body.items.map((one) => one.name)

  assert.deepEqual(await names(''), ['Anadolu Dağıtım', 'Beta Cloud', 'Çınar Bulut', 'Delta Cloud'])
  assert.deepEqual(await names('?search=cinar'), ['Çınar Bulut'])
  assert.deepEqual(await names('?country=US'), ['Beta Cloud'])
  assert.deepEqual(await names('?region=own'), ['Anadolu Dağıtım', 'Çınar Bulut', 'Delta Cloud'])

  const first = await world.request<{ items: DirectoryEntry[]; next: string }>(
    resellerUser.actor,
    'GET',
    '/portal/v1/directory?size=3',
  )
  assert.deepEqual(await names(`?size=3&cursor=${first.body.next}`), ['Delta Cloud'])
  assert.equal((await world.request(resellerUser.actor, 'GET', '/portal/v1/directory?cursor=x')).status, 400)
  const turkish = await world.request<{ items: DirectoryEntry[] }>(
    { ...resellerUser.actor, locale: 'tr' },
    'GET',
    '/portal/v1/directory?size=1',
  )
  assert.equal(turkish.body.items[0]?.description, 'Geniş ürün yelpazesi.')
})

test('A88 only the operator lists the organizations, with their standing', async () => {
  await using world = await testWorld()
  const { operator, providerAdmin, reseller } = await givenListed(world)
  await givenReseller(world.deps, { name: 'Yeni Bayi', enrollment: 'pending', signed: false, located: false })

  const listed = await world.request<{ items: OrganizationRow[] }>(
    operator.actor,
    'GET',
    '/portal/v1/organizations?kind=reseller',
  )
  assert.deepEqual(
    listed.body.items.map((row) => [row.name, row.partnerId, row.enrollment, row.agreementSigned]),
    [
      [reseller.name, reseller.partnerId, 'active', true],
      ['Yeni Bayi', null, 'pending', false],
    ],
  )
  assert.equal((await world.request(providerAdmin.actor, 'GET', '/portal/v1/organizations')).status, 403)
})

test('S2 S13 a customer reads neither profile nor directory', async () => {
  await using world = await testWorld()
  const customer = await givenUser(world.deps, {
    organizationId: newId<'customer'>() as CustomerId,
    kind: 'customer',
    roles: ['global_admin'],
  })

  for (const path of ['/portal/v1/profile', '/portal/v1/directory']) {
    assert.equal((await world.request(customer.actor, 'GET', path)).status, 403)
  }
})

const entry = {
  listed: true,
  notListedReason: '',
  descriptionEn: 'Wide range.',
  descriptionTr: 'Geniş ürün yelpazesi.',
  services: ['licensing', 'support'],
  website: 'https://anadolu.example',
  contactEmail: 'partners@anadolu.example',
  contactPhone: '+90 212 111 11 11',
  representativeName: 'Rana Rep',
  representativeEmail: 'rana@vendor.example',
  representativePhone: '+90 212 000 00 00',
  version: 1,
}

async function givenEntry(world: TestWorld, provider: TestOrganization): Promise<void> {
  await world.deps.db
    .insertInto('directory_profiles')
    .values({
      provider_id: provider.organizationId,
      listed: true,
      description_en: entry.descriptionEn,
      description_tr: entry.descriptionTr,
      services: entry.services,
      website: entry.website,
      contact_email: entry.contactEmail,
      contact_phone: entry.contactPhone,
      representative_name: entry.representativeName,
      representative_email: entry.representativeEmail,
      representative_phone: entry.representativePhone,
      updated_at: world.now,
    })
    .execute()
}

async function givenListed(world: TestWorld) {
  const { deps } = world
  const provider = await givenProvider(deps)
  const reseller = await givenReseller(deps)
  const operatorOrganization = await givenOperator(deps)
  await givenEntry(world, provider)
  return {
    provider,
    reseller,
    providerAdmin: await givenUser(deps, {
      organizationId: provider.organizationId,
      kind: 'provider',
      roles: ['global_admin'],
    }),
    resellerUser: await givenUser(deps, {
      organizationId: reseller.organizationId,
      kind: 'reseller',
      roles: ['sales_agent'],
    }),
    operator: await givenUser(deps, {
      organizationId: operatorOrganization.organizationId,
      kind: 'operator',
      roles: ['platform_operator'],
    }),
  }
}
