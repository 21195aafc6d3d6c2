import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { connectionConfig, openPool } from './database.ts'
import { migrate } from './migrate.ts'
import type { Migration } from './migrate.ts'
import { emptyDatabase } from './test-server.ts'

const first: Migration = { name: '0001_birds.sql', text: 'create table birds (name text)', checksum: 'a' }
const second: Migration = { name: '0002_nests.sql', text: 'create table nests (name text)', checksum: 'b' }

test('the migrations of the program apply to an empty database, once', async () => {
  await using database = await emptyDatabase()

  const applied = await migrate(database.address)
  const again = await migrate(database.address)

  assert.ok(applied.includes('0001_organizations.sql'))
  assert.deepEqual(again, [])
})

test('programs that start together migrate once', async () => {
  await using database = await emptyDatabase()

  const applied = await Promise.all([1, 2, 3].map(() => migrate(database.address, [first, second])))

  assert.deepEqual(applied.flat(), [first.name, second.name])
})

test('a migration that fails leaves nothing of itself behind', async () => {
  await using database = await emptyDatabase()
  const broken = { name: '0002_nests.sql', text: 'create table nests (name text); select 1 / 0', checksum: 'c' }

  await assert.rejects(migrate(database.address, [first, broken]), /0002_nests\.sql failed: division by zero/)

  assert.deepEqual(await migrate(database.address, [first, second]), [second.name])
})

test('a database newer than the program is refused', async () => {
  await using database = await emptyDatabase()
  await migrate(database.address, [first, second])

  await assert.rejects(migrate(database.address, [first]), {
    name: 'OperatorError',
    message: /newer than this program \(it has 0002_nests\.sql\)/,
  })
})

test('an edited migration is refused', async () => {
  await using database = await emptyDatabase()
  await migrate(database.address, [first])

  await assert.rejects(migrate(database.address, [{ ...first, checksum: 'edited' }]), {
    name: 'OperatorError',
    message: /another text of migrations\/0001_birds\.sql/,
  })
})

test('int8 is read as bigint, numeric and date as text, timestamptz as an instant', async () => {
  await using database = await emptyDatabase()
  const pool = openPool(database.address)

  const { rows } = await pool.query(
    `select 9007199254740993::int8 as big, 0.100000::numeric(18,6) as price, date '2026-12-01' as day,
            timestamptz '2026-12-01 12:00+03' as at, array[1, 2]::int8[] as bigs, array['2026-12-01']::date[] as days`,
  )

  assert.deepEqual(rows, [
    {
      big: 9007199254740993n,
      price: '0.100000',
      day: '2026-12-01',
      at: new Date('2026-12-01T09:00:00Z'),
      bigs: [1n, 2n],
      days: ['2026-12-01'],
    },
  ])
  await pool.end()
})

test('the role of the program is held by what is revoked from it', async () => {
  await using database = await emptyDatabase()
  const client = new pg.Client(connectionConfig(database.address))
  await client.connect()
  await client.query('create table written (what text); revoke update, delete, truncate on written from current_user')

  await client.query(`insert into written values ('once')`)

  await assert.rejects(client.query('delete from written'), { code: '42501' })
  await client.end()
})
