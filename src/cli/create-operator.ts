import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { createOperator, type CreateOperator } from '../features/identity/create-operator.ts'
import { emailPattern, foldLogin, usernamePattern } from '../features/identity/rules.ts'
import { Refusal } from '../kernel/errors.ts'
import { refusalOfConstraint } from '../platform/constraints.ts'
import { openDatabase, openPool } from '../platform/database.ts'
import { migrateAll, openInstallation } from '../platform/installation.ts'
import { OperatorError } from '../platform/operator-error.ts'
import { refusalSentence } from '../platform/sentences.ts'
import type { Command } from './command.ts'

export const createOperatorCommand: Command = {
  usage:
    '[--username NAME] [--email ADDRESS] [--name "FIRST LAST"] [--organization NAME] [--country CC] [--language en|tr]',
  summary: 'add a platform operator, who sets everything else up in the portal; asks for what is not given',
  async run(args) {
    const input = check(await complete(parse(args)))
    await using installation = await openInstallation(readConfig(), { besideServer: true })
    await migrateAll(installation.address)
    const pool = openPool(installation.address, { max: 1 })
    try {
      const { temporaryPassword } = await createOperator(openDatabase(pool), new Date(), input)
      console.log(`User name           ${input.username}`)
      console.log(`Temporary password  ${temporaryPassword}`)
      console.log('It is shown only now, must be changed at the first sign-in, and expires in 72 hours.')
    } catch (error) {
      throw inWords(error, input)
    } finally {
      await pool.end()
    }
  },
}

interface Given {
  readonly username?: string | undefined
  readonly email?: string | undefined
  readonly name?: string | undefined
  readonly organization?: string | undefined
  readonly country?: string | undefined
  readonly language?: string | undefined
}

function parse(args: readonly string[]): Given {
  const text = { type: 'string' } as const
  try {
    const options = { username: text, email: text, name: text, organization: text, country: text, language: text }
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new OperatorError(
      `${error instanceof Error ? error.message : String(error)}. Usage: ${createOperatorCommand.usage}`,
    )
  }
}

/** Asks a person at a terminal for what is missing; a script has to give it. */
async function complete(given: Given): Promise<Required<Given>> {
  const rest = { organization: 'Kanal', country: 'US', language: 'en' }
  const { username, email, name } = given
  if (username !== undefined && email !== undefined && name !== undefined) return { ...rest, ...present(given) }
  if (!process.stdin.isTTY) throw new OperatorError('Give --username, --email and --name, or run it at a terminal.')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const ask = async (question: string, value: string | undefined, usual?: string): Promise<string> => {
    if (value !== undefined) return value
    const answer = (await terminal.question(usual === undefined ? `${question}: ` : `${question} [${usual}]: `)).trim()
    return answer === '' && usual !== undefined ? usual : answer
  }
  try {
    return {
      username: await ask('User name', username),
      email: await ask('Email address', email),
      name: await ask('First and last name', name),
      organization: await ask('Organization', given.organization, rest.organization),
      country: await ask('Country code', given.country, rest.country),
      language: await ask('Language, en or tr', given.language, rest.language),
    }
  } finally {
    terminal.close()
  }
}

function present(given: Given): Pick<Required<Given>, 'username' | 'email' | 'name'> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never
}

function check(given: Required<Given>): CreateOperator {
  const username = foldLogin(given.username ?? '')
  const email = foldLogin(given.email ?? '')
  const words = (given.name ?? '').trim().split(/\s+/)
  const country = (given.country ?? '').trim().toUpperCase()
  const organization = (given.organization ?? '').trim()
  const locale = given.language
  if (!usernamePattern.test(username)) {
    throw new OperatorError(
      '--username takes 3 to 128 letters a to z, digits and . _ @ + -, beginning with a letter or digit.',
    )
  }
  if (!emailPattern.test(email)) throw new OperatorError('--email takes an address such as name@example.com.')
  if (words.length < 2) throw new OperatorError('--name takes a first and a last name, e.g. --name "Ada Yılmaz".')
  if (organization === '' || organization.length > 200)
    throw new OperatorError('--organization takes a name of up to 200 letters.')
  if (!/^[A-Z]{2}$/.test(country)) throw new OperatorError('--country takes a code of two letters, such as TR.')
  if (locale !== 'en' && locale !== 'tr') throw new OperatorError('--language is en or tr.')
  return {
    username,
    email,
    firstName: words.slice(0, -1).join(' '),
    lastName: words.at(-1) ?? '',
    locale,
    organization,
    country,
  }
}

function inWords(error: unknown, { country }: CreateOperator): unknown {
  const refusal = error instanceof Refusal ? error : refusalOfConstraint(error)
  if (!refusal) return error
  if (refusal.reason === 'notFound')
    return new OperatorError(`Kanal does not know the country ${country}: give another --country.`)
  return new OperatorError(refusalSentence('en', refusal.reason, {}))
}
