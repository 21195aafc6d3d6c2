/**
 * Lists what Kanal must do (docs/product/brief.md) with the tests that prove it: `npm run brief`. Exits 1 when a row has no
 * test where it must be proved, when a test names a row that does not exist, or when a test that proves a row is skipped.
 * `npm run brief -- --missing` lists only the rows that lack something.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Level = 'API' | 'browser'

interface Row {
  readonly id: string
  readonly requirement: string
  readonly levels: readonly Level[]
}

interface Proof {
  readonly level: Level
  readonly file: string
  readonly name: string
  readonly rows: readonly string[]
  readonly skipped: boolean
}

const root = join(import.meta.dirname, '..')
const folders: readonly { readonly folder: string; readonly level: Level }[] = [
  { folder: 'src', level: 'API' },
  { folder: 'demo', level: 'API' },
  { folder: 'e2e', level: 'browser' },
]

/** The rows of the brief, in order. */
export function readRows(markdown: string): readonly Row[] {
  return [...markdown.matchAll(/^\| (S\d+) \| (.+?) \| ([^|]+?) \|$/gm)].map(
    ([, id = '', requirement = '', where = '']) => ({
      id,
      requirement,
      levels: where.split(', ').map((word) => {
        if (word === 'API' || word === 'browser') return word
        throw new Error(`${id} is to be proved by “${word}”; known are API and browser.`)
      }),
    }),
  )
}

/** The rows a test's name begins with: `S56 S57 a removal …`, also `S56–S60 …`. */
export function rowsIn(name: string): readonly string[] {
  const head = /^(?:S\d+(?:[–-]S?\d+)?[\s,]+)+/.exec(`${name} `)?.[0] ?? ''
  return [...head.matchAll(/S(\d+)(?:[–-]S?(\d+))?/g)].flatMap(([, first = '', last = first]) => {
    const from = Number(first)
    return Array.from({ length: Number(last) - from + 1 }, (_, offset) => `S${from + offset}`)
  })
}

/** The tests of a file: calls of `test` with a name that is written out. Also of a journey run in several languages. */
export function proofsIn(source: string, file: string, level: Level): readonly Proof[] {
  const calls = source.matchAll(/\b(?:test|it|journey)(\.skip|\.todo)?\(\s*(['"`])((?:\\.|(?!\2)[^\\])*)\2/g)
  return [...calls].map(([, skipped, , name = '']) => ({
    level,
    file,
    name: name.replaceAll(/\\(.)/g, '$1'),
    rows: rowsIn(name),
    skipped: skipped !== undefined,
  }))
}

function readProofs(): readonly Proof[] {
  return folders
    .filter(({ folder }) => existsSync(join(root, folder)))
    .flatMap(({ folder, level }) =>
      readdirSync(join(root, folder), { recursive: true })
        .map((file) => join(folder, String(file)))
        .filter((file) => /\.test\.tsx?$/.test(file))
        .toSorted()
        .flatMap((file) => proofsIn(readFileSync(join(root, file), 'utf8'), file, level)),
    )
}

function main(onlyMissing: boolean): number {
  const rows = readRows(readFileSync(join(root, 'docs/product/brief.md'), 'utf8'))
  const proofs = readProofs()
  const ids = new Set(rows.map(({ id }) => id))
  const mistakes: string[] = []
  let proved = 0
  for (const { id, requirement, levels } of rows) {
    const own = proofs.filter((proof) => proof.rows.includes(id))
    const missing = levels.filter((level) => !own.some((proof) => proof.level === level && !proof.skipped))
    if (missing.length > 0) mistakes.push(`${id} has no test: ${missing.join(', ')}`)
    else proved += 1
    if (onlyMissing && missing.length === 0) continue
    console.log(`${missing.length === 0 ? 'proved ' : 'MISSING'} ${id.padEnd(5)} ${requirement}`)
    for (const { level, file, name, skipped } of own) {
      console.log(`          ${skipped ? 'skipped' : level.padEnd(7)} ${file}: ${name}`)
    }
    for (const level of missing) console.log(`          none at ${level}`)
  }
  for (const proof of proofs) {
    for (const id of proof.rows.filter((one) => !ids.has(one)))
      mistakes.push(`${proof.file} names ${id}, which is no row`)
  }
  console.log(`\n${proved} of ${rows.length} rows proved.`)
  for (const mistake of mistakes) console.error(mistake)
  return mistakes.length === 0 ? 0 : 1
}

if (import.meta.main) process.exitCode = main(process.argv.includes('--missing'))
