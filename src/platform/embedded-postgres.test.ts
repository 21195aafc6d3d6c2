import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import type { Connection } from './embedded-postgres.ts'

const quick = { fsync: 'off' }

test('the embedded server keeps what was written across a stop and a start', async () => {
  await using place = givenFolder()
  const first = await startEmbeddedPostgres({ folder: place.folder, settings: quick })
  await query(first.connection, 'create table kept as select 41 + 1 as answer')
  await first.stop()

  const second = await startEmbeddedPostgres({ folder: place.folder, settings: quick })

  assert.deepEqual(await query(second.connection, 'select answer from kept'), [{ answer: 42 }])
  await second.stop()
})

test('the role that the program uses owns its database and is no superuser', async () => {
  await using place = givenFolder()
  const server = await startEmbeddedPostgres({ folder: place.folder, settings: quick })

  const roles = await query(
    server.connection,
    `select rolsuper, rolcreatedb, pg_get_userbyid(datdba) as owner, datcollate
       from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
  )

  assert.deepEqual(roles, [{ rolsuper: false, rolcreatedb: false, owner: 'kanal', datcollate: 'C.UTF-8' }])
  await server.stop()
})

test('a killed server is started again under the same address', async () => {
  await using place = givenFolder()
  const server = await startEmbeddedPostgres({ folder: place.folder, settings: quick })
  const killed = server.pid()
  assert.ok(killed)

  process.kill(killed, 'SIGKILL')

  await answering(server.connection)
  assert.notEqual(server.pid(), killed)
  await server.stop()
})

test('a server that a killed program left running is stopped before the next one starts', async () => {
  await using place = givenFolder()
  const program = spawn(process.execPath, ['--input-type=module', '-e', starting(place.folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [left] = (await once(program.stdout, 'data')) as [Buffer]
  program.kill('SIGKILL')
  await once(program, 'exit')

  const next = await startEmbeddedPostgres({ folder: place.folder, settings: quick })

  assert.ok(Number(left.toString()) > 1)
  assert.notEqual(next.pid(), Number(left.toString()))
  assert.deepEqual(await query(next.connection, 'select 1 as one'), [{ one: 1 }])
  await next.stop()
})

/** A program that starts a server, says its process id, and waits to be killed. */
function starting(folder: string): string {
  return `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(import.meta.resolve('./embedded-postgres.ts'))})
    const server = await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)}, settings: { fsync: 'off' } })
    console.log(server.pid())
    setInterval(() => {}, 1000)`
}

function givenFolder(): AsyncDisposable & { folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kanal-embedded-'))
  return {
    folder,
    async [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function query(connection: Connection, text: string): Promise<unknown[]> {
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** Waits until the server answers; the runner's own time limit is the bound. */
async function answering(connection: Connection): Promise<void> {
  for (;;) {
    try {
      await query(connection, 'select 1')
      return
    } catch {
      await sleep(20)
    }
  }
}
