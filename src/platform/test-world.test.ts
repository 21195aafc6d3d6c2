import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testWorld } from './test-world.ts'

test('each world has a database and a clock of its own', async () => {
  await using one = await testWorld()
  await using other = await testWorld()

  await one.deps.pool.query(`insert into regions (id, name_en, name_tr) values ('mars', 'Mars', 'Mars')`)
  one.now = new Date('2030-01-01T00:00:00Z')

  assert.equal((await one.deps.db.selectFrom('regions').select('id').where('id', '=', 'mars').execute()).length, 1)
  assert.equal((await other.deps.db.selectFrom('regions').select('id').where('id', '=', 'mars').execute()).length, 0)
  assert.equal(one.deps.now().getUTCFullYear(), 2030)
  assert.equal(other.deps.now().getUTCFullYear(), 2026)
})

test('the server says that it is alive and that it can serve', async () => {
  await using world = await testWorld()

  assert.deepEqual((await world.request(undefined, 'GET', '/healthz')).body, { status: 'alive' })
  assert.deepEqual((await world.request(undefined, 'GET', '/readyz')).body, { status: 'ready' })
  assert.match(String((await world.request(undefined, 'GET', '/metrics')).body), /kanal_database_sessions/)
})

test('an address that does not exist is answered in words, in the language asked for', async () => {
  await using world = await testWorld()

  const english = await world.request<Words>(undefined, 'GET', '/portal/v1/nothing')
  const turkish = await world.request<Words>(undefined, 'GET', '/portal/v1/nothing', undefined, {
    'accept-language': 'tr-TR',
  })

  assert.equal(english.status, 404)
  assert.equal(english.body.name, 'unknownRoute')
  assert.notEqual(english.body.description, turkish.body.description)
})

interface Words {
  readonly name: string
  readonly description: string
}
