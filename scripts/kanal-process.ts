import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A `kanal serve` in a process of its own, as an operator runs it. */
export interface KanalProcess extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** Resolves with the exit status, null after a kill. */
  readonly ended: Promise<number | null>
  /** SIGTERM, then waits for the end. @returns the exit status. */
  stop(): Promise<number | null>
  /** kill -9; nothing is tidied up. */
  kill(): Promise<void>
}

/**
 * Starts the product on a data folder and resolves when it serves.
 *
 * @param environment On top of this process's own; PORT is any free one unless given.
 * @throws Error with what it said on standard error when it ends instead.
 */
export async function startKanal(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<KanalProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'src', 'main.ts'), 'serve'], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      PORT: '0',
      KANAL_DEMO: '0',
      LOG_LEVEL: 'error',
      KANAL_DATA: folder,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-10_000)))
  const ended = once(child, 'exit').then(([status]) => status as number | null)

  const said = Promise.withResolvers<string>()
  createInterface(child.stdout).on('line', (line) => {
    const [, url] = /serves on (http:\S+)/.exec(line) ?? []
    if (url !== undefined) said.resolve(url)
  })
  void ended.then((status) => said.reject(new Error(`Kanal ended with status ${String(status)}: ${complaint.trim()}`)))
  const url = await said.promise

  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM')
    return await ended
  }
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    stop,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async [Symbol.asyncDispose]() {
      await stop()
    },
  }
}
