import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { CustomerId, OrganizationId, SubscriptionId } from '../../kernel/ids.ts'
import type { Role } from '../../kernel/permissions.ts'
import { dayMs } from '../../kernel/time.ts'
import { advanceClock } from '../../platform/advance-clock.ts'
import type { Locale } from '../../platform/context.ts'
import { dueWorkSweep } from '../../platform/due-work.ts'
import type { MailContent } from '../../platform/mail-layout.ts'
import { dumpWorld } from '../../platform/test-dump-world.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenCustomer } from '../customers/test-customers.ts'
import { givenUser, type TestUser } from '../identity/test-users.ts'
import { sentenceOf } from '../notifications/sentences.ts'
import { givenSubscription } from '../overview/test-subscriptions.ts'
import { givenPartnership } from '../partnerships/test-partnerships.ts'
import { givenProvider, givenReseller, type TestOrganization } from '../program/test-organizations.ts'
import { renewalReminders } from './remind-renewals.ts'

const never = new AbortController().signal
const works = [renewalReminders]

interface Ending {
  readonly customerId: CustomerId
  readonly providerId: OrganizationId
  readonly endOn: string
  readonly name?: string
  readonly resellerOfRecord?: OrganizationId
  /** Columns that differ from an active license with auto-renew. */
  readonly set?: Readonly<Record<string, unknown>>
}

async function ending({ deps }: TestWorld, given: Ending): Promise<SubscriptionId> {
  const { set = {}, name, ...subscription } = given
  const made = await givenSubscription(deps, { ...subscription, ...(name === undefined ? {} : { friendlyName: name }) })
  await change(deps, made.subscriptionId, set)
  return made.subscriptionId
}

async function change(
  deps: TestWorld['deps'],
  id: SubscriptionId,
  set: Readonly<Record<string, unknown>>,
): Promise<void> {
  const columns = Object.entries(set).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  if (columns.length === 0) return
  await sql`update subscriptions set ${sql.join(columns)} where id = ${id}`.execute(deps.db)
}

const trial = { kind: 'trial', quantity: 25, term: 'P1M' }

interface Mailed {
  readonly to: string
  readonly subject: string
  readonly content: MailContent
}

async function mails({ deps }: TestWorld): Promise<readonly Mailed[]> {
  const { rows } =
    await sql<Mailed>`select to_address as to, subject, content from mails order by created_at, to_address`.execute(
      deps.db,
    )
  return rows
}

function named({ content }: Mailed): readonly string[] {
  return (content.lists ?? []).flatMap(({ heading, rows }) => rows.map(({ title }) => `${heading}: ${title}`))
}

/** What stands in an organization's action center, in English, newest last. */
async function told({ deps }: TestWorld, { organizationId }: TestOrganization): Promise<readonly string[]> {
  const rows = await deps.db
    .selectFrom('notifications')
    .select(['kind', 'params', 'created_at'])
    .where('organization_id', '=', organizationId)
    .execute()
  return rows
    .map(({ kind, params, created_at }) => {
      const text = sentenceOf('en', kind as 'renewalAhead', params as Record<string, string>)
      return `${created_at.toISOString()} ${text}`
    })
    .toSorted()
}

async function person(
  { deps }: TestWorld,
  organization: TestOrganization,
  kind: 'provider' | 'reseller',
  role: Role,
  email: string,
  locale: Locale = 'en',
): Promise<TestUser> {
  return await givenUser(deps, { ...organization, kind, roles: [role], email, locale })
}

async function sweep(world: TestWorld, at: string): Promise<void> {
  world.now = new Date(at)
  await dueWorkSweep(works).run(world.deps, never)
}

