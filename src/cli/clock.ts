import { parseArgs } from 'node:util'
import { dueWorks } from '../app.ts'
import { performRun } from '../features/sandbox/perform-run.ts'
import { resetSandbox } from '../features/sandbox/reset-sandbox.ts'
import { addPeriod } from '../features/sandbox/rules.ts'
import { readWorld, startRun } from '../features/sandbox/start-run.ts'
import { Refusal } from '../kernel/errors.ts'
import type { OrganizationId } from '../kernel/ids.ts'
import { searchKey } from '../kernel/text.ts'
import type { Advanced } from '../platform/advance-clock.ts'
import type { Actor, Deps } from '../platform/context.ts'
import type { DueCounts } from '../platform/due-work.ts'
import { OperatorError } from '../platform/operator-error.ts'
import { refusalSentence } from '../platform/sentences.ts'
import type { Command } from './command.ts'
import { onInstallation } from './command-line.ts'

export const clockCommand: Command = {
  usage: 'show|advance|reset --provider NAME_OR_ID [--to 2027-12-01 | --by P1M]',
  summary: "show a sandbox's clock, move it forward and do all that falls due in between, or empty the sandbox",
  async run(args) {
    const asked = parse(args)
    try {
      return await onInstallation('kanal clock', 10, async (deps, actor) => {
        const providerId = await findProvider(deps, asked.provider)
        if (asked.act === 'show') await show(deps, providerId)
        if (asked.act === 'advance') return await advance(deps, actor, providerId, asked)
        if (asked.act === 'reset') await reset(deps, actor, providerId)
        return undefined
      })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      throw new OperatorError(refusalSentence('en', error.reason, error.detail.params ?? {}))
    }
  },
}

interface Asked {
  readonly act: 'show' | 'advance' | 'reset'
  readonly provider: string
  readonly to?: string
  readonly by?: string
}

function parse(args: readonly string[]): Asked {
  const text = { type: 'string' } as const
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { provider: text, to: text, by: text },
      allowPositionals: true,
    })
    const [act, ...more] = positionals
    const { provider, to, by } = values
    const fits = act === 'advance' ? (to === undefined) !== (by === undefined) : to === undefined && by === undefined
    if ((act === 'show' || act === 'advance' || act === 'reset') && more.length === 0 && provider && fits) {
      return { act, provider, ...(to === undefined ? {} : { to }), ...(by === undefined ? {} : { by }) }
    }
  } catch {
    // An unknown option: the usage tells which there are.
  }
  throw new OperatorError(`Usage: npx kanal clock ${clockCommand.usage}`)
}

async function findProvider({ db }: Deps, wanted: string): Promise<OrganizationId> {
  const providers = await db
    .selectFrom('organizations')
    .select(['id', 'trading_name as name', 'world'])
    .where('kind', '=', 'provider')
    .orderBy('sort_key')
    .execute()
  const found = providers.filter(({ id, name }) => id === wanted.toLowerCase() || searchKey(name) === searchKey(wanted))
  const [one] = found
  if (one && found.length === 1) return one.id as OrganizationId
  if (one)
    throw new OperatorError(
      `Several providers are called ${wanted}: give the id, ${found.map(({ id }) => id).join(' or ')}.`,
    )
  const sandboxes = providers.filter(({ world }) => world === 'sandbox').map(({ name }) => name)
  throw new OperatorError(
    `There is no provider ${wanted}. ` +
      (sandboxes.length > 0
        ? `Sandboxes: ${sandboxes.join(', ')}.`
        : 'There is no sandbox yet: npx kanal add-partner --kind provider --sandbox adds one.'),
  )
}

async function show(deps: Deps, providerId: OrganizationId): Promise<void> {
  const { world, name, now } = await readWorld(deps, deps.db, providerId)
  console.log(`${name}  ${world}  ${now.toISOString()}`)
  if (world !== 'sandbox') return
  const until = addPeriod(now, 'P10Y') ?? now
  const due = await Promise.all(dueWorks.map((work) => work.nextDue(deps.db, providerId, until)))
  const times = due.flatMap((at) => (at ? [at.getTime()] : []))
  console.log(
    times.length > 0 ? `next due  ${new Date(Math.min(...times)).toISOString()}` : 'nothing is due in ten years',
  )
}

async function advance(deps: Deps, actor: Actor, providerId: OrganizationId, asked: Asked): Promise<number> {
  const { now } = await readWorld(deps, deps.db, providerId)
  const { id } = await startRun(deps, actor, { providerId, to: targetOf(asked, now) })
  let shown = ''
  await performRun(deps, dueWorks, { providerId, id }, new AbortController().signal, ({ at, counts }: Advanced) => {
    const day = at.toISOString().slice(0, 10)
    if (day === shown) return
    shown = day
    console.log(`${at.toISOString()}  ${inWords(counts)}`)
  })
  const run = await deps.db
    .selectFrom('clock_runs')
    .select(['status', 'reached_at as reachedAt', 'counts', 'error'])
    .where('provider_id', '=', providerId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  console.log(`${run.status}  ${run.reachedAt.toISOString()}  ${inWords(run.counts as DueCounts)}`)
  if (run.error !== null) console.log(run.error)
  return run.status === 'done' ? 0 : 1
}

function targetOf({ to = '', by }: Asked, now: Date): Date {
  if (by !== undefined) {
    const at = addPeriod(now, by)
    if (at) return at
    throw new OperatorError('--by is a period: P7D, P2W, P1M or P1Y.')
  }
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(to) ? `${to}T00:00:00Z` : to)
  if (/^\d{4}-\d{2}-\d{2}(?:$|T.*Z$)/.test(to) && !Number.isNaN(at.getTime())) return at
  throw new OperatorError('--to is a day (2027-12-01, from its first second in UTC) or a time (2027-12-01T09:30:00Z).')
}

function inWords(counts: DueCounts): string {
  const acts = Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return acts.length === 0 ? 'nothing was due' : acts.map(([act, count]) => `${act} ${count}`).join(', ')
}

async function reset(deps: Deps, actor: Actor, providerId: OrganizationId): Promise<void> {
  const { name } = await readWorld(deps, deps.db, providerId)
  const removed = await resetSandbox(deps, actor, { providerId, confirmation: name })
  console.log(
    `${name} is empty: ${removed.customers} customers, ${removed.orders} orders and ${removed.subscriptions} subscriptions are gone.`,
  )
}
