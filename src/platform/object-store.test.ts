import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { databaseStore, type ObjectStore, s3Store } from './object-store.ts'
import { testWorld } from './test-world.ts'

const bytes = Buffer.from(Array.from({ length: 2 * 1024 * 1024 + 17 }, (_, at) => (at * 31) % 251))

async function keepsAndForgets(store: ObjectStore): Promise<void> {
  assert.equal(await store.get('a/one'), undefined)
  await store.put('a/one', bytes)
  await store.put('a/two', Buffer.from('two'))
  const stream = await store.get('a/one')
  assert.ok(stream)
  assert.ok((await buffer(stream)).equals(bytes))
  await store.put('a/one', Buffer.from('shorter'))
  const again = await store.get('a/one')
  assert.equal(again && (await buffer(again)).toString(), 'shorter')
  await store.remove('a/one')
  await store.remove('a/one')
  assert.equal(await store.get('a/one'), undefined)
  const two = await store.get('a/two')
  assert.equal(two && (await buffer(two)).toString(), 'two')
}

test('the database keeps an object in parts, gives it back as it was, and forgets it', async () => {
  await using world = await testWorld()

  await keepsAndForgets(databaseStore(world.deps.db))
})

const account = { bucket: 'kanal-files', region: 'eu-central-1', key: 'AKTEST', secret: 'a-secret-key-of-a-store' }

/** A store of our own that believes nobody without a right signature, worked out anew from the published procedure. */
async function signedStore() {
  const objects = new Map<string, Buffer>()
  const seen: string[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const path = request.url ?? ''
      seen.push(`${request.method} ${path}`)
      if (!isSigned(request, body)) return response.writeHead(403).end('SignatureDoesNotMatch')
      if (request.method === 'PUT') objects.set(path, body)
      if (request.method === 'DELETE') objects.delete(path)
      if (request.method !== 'GET') return response.writeHead(request.method === 'PUT' ? 200 : 204).end()
      const found = objects.get(path)
      return found ? response.writeHead(200).end(found) : response.writeHead(404).end('NoSuchKey')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const header = String(request.headers.authorization)
  const [, credential = '', names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(header) ?? []
  const [key, day = '', region = '', service = '', end = ''] = credential.split('/')
  const bodyHash = String(request.headers['x-amz-content-sha256'])
  const signed = names.split(';')
  if (key !== account.key || region !== account.region || bodyHash !== sha256(body)) return false
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.includes(name))) return false
  const canonical = [
    request.method,
    request.url,
    '',
    ...signed.map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    names,
    bodyHash,
  ].join('\n')
  const scope = `${day}/${region}/${service}/${end}`
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  const signing = hmac(hmac(hmac(hmac(`AWS4${account.secret}`, day), region), service), end)
  return hmac(signing, toSign).toString('hex') === signature
}

test('an S3-compatible store gets signed requests by path, body included, and keeps and forgets objects', async () => {
  await using server = await signedStore()

  await keepsAndForgets(s3Store({ ...account, url: server.url }))
  assert.equal(server.seen[1], 'PUT /kanal-files/a/one')
})

test('a store that refuses the keys is an error that tells neither keys nor names', async () => {
  await using server = await signedStore()
  const store = s3Store({ ...account, url: server.url, secret: 'another-secret' })

  await assert.rejects(store.put('a/one', bytes), /^Error: The object store answered 403\.$/)
  await assert.rejects(store.get('a/one'), /answered 403/)
})
