import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../../kernel/ids.ts'
import type { Actor } from '../../platform/context.ts'
import { queueMails } from '../../platform/mail.ts'
import { sendMails } from '../../platform/send-mails.ts'
import { testMailServer } from '../../platform/test-mail-server.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { givenUser } from '../identity/test-users.ts'
import { givenOperator, givenProvider } from '../program/test-organizations.ts'
import type { Mail, MailDetail } from './wire.ts'

const base = '/portal/v1/mails'
const stopping = new AbortController().signal

async function operatorOf(world: TestWorld): Promise<Actor> {
  const operator = await givenOperator(world.deps)
  return (await givenUser(world.deps, { ...operator, kind: 'operator', roles: ['platform_operator'] })).actor
}

async function queued(world: TestWorld, ...people: readonly string[]): Promise<void> {
  for (const name of people) {
    world.now = new Date(world.now.getTime() + 1000)
    await world.deps.db.transaction().execute((tx) =>
      queueMails(tx, world.now, [
        {
          kind: 'customerAgreementAttested',
          to: { address: `${name.toLowerCase()}@mail.example`, name },
          language: 'en',
          subject: `For ${name} <b>`,
          content: { paragraphs: [`Hello ${name} <b>`], footer: 'Why' },
        },
      ]),
    )
  }
}

async function list(world: TestWorld, actor: Actor, query = ''): Promise<{ items: Mail[]; next: string | null }> {
  const reply = await world.request<{ items: Mail[]; next: string | null }>(actor, 'GET', `${base}${query}`)
  assert.equal(reply.status, 200)
  return reply.body
}

test('the operator finds mails by recipient, subject and state, and pages without losing one', async () => {
  await using world = await testWorld()
  const operator = await operatorOf(world)
  await queued(world, 'Ada', 'Bora', 'Ceyda')
  await world.deps.db
    .updateTable('mails')
    .set({ state: 'sent', finished_at: world.now })
    .where('to_name', '=', 'Bora')
    .execute()
  const names = (page: { items: Mail[] }) => page.items.map(({ recipient }) => recipient.name)

  assert.deepEqual(names(await list(world, operator)), ['Ceyda', 'Bora', 'Ada'])
  assert.deepEqual(names(await list(world, operator, '?state=waiting')), ['Ceyda', 'Ada'])
  assert.deepEqual(names(await list(world, operator, '?search=ada%40mail')), ['Ada'])
  assert.deepEqual(names(await list(world, operator, '?search=FOR%20CEY')), ['Ceyda'])
  assert.deepEqual(names(await list(world, operator, '?kind=renewalReminder')), [])
  const first = await list(world, operator, '?size=2')
  assert.deepEqual(names(await list(world, operator, `?size=2&cursor=${first.next}`)), ['Ada'])
  assert.equal((await world.request(operator, 'GET', `${base}?cursor=abc`)).status, 400)
})

test('the operator reads a mail as its reader has it, with nothing in it that could run', async () => {
  await using world = await testWorld()
  const operator = await operatorOf(world)
  await queued(world, 'Ada')
  const id = (await list(world, operator)).items[0]?.id

  const { body } = await world.request<MailDetail>(operator, 'GET', `${base}/${id}`)

  assert.match(body.text, /^Hello Ada <b>\n/)
  assert.match(body.html, /Hello Ada &lt;b&gt;/)
  assert.equal(body.nextTryAt, '2026-12-01T09:00:01.000Z')
  assert.equal((await world.request(operator, 'GET', `${base}/${newId()}`)).status, 404)
})

test('S2 nobody but the operator sees the outbox or has a mail tried again', async () => {
  await using world = await testWorld()
  const operator = await operatorOf(world)
  const provider = await givenProvider(world.deps)
  const { actor } = await givenUser(world.deps, {
    ...provider,
    kind: 'provider',
    roles: ['global_admin', 'admin_agent'],
  })
  await queued(world, 'Ada')
  const id = (await list(world, operator)).items[0]?.id

  assert.equal((await world.request(actor, 'GET', base)).status, 403)
  assert.equal((await world.request(actor, 'GET', `${base}/${id}`)).status, 403)
  assert.equal((await world.request(actor, 'POST', `${base}/${id}/retry`, {})).status, 403)
})

test('a mail that was given up is tried again and recorded; one that was sent is not, nor any without a mail server', async () => {
  await using world = await testWorld()
  await using server = await testMailServer()
  const operator = await operatorOf(world)
  await queued(world, 'Ada')
  const id = (await list(world, operator)).items[0]?.id
  const retry = `${base}/${id}/retry`
  const without = await world.request<{ name: string }>(operator, 'POST', retry, {})
  assert.deepEqual([without.status, without.body.name], [409, 'mailServerMissing'])

  Object.assign(world.deps.config, { smtpUrl: server.url, mailFrom: { name: '', address: 'kanal@kanal.example' } })
  server.answerRecipients(550)
  await sendMails(world.deps, stopping)
  assert.equal((await list(world, operator, '?state=failed')).items.length, 1)

  server.answerRecipients(250)
  assert.equal((await world.request(operator, 'POST', retry, {})).status, 204)
  assert.deepEqual(world.nudged, ['mail'])
  await sendMails(world.deps, stopping)
  assert.equal(server.received.length, 1)
  assert.equal((await list(world, operator, '?state=sent')).items[0]?.attempts, 2)
  const again = await world.request<{ name: string }>(operator, 'POST', retry, {})
  assert.deepEqual([again.status, again.body.name], [409, 'mailSent'])
  assert.equal((await world.request(operator, 'POST', `${base}/${newId()}/retry`, {})).status, 404)
  const recorded = await world.deps.db.selectFrom('audit_records').select(['action', 'subject_id']).execute()
  assert.deepEqual(recorded, [{ action: 'mail.retried', subject_id: id }])
})

test('F237 reminders by mail are one person’s own choice', async () => {
  await using world = await testWorld()
  const provider = await givenProvider(world.deps)
  const someone = async () =>
    (await givenUser(world.deps, { ...provider, kind: 'provider', roles: ['sales_agent'] })).actor
  const [one, other] = [await someone(), await someone()]
  const wants = async (actor: Actor) =>
    (await world.request<{ reminders: boolean }>(actor, 'GET', '/portal/v1/mail-preferences')).body.reminders

  assert.equal((await world.request(one, 'PUT', '/portal/v1/mail-preferences', { reminders: false })).status, 204)
  assert.equal((await world.request(one, 'PUT', '/portal/v1/mail-preferences', { reminders: false })).status, 204)
  assert.deepEqual([await wants(one), await wants(other)], [false, true])
  await world.request(one, 'PUT', '/portal/v1/mail-preferences', { reminders: true })
  assert.equal(await wants(one), true)
})