test('F163 F238 each term has its reminders on their days, once, and one mail a person and day in its language', async () => {
  await using world = await testWorld({ now: new Date('2026-12-01T09:00:00Z') })
  const provider = await givenProvider(world.deps, { name: 'Aslan Dağıtım' })
  const { customerId } = await givenCustomer(world.deps, provider, { name: 'Kestane Gıda' })
  const own = { customerId, providerId: provider.organizationId }
  await ending(world, { ...own, endOn: '2026-12-31' })
  await ending(world, { ...own, endOn: '2026-12-31', name: 'Merkez', set: { auto_renew: false } })
  await ending(world, { ...own, endOn: '2026-12-15', set: { ...trial, start_on: '2026-11-16' } })
  await person(world, provider, 'provider', 'sales_agent', 'satis@aslan.example', 'tr')
  await person(world, provider, 'provider', 'global_admin', 'admin@aslan.example')
  await person(world, provider, 'provider', 'helpdesk_agent', 'help@aslan.example')

  await sweep(world, '2026-12-01T09:00:00Z')
  await sweep(world, '2026-12-01T09:01:00Z')

  const first = await mails(world)
  assert.deepEqual(
    first.map(({ to, subject }) => [to, subject]),
    [
      ['admin@aslan.example', '3 subscriptions renew or end soon'],
      ['satis@aslan.example', '3 abonelik yakında yenileniyor veya sona eriyor'],
    ],
  )
  assert.deepEqual(named(first[0] as Mailed), [
    'In 14 days, on 15 Dec 2026: Business Standard',
    'In 30 days, on 31 Dec 2026: Business Standard',
    'In 30 days, on 31 Dec 2026: Business Standard (Merkez)',
  ])
  assert.deepEqual(named(first[1] as Mailed)[0], '14 gün sonra, 15 Ara 2026: Business Standard')
  const [, , merkez] = first[0]?.content.lists?.flatMap(({ rows }) => rows) ?? []
  assert.equal(merkez?.detail, 'Kestane Gıda – 5 licenses – ends, since auto-renew is off')

  for (let day = 2; day <= 31; day += 1) await sweep(world, `2026-12-${String(day).padStart(2, '0')}T00:00:10Z`)
  assert.deepEqual(await told(world, provider), [
    '2026-12-01T00:00:00.000Z Business Standard (Merkez) of Kestane Gıda ends on 31 Dec 2026 and does not renew.',
    '2026-12-01T00:00:00.000Z Business Standard of Kestane Gıda renews after 31 Dec 2026.',
    '2026-12-01T00:00:00.000Z The trial Business Standard of Kestane Gıda becomes a paid subscription after 15 Dec 2026.',
    '2026-12-08T00:00:00.000Z The trial Business Standard of Kestane Gıda becomes a paid subscription after 15 Dec 2026.',
    '2026-12-14T00:00:00.000Z The trial Business Standard of Kestane Gıda becomes a paid subscription after 15 Dec 2026.',
    '2026-12-24T00:00:00.000Z Business Standard (Merkez) of Kestane Gıda ends on 31 Dec 2026 and does not renew.',
    '2026-12-24T00:00:00.000Z Business Standard of Kestane Gıda renews after 31 Dec 2026.',
    '2026-12-30T00:00:00.000Z Business Standard (Merkez) of Kestane Gıda ends on 31 Dec 2026 and does not renew.',
    '2026-12-30T00:00:00.000Z Business Standard of Kestane Gıda renews after 31 Dec 2026.',
  ])
  assert.equal((await mails(world)).length, 10, 'five days, two people')
})

test('resellers hear of what they manage or resell, by active partnership only, and nobody of others’ subscriptions', async () => {
  await using world = await testWorld({ now: new Date('2026-12-01T09:00:00Z') })
  const provider = await givenProvider(world.deps, { name: 'Aslan' })
  const [ruzgar, rota, eski] = [
    await givenReseller(world.deps, { name: 'Rüzgar' }),
    await givenReseller(world.deps, { name: 'Rota' }),
    await givenReseller(world.deps, { name: 'Eski' }),
  ] as const
  const withRuzgar = await givenPartnership(world.deps, provider, ruzgar)
  await givenPartnership(world.deps, provider, rota)
  const kestane = await givenCustomer(world.deps, provider, {
    reseller: { organizationId: ruzgar.organizationId, partnershipId: withRuzgar },
  })
  const own = { customerId: kestane.customerId, providerId: provider.organizationId, endOn: '2026-12-08' }
  await ending(world, { ...own, name: 'A', resellerOfRecord: rota.organizationId })
  await ending(world, { ...own, name: 'B', resellerOfRecord: eski.organizationId })
  await ending(world, { ...own, name: 'C', resellerOfRecord: ruzgar.organizationId })
  for (const [reseller, name] of [
    [ruzgar, 'ruzgar'],
    [rota, 'rota'],
    [eski, 'eski'],
  ] as const) {
    await person(world, reseller, 'reseller', 'admin_agent', `${name}@mail.example`)
  }
  const stranger = await givenProvider(world.deps, { name: 'Baykuş' })
  await person(world, stranger, 'provider', 'global_admin', 'baykus@mail.example')

  await sweep(world, '2026-12-01T09:00:00Z')

  const sent = await mails(world)
  assert.deepEqual(
    sent.map(({ to, subject, content }) => [
      to,
      subject,
      content.lists?.[0]?.rows.map(({ title }) => title.slice(-2, -1)).toSorted(),
    ]),
    [
      ['rota@mail.example', 'Aslan: 1 subscription renews or ends soon', ['A']],
      ['ruzgar@mail.example', 'Aslan: 3 subscriptions renew or end soon', ['A', 'B', 'C']],
    ],
  )
  assert.equal((await told(world, ruzgar)).length, 3)
  assert.equal((await told(world, rota)).length, 1)
  assert.deepEqual(await told(world, eski), [])
})

