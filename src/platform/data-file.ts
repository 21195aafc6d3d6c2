import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import * as yauzl from 'yauzl'
import { Refusal } from '../kernel/errors.ts'

const chunkBytes = 1024 * 1024

/** A file unpacks to at most this many bytes: a small archive must not fill hours and disks. */
const mostBytes = 4 * 1024 ** 3

/**
 * Reads the text in a file: the file itself, or the one file in a ZIP archive, told apart by content and never by name.
 * Memory stays flat.
 *
 * @throws Refusal fileNotReadable for an archive that is broken, locked, or holds no or several files, and for UTF-16.
 */
export async function* readDataFile(path: string): AsyncGenerator<Uint8Array> {
  const start = await firstBytes(path)
  if (start.startsWith('504b')) yield* readZip(path)
  else if (start.startsWith('fffe') || start.startsWith('feff')) throw new Refusal('fileNotReadable')
  else yield* createReadStream(path, { highWaterMark: chunkBytes })
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.subarray(0, bytesRead).toString('hex')
  } finally {
    await file.close()
  }
}

async function* readZip(path: string): AsyncGenerator<Uint8Array> {
  const zip = await unreadable(yauzl.openPromise(path, { autoClose: false }))
  try {
    const entry = await unreadable(onlyFile(zip))
    const stream = await unreadable(zip.openReadStreamPromise(entry))
    const chunks = stream[Symbol.asyncIterator]()
    let checksum = 0
    let sizeBytes = 0
    for (;;) {
      const { value, done } = (await unreadable(chunks.next())) as IteratorResult<Buffer, undefined>
      if (done) break
      checksum = crc32(value, checksum)
      sizeBytes += value.length
      if (sizeBytes > mostBytes) throw new Refusal('bodyTooLarge')
      yield value
    }
    if (checksum !== entry.crc32) throw new Refusal('fileNotReadable')
  } finally {
    zip.close()
  }
}

async function onlyFile(zip: yauzl.ZipFile): Promise<yauzl.Entry> {
  const files: yauzl.Entry[] = []
  for await (const entry of zip.eachEntry()) {
    // Folders end with a slash; macOS adds a shadow of each file.
    if (!entry.fileName.endsWith('/') && !entry.fileName.startsWith('__MACOSX/')) files.push(entry)
    if (files.length > 1) break
  }
  const [file] = files
  if (!file || files.length > 1) throw new Refusal('fileNotReadable')
  return file
}

/** Whatever the unpacker stumbles over is the file's fault. */
async function unreadable<Value>(step: Promise<Value>): Promise<Value> {
  try {
    return await step
  } catch (error) {
    throw error instanceof Refusal ? error : Object.assign(new Refusal('fileNotReadable'), { cause: error })
  }
}

/** SHA-256 of a file's bytes, hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: chunkBytes }), hash)
  return hash.digest('hex')
}

/** A file that came over the network, kept until disposed of. */
export interface KeptUpload extends AsyncDisposable {
  readonly path: string
}

/** Writes an upload to a file of its own under `folder`, since an archive is read from its end. */
export async function keepUpload(
  stream: NodeJS.ReadableStream & { truncated?: boolean },
  folder: string,
): Promise<KeptUpload> {
  const parent = join(folder, 'uploads')
  await mkdir(parent, { recursive: true, mode: 0o700 })
  const own = await mkdtemp(join(parent, 'upload-'))
  const remove = () => rm(own, { recursive: true, force: true })
  try {
    const path = join(own, 'file')
    await pipeline(stream, createWriteStream(path, { mode: 0o600 }))
    // The edge cuts what exceeds the route's limit, and marks it.
    if (stream.truncated) throw new Refusal('bodyTooLarge')
    return { path, [Symbol.asyncDispose]: remove }
  } catch (error) {
    await remove()
    throw error
  }
}
