import { pino } from 'pino'
import type { Logger } from 'pino'
import type { LogLevel } from '../config.ts'

/**
 * The program's log: JSON lines on standard output, or readable lines on a terminal.
 *
 * It names routes, ids of our own and errors; never a person's name, address, password, cookie or query string. What slips
 * into an object under these names is cut out.
 */
export function openLog(level: LogLevel, out: NodeJS.WriteStream = process.stdout): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretPaths, censor: '[removed]' },
      serializers: { err: describeError, error: describeError },
    },
    out.isTTY ? { write: (line: string) => out.write(readable(line)) } : out,
  )
}

const secretNames = ['password', 'temporaryPassword', 'token', 'secret', 'cookie', 'authorization', 'email', 'userName']
const secretPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

/**
 * Name, code and stack of an error and of its causes. The driver's `detail` and `where` hold the values of the row that
 * violated a constraint, so they stay out.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) }
  return {
    type: error.name,
    message: error.message,
    ...('code' in error ? { code: error.code } : {}),
    ...('constraint' in error ? { constraint: error.constraint } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

function readable(line: string): string {
  const { time, level, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? `\n${String(err.stack)}` : ''
  const extra = Object.keys(rest).length === 0 ? '' : ` ${JSON.stringify(rest)}`
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${typeof msg === 'string' ? msg : ''}${extra}${stack}\n`
}
