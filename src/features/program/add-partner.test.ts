import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { Refusal } from '../../kernel/errors.ts'
import { newId, type UserId } from '../../kernel/ids.ts'
import { permissionsOf } from '../../kernel/permissions.ts'
import type { Actor } from '../../platform/context.ts'
import { type TestWorld, testWorld } from '../../platform/test-world.ts'
import { everythingStored } from '../identity/test-dump.ts'
import { tokenIn } from '../partnerships/test-partnerships.ts'
import type { AcceptedInvitation, InvitationDraft, PartnershipRow } from '../partnerships/wire.ts'
import { addPartner } from './add-partner.ts'
import { readTradingParty } from './queries.ts'
import { whyProviderCannotTrade, whyResellerCannotTrade } from './rules.ts'
import { givenOperator } from './test-organizations.ts'
import { AddPartnerInput, type DirectoryEntry } from './wire.ts'

const anadolu = {
  kind: 'provider',
  legalName: 'Anadolu Dağıtım A.Ş.',
  tradingName: 'Anadolu Dağıtım',
  country: 'TR',
  city: 'Ankara',
  emailDomain: 'anadolu.example',
  registrationNumber: '1234567890',
  adminUsername: 'admin@anadolu.example',
  adminEmail: 'admin@anadolu.example',
  adminFirstName: 'Derya',
  adminLastName: 'Işık',
  representativeName: 'Helen Park',
  representativeEmail: 'helen.park@program.example',
  agreementSignedBy: 'Kemal Imza',
} as const

const firat = {
  kind: 'reseller',
  legalName: 'Fırat Bilişim Ltd. Şti.',
  tradingName: 'Fırat Bilişim',
  country: 'TR',
  city: 'Elazığ',
  emailDomain: 'firat.example',
  registrationNumber: '9876543210',
  globalId: '4810100',
  locationId: '4810101',
  adminUsername: 'admin@firat.example',
  adminEmail: 'admin@firat.example',
  adminFirstName: 'Kerem',
  adminLastName: 'Yılmaz',
  agreementSignedBy: 'Kerem Yılmaz',
} as const

test('S41 F24 an added provider may trade, is in the directory, and is recorded; its password is kept nowhere', async () => {
  await using world = await testWorld()
  const actor = await givenKeeper(world)

  const added = await addPartner(world.deps, actor, AddPartnerInput.parse(anadolu))

  const party = await readTradingParty(world.deps.db, added.organizationId)
  assert.ok(party)
  assert.equal(whyProviderCannotTrade(party), null)
  assert.deepEqual(
    [party.name, party.regionId, party.emailDomain, party.location?.partnerId, party.enrollment?.status],
    ['Anadolu Dağıtım', 'middle_east_cee', 'anadolu.example', added.locationId, 'active'],
  )
  for (const id of [added.globalId, added.locationId]) assert.match(id, /^[1-9][0-9]{6}$/)
  const signature = await world.deps.db
    .selectFrom('partner_agreement_signatures')
    .select(['region_id', 'version', 'signer_name'])
    .executeTakeFirstOrThrow()
  assert.deepEqual(signature, { region_id: party.regionId, version: '2026-01', signer_name: 'Kemal Imza' })

  const directory = await world.request<{ items: DirectoryEntry[] }>(actor, 'GET', '/portal/v1/directory')
  assert.deepEqual(
    directory.body.items.map((entry) => [entry.name, entry.listed]),
    [['Anadolu Dağıtım', true]],
  )
  const records = await world.deps.db
    .selectFrom('audit_records')
    .select(['action', 'provider_id', 'actor_name', 'after'])
    .orderBy('id')
    .execute()
  assert.deepEqual(
    records.map(({ action }) => action),
    ['organization.added', 'user.created', 'user.password_shown'],
  )
  assert.deepEqual(
    [records[0]?.provider_id, records[0]?.actor_name, records[0]?.after],
    [
      added.organizationId,
      'kanal add-partner',
      {
        kind: 'provider',
        name: 'Anadolu Dağıtım',
        legalName: 'Anadolu Dağıtım A.Ş.',
        country: 'TR',
        city: 'Ankara',
        domain: 'anadolu.example',
        registrationNumber: '1234567890',
        partnerId: added.locationId,
        status: 'active',
        agreement: '2026-01',
        acceptedBy: 'Kemal Imza',
      },
    ],
  )
  assert.ok(!(await everythingStored(world.deps)).includes(added.temporaryPassword))
})

