import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { newId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { type Reply, testWorld, type TestWorld } from '../../platform/test-world.ts'
import { hashPassword, testCost } from './passwords.ts'
import { codeOf } from './test-codes.ts'
import { everythingStored } from './test-dump.ts'
import { givenOrganization } from './test-organizations.ts'
import { givenUser, testPassword, type TestUser } from './test-users.ts'

interface Refused {
  readonly name: string
  readonly description: string
}

test('a user signs in with the user name or the e-mail address, in any case, and is known from then on', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world, { username: 'ayse.y@anadolu.example', email: 'ayse@mail.example' })

  for (const login of ['ayse.y@anadolu.example', ' AYSE.Y@anadolu.example', 'Ayse@Mail.example']) {
    const signedIn = await signIn(world, login)
    assert.equal(signedIn.status, 200, login)
    const me = await world.request<Me>(cookieOf(signedIn), 'GET', '/portal/v1/me')
    assert.equal(me.body.user.id, user.userId)
    assert.equal(me.body.organization.name, 'Anadolu Dağıtım')
    assert.ok(me.body.permissions.includes('orders.submit'))
  }
  assert.deepEqual(await actionsAbout(world, user), ['user.signed_in', 'user.signed_in', 'user.signed_in'])
})

test('the session cookie is out of reach of scripts and other sites, and its token is nowhere else', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world)

  const signedIn = await signIn(world, user.username)

  const header = String(setCookies(signedIn).find((line) => line.startsWith('kanal.session_token=')))
  assert.match(header, /; HttpOnly/)
  assert.match(header, /; SameSite=Lax/)
  assert.match(header, /; Max-Age=43200/)
  const token = decodeURIComponent(header.split(/[=;]/)[1] ?? '').split('.')[0] ?? ''
  assert.equal(token.length, 32)
  assert.ok(!JSON.stringify(signedIn.body).includes(token))
  assert.ok(!(await everythingStored(world.deps)).includes(token))
})

test('a wrong password and an unknown user get the same answer', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world)

  const wrong = await signIn(world, user.username, 'wrong horse battery staple')
  const unknown = await signIn(world, 'nobody@test.example', 'wrong horse battery staple')

  assert.deepEqual([wrong.status, wrong.body.name], [401, 'signInFailed'])
  assert.deepEqual({ ...unknown.body, requestId: '' }, { ...wrong.body, requestId: '' })
  assert.deepEqual(setCookies(unknown), [])
})

test('ten wrong passwords lock the account for 15 minutes, also against the right one, and the lock is recorded once', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world)
  for (let attempt = 0; attempt < 9; attempt += 1) await signIn(world, user.username, 'wrong horse battery staple')
  assert.equal((await lockOf(world, user)).locked_until, null)

  await signIn(world, user.username, 'wrong horse battery staple')
  const locked = await signIn(world, user.username)
  world.now = new Date(world.now.getTime() + 15 * 60_000 + 1)
  const after = await signIn(world, user.username)

  assert.equal(locked.body.name, 'signInFailed')
  assert.equal(after.status, 200)
  assert.deepEqual(await actionsAbout(world, user), ['user.locked_out', 'user.signed_in'])
})

test('wrong passwords more than 15 minutes apart do not add up', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world)
  for (let attempt = 0; attempt < 9; attempt += 1) await signIn(world, user.username, 'wrong horse battery staple')

  world.now = new Date(world.now.getTime() + 16 * 60_000)
  await signIn(world, user.username, 'wrong horse battery staple')

  assert.deepEqual(await lockOf(world, user), { failed_sign_ins: 1, locked_until: null })
})

test('a blocked or deleted user, and an address that several customers share, do not sign in', async () => {
  await using world = await givenWorld()
  const blocked = await givenAgent(world)
  await sql`update users set status = 'blocked' where id = ${blocked.userId}`.execute(world.deps.db)
  for (const customer of [newId<'customer'>(), newId<'customer'>()]) {
    await givenUser(world.deps, { organizationId: customer, kind: 'customer', roles: [], email: 'shared@mail.example' })
  }

  for (const login of [blocked.username, 'shared@mail.example']) {
    assert.equal((await signIn(world, login)).body.name, 'signInFailed', login)
  }
})

test('signing out ends the session, not only the cookie', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world)
  const cookie = cookieOf(await signIn(world, user.username))

  const out = await world.request(cookie, 'POST', '/portal/auth/sign-out', {})

  assert.equal(out.status, 200)
  assert.match(setCookies(out).join(), /kanal\.session_token=; Max-Age=0/)
  assert.equal((await world.request(cookie, 'GET', '/portal/v1/me')).status, 401)
  assert.deepEqual(await actionsAbout(world, user), ['user.signed_in', 'user.signed_out'])
})

