import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '../../kernel/ids.ts'
import { dayMs } from '../../kernel/time.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { everythingStored } from '../identity/test-dump.ts'
import { givenUser, type TestUser } from '../identity/test-users.ts'
import { forgetUserUploads } from './jobs.ts'
import { createListedUsers } from './save-upload.ts'
import { countAssigned, givenOffice, givenPerson, type Office } from './test-people.ts'
import type { CheckedUpload, IssuedPasswords, SavedUpload, UploadRow, UploadState } from './wire.ts'

interface Refused {
  readonly name: string
  readonly params: Readonly<Record<string, unknown>>
}

const header = 'First name,Last name,Display name,Email,Usage location,Status update'

async function upload(
  world: TestWorld,
  by: TestUser,
  office: Office,
  text: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: CheckedUpload & Refused }> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ usageLocation: 'TR', locale: 'tr', ...fields })) form.set(name, value)
  form.set('file', new File([text], 'users.csv', { type: 'text/csv' }))
  const encoded = new Response(form)
  return await world.request<CheckedUpload & Refused>(
    by.actor,
    'POST',
    `${office.path}/user-uploads`,
    Buffer.from(await encoded.arrayBuffer()),
    { 'content-type': encoded.headers.get('content-type') ?? '' },
  )
}

/** A list of so many people. */
function listOf(office: Office, count: number, prefix = 'kisi'): string {
  const rows = Array.from(
    { length: count },
    (_, place) => `Ad,Soyad,Kişi ${place + 1},${prefix}${place + 1}@${office.customer.primaryDomain},,`,
  )
  return [header, ...rows].join('\r\n')
}

