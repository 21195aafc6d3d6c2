import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config, GivenConfig } from '../config.ts'
import { OperatorError } from './operator-error.ts'

/**
 * Completes the configuration with the installation's secret: KANAL_SECRET, else the file `secret` in the data folder, which
 * is made on first use (mode 0600). Programs that share a database must be given the same KANAL_SECRET. Losing the secret
 * ends all sessions and makes second factors and webhooks' secrets unreadable; nothing else depends on it for long.
 *
 * @throws OperatorError when the file cannot be read or written, or holds no secret.
 */
export function withSecret(config: GivenConfig): Config {
  return { ...config, secret: config.secret ?? ownSecret(config.dataFolder) }
}

function ownSecret(folder: string): string {
  const file = join(folder, 'secret')
  try {
    const secret = read(file) ?? make(folder, file)
    if (secret.length >= 32) return secret
  } catch (error) {
    throw new OperatorError(
      `The file ${file} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
    )
  }
  throw new OperatorError(`The file ${file} holds no secret: remove it to get a new one, which signs everybody out.`)
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Appears whole or not at all, also when two programs start at once: the first one's file stays. */
function make(folder: string, file: string): string {
  mkdirSync(folder, { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(file, 'utf8').trim()
}