test('a session ends twelve hours after signing in', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world)
  const cookie = cookieOf(await signIn(world, user.username))

  world.now = new Date(world.now.getTime() + 12 * 3_600_000 - 1000)
  assert.equal((await world.request(cookie, 'GET', '/portal/v1/me')).status, 200)
  world.now = new Date(world.now.getTime() + 1000)
  assert.equal((await world.request(cookie, 'GET', '/portal/v1/me')).status, 401)
})

test('there is no open sign-up, and of the library only what is used is reachable', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world)
  const body = { email: 'new@mail.example', password: testPassword, name: 'New' }

  for (const path of [
    'sign-up/email',
    'update-user',
    'change-password',
    'change-email',
    'delete-user',
    'reset-password',
  ]) {
    assert.equal((await world.request(user.cookie, 'POST', `/portal/auth/${path}`, body)).status, 404, path)
  }
  for (const path of ['get-session', 'list-sessions', 'ok']) {
    assert.equal((await world.request(user.cookie, 'GET', `/portal/auth/${path}`)).status, 404, path)
  }
})

test('a write without X-Kanal, or from another site, is refused: signing in, and everything behind it', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world)
  const app = await world.app()
  const writes = [
    ['/portal/auth/sign-in/username', { username: user.username, password: testPassword }],
    ['/portal/auth/sign-out', {}],
    ['/portal/v1/me/password', { currentPassword: testPassword, newPassword: 'another horse battery staple' }],
  ] as const

  for (const [url, payload] of writes) {
    const plain = await app.inject({ method: 'POST', url, payload, headers: { cookie: user.cookie } })
    const foreign = await world.request<Refused>(user.cookie, 'POST', url, payload, { origin: 'https://evil.example' })
    const nobody = await world.request<Refused>(user.cookie, 'POST', url, payload, { origin: 'null' })
    assert.deepEqual(
      [plain.statusCode, foreign.body.name, nobody.body.name],
      [403, 'originNotAllowed', 'originNotAllowed'],
      url,
    )
  }
  assert.equal((await world.request(user.cookie, 'GET', '/portal/v1/me')).status, 200)
})

test('what is sent to sign in has bounds, and nothing unknown is accepted', async () => {
  await using world = await givenWorld()

  for (const body of [
    {},
    { username: 'a' },
    { username: 'x'.repeat(255), password: 'y' },
    { username: 'a', password: 'y'.repeat(1025) },
    { username: 'a', password: 'y', callbackURL: 'https://evil.example' },
    { username: { $ne: '' }, password: 'y' },
  ]) {
    const answer = await world.request<Refused>(undefined, 'POST', '/portal/auth/sign-in/username', body)
    assert.equal(answer.body.name, 'invalidRequest', JSON.stringify(body))
  }
})

test('one address may try a hundred times a minute, whatever names it tries', async () => {
  await using world = await givenWorld()
  const app = await world.app()
  const answers: number[] = []
  for (let attempt = 0; attempt < 101; attempt += 1) {
    const answer = await app.inject({
      method: 'POST',
      url: '/portal/auth/sign-in/username',
      headers: { 'x-kanal': '1' },
      payload: {},
      remoteAddress: '192.0.2.7',
    })
    answers.push(answer.statusCode)
  }

  assert.deepEqual(new Set(answers.slice(0, 100)), new Set([400]))
  assert.equal(answers.at(-1), 429)
})

test('S88 a temporary password lets its user do nothing but choose another, and stops working then', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world)
  await makeTemporary(world, user, 72)
  const cookie = cookieOf(await signIn(world, user.username))
  const elsewhere = cookieOf(await signIn(world, user.username))
  const next = 'dört küçük yeşil çay'

  const before = await world.request<Refused>(cookie, 'GET', '/portal/v1/users')
  const factor = await world.request<Refused>(cookie, 'POST', '/portal/auth/two-factor/enable', {
    password: testPassword,
  })
  const me = await world.request<Me>(cookie, 'GET', '/portal/v1/me')
  const changed = await changePassword(world, cookie, next)
  const after = await world.request<Me>(cookie, 'GET', '/portal/v1/me')

  assert.deepEqual([before.status, before.body.name], [403, 'passwordChangeRequired'])
  assert.equal(factor.body.name, 'passwordChangeRequired')
  assert.equal(me.body.mustFirst, 'passwordChangeRequired')
  assert.equal(changed.status, 204)
  assert.equal(after.body.mustFirst, null)
  assert.equal((await world.request(elsewhere, 'GET', '/portal/v1/me')).status, 401)
  assert.equal((await signIn(world, user.username, testPassword)).body.name, 'signInFailed')
  assert.equal((await signIn(world, user.username, next)).status, 200)
})

