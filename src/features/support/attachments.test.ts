import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Actor } from '../../platform/context.ts'
import { testWorld, type TestWorld } from '../../platform/test-world.ts'
import { forgetFiles } from './forget-files.ts'
import { attachmentLimits } from './rules.ts'
import { fileForm, givenServiceDesk, givenServiceRequest, png } from './test-support.ts'
import type { Message, Uploaded } from './wire.ts'

const uploads = '/portal/v1/service-request-attachments'

async function send(world: TestWorld, actor: Actor, name: string, bytes: Uint8Array, requestId?: string) {
  const { body, headers } = fileForm(name, bytes)
  return await world.request<Uploaded & { name: string }>(actor, 'POST', uploads, body, {
    ...headers,
    ...(requestId === undefined ? {} : { 'ms-requestid': requestId }),
  })
}

async function storedObjects(world: TestWorld): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(distinct key)::int as count from stored_objects`.execute(
    world.deps.db,
  )
  return rows[0]?.count ?? 0
}

test('F197 files go along with a message, and come back as downloads for everybody who reads it, and for nobody else', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const other = await givenServiceDesk(world)
  const log = Buffer.from('Sabah 09:00 – bağlantı koptu\n'.repeat(50_000))
  const picture = await send(world, desk.owner.actor, 'Ekran görüntüsü.png', png)
  const text = await send(world, desk.owner.actor, 'günlük.log', log)
  assert.deepEqual([picture.status, text.status], [200, 200], JSON.stringify([picture.body, text.body]))

  const { path } = await givenServiceRequest(world.deps, desk, { attachments: [text.body.id, picture.body.id] })

  const { body } = await world.request<{ items: Message[] }>(desk.resellerAgent.actor, 'GET', `${path}/messages`)
  const files = body.items[0]?.attachments ?? []
  assert.deepEqual(
    files.map(({ fileName, mediaType, sizeBytes }) => [fileName, mediaType, sizeBytes]),
    [
      ['günlük.log', 'text/plain', log.length],
      ['Ekran görüntüsü.png', 'image/png', png.length],
    ],
  )
  const url = `${path}/attachments/${files[0]?.id}`
  const { status, headers, body: bytes } = await world.request(desk.resellerAgent.actor, 'GET', url)
  assert.equal(status, 200)
  assert.equal(bytes, log.toString())
  assert.equal(
    headers['content-disposition'],
    `attachment; filename="g_nl_k.log"; filename*=UTF-8''g%C3%BCnl%C3%BCk.log`,
  )
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.match(String(headers['content-security-policy']), /sandbox/)
  for (const { actor } of [desk.providerAgent, other.owner, other.resellerAgent]) {
    assert.equal((await world.request(actor, 'GET', url)).status, 404)
  }
  const elsewhere = await givenServiceRequest(world.deps, desk)
  assert.equal(
    (await world.request(desk.owner.actor, 'GET', `${elsewhere.path}/attachments/${files[0]?.id}`)).status,
    404,
  )
})

test('the file of an internal note is for the note’s organization only', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { path } = await givenServiceRequest(world.deps, desk)
  const { body: file } = await send(world, desk.resellerAgent.actor, 'not.txt', Buffer.from('gizli'))
  await world.request(desk.resellerAgent.actor, 'POST', `${path}/messages`, {
    kind: 'note',
    body: 'Bakınız',
    attachments: [file.id],
  })

  assert.equal((await world.request(desk.resellerAgent.actor, 'GET', `${path}/attachments/${file.id}`)).status, 200)
  assert.equal((await world.request(desk.owner.actor, 'GET', `${path}/attachments/${file.id}`)).status, 404)
})

test('what a file is decides its bytes: programs, pages and disguised files are refused, and so are empty and too large ones', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600)])
  const tries = [
    ['fatura.png', program, 'fileTypeRefused'],
    ['program.exe', program, 'fileTypeRefused'],
    ['resim.png', Buffer.from('<script>alert(1)</script>'), 'fileTypeRefused'],
    ['sayfa.html', Buffer.from('<html></html>'), 'fileTypeRefused'],
    ['resim.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'fileTypeRefused'],
    ['metin.txt', png, 'fileTypeRefused'],
    ['metin.txt', Buffer.from([65, 0, 66]), 'fileTypeRefused'],
    ['bos.txt', Buffer.alloc(0), 'fileEmpty'],
    ['buyuk.txt', Buffer.alloc(attachmentLimits.bytes + 1, 65), 'bodyTooLarge'],
  ] as const

  for (const [name, bytes, refusal] of tries) {
    const { status, body } = await send(world, desk.owner.actor, name, bytes)
    assert.equal(body.name, refusal, name)
    assert.equal(status, refusal === 'bodyTooLarge' ? 413 : 400, name)
  }
  assert.equal(await storedObjects(world), 0)
  assert.equal((await send(world, desk.owner.actor, 'tam.txt', Buffer.alloc(attachmentLimits.bytes, 65))).status, 200)
})

test('a file goes into one message only, of its sender only, and at most five go along', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { path } = await givenServiceRequest(world.deps, desk)
  const reply = async (actor: Actor, attachments: readonly string[]) =>
    await world.request<{ name: string; fields: { field: string; rule: string }[] }>(
      actor,
      'POST',
      `${path}/messages`,
      {
        kind: 'reply',
        body: 'Ekte',
        attachments,
      },
    )
  const { body: file } = await send(world, desk.owner.actor, 'a.txt', Buffer.from('a'))

  const foreign = await reply(desk.resellerAgent.actor, [file.id])
  assert.deepEqual([foreign.status, foreign.body.fields[0]?.rule], [400, 'fileGone'])
  assert.equal((await reply(desk.owner.actor, [file.id])).status, 200)
  assert.equal((await reply(desk.owner.actor, [file.id])).status, 400)
  assert.equal(
    (
      await reply(
        desk.owner.actor,
        Array.from({ length: 6 }, () => file.id),
      )
    ).body.fields[0]?.rule,
    'tooMany',
  )
})

test('the same upload under one MS-RequestId is kept once, another file under it is refused', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)

  const one = await send(world, desk.owner.actor, 'a.txt', Buffer.from('a'), 'upload-1')
  const again = await send(world, desk.owner.actor, 'a.txt', Buffer.from('a'), 'upload-1')
  const other = await send(world, desk.owner.actor, 'a.txt', Buffer.from('b'), 'upload-1')

  assert.equal(one.body.id, again.body.id)
  assert.deepEqual([other.status, other.body.name], [409, 'requestIdReused'])
  assert.equal(await storedObjects(world), 1)
})

test('files that went into no message are deleted after a day, and those whose message is gone at once', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  const { body: sent } = await send(world, desk.owner.actor, 'a.txt', Buffer.from('a'))
  await send(world, desk.owner.actor, 'b.txt', Buffer.from('b'))
  await givenServiceRequest(world.deps, desk, { attachments: [sent.id] })

  world.now = new Date(world.now.getTime() + 86_400_000 - 1)
  await forgetFiles(world.deps)
  assert.equal(await storedObjects(world), 2)
  world.now = new Date(world.now.getTime() + 1)
  await forgetFiles(world.deps)
  assert.equal(await storedObjects(world), 1)
  await sql`delete from service_request_attachments`.execute(world.deps.db)
  await forgetFiles(world.deps)
  assert.equal(await storedObjects(world), 0)
})

test('nobody keeps more than forty files waiting for a message', async () => {
  await using world = await testWorld()
  const desk = await givenServiceDesk(world)
  for (let count = 0; count < attachmentLimits.waiting; count += 1) {
    assert.equal((await send(world, desk.owner.actor, 'a.txt', Buffer.from('a'))).status, 200)
  }

  const { status, body } = await send(world, desk.owner.actor, 'a.txt', Buffer.from('a'))
  assert.deepEqual([status, body.name], [409, 'tooManyUploads'])
})