test('canceled, failed and just bought subscriptions have no reminder; a suspended one has', async () => {
  await using world = await testWorld({ now: new Date('2026-12-01T09:00:00Z') })
  const provider = await givenProvider(world.deps)
  const { customerId } = await givenCustomer(world.deps, provider)
  const own = { customerId, providerId: provider.organizationId, endOn: '2026-12-31' }
  await ending(world, { ...own, name: 'canceled', set: { auto_renew: false, status: 'canceled' } })
  await ending(world, { ...own, name: 'failed', set: { provisioning_status: 'failed' } })
  await ending(world, { ...own, name: 'monthly', set: { start_on: '2026-12-01', term: 'P1M' } })
  await ending(world, { ...own, name: 'suspended', set: { auto_renew: false, status: 'suspended' } })
  const stopped = await ending(world, { ...own, name: 'stopped' })

  await sweep(world, '2026-12-01T09:00:00Z')
  assert.deepEqual(
    (await told(world, provider)).map((text) => /\((\w+)\)/.exec(text)?.[1]),
    ['stopped', 'suspended'],
  )

  await change(world.deps, stopped, { auto_renew: false, status: 'canceled' })
  await sweep(world, '2026-12-24T00:00:30Z')
  assert.deepEqual(
    (await told(world, provider)).slice(2).map((text) => /\((\w+)\)/.exec(text)?.[1]),
    ['monthly', 'suspended'],
  )
})

test('after days without a sweep a reminder comes once, late; the nearer one takes the place of the farther one', async () => {
  await using world = await testWorld({ now: new Date('2026-12-01T09:00:00Z') })
  const provider = await givenProvider(world.deps)
  const { customerId } = await givenCustomer(world.deps, provider)
  const own = { customerId, providerId: provider.organizationId }
  await ending(world, { ...own, name: 'late', endOn: '2027-01-01' })
  await ending(world, { ...own, name: 'both', endOn: '2026-12-11' })
  await ending(world, { ...own, name: 'over', endOn: '2026-12-09' })
  await sweep(world, '2026-12-01T09:00:00Z')
  assert.equal((await told(world, provider)).length, 0, 'sold only now')
  await ending(world, { ...own, name: 'one', endOn: '2026-12-12' })

  await sweep(world, '2026-12-10T14:00:00Z')
  await sweep(world, '2026-12-10T15:00:00Z')

  assert.deepEqual(
    (await told(world, provider)).map((text) => text.slice(0, 10) + (/\((\w+)\)/.exec(text)?.[1] ?? '')),
    ['2026-12-10both', '2026-12-10late', '2026-12-10one'],
  )
  const { rows } =
    await sql`select days_before, count(*)::int as number from renewal_reminders group by 1 order by 1`.execute(
      world.deps.db,
    )
  assert.deepEqual(rows, [
    { days_before: 1, number: 1 },
    { days_before: 7, number: 1 },
    { days_before: 30, number: 1 },
  ])
})

