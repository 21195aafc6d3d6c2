import assert from 'node:assert/strict'
import { test } from 'node:test'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../kernel/errors.ts'
import type { OrganizationId, UserId } from '../kernel/ids.ts'
import { permissionsOf } from '../kernel/permissions.ts'
import type { Actor, Deps } from './context.ts'
import { publicRoute, route } from './route.ts'
import { type Identified, serve } from './serve.ts'
import { sessionCookie } from './session-cookie.ts'

const table = [
  publicRoute({
    method: 'GET',
    path: '/open/:id',
    needs: 'public',
    summary: 'Answers anybody.',
    input: z.strictObject({ id: z.string(), size: z.coerce.number().int().max(200).default(50) }),
    reply: z.object({ id: z.string(), size: z.number(), locale: z.string() }),
    handle: async (_deps, visitor, input) => ({ ...input, locale: visitor.locale }),
  }),
  route({
    method: 'POST',
    path: '/things/:id',
    needs: 'orders.submit',
    summary: 'Changes a thing.',
    input: z.strictObject({ id: z.string(), quantity: z.number().int().min(1), name: z.string().max(5).optional() }),
    reply: z.object({ id: z.string(), requestId: z.string().nullable() }),
    handle: async (_deps, actor, input) => {
      if (input.id === 'gone') throw new Refusal('notFound')
      if (input.id === 'broken') throw new Error('the disk is full of secrets')
      return { id: input.id, requestId: actor.request.id ?? null }
    },
  }),
  route({
    method: 'GET',
    path: '/list',
    needs: 'signedIn',
    summary: 'A file.',
    input: z.strictObject({}),
    reply: 'csv',
    handle: async () => ({ fileName: 'müşteriler "x".csv', columns: ['name', 'count'], rows: rowsOf() }),
  }),
  route({
    method: 'GET',
    path: '/counted',
    needs: 'signedIn',
    perMinute: 2,
    summary: 'Answers twice.',
    input: z.strictObject({}),
    reply: z.object({}),
    handle: async () => ({}),
  }),
]

async function* rowsOf(): AsyncGenerator<(string | number)[]> {
  yield ['=HYPERLINK("http://evil.example")', 1]
  yield ['Şişli, "İzmir"', 2]
  yield ['-1234.50', -3]
  yield ['-1+cmd', 4]
}

const agent: Actor = {
  userId: 'a0000000-0000-7000-8000-000000000001' as UserId,
  userName: 'Ayşe',
  organizationId: 'b0000000-0000-7000-8000-000000000001' as OrganizationId,
  organizationName: 'Provider',
  organizationKind: 'provider',
  roles: ['sales_agent'],
  permissions: permissionsOf('provider', ['sales_agent']),
  locale: 'tr',
  request: { hash: '', correlationId: '', ip: '' },
}

async function served(identified: Identified | undefined): Promise<FastifyInstance> {
  const app = Fastify()
  await app.register(rateLimit, { global: false })
  const deps = {
    config: { publicUrl: 'http://kanal.example', secret: 'x'.repeat(32) },
    now: () => new Date(0),
  } as unknown as Deps
  serve(app, deps, table, {
    checkReplies: true,
    authenticate: async (_deps, _request, mark) =>
      identified && { ...identified, actor: { ...identified.actor, request: mark } },
  })
  return app
}

const signedIn = { actor: agent }
const post = { method: 'POST', headers: { 'x-kanal': '1' }, payload: { quantity: 2 } } as const

test('the path wins over a field of the same name, and text in a query becomes the number it stands for', async () => {
  const app = await served(undefined)

  const reply = await app.inject('/open/7?size=20&id=8')

  assert.deepEqual(reply.json(), { id: '7', size: 20, locale: 'en' })
})

test('a refused input names each field, its rule and its bound, in the reader’s language', async () => {
  const app = await served(signedIn)

  const reply = await app.inject({
    ...post,
    url: '/things/1',
    payload: { quantity: 0, name: 'too long', color: 'red' },
  })

  assert.equal(reply.statusCode, 400)
  const body = reply.json()
  assert.equal(body.name, 'invalidRequest')
  assert.deepEqual(
    body.fields.map(({ field, rule }: { field: string; rule: string }) => [field, rule]),
    [
      ['quantity', 'tooLow'],
      ['name', 'tooLong'],
      ['color', 'unknownField'],
    ],
  )
  assert.match(body.fields[1].description, /5/)
  const inEnglish = await (
    await served(undefined)
  ).inject({ url: '/open/1?size=900', headers: { 'accept-language': 'en' } })
  const inTurkish = await (
    await served(undefined)
  ).inject({ url: '/open/1?size=900', headers: { 'accept-language': 'tr-TR,tr' } })
  assert.notEqual(inEnglish.json().description, inTurkish.json().description)
})

