import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { dayMs } from '../kernel/time.ts'
import type { Deps } from './context.ts'
import { forgetMails } from './housekeeping.ts'
import { type NewMail, queueMails } from './mail.ts'
import { restAfter, sendMails } from './send-mails.ts'
import { bodyOf, headerOf, readableHeader, testMailServer, withMailServer } from './test-mail-server.ts'
import { testWorld, type TestWorld } from './test-world.ts'

const stopping = new AbortController().signal
const minuteMs = 60_000

function mail(given: Partial<NewMail> = {}): NewMail {
  return {
    kind: 'customerAgreementAttested',
    to: { address: 'ayse@isikgida.example', name: 'Ayşe Işık' },
    language: 'tr',
    subject: 'İş ortağınız sözleşmeyi kaydetti: ğüşıöç ĞÜŞİÖÇ',
    content: { paragraphs: ['Günaydın Şükrü, ığdır İstanbul.'], footer: 'Birincil ilgili kişisiniz.' },
    ...given,
  }
}

async function queued({ deps }: TestWorld, ...mails: readonly NewMail[]): Promise<void> {
  await deps.db.transaction().execute((tx) => queueMails(tx, deps.now(), mails))
}

interface Row {
  readonly state: string
  readonly attempts: number
  readonly error: string | null
}

async function rows(deps: Deps): Promise<readonly Row[]> {
  const { rows: found } = await sql<Row>`
    select state, attempts, last_error as error from mails order by created_at, id`.execute(deps.db)
  return found
}

test('a mail is delivered once, with Turkish letters as they were written and an address of its own', async () => {
  await using world = await testWorld()
  await using server = await testMailServer()
  const deps = withMailServer(world.deps, server.url)
  await queued(world, mail())

  await sendMails(deps, stopping)
  await sendMails(deps, stopping)

  const [one, ...more] = server.received
  assert.ok(one)
  assert.equal(more.length, 0)
  assert.deepEqual([one.from, one.to], ['kanal@kanal.example', ['ayse@isikgida.example']])
  assert.equal(readableHeader(one, 'Subject'), 'İş ortağınız sözleşmeyi kaydetti: ğüşıöç ĞÜŞİÖÇ')
  assert.equal(readableHeader(one, 'To'), 'Ayşe Işık <ayse@isikgida.example>')
  assert.match(headerOf(one, 'Message-ID') ?? '', /^<[0-9a-f-]{36}@kanal\.example>$/)
  assert.equal(headerOf(one, 'Auto-Submitted'), 'auto-generated')
  assert.equal(bodyOf(one).split('Günaydın Şükrü, ığdır İstanbul.').length - 1, 2)
  assert.deepEqual(await rows(world.deps), [{ state: 'sent', attempts: 1, error: null }])
})

test('what is rolled back is never sent, and without a mail server mails wait', async () => {
  await using world = await testWorld()
  await assert.rejects(
    world.deps.db.transaction().execute(async (tx) => {
      await queueMails(tx, world.now, [mail()])
      throw new Error('changed my mind')
    }),
  )
  assert.deepEqual(await rows(world.deps), [])

  await queued(world, mail())
  await sendMails(world.deps, stopping)
  assert.deepEqual(await rows(world.deps), [{ state: 'waiting', attempts: 0, error: null }])
})

test('a recipient that the server refuses is given up with the reason; the others are sent', async () => {
  await using world = await testWorld()
  await using server = await testMailServer()
  const deps = withMailServer(world.deps, server.url)
  await queued(world, mail())
  server.answerRecipients(550)
  await sendMails(deps, stopping)

  const [refused] = await rows(world.deps)
  assert.equal(refused?.state, 'failed')
  assert.match(refused?.error ?? '', /550 No such mailbox/)

  server.answerRecipients(250)
  world.now = new Date(world.now.getTime() + 1)
  await queued(world, mail({ to: { address: 'no address', name: '' } }), mail())
  await sendMails(deps, stopping)
  assert.deepEqual((await rows(world.deps)).map(({ state }) => state).toSorted(), ['failed', 'failed', 'sent'])
  assert.equal(server.received.length, 1)
})

test('a mailbox that is full for now is tried again later, and given up after three days', async () => {
  await using world = await testWorld()
  await using server = await testMailServer()
  const deps = withMailServer(world.deps, server.url)
  await queued(world, mail())
  server.answerRecipients(452)
  const began = world.now.getTime()

  let tries = 0
  while ((await rows(world.deps))[0]?.state === 'waiting') {
    await sendMails(deps, stopping)
    tries += 1
    // Before its time it is left alone.
    await sendMails(deps, stopping)
    assert.equal((await rows(world.deps))[0]?.attempts, tries)
    world.now = new Date(world.now.getTime() + restAfter(tries))
  }

  const [given] = await rows(world.deps)
  assert.equal(given?.state, 'failed')
  assert.match(given?.error ?? '', /452/)
  assert.ok(tries >= 15 && tries <= 25, `${tries} tries`)
  assert.ok(world.now.getTime() - began >= 3 * dayMs)
  assert.deepEqual(
    [1, 2, 3, 20].map(restAfter),
    [1, 2, 4, 360].map((minutes) => minutes * minuteMs),
  )
})

