// npm test: installs when needed, then runs the parts below one after the other and sums up.
// npm test -- types lint    runs these parts only; npm test -- tests src/kernel    runs the test files below a path.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, join } from 'node:path'
import { buildPortal, expectNode, findNode, install, isInstalled, root } from './launch.mjs'
import { findSystemPostgres, startSystemPostgres } from './system-postgres.mjs'

/** Each runs to its end and answers whether all was well; `default` ones make up `npm test`. */
const parts = {
  types: {
    title: 'Types',
    default: true,
    run: () => [tool('typescript/bin/tsc', '-p', '.'), tool('typescript/bin/tsc', '-p', 'src/web')].every(Boolean),
  },
  lint: {
    title: 'Lint',
    default: true,
    run: () => tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings'),
  },
  format: {
    title: 'Format',
    default: true,
    run: () => tool('oxfmt/bin/oxfmt', '--check'),
  },
  schema: {
    title: 'Types of the database',
    default: true,
    run: () => node('scripts/db-types.ts', '--check'),
  },
  tests: {
    title: 'Unit, database and API tests',
    default: true,
    run: (below) => testFiles(below, ['src', 'scripts', 'bench', 'demo'], availableParallelism()),
  },
  'system-postgres': {
    title: "Database and API tests on this machine's own PostgreSQL",
    default: false,
    run: onSystemPostgres,
  },
  e2e: {
    title: 'Browser journeys',
    default: true,
    run(below) {
      buildPortal(node26)
      return testFiles(below, ['e2e'], 1)
    },
  },
}

expectNode()
if (!isInstalled({ withDev: true })) install()
const node26 = findNode()

const given = process.argv.slice(2)
const unknown = given.find((word) => !Object.hasOwn(parts, word) && !existsSync(join(root, word)))
if (unknown !== undefined) {
  console.error(`There is no part or path ${unknown}. Parts: ${Object.keys(parts).join(', ')}.`)
  process.exit(1)
}
const named = Object.keys(parts).filter((name) => given.includes(name))
const paths = given.filter((word) => !Object.hasOwn(parts, word))
const wanted =
  named.length > 0 ? named : paths.length > 0 ? ['tests'] : Object.keys(parts).filter((name) => parts[name].default)

const outcomes = []
for (const name of wanted) {
  const { title, run } = parts[name]
  console.log(`\n── ${title} ──`)
  const began = Date.now()
  const passed = await run(paths)
  outcomes.push({ title, passed, seconds: (Date.now() - began) / 1_000 })
}

console.log('\n── Summary ──')
for (const { title, passed, seconds } of outcomes) {
  console.log(`${passed ? 'passed' : 'FAILED'}  ${title} (${seconds.toFixed(1)} s)`)
}
process.exit(outcomes.every(({ passed }) => passed) ? 0 : 1)

function tool(file, ...args) {
  return node(join('node_modules', file), ...args)
}

function node(...args) {
  return runNode(args, {})
}

function runNode(args, environment) {
  // The tools start `node` themselves; they shall find the same one.
  const env = {
    ...process.env,
    ...environment,
    PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
  }
  return spawnSync(node26, args, { cwd: root, stdio: 'inherit', env }).status === 0
}

function testFiles(below, folders, concurrency, environment = {}) {
  const files = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file))))
    .filter(
      (file) => file.endsWith('.test.ts') && (below.length === 0 || below.some((path) => file.startsWith(join(path)))),
    )
    .sort()
  if (files.length === 0) {
    console.log('There are no test files.')
    return true
  }
  const reporter = process.env.CI || below.length === 0 ? 'dot' : 'spec'
  return runNode(['--test', `--test-reporter=${reporter}`, `--test-concurrency=${concurrency}`, ...files], environment)
}

async function onSystemPostgres(below) {
  const binaries = findSystemPostgres()
  if (binaries === undefined) {
    console.log('There are no PostgreSQL programs under /usr/lib/postgresql; nothing to do.')
    return true
  }
  const server = await startSystemPostgres(binaries)
  try {
    return testFiles(below, ['src'], availableParallelism(), { DATABASE_URL: server.url })
  } finally {
    server.stop()
  }
}
