import { readConfig } from '../config.ts'
import { untilSignal } from '../platform/lifecycle.ts'
import { start } from '../server.ts'
import type { Command } from './command.ts'

export const serveCommand: Command = {
  usage: '',
  summary: 'serve the portal and the API until SIGINT or SIGTERM',
  async run() {
    // Listening before anything starts: a signal during the start waits for its end and is then obeyed.
    const asked = untilSignal()
    const running = await start(readConfig())
    if (running.demo !== undefined) console.log(`\n${running.demo}\n`)
    console.log(`Kanal serves on ${running.url}`)
    try {
      await Promise.race([asked, running.ended])
    } finally {
      await running.stop()
    }
  },
}