test('one leap of a sandbox’s clock leaves the same reminders as day by day, and its mails name the sandbox', async () => {
  const dumps: string[] = []
  for (const steps of [1, 60]) {
    await using world = await testWorld({ now: new Date('2026-12-01T09:00:00Z') })
    const provider = await givenProvider(world.deps, { name: 'Aslan Deneme' })
    const { organizationId } = provider
    await sql`update organizations set world = 'sandbox' where id = ${organizationId}`.execute(world.deps.db)
    const { customerId } = await givenCustomer(world.deps, provider, { name: 'Kestane' })
    const own = { customerId, providerId: organizationId }
    for (const endOn of ['2026-12-05', '2026-12-31', '2027-01-15', '2027-01-15']) await ending(world, { ...own, endOn })
    await ending(world, { ...own, endOn: '2026-12-20', set: { ...trial, start_on: '2026-11-21', auto_renew: false } })
    await person(world, provider, 'provider', 'admin_agent', 'admin@aslan.example', 'tr')
    await dueWorkSweep(works).run(world.deps, never)

    for (let step = 1; step <= steps; step += 1) {
      const to = new Date(world.now.getTime() + (60 / steps) * step * dayMs)
      await advanceClock(world.deps, works, organizationId, to, never)
    }

    const sent = await mails(world)
    // The rows of subscriptions were written past the rules, at the database's own time; reminders do not touch them.
    const dump = await dumpWorld(world.deps, organizationId, ['subscriptions'])
    dumps.push([dump, ...sent.map((mail) => [mail.subject, ...named(mail)].join('; ')).toSorted()].join('\n'))
    assert.equal((await told(world, provider)).length, 13)
    assert.ok(sent.every(({ subject }) => subject.startsWith('[Test ortamı Aslan Deneme] ')))
    const { rows } = await sql`select from mails where next_try_at <> ${world.now}`.execute(world.deps.db)
    assert.equal(rows.length, 0, 'mail is sent in the real world')
  }
  assert.equal(dumps[0], dumps[1])
})

test('processes that sweep at once remind once', async () => {
  await using world = await testWorld({ now: new Date('2026-12-01T09:00:00Z') })
  const provider = await givenProvider(world.deps)
  const { customerId } = await givenCustomer(world.deps, provider)
  await person(world, provider, 'provider', 'admin_agent', 'admin@aslan.example')
  for (let count = 0; count < 5; count += 1) {
    await ending(world, { customerId, providerId: provider.organizationId, endOn: '2026-12-08' })
  }

  const runs = Array.from({ length: 4 }, () =>
    renewalReminders.run(world.deps, provider.organizationId, world.now, never),
  )
  const counts = (await Promise.all(runs)).map((count) => count['renewal.reminded'] ?? 0)

  assert.deepEqual(counts.toSorted(), [0, 0, 0, 5])
  assert.equal((await mails(world)).length, 1)
})

test('F237 many subscriptions are one notification and a mail of fifty with the number of the others; who declined has no mail', async () => {
  await using world = await testWorld({ now: new Date('2026-12-01T09:00:00Z') })
  const provider = await givenProvider(world.deps, { name: 'Aslan' })
  const { customerId } = await givenCustomer(world.deps, provider)
  await person(world, provider, 'provider', 'admin_agent', 'admin@aslan.example')
  const silent = await person(world, provider, 'provider', 'global_admin', 'silent@aslan.example')
  const { status } = await world.request(silent.actor, 'PUT', '/portal/v1/mail-preferences', { reminders: false })
  assert.equal(status, 204)
  for (let count = 0; count < 53; count += 1) {
    await ending(world, { customerId, providerId: provider.organizationId, endOn: '2026-12-08' })
  }

  await sweep(world, '2026-12-01T09:00:00Z')

  const [mail, ...others] = await mails(world)
  assert.ok(mail)
  assert.deepEqual([others.length, mail.to], [0, 'admin@aslan.example'])
  assert.equal(mail.subject, '53 subscriptions renew or end soon')
  assert.equal(named(mail).length, 51)
  assert.equal(named(mail).at(-1), 'In 7 days, on 8 Dec 2026: … and 3 more')
  assert.deepEqual(await told(world, provider), [
    '2026-12-01T00:00:00.000Z 53 subscriptions sold by Aslan renew or end soon. The renewal radar lists them.',
  ])
})
