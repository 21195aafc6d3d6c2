import { readConfig } from '../config.ts'
import { start } from '../server.ts'
import { stopOnSignal } from '../platform/lifecycle.ts'
import type { Command } from './command.ts'

export const serveCommand: Command = {
  usage: '',
  summary: 'serve the portal and the API until SIGINT or SIGTERM',
  async run() {
    const running = await start(readConfig())
    console.log(`Kanal serves on ${running.url}`)
    await stopOnSignal(() => running.stop(), running.ended)
  },
}