test('S88 a temporary password expires after 72 hours, at sign-in and in a session that began before', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world)
  await makeTemporary(world, user, 2)
  const cookie = cookieOf(await signIn(world, user.username))

  world.now = new Date(world.now.getTime() + 2 * 3_600_000)
  const late = await signIn(world, user.username)
  const wrong = await signIn(world, user.username, 'wrong horse battery staple')
  const change = await changePassword(world, cookie, 'another horse battery staple')

  assert.deepEqual([late.status, late.body.name], [403, 'temporaryPasswordExpired'])
  assert.deepEqual(setCookies(late), [])
  assert.equal(wrong.body.name, 'signInFailed')
  assert.equal(change.body.name, 'temporaryPasswordExpired')
})

test('a new password must be good, new, and asked for with the current one', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world, { name: 'Ayşe Yılmaz' })

  for (const [body, name, rule] of [
    [{ currentPassword: testPassword, newPassword: 'kısa' }, 'weakPassword', 'passwordTooShort'],
    [{ currentPassword: testPassword, newPassword: 'Password123456' }, 'weakPassword', 'passwordTooCommon'],
    [{ currentPassword: testPassword, newPassword: 'ayşe yılmaz parola' }, 'weakPassword', 'passwordOwnName'],
    [{ currentPassword: testPassword, newPassword: testPassword }, 'weakPassword', 'passwordSame'],
    [{ currentPassword: 'wrong horse', newPassword: 'another horse battery staple' }, 'wrongPassword', 'wrongPassword'],
  ] as const) {
    const answer = await world.request<Refused & { fields: { rule: string }[] }>(
      user.cookie,
      'POST',
      '/portal/v1/me/password',
      body,
    )
    assert.deepEqual([answer.body.name, answer.body.fields[0]?.rule], [name, rule])
  }
  assert.equal((await lockOf(world, user)).failed_sign_ins, 1)
})

test('a password change repeated because its answer was lost is answered as the first time', async () => {
  await using world = await givenWorld()
  const user = await givenAgent(world)
  const body = { currentPassword: testPassword, newPassword: 'another horse battery staple' }
  const id = { 'ms-requestid': newId() }

  const first = await world.request(user.cookie, 'POST', '/portal/v1/me/password', body, id)
  const again = await world.request(user.cookie, 'POST', '/portal/v1/me/password', body, id)

  assert.deepEqual([first.status, again.status], [204, 204])
  assert.deepEqual(await actionsAbout(world, user), ['user.password_changed'])
  assert.ok(!(await everythingStored(world.deps)).includes('another horse'))
})

test('F192 a second factor is set up, asked for at the next sign-in, and a wrong code does not do', async () => {
  await using world = await givenWorld(new Date())
  const user = await givenAgent(world)
  const begun = cookieOf(await signIn(world, user.username))

  const enable = await world.request<Enabled>(begun, 'POST', '/portal/auth/two-factor/enable', {
    password: testPassword,
  })
  const uri = enable.body.totpURI
  const wrong = await world.request<Refused>(begun, 'POST', '/portal/auth/two-factor/verify-totp', { code: '000000' })
  const proved = await world.request(begun, 'POST', '/portal/auth/two-factor/verify-totp', {
    code: codeOf(uri),
  })
  const half = await signIn(world, user.username)
  const early = await world.request<Refused>(cookieOf(half), 'GET', '/portal/v1/me')
  const whole = await world.request(cookieOf(half), 'POST', '/portal/auth/two-factor/verify-totp', {
    code: codeOf(uri),
  })

  assert.equal(wrong.body.name, 'wrongCode')
  assert.equal(proved.status, 200)
  assert.deepEqual(half.body, { twoFactorRedirect: true, twoFactorMethods: ['totp'] })
  assert.equal(early.status, 401)
  assert.equal(whole.status, 200)
  const me = await world.request<Me>(cookieOf(whole), 'GET', '/portal/v1/me')
  assert.equal(me.body.user.secondFactorEnabled, true)
  assert.ok(!(await everythingStored(world.deps)).includes(new URL(uri).searchParams.get('secret') ?? 'no secret'))
  assert.deepEqual(await actionsAbout(world, user), ['user.signed_in', 'user.second_factor_changed', 'user.signed_in'])
})