async function users({ deps }: TestWorld): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from users`.execute(deps.db)
  return rows[0]?.count ?? 0
}

test('F191 the whole list is checked first: each bad row is named with column and reason, and nobody is created', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const known = await givenPerson(world.deps, office.customer)
  const domain = office.customer.primaryDomain
  const before = await users(world)
  const text = [
    header,
    `Işıl,İnce,Işıl İnce,ISIL@${domain.toUpperCase()},de,`,
    `,,Again,isil@${domain},,`,
    `,,Foreign,someone@elsewhere.example,,`,
    `,,Dotless,ışık@${domain},,`,
    `,,Dotted,İPEK@${domain},,`,
    `,,,noname@${domain},,`,
    `${'x'.repeat(51)},,Long,long@${domain},,`,
    `,,Nowhere,nowhere@${domain},ZZ,`,
    `,,Taken,${known.username},,`,
    `,,Status,status@${domain},,done`,
    `,,Short,short@${domain}`,
  ].join('\n')

  const { status, body } = await upload(world, office.admin, office, text)

  assert.deepEqual([status, body.uploadId, body.rows, body.badRows], [200, null, 11, 10])
  assert.deepEqual(
    body.problems.map(({ line, column, rule }) => [line, column, rule]),
    [
      [3, 'Email', 'repeatedInFile'],
      [4, 'Email', 'customerDomain'],
      [5, 'Email', 'email'],
      [6, 'Email', 'email'],
      [7, 'Display name', 'required'],
      [8, 'First name', 'tooLong'],
      [9, 'Usage location', 'countryUnknown'],
      [10, 'Email', 'usernameTaken'],
      [11, 'Status update', 'mustBeEmpty'],
      [12, '', 'columnCount'],
    ],
  )
  assert.equal(await users(world), before)
  const kept = await sql`select from user_uploads`.execute(world.deps.db)
  assert.equal(kept.rows.length, 0)
  assert.equal((await upload(world, office.admin, office, 'Name\nx')).body.name, 'columnsMissing')
  assert.equal((await upload(world, office.admin, office, header)).body.name, 'invalidRequest')
  assert.equal((await upload(world, office.admin, office, listOf(office, 5001))).body.name, 'fileRows')
})

test('F191 S86 S87 Save creates each row with a result and its licenses; the passwords are in that one reply and nowhere else', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world, 2)
  const { productId, skuId } = office.offer
  const { body } = await upload(world, office.admin, office, listOf(office, 4))
  const path = `${office.path}/user-uploads/${body.uploadId}`
  // Somebody takes a name between the check and Save.
  await givenUser(world.deps, {
    organizationId: office.customer.customerId,
    kind: 'customer',
    roles: [],
    username: `kisi2@${office.customer.primaryDomain}`,
  })
  const save = (id: string) =>
    world.request<SavedUpload & Refused>(
      office.admin.actor,
      'POST',
      `${path}/save`,
      { licenses: [{ productId, skuId }] },
      { 'ms-requestid': id },
    )

  const saved = await save('one')
  const again = await save('one')

  assert.deepEqual([saved.status, saved.body.status, saved.body.alreadyShown], [200, 'done', false])
  assert.deepEqual(
    saved.body.passwords.map(({ line, name }) => [line, name]),
    [
      [2, 'Kişi 1'],
      [4, 'Kişi 3'],
      [5, 'Kişi 4'],
    ],
  )
  assert.deepEqual([again.body.passwords, again.body.alreadyShown], [[], true])
  assert.equal((await save('two')).body.name, 'uploadSaved')
  const dump = await everythingStored(world.deps)
  for (const { temporaryPassword } of saved.body.passwords) assert.ok(!dump.includes(temporaryPassword))
  const rows = await world.request<{ items: UploadRow[] }>(office.admin.actor, 'GET', `${path}/rows`)
  assert.deepEqual(
    rows.body.items.map(({ line, state, problem, licenseProblems }) => [
      line,
      state,
      problem,
      licenseProblems[0]?.reason,
    ]),
    [
      [2, 'created', null, undefined],
      [3, 'refused', 'usernameTaken', undefined],
      [4, 'created', null, undefined],
      [5, 'created', null, 'noLicenses'],
    ],
  )
  assert.deepEqual(await countAssigned(world, office), [2, 2])
  const state = await world.request<UploadState>(office.admin.actor, 'GET', path)
  assert.deepEqual(
    [state.body.created, state.body.refused, state.body.withoutLicense, state.body.neverSignedIn],
    [3, 1, 1, 3],
  )

  const [first] = saved.body.passwords
  const app = await world.app()
  const signIn = await app.inject({
    method: 'POST',
    url: '/portal/auth/sign-in/username',
    headers: { origin: 'http://localhost:8080', host: 'localhost:8080', 'x-kanal': '1' },
    payload: { username: first?.username, password: first?.temporaryPassword },
  })
  assert.equal(signIn.statusCode, 200, signIn.body)
})

test('F191 101 rows go on in the background; their passwords are issued afterwards, page by page, each once', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const { body } = await upload(world, office.admin, office, listOf(office, 101))
  const path = `${office.path}/user-uploads/${body.uploadId}`
  const key = { customerId: office.customer.customerId, uploadId: body.uploadId as never }

  const saved = await world.request<SavedUpload>(office.admin.actor, 'POST', `${path}/save`, { licenses: [] })
  assert.deepEqual([saved.body.status, saved.body.passwords], ['running', []])
  const queued = await sql`select from graphile_worker.jobs where task_identifier = 'create-listed-users'`.execute(
    world.deps.db,
  )
  assert.equal(queued.rows.length, 1)
  await Promise.all([createListedUsers(world.deps, key), createListedUsers(world.deps, key)])
  const state = await world.request<UploadState>(office.admin.actor, 'GET', path)
  assert.deepEqual([state.body.status, state.body.created, state.body.neverSignedIn], ['done', 101, 101])
  const { rows } = await sql<{ credentials: number }>`
    select count(*)::int as credentials from credentials c join users u on u.id = c.user_id where u.username like 'kisi%'`.execute(
    world.deps.db,
  )
  assert.equal(rows[0]?.credentials, 0)

  // Somebody of the list became an administrator meanwhile: the list gives no password any more.
  await sql`
    insert into role_assignments (id, user_id, organization_id, role, granted_by, granted_by_name, granted_at)
    select ${newId()}, id, organization_id, 'global_admin', id, '', now() from users where username like 'kisi1@%'`.execute(
    world.deps.db,
  )
  const shown: string[] = []
  let after = 0
  for (let turn = 0; turn < 5; turn += 1) {
    const page = await world.request<IssuedPasswords>(office.admin.actor, 'POST', `${path}/passwords`, { after })
    shown.push(...page.body.passwords.map(({ username, temporaryPassword }) => `${username} ${temporaryPassword}`))
    if (page.body.next === null) break
    after = page.body.next
  }
  assert.deepEqual([shown.length, new Set(shown).size], [100, 100])
  assert.ok(!shown.some((line) => line.startsWith('kisi1@')))
  const dump = await everythingStored(world.deps)
  assert.ok(!shown.some((line) => dump.includes(line.split(' ')[1] ?? '-')))
})

test('F191 the work stops when whoever saved the list loses the privilege', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const { body } = await upload(world, office.admin, office, listOf(office, 101))
  const path = `${office.path}/user-uploads/${body.uploadId}`
  await world.request(office.admin.actor, 'POST', `${path}/save`, { licenses: [] })
  await sql`update admin_relationships set status = 'terminated'`.execute(world.deps.db)

  await createListedUsers(world.deps, { customerId: office.customer.customerId, uploadId: body.uploadId as never })

  const state = await world.request<UploadState>(office.owner.actor, 'GET', path)
  assert.deepEqual(
    [state.body.status, state.body.stoppedBecause, state.body.created],
    ['stopped', 'noDelegatedAccess', 0],
  )
})

test('F191 a list that a Turkish spreadsheet separated by semicolons is read as well', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const text = `${header.replaceAll(',', ';')}\r\n;;"Işıl; İnce";isil@${office.customer.primaryDomain};;\r\n`

  const { body } = await upload(world, office.admin, office, text)
  assert.deepEqual([body.badRows, body.rows], [0, 1])
  const { rows } = await sql<{ name: string }>`select display_name as name from user_upload_rows`.execute(world.deps.db)
  assert.deepEqual(rows, [{ name: 'Işıl; İnce' }])
})

test('A57 S5 who may not upload is refused, a stranger’s list and customer are not there', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  const stranger = await givenOffice(world)
  const { body } = await upload(world, stranger.admin, stranger, listOf(stranger, 1, 'yabanci'))

  assert.equal((await upload(world, office.agent, office, listOf(office, 1))).body.name, 'accessDenied')
  assert.equal((await upload(world, office.admin, stranger, listOf(stranger, 1))).status, 404)
  for (const [method, tail] of [
    ['GET', ''],
    ['GET', '/rows'],
    ['POST', '/passwords'],
  ] as const) {
    const { status } = await world.request(
      office.admin.actor,
      method,
      `${office.path}/user-uploads/${body.uploadId}${tail}`,
      method === 'POST' ? {} : undefined,
    )
    assert.equal(status, 404, tail)
  }
})

test('a list that nobody saved is forgotten after a day, what became of others after thirty', async () => {
  await using world = await testWorld()
  const office = await givenOffice(world)
  await upload(world, office.admin, office, listOf(office, 1, 'a'))
  const { body } = await upload(world, office.admin, office, listOf(office, 1, 'b'))
  await world.request(office.admin.actor, 'POST', `${office.path}/user-uploads/${body.uploadId}/save`, { licenses: [] })
  const left = async () => (await sql<{ id: string }>`select id from user_uploads`.execute(world.deps.db)).rows.length

  world.now = new Date(world.now.getTime() + dayMs + 1000)
  await forgetUserUploads(world.deps)
  assert.equal(await left(), 1)
  world.now = new Date(world.now.getTime() + 30 * dayMs)
  await forgetUserUploads(world.deps)
  assert.equal(await left(), 0)
})