test('S2 a user without the permission is told which roles have it, and nothing runs', async () => {
  const helpdesk = {
    ...agent,
    roles: ['helpdesk_agent'],
    permissions: permissionsOf('provider', ['helpdesk_agent']),
  } as const
  const app = await served({ actor: helpdesk })

  const reply = await app.inject({ ...post, url: '/things/gone' })

  assert.equal(reply.statusCode, 403)
  assert.deepEqual(reply.json().data, ['global_admin', 'user_management_admin', 'admin_agent', 'sales_agent'])
})

test('who has not signed in, or must first change a password, gets no further', async () => {
  assert.equal((await (await served(undefined)).inject({ ...post, url: '/things/1' })).statusCode, 401)
  const reply = await (
    await served({ ...signedIn, mustFirst: 'passwordChangeRequired' })
  ).inject({ ...post, url: '/things/1' })
  assert.equal(reply.json().name, 'passwordChangeRequired')
})

test('a write that another site sends with the user’s cookie is refused', async () => {
  const app = await served(signedIn)

  const foreign = await app.inject({
    ...post,
    url: '/things/1',
    headers: { ...post.headers, origin: 'http://evil.example' },
  })
  const byForm = await app.inject({ ...post, url: '/things/1', headers: {} })
  const own = await app.inject({
    ...post,
    url: '/things/1',
    headers: { ...post.headers, origin: 'http://kanal.example' },
  })

  assert.deepEqual([foreign.statusCode, byForm.statusCode, own.statusCode], [403, 403, 200])
})

test('request and correlation ids come back; an id that is none is refused', async () => {
  const app = await served(signedIn)

  const reply = await app.inject({
    ...post,
    url: '/things/1',
    headers: { ...post.headers, 'ms-requestid': 'ABC-1', 'ms-correlationid': 'c-9' },
  })
  const broken = await app.inject({
    ...post,
    url: '/things/1',
    headers: { ...post.headers, 'ms-requestid': 'a b\u0001' },
  })

  assert.equal(reply.json().requestId, 'abc-1')
  assert.equal(reply.headers['ms-requestid'], 'abc-1')
  assert.equal(reply.headers['ms-correlationid'], 'c-9')
  assert.equal(broken.statusCode, 400)
})

test('an unexpected failure answers 500 and tells nothing about itself', async () => {
  const app = await served(signedIn)

  const reply = await app.inject({ ...post, url: '/things/broken' })

  assert.equal(reply.statusCode, 500)
  assert.equal(reply.json().name, 'internal')
  assert.doesNotMatch(reply.body, /disk|secrets/)
})

test('a body that is not JSON, or too large, is refused in words', async () => {
  const app = await served(signedIn)
  const headers = { ...post.headers, 'content-type': 'application/json' }

  const malformed = await app.inject({ method: 'POST', url: '/things/1', headers, payload: '{"quantity":' })
  const huge = await app.inject({
    method: 'POST',
    url: '/things/1',
    headers,
    payload: JSON.stringify({ name: 'x'.repeat(2_000_000) }),
  })

  assert.deepEqual([malformed.statusCode, malformed.json().name], [400, 'malformedBody'])
  assert.deepEqual([huge.statusCode, huge.json().name], [413, 'bodyTooLarge'])
})

test('F241 cells that a spreadsheet would run as a formula are made harmless, and Excel reads the file as UTF-8', async () => {
  const app = await served(signedIn)

  const reply = await app.inject({ url: '/list' })

  assert.ok(reply.body.startsWith('\ufeffname,count\r\n'))
  assert.ok(reply.body.includes(`"'=HYPERLINK(""http://evil.example"")",1`))
  assert.ok(reply.body.includes('"Şişli, ""İzmir""",2'))
  assert.ok(reply.body.includes("\r\n-1234.50,-3\r\n'-1+cmd,4\r\n"))
  assert.doesNotMatch(String(reply.headers['content-disposition']), /ü|"x"/)
})

test('a limit of requests counts the session, whatever cookies and headers come along', async () => {
  const app = await served(signedIn)
  const config = { publicUrl: 'http://kanal.example', secret: 'x'.repeat(32) }
  const ask = async (n: number, session: string) => {
    const headers = { cookie: `${sessionCookie(config, session)}; other=${n}`, authorization: String(n) }
    return (await app.inject({ url: '/counted', headers })).statusCode
  }

  const answers = [await ask(1, 'one'), await ask(2, 'one'), await ask(3, 'one'), await ask(4, 'two')]

  assert.deepEqual(answers, [200, 200, 429, 200])
})