test('S41 F24 without a signature a partner is qualified, and cannot trade', async () => {
  await using world = await testWorld()
  const actor = await givenKeeper(world)
  const { agreementSignedBy: _one, ...provider } = anadolu
  const { agreementSignedBy: _other, ...reseller } = firat

  const first = await addPartner(world.deps, actor, AddPartnerInput.parse(provider))
  const second = await addPartner(world.deps, actor, AddPartnerInput.parse(reseller))

  const parties = [
    await readTradingParty(world.deps.db, first.organizationId),
    await readTradingParty(world.deps.db, second.organizationId),
  ]
  const [one, other] = parties
  assert.ok(one && other)
  assert.deepEqual(
    parties.map((party) => [party?.enrollment?.status, party?.agreementSigned]),
    [
      ['qualified', false],
      ['qualified', false],
    ],
  )
  assert.equal(whyProviderCannotTrade(one), 'ownAgreementMissing')
  assert.equal(whyResellerCannotTrade(other, one.regionId), 'resellerAgreementMissing')
  const profile = await world.deps.db.selectFrom('directory_profiles').select('listed').executeTakeFirst()
  assert.equal(profile?.listed, false)
})

test('S20 S30 the first admins of two added parties sign in, and make a partnership', async () => {
  await using world = await testWorld()
  const actor = await givenKeeper(world)
  const provider = await addPartner(world.deps, actor, AddPartnerInput.parse(anadolu))
  const reseller = await addPartner(world.deps, actor, AddPartnerInput.parse(firat))
  const requester = await signedIn(world, anadolu.adminUsername, provider.temporaryPassword)
  const accepter = await signedIn(world, firat.adminUsername, reseller.temporaryPassword)
  const invitations = '/portal/v1/partnership-invitations'

  const draft = await world.request<InvitationDraft>(requester, 'POST', invitations, { language: 'tr' })
  const accepted = await world.request<AcceptedInvitation>(
    accepter,
    'POST',
    `${invitations}/by-token/${tokenIn(draft.body.link)}/acceptance`,
    { authorized: true },
  )

  assert.deepEqual([accepted.status, accepted.body.providerName], [200, 'Anadolu Dağıtım'])
  const { body } = await world.request<{ items: PartnershipRow[] }>(requester, 'GET', '/portal/v1/partnerships')
  assert.deepEqual(
    body.items.map((row) => [row.name, row.partnerId, row.state, row.canAddCustomer?.ok]),
    [['Fırat Bilişim', '4810101', 'active', true]],
  )
})

