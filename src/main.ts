import { commands } from './cli/commands.ts'
import { OperatorError } from './platform/operator-error.ts'

/** Runs `kanal <command> …` and ends the process with its status. */
async function main(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    await help(name)
    return ['help', '--help', '-h'].includes(name) ? 0 : 1
  }
  const command = await load()
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(`kanal ${name} ${command.usage}\n${command.summary}`)
    return 0
  }
  return (await command.run(rest)) ?? 0
}

async function help(name: string): Promise<void> {
  const lines = await Promise.all(
    Object.entries(commands).map(async ([known, load]) => {
      const { usage, summary } = await load()
      return `  ${`${known} ${usage}`.trim()}\n      ${summary}`
    }),
  )
  if (!['help', '--help', '-h'].includes(name)) console.error(`There is no command ${name}.`)
  console.log(`kanal <command>\n\n${lines.join('\n')}`)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof OperatorError ? error.message : error)
  process.exitCode = 1
}
