import { readConfig } from '../config.ts'
import { type Break, verifyAudit } from '../features/audit/verify-audit.ts'
import { openDatabase, openPool } from '../platform/database.ts'
import { openInstallation } from '../platform/installation.ts'
import { OperatorError } from '../platform/operator-error.ts'
import type { Command } from './command.ts'

export const verifyAuditCommand: Command = {
  usage: '[--expect HASH]',
  summary: 'recompute the sealed audit chain; exits 1 and names the record when something does not fit',
  async run(args) {
    const expected = expectedHash(args)
    await using installation = await openInstallation(readConfig(), { besideServer: true })
    const pool = openPool(installation.address, { max: 1 })
    try {
      const { seals, records, unsealed, lastHash, broken } = await verifyAudit(openDatabase(pool), expected)
      if (broken) {
        console.log(`PROBLEM  ${sentence(broken)}`)
        return 1
      }
      console.log(`ok       ${records} records in ${seals} seals fit; ${unsealed} newer ones are not sealed yet.`)
      console.log(`last     ${lastHash}`)
      console.log(
        'Note the last hash elsewhere: with --expect HASH a later run also finds out that the end was cut off.',
      )
    } finally {
      await pool.end()
    }
  },
}

function expectedHash(args: readonly string[]): string | undefined {
  if (args.length === 0) return undefined
  const [option, hash = ''] = args
  if (option !== '--expect' || args.length !== 2 || !/^[0-9a-f]{64}$/.test(hash)) {
    throw new OperatorError(
      'kanal verify-audit takes nothing, or --expect and the 64 hex digits an earlier run printed.',
    )
  }
  return hash
}

function sentence({ seal, what, record }: Break): string {
  switch (what) {
    case 'recordChanged':
      return `Seal ${seal}: the record ${record} is not what was sealed.`
    case 'recordRemoved':
      return `Seal ${seal}: the record ${record} was removed.`
    case 'recordAdded':
      return `Seal ${seal}: the record ${record} was slipped in after sealing.`
    case 'sealChanged':
      return `Seal ${seal} itself does not fit its records or the seal before it.`
    case 'sealMissing':
      return `Seal ${seal} is missing.`
    case 'hashNotFound':
      return `The expected hash stands nowhere in the chain, which ends with seal ${seal}: it was cut off or made anew.`
  }
}