test('while the server is down one mail tells it, and all are sent when it is back', async () => {
  await using world = await testWorld()
  const port = await freePort()
  const deps = withMailServer(world.deps, `smtp://127.0.0.1:${port}`)
  await queued(world, mail(), mail(), mail())

  await sendMails(deps, stopping)
  assert.deepEqual((await rows(world.deps)).map(({ attempts }) => attempts).toSorted(), [0, 0, 1])

  await using server = await testMailServer(port)
  world.now = new Date(world.now.getTime() + minuteMs)
  await sendMails(deps, stopping)
  assert.deepEqual(
    (await rows(world.deps)).map(({ state }) => state),
    ['sent', 'sent', 'sent'],
  )
  assert.equal(server.received.length, 3)
})

async function freePort(): Promise<number> {
  const server = await testMailServer()
  await server[Symbol.asyncDispose]()
  return Number(new URL(server.url).port)
}

test('two processes that send at once send each mail once', async () => {
  await using world = await testWorld()
  await using server = await testMailServer()
  const deps = withMailServer(world.deps, server.url)
  await queued(world, ...Array.from({ length: 50 }, () => mail()))

  await Promise.all([sendMails(deps, stopping), sendMails(deps, stopping), sendMails(deps, stopping)])

  assert.equal(server.received.length, 50)
  assert.equal(new Set(server.received.map((one) => headerOf(one, 'Message-ID'))).size, 50)
})

test('a mail whose sender died before noting it is sent again by another one, recognizable by its Message-ID', async () => {
  await using world = await testWorld()
  await using server = await testMailServer()
  const deps = withMailServer(world.deps, server.url)
  await queued(world, mail())
  // The database is gone for the note, as for a process that is killed at this moment.
  const dying: Deps = {
    ...deps,
    now: () => {
      if (server.received.length > 0) throw new Error('killed')
      return deps.now()
    },
  }

  await assert.rejects(sendMails(dying, stopping), { message: 'killed' })
  await sendMails(deps, stopping)
  assert.equal(server.received.length, 1, 'the dead one may still be at it')

  world.now = new Date(world.now.getTime() + 10 * minuteMs)
  await sendMails(deps, stopping)
  assert.equal(server.received.length, 2)
  assert.equal(new Set(server.received.map((one) => headerOf(one, 'Message-ID'))).size, 1)
  assert.deepEqual(await rows(world.deps), [{ state: 'sent', attempts: 2, error: null }])
})

test('mails that waited too long for a mail server are given up instead of surprising people', async () => {
  await using world = await testWorld()
  await using server = await testMailServer()
  await queued(world, mail())
  world.now = new Date(world.now.getTime() + 3 * dayMs)
  await queued(world, mail())

  await sendMails(withMailServer(world.deps, server.url), stopping)

  assert.deepEqual(await rows(world.deps), [
    { state: 'failed', attempts: 0, error: 'not sent in time' },
    { state: 'sent', attempts: 1, error: null },
  ])
  assert.equal(server.received.length, 1)
})

test('no name, address or subject can put in a header or a recipient', async () => {
  await using world = await testWorld()
  await using server = await testMailServer()
  const evil = 'x\r\nBcc: thief@evil.example\r\n\r\nbody'
  await queued(
    world,
    mail({ subject: evil, to: { address: 'a@b.example', name: `${evil}" <thief@evil.example>, "` } }),
    mail({ to: { address: 'a@b.example\r\nBcc: thief@evil.example', name: '' } }),
    mail({ to: { address: 'a@b.example,thief@evil.example', name: '' } }),
    mail({ to: { address: 'a@b.example> <thief@evil.example', name: '' } }),
  )

  await sendMails(withMailServer(world.deps, server.url), stopping)

  assert.equal(server.received.length, 1)
  const [one] = server.received
  assert.ok(one)
  assert.deepEqual(one.to, ['a@b.example'])
  assert.equal(headerOf(one, 'Bcc'), undefined)
  assert.match(readableHeader(one, 'Subject') ?? '', /^x Bcc: thief@evil\.example body$/)
})

test('mails are kept for ninety days, sent or not', async () => {
  await using world = await testWorld()
  await queued(world, mail())
  world.now = new Date(world.now.getTime() + 90 * dayMs)
  await queued(world, mail())
  await forgetMails(world.deps)
  assert.equal((await rows(world.deps)).length, 2)

  world.now = new Date(world.now.getTime() + 1)
  await forgetMails(world.deps)
  assert.equal((await rows(world.deps)).length, 1)
})
