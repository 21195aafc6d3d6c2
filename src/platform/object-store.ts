import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { AwsClient } from 'aws4fetch'
import { sql } from 'kysely'
import type { ObjectStoreConfig } from '../config.ts'
import type { Db, Deps } from './context.ts'

/**
 * Where files lie that people send: in the database, or in an S3-compatible store. Keys are letters, digits, hyphens and slashes.
 * Nobody but the server reads or writes it, so who may see a file is decided before it is asked.
 */
export interface ObjectStore {
  /** Keeps the bytes under a key, instead of what was there. */
  put(key: string, bytes: Uint8Array): Promise<void>
  /** The bytes of an object, streamed; undefined when there is none. */
  get(key: string): Promise<Readable | undefined>
  /** Forgets an object. No error when there is none. */
  remove(key: string): Promise<void>
}

/** The installation's object store, as configured. */
export function objectStore({ config, db }: Pick<Deps, 'config' | 'db'>): ObjectStore {
  return config.objectStore ? s3Store(config.objectStore) : databaseStore(db)
}

const partBytes = 1024 * 1024

/** Keeps objects in the database, a part of 1 MiB a row, so that neither side holds a whole file to read it. */
export function databaseStore(db: Db): ObjectStore {
  return {
    async put(key, bytes) {
      await sql`delete from stored_objects where key = ${key}`.execute(db)
      for (let part = 0; part * partBytes < bytes.length; part += 1) {
        const slice = Buffer.from(bytes.subarray(part * partBytes, (part + 1) * partBytes))
        await sql`insert into stored_objects (key, part, bytes) values (${key}, ${part}, ${slice})
          on conflict (key, part) do update set bytes = excluded.bytes`.execute(db)
      }
    },
    async get(key) {
      const first = await readPart(db, key, 0)
      return first && Readable.from(partsFrom(db, key, first), { objectMode: false })
    },
    async remove(key) {
      await sql`delete from stored_objects where key = ${key}`.execute(db)
    },
  }
}

async function* partsFrom(db: Db, key: string, first: Buffer): AsyncGenerator<Buffer> {
  let bytes: Buffer | undefined = first
  for (let part = 1; bytes; part += 1) {
    yield bytes
    if (bytes.length < partBytes) return
    bytes = await readPart(db, key, part)
  }
}

async function readPart(db: Db, key: string, part: number): Promise<Buffer | undefined> {
  const { rows } = await sql<{ bytes: Buffer }>`
    select bytes from stored_objects where key = ${key} and part = ${part}`.execute(db)
  return rows[0]?.bytes
}

/** An answer takes at most this long. */
const patienceMs = 60_000

/** Keeps objects in a bucket of an S3-compatible store, addressed by path. Requests are signed, their bodies too. */
export function s3Store({
  url,
  bucket,
  region,
  key: accessKeyId,
  secret: secretAccessKey,
}: ObjectStoreConfig): ObjectStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 })
  const call = async (method: 'GET' | 'PUT' | 'DELETE', key: string, body?: Uint8Array): Promise<Response> =>
    await client.fetch(`${url}/${bucket}/${key}`, {
      method,
      headers: {
        'X-Amz-Content-Sha256': createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
      },
      ...(body ? { body: Buffer.from(body) } : {}),
      signal: AbortSignal.timeout(patienceMs),
    })
  return {
    async put(key, bytes) {
      await succeeded(await call('PUT', key, bytes))
    },
    async get(key) {
      const response = await call('GET', key)
      if (response.status === 404) {
        await response.body?.cancel()
        return undefined
      }
      if (!response.ok || !response.body) await succeeded(response)
      return response.body ? Readable.fromWeb(response.body) : undefined
    },
    async remove(key) {
      const response = await call('DELETE', key)
      if (response.status === 404) await response.body?.cancel()
      else await succeeded(response)
    },
  }
}

/** Lets go of an answer's body. The store's own words stay out of the error: they may name keys. */
async function succeeded(response: Response): Promise<void> {
  await response.body?.cancel()
  if (!response.ok) throw new Error(`The object store answered ${response.status}.`)
}
