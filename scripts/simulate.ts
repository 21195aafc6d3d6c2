/**
 * npm run simulate -- --years 3 --subscriptions 1000 --seed 7 --step leap --compare
 *
 * Lives a random world through the clock: orders and everything that is done with subscriptions at random instants, and in
 * between what time does by itself. Each month it checks that what was bought and charged agrees with itself. `--compare` lives
 * the same seed once by leaps and once day by day, and compares every row. The same seed makes the same world. Exits 1 when
 * something is broken.
 */
import { parseArgs } from 'node:util'
import { randomInt } from 'node:crypto'
import { dumpWorld } from '../src/platform/test-dump-world.ts'
import { testWorld } from '../src/platform/test-world.ts'
import { firstDifference } from './simulate/difference.ts'
import { live, type Wanted } from './simulate/live.ts'

const { values: given } = parseArgs({
  options: {
    years: { type: 'string', default: '3' },
    subscriptions: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(randomInt(1_000_000)) },
    step: { type: 'string', default: 'leap' },
    compare: { type: 'boolean', default: false },
  },
})
const seed = Number(given.seed)
const months = Math.round(Number(given.years) * 12)
const subscriptions = Number(given.subscriptions)
if (![seed, months, subscriptions].every((number) => Number.isInteger(number) && number >= 0) || months === 0)
  throw new Error('--years, --subscriptions and --seed are numbers.')

console.log(`Seed ${seed}: ${subscriptions} subscriptions, ${months} months.`)
const ways: readonly Wanted['step'][] = given.compare ? ['leap', 'day'] : [given.step === 'day' ? 'day' : 'leap']
const dumps: string[] = []
for (const step of ways) {
  await using world = await testWorld()
  const began = Date.now()
  const onMonth = (day: string) => process.stdout.write(day.slice(5, 7) === '01' ? ` ${day.slice(0, 4)} ` : '.')
  const { market, counts, broken } = await live(world, { seed, months, subscriptions, step, onMonth })
  console.log(`\nBy ${step === 'day' ? 'days' : 'leaps'}, in ${((Date.now() - began) / 1000).toFixed(0)} s:`)
  console.table(counts)
  for (const line of broken) console.error(`BROKEN  ${line}`)
  if (broken.length > 0) process.exitCode = 1
  else console.log('Everything agrees, in each month.')
  if (given.compare) dumps.push(await dumpWorld(world.deps, market.provider.organizationId))
}
const [leap, daily] = dumps
if (leap !== undefined && daily !== undefined) {
  const difference = firstDifference(leap, daily)
  console.log(difference ?? 'Leaps and days left the same rows.')
  if (difference !== undefined) process.exitCode = 1
}
process.exit()
