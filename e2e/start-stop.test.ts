import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startKanal } from '../scripts/kanal-process.ts'
import type { Connection } from '../src/platform/embedded-postgres.ts'

test('a second program on the same data folder says so and ends', async () => {
  await using place = givenFolder()
  await using _first = await startKanal(place.folder)

  await assert.rejects(
    startKanal(place.folder),
    /status 1: Kanal is already running on .*: stop it first, or set KANAL_DATA/,
  )
})

test('a taken port is told in one sentence, and the database it had started is stopped', async () => {
  await using place = givenFolder()
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => other.once('listening', listening))
  const { port } = other.address() as AddressInfo

  await assert.rejects(
    startKanal(place.folder, { PORT: String(port), HOST: '127.0.0.1' }),
    /status 1: Port \d+ is taken by another program: stop it, or set PORT to a free one\.$/,
  )

  other.close()
  await using again = await startKanal(place.folder)
  assert.ok(again.url)
})

test('a data folder that cannot be written is told in one sentence', async () => {
  await using place = givenFolder()
  const file = join(place.folder, 'file')
  writeFileSync(file, '')

  await assert.rejects(
    startKanal(join(file, 'data')),
    /status 1: The data folder .* cannot be written .*KANAL_DATA.*\.$/,
  )
})

test('a database that does not answer is told in one sentence without its password', async () => {
  await using place = givenFolder()

  await assert.rejects(
    startKanal(place.folder, { DATABASE_URL: 'postgres://kanal:hidden@127.0.0.1:1/kanal' }),
    (error: Error) =>
      /status 1: The database at DATABASE_URL .*\.$/.test(error.message) && !/hidden/.test(error.message),
  )
})

test('a database newer than the program is refused in one sentence', async () => {
  await using place = givenFolder()
  {
    await using first = await startKanal(place.folder)
    assert.ok(first.url)
    await query(place.folder, "insert into schema_migrations (name, checksum) values ('9999_future.sql', '')")
  }

  await assert.rejects(startKanal(place.folder), /status 1: The database is newer than this program .*\.$/)
})

test('a request under way is finished before the program ends with status 0', async () => {
  await using place = givenFolder()
  const kanal = await startKanal(place.folder)
  const blocker = new pg.Client(connectionOf(place.folder))
  await blocker.connect()
  await blocker.query('begin; lock table users in access exclusive mode')

  const answer = fetch(`${kanal.url}/portal/v1/first-run`)
  await waitingForLock(blocker)
  const stopped = kanal.stop()
  await refused(kanal.url)
  await blocker.query('commit')
  await blocker.end()

  assert.equal((await answer).status, 200)
  assert.equal(await stopped, 0)
})

test('after a kill -9 the next start recovers by itself, and what was written is there', async () => {
  await using place = givenFolder()
  const killed = await startKanal(place.folder)
  await query(place.folder, "insert into regions (id, name_en, name_tr) values ('mars', 'Mars', 'Mars')")
  await killed.kill()

  await using next = await startKanal(place.folder)

  assert.equal((await fetch(`${next.url}/readyz`)).status, 200)
  assert.deepEqual(await query(place.folder, "select id from regions where id = 'mars'"), [{ id: 'mars' }])
})

test('a killed database comes back while the program goes on', async () => {
  await using place = givenFolder()
  await using kanal = await startKanal(place.folder)
  const [pid] = readFileSync(join(place.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')

  process.kill(Number(pid), 'SIGKILL')

  // The runner's time limit is the bound.
  while ((await fetch(`${kanal.url}/readyz`)).status !== 200) await sleep(20)
  assert.equal((await fetch(`${kanal.url}/healthz`)).status, 200)
})

function givenFolder(): AsyncDisposable & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kanal-e2e-'))
  return {
    folder,
    async [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function connectionOf(folder: string): Connection {
  return JSON.parse(readFileSync(join(folder, 'database.json'), 'utf8')) as Connection
}

async function query(folder: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(connectionOf(folder))
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

async function waitingForLock(client: pg.Client): Promise<void> {
  while ((await client.query('select from pg_locks where not granted')).rowCount === 0) await sleep(10)
}

/** Waits until the program takes no more requests. */
async function refused(url: string): Promise<void> {
  for (;;) {
    try {
      await fetch(`${url}/healthz`, { headers: { connection: 'close' } })
    } catch {
      return
    }
    await sleep(10)
  }
}
