import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { OperatorError } from './operator-error.ts'

const sqliteBusy = 5

/**
 * Takes a folder for this process alone, until `release` or the end of the process.
 *
 * The lock is the one SQLite holds on an open transaction, so the kernel gives it back however the
 * process ends, kill -9 and containers with equal process ids included. A file with a process id in it
 * could not promise that.
 *
 * @returns undefined when another process has the folder.
 * @throws OperatorError when the folder cannot be written.
 */
export function lockFolder(folder: string): { release(): void } | undefined {
  const file = join(folder, 'kanal.lock')
  let lock: DatabaseSync | undefined
  try {
    lock = new DatabaseSync(file)
    lock.exec('begin immediate')
  } catch (error) {
    lock?.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return undefined
    throw new OperatorError(`${file} cannot be written: make ${folder} writable for this account.`, { cause: error })
  }
  const held = lock
  return { release: () => held.close() }
}
