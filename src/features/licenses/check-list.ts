import type { RefusalName } from '../../kernel/errors.ts'
import { Refusal } from '../../kernel/errors.ts'
import { readCsv, type CsvRecord } from '../../platform/read-csv.ts'
import { matchColumns, type MatchedColumns } from '../catalog/file-columns.ts'
import { foldLogin } from '../identity/rules.ts'
import { mostRows, nameLength, uploadColumns, whyNotLogin } from './rules.ts'
import type { RowProblem } from './wire.ts'

/** One user of a list that can be created. */
export interface ListedPerson {
  readonly line: number
  readonly username: string
  readonly firstName: string
  readonly lastName: string
  readonly displayName: string
  readonly usageLocation: string
}

export interface CheckedList {
  readonly people: readonly ListedPerson[]
  readonly problems: readonly RowProblem[]
  readonly rows: number
}

/** What the rows of a list are held against. */
export interface ListFacts {
  readonly domains: readonly string[]
  readonly countries: ReadonlySet<string>
  /** Where those work whose row says nothing else. */
  readonly usageLocation: string
  /** Which of these sign-in names somebody has already, as name or as address. */
  readonly taken: (usernames: readonly string[]) => Promise<ReadonlySet<string>>
}

const [firstName, lastName, displayName, email, location, status] = uploadColumns
type Column = (typeof uploadColumns)[number]

const known: Readonly<Record<Column, 'required' | 'optional'>> = {
  [firstName]: 'optional',
  [lastName]: 'optional',
  [displayName]: 'required',
  [email]: 'required',
  [location]: 'optional',
  [status]: 'optional',
}

/**
 * Reads a list of users (CSV) and checks all of it: every row, the names within it and against those that exist.
 *
 * @throws Refusal fileNotReadable, columnsMissing, columnsRepeated; fileRows for more than 5,000 rows
 */
export async function checkList(bytes: Uint8Array, facts: ListFacts): Promise<CheckedList> {
  const people: ListedPerson[] = []
  const problems: RowProblem[] = []
  const lineOf = new Map<string, number>()
  let matched: MatchedColumns<Column> | undefined
  let rows = 0
  for await (const batch of readCsv(oneChunk(bytes), separatorOf(bytes))) {
    for (const row of batch) {
      if (!matched) {
        matched = requireColumns(row)
        continue
      }
      rows += 1
      if (rows > mostRows) throw new Refusal('fileRows', { params: { most: mostRows } })
      const read = readRow(row, matched, facts, lineOf)
      if ('person' in read) people.push(read.person)
      else problems.push(...read.problems)
    }
  }
  if (!matched) throw new Refusal('fileNotReadable')
  const taken = await facts.taken(people.map(({ username }) => username))
  for (const { line, username } of people) {
    if (taken.has(username)) problems.push(problemOf(line, email, username, 'usernameTaken'))
  }
  return { people, problems: problems.toSorted((one, other) => one.line - other.line), rows }
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Spreadsheets in Turkish separate by semicolons: the first line tells. */
function separatorOf(bytes: Uint8Array): ',' | ';' {
  const end = bytes.indexOf(10)
  const header = bytes.subarray(0, end === -1 ? bytes.length : end)
  return header.includes(59) && !header.includes(44) ? ';' : ','
}

function requireColumns(header: CsvRecord): MatchedColumns<Column> {
  const matched = matchColumns(header.cells, known)
  const refuse = (reason: RefusalName, columns: readonly string[]) => {
    if (columns.length > 0) throw new Refusal(reason, { params: { columns: columns.join(', ') } })
  }
  refuse('columnsMissing', matched.missing)
  refuse('columnsRepeated', matched.repeated)
  return matched
}

function readRow(
  row: CsvRecord,
  { columns, width }: MatchedColumns<Column>,
  facts: ListFacts,
  lineOf: Map<string, number>,
): { readonly person: ListedPerson } | { readonly problems: readonly RowProblem[] } {
  const { line } = row
  if (row.broken) return { problems: [problemOf(line, '', '', 'brokenQuote')] }
  if (row.cells.length !== width) {
    return { problems: [problemOf(line, '', '', 'columnCount', { expected: width, found: row.cells.length })] }
  }
  const cell = (name: Column): string => {
    const place = columns[name]
    return place === undefined ? '' : (row.cells[place] ?? '').trim()
  }
  const problems: RowProblem[] = []
  const object = (column: Column, rule: string | null, params: RowProblem['params'] = {}): void => {
    if (rule !== null) problems.push(problemOf(line, column, cell(column), rule, params))
  }
  for (const name of [firstName, lastName, displayName] as const)
    object(name, whyNotName(cell(name)), { max: nameLength })
  if (cell(displayName) === '') object(displayName, 'required')

  const username = foldLogin(cell(email))
  const earlier = lineOf.get(username)
  if (username === '') object(email, 'required')
  else if (earlier !== undefined) object(email, 'repeatedInFile', { line: earlier })
  else object(email, whyNotLogin(username, facts.domains), { domains: facts.domains.slice(0, 5).join(', ') })
  if (username !== '' && earlier === undefined) lineOf.set(username, line)

  const usageLocation = cell(location).replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()) || facts.usageLocation
  if (!facts.countries.has(usageLocation)) object(location, 'countryUnknown')
  if (cell(status) !== '') object(status, 'mustBeEmpty')
  if (problems.length > 0) return { problems }
  return {
    person: {
      line,
      username,
      firstName: cell(firstName),
      lastName: cell(lastName),
      displayName: cell(displayName),
      usageLocation,
    },
  }
}

const control = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

function whyNotName(text: string): string | null {
  if (text.length > nameLength) return 'tooLong'
  // U+FFFD stands where bytes were no UTF-8.
  return control.test(text) || text.includes('\uFFFD') ? 'controlCharacters' : null
}

function problemOf(
  line: number,
  column: string,
  value: string,
  rule: string,
  params: RowProblem['params'] = {},
): RowProblem {
  return { line, column, value: value.slice(0, 100), rule, params }
}