test('F23 F67 a partner is refused with every field that its country or another organization stands against', async () => {
  await using world = await testWorld()
  const actor = await givenKeeper(world)
  await addPartner(world.deps, actor, AddPartnerInput.parse(firat))
  const { globalId: _id, locationId: _location, ...rest } = firat
  const other = {
    ...rest,
    emailDomain: 'dicle.example',
    registrationNumber: '1112223334',
    adminUsername: 'admin@dicle.example',
    adminEmail: 'admin@dicle.example',
  }
  const stored = await everythingStored(world.deps)

  for (const [change, fields] of [
    [{ country: 'XX' }, ['country countryUnknown']],
    [{ country: 'KP', registrationNumber: '' }, ['country countryNotServed']],
    [{ registrationNumber: '' }, ['registrationNumber registrationIdMissing']],
    [{ registrationNumber: '12-3' }, ['registrationNumber registrationIdFormat']],
    [{ registrationNumber: firat.registrationNumber }, ['registrationNumber registrationTaken']],
    [{ emailDomain: 'FIRAT.example' }, ['emailDomain domainTaken']],
    [{ globalId: '4810101' }, ['globalId mpnIdTaken']],
    [{ locationId: '4810100' }, ['locationId mpnIdTaken']],
    [{ globalId: '5000000', locationId: '5000000' }, ['locationId mpnIdTaken']],
    [
      { country: 'XX', emailDomain: 'firat.example', globalId: '4810100' },
      ['country countryUnknown', 'emailDomain domainTaken', 'globalId mpnIdTaken'],
    ],
  ] as const) {
    await assert.rejects(addPartner(world.deps, actor, AddPartnerInput.parse({ ...other, ...change })), (error) => {
      assert.ok(error instanceof Refusal)
      assert.equal(error.reason, 'invalidRequest')
      assert.deepEqual(
        error.detail.fields?.map(({ field, rule }) => `${field} ${rule}`),
        fields,
      )
      return true
    })
  }
  for (const [change, reason] of [
    [{ adminUsername: firat.adminUsername }, 'usernameTaken'],
    [{ adminEmail: firat.adminEmail }, 'emailTaken'],
  ] as const) {
    await assert.rejects(addPartner(world.deps, actor, AddPartnerInput.parse({ ...other, ...change })), { reason })
  }

  assert.equal(await everythingStored(world.deps), stored, 'a refusal leaves nothing behind')
  assert.ok(await addPartner(world.deps, actor, AddPartnerInput.parse(other)))
})

test('two partners added at once never share an email domain', async () => {
  await using world = await testWorld()
  const actor = await givenKeeper(world)
  const { globalId: _id, locationId: _location, ...rest } = firat
  const twin = { ...rest, registrationNumber: '1112223334', adminUsername: 'twin', adminEmail: 'twin@firat.example' }

  // Held until both wait, either one behind the other or, if nothing kept them apart, both with their checks behind them.
  const { settled } = await world.deps.db.transaction().execute(async (tx) => {
    await sql`lock table partner_ids in exclusive mode`.execute(tx)
    const added = [firat, twin].map((one) => addPartner(world.deps, actor, AddPartnerInput.parse(one)))
    const ends = Promise.allSettled(added)
    for (let waiting = 0n, looks = 0; waiting < 2n && looks < 10_000; looks += 1) {
      const { rows } = await sql<{ waiting: bigint }>`
        select count(*) as waiting from pg_locks l join pg_database d on d.oid = l.database
        where not l.granted and d.datname = current_database()`.execute(tx)
      waiting = rows[0]?.waiting ?? 0n
    }
    return { settled: ends }
  })
  const outcomes = await settled

  assert.deepEqual(outcomes.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
})

async function givenKeeper(world: TestWorld): Promise<Actor> {
  const { organizationId, name } = await givenOperator(world.deps)
  return {
    userId: '00000000-0000-0000-0000-000000000000' as UserId,
    userName: 'kanal add-partner',
    organizationId,
    organizationName: name,
    organizationKind: 'operator',
    roles: ['platform_operator'],
    permissions: permissionsOf('operator', ['platform_operator']),
    locale: 'en',
    request: { hash: '', correlationId: newId(), ip: 'local' },
  }
}

/** The cookie of somebody who came with a temporary password and has chosen one of its own. */
async function signedIn(world: TestWorld, username: string, temporary: string): Promise<string> {
  const chosen = 'four quiet winter lanterns'
  const cookieFor = async (password: string): Promise<string> => {
    const reply = await world.request(undefined, 'POST', '/portal/auth/sign-in/username', { username, password })
    assert.equal(reply.status, 200)
    return String(reply.headers['set-cookie']).split(';')[0] ?? ''
  }
  const changed = await world.request(await cookieFor(temporary), 'POST', '/portal/v1/me/password', {
    currentPassword: temporary,
    newPassword: chosen,
  })
  assert.equal(changed.status, 204)
  return await cookieFor(chosen)
}
