import { execFile } from 'node:child_process'
import { join } from 'node:path'
import type { TestDatabase } from '../platform/test-server.ts'

/** How a command ended, and what it printed. */
export interface Ended {
  readonly status: number
  readonly out: string
  readonly err: string
}

function urlOf({ address }: TestDatabase): string {
  if ('url' in address) return address.url
  return `postgres://kanal@localhost/${address.database}?host=${encodeURIComponent(address.host)}&port=${address.port}`
}

/** For tests: runs `kanal` as its own process, on a database of its own. */
export function kanal(database: TestDatabase, folder: string, ...args: readonly string[]): Promise<Ended> {
  const env = {
    DATABASE_URL: urlOf(database),
    KANAL_DATA: folder,
    KANAL_SECRET: 'a-secret-that-only-tests-have-0123456789',
  }
  return new Promise((resolve) => {
    const main = join(import.meta.dirname, '..', 'main.ts')
    execFile(process.execPath, [main, ...args], { env }, (error, out, err) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err })
    })
  })
}
