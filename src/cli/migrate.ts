import { readConfig } from '../config.ts'
import { migrateAll, openInstallation } from '../platform/installation.ts'
import type { Command } from './command.ts'

export const migrateCommand: Command = {
  usage: '',
  summary: 'bring the database to the schema of this program (serve does it too)',
  async run() {
    await using installation = await openInstallation(readConfig(), { besideServer: true })
    const applied = await migrateAll(installation.address)
    for (const name of applied) console.log(`applied ${name}`)
    if (applied.length === 0) console.log('The database is up to date.')
  },
}