test('a backup code does once in place of the app', async () => {
  await using world = await givenWorld(new Date())
  const user = await givenAgent(world)
  const begun = cookieOf(await signIn(world, user.username))
  const enable = await world.request<Enabled>(begun, 'POST', '/portal/auth/two-factor/enable', {
    password: testPassword,
  })
  const uri = enable.body.totpURI
  await world.request(begun, 'POST', '/portal/auth/two-factor/verify-totp', { code: codeOf(uri) })
  const code = enable.body.backupCodes[0] ?? ''

  const first = cookieOf(await signIn(world, user.username))
  const used = await world.request(first, 'POST', '/portal/auth/two-factor/verify-backup-code', { code })
  const second = cookieOf(await signIn(world, user.username))
  const again = await world.request<Refused>(second, 'POST', '/portal/auth/two-factor/verify-backup-code', { code })

  assert.equal(used.status, 200)
  assert.equal(again.body.name, 'wrongCode')
})

test('F192 where a second factor is demanded, only setting it up is possible without one', async () => {
  await using world = await givenWorld(new Date())
  const user = await givenAgent(world, { roles: ['global_admin'] })
  await world.request(user.cookie, 'PUT', '/portal/v1/organization/second-factor', { required: true })

  const refused = await world.request<Refused>(user.cookie, 'GET', '/portal/v1/users')
  const me = await world.request<Me>(user.cookie, 'GET', '/portal/v1/me')
  const enable = await world.request<Enabled>(user.cookie, 'POST', '/portal/auth/two-factor/enable', {
    password: testPassword,
  })
  const uri = enable.body.totpURI
  const proved = await world.request(user.cookie, 'POST', '/portal/auth/two-factor/verify-totp', {
    code: codeOf(uri),
  })

  assert.deepEqual([refused.status, refused.body.name], [403, 'secondFactorRequired'])
  assert.equal(me.body.mustFirst, 'secondFactorRequired')
  assert.equal((await world.request(cookieOf(proved), 'GET', '/portal/v1/users')).status, 200)
})

interface Me {
  readonly user: { readonly id: string; readonly secondFactorEnabled: boolean; readonly locale: string }
  readonly organization: { readonly name: string }
  readonly permissions: readonly string[]
  readonly mustFirst: string | null
}

interface Enabled {
  readonly totpURI: string
  readonly backupCodes: readonly string[]
}

interface World extends TestWorld {
  readonly providerId: Awaited<ReturnType<typeof givenOrganization>>
}

async function givenWorld(now?: Date): Promise<World> {
  const world = await testWorld(now ? { now } : {})
  return Object.assign(world, { providerId: await givenOrganization(world.deps) })
}

async function givenAgent(
  world: World,
  given: { username?: string; email?: string; name?: string; roles?: Role[] } = {},
): Promise<TestUser> {
  return await givenUser(world.deps, {
    organizationId: world.providerId,
    kind: 'provider',
    roles: ['sales_agent', 'user_management_admin'],
    ...given,
  })
}

async function signIn(world: World, username: string, password = testPassword): Promise<Reply<Refused>> {
  return await world.request<Refused>(undefined, 'POST', '/portal/auth/sign-in/username', { username, password })
}

async function changePassword(world: World, cookie: string, newPassword: string): Promise<Reply<Refused>> {
  return await world.request<Refused>(cookie, 'POST', '/portal/v1/me/password', {
    currentPassword: testPassword,
    newPassword,
  })
}

async function makeTemporary(world: World, user: TestUser, hours: number): Promise<void> {
  const until = new Date(world.now.getTime() + hours * 3_600_000)
  await sql`
    update users set must_change_password = true, temporary_password_expires_at = ${until}
    where id = ${user.userId}`.execute(world.deps.db)
  const hash = await hashPassword(testPassword, testCost)
  await sql`update credentials set password_hash = ${hash} where user_id = ${user.userId}`.execute(world.deps.db)
}

function setCookies(reply: Reply): readonly string[] {
  const header = reply.headers['set-cookie']
  return header === undefined ? [] : Array.isArray(header) ? header : [String(header)]
}

/** What a browser would send back: cookies that were set and not taken away at once. */
function cookieOf(reply: Reply): string {
  return setCookies(reply)
    .filter((line) => !/Max-Age=0/.test(line))
    .map((line) => line.split(';')[0])
    .join('; ')
}

async function actionsAbout(world: World, user: TestUser): Promise<readonly string[]> {
  const found = await sql<{ action: string }>`
    select action from audit_records where subject_id = ${user.userId} order by id`.execute(world.deps.db)
  return found.rows.map(({ action }) => action)
}

async function lockOf(world: World, user: TestUser): Promise<{ failed_sign_ins: number; locked_until: Date | null }> {
  return await world.deps.db
    .selectFrom('users')
    .select(['failed_sign_ins', 'locked_until'])
    .where('id', '=', user.userId)
    .executeTakeFirstOrThrow()
}
