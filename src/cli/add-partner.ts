import { parseArgs } from 'node:util'
import { addPartner } from '../features/program/add-partner.ts'
import { AddPartnerInput, AddProviderInput } from '../features/program/wire.ts'
import { type FieldRefusal, Refusal } from '../kernel/errors.ts'
import { OperatorError } from '../platform/operator-error.ts'
import { fieldSentence, refusalSentence } from '../platform/sentences.ts'
import { refusalOfInput } from '../platform/validation.ts'
import type { Command } from './command.ts'
import { hasOperator, onInstallation } from './command-line.ts'

export const addPartnerCommand: Command = {
  usage:
    '--kind provider|reseller --legal-name NAME --trading-name NAME --country CC --city CITY --email-domain DOMAIN ' +
    '[--registration-number NUMBER] [--global-id N] [--location-id N] --admin-username NAME --admin-email ADDRESS ' +
    '--admin-first-name NAME --admin-last-name NAME [--language en|tr] [--representative-name NAME ' +
    '--representative-email ADDRESS] [--agreement-signed-by NAME] [--sandbox]',
  summary:
    'add a provider (with its representative) or a reseller, and its first global admin; it trades once its agreement is signed',
  async run(args) {
    const input = parse(args)
    try {
      await onInstallation('kanal add-partner', 1, async (deps, actor) => {
        if (!hasOperator(actor)) throw new OperatorError('Add the operator first: npx kanal create-operator.')
        const added = await addPartner(deps, actor, input)
        console.log(`MPN ID              ${added.locationId} (global account ${added.globalId})`)
        console.log(`User name           ${input.adminUsername}`)
        console.log(`Temporary password  ${added.temporaryPassword}`)
        console.log('It is shown only now, must be changed at the first sign-in, and expires in 72 hours.')
        if (input.agreementSignedBy === undefined) {
          console.log(`${input.tradingName} is qualified; without a signed partner agreement it cannot trade.`)
        }
      })
    } catch (error) {
      throw inWords(error)
    }
  },
}

function parse(args: readonly string[]): AddPartnerInput {
  const names = Object.keys(AddProviderInput.shape)
  const given = valuesOf(
    args,
    Object.fromEntries(
      names.map((name) => [flagOf(name), { type: name === 'sandbox' ? ('boolean' as const) : ('string' as const) }]),
    ),
  )
  if (given['kind'] !== 'provider' && given['kind'] !== 'reseller') {
    throw new OperatorError('--kind is provider or reseller.')
  }
  const present = names.filter((name) => given[flagOf(name)] !== undefined)
  const { data, error } = AddPartnerInput.safeParse(
    Object.fromEntries(present.map((name) => [name, given[flagOf(name)]])),
  )
  if (error) throw inWords(refusalOfInput(error))
  return data
}

function valuesOf(
  args: readonly string[],
  options: Record<string, { type: 'string' | 'boolean' }>,
): Record<string, unknown> {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new OperatorError(
      `${error instanceof Error ? error.message : String(error)}. Usage: ${addPartnerCommand.usage}`,
    )
  }
}

/** `legalName` is given as `legal-name`. */
function flagOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function inWords(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error
  const { fields = [], params = {} } = error.detail
  if (fields.length > 0) return new OperatorError(fields.map(sentenceOf).join('\n'))
  const sentence = refusalSentence('en', error.reason, params)
  if (error.reason === 'usernameTaken') return new OperatorError(`--admin-username: ${sentence}`)
  if (error.reason === 'emailTaken') return new OperatorError(`--admin-email: ${sentence}`)
  return new OperatorError(sentence)
}

function sentenceOf(refusal: FieldRefusal): string {
  const { field, rule, params } = refusal
  const sentence = rule === 'notOneOf' ? `One of ${params?.['values']}.` : fieldSentence('en', refusal)
  return `--${flagOf(field)}: ${sentence}`
}
