/** Where each known column stands in a file; undefined for one that the file lacks. */
export type Columns<Name extends string> = Readonly<Record<Name, number | undefined>>

export interface MatchedColumns<Name extends string> {
  readonly columns: Columns<Name>
  /** How many cells each line must have. */
  readonly width: number
  /** Names of the file that mean nothing to us, as written. */
  readonly ignored: readonly string[]
  readonly missing: readonly Name[]
  /** Known columns that stand in the header twice. */
  readonly repeated: readonly Name[]
}

/** Finds the known columns in a header, without regard to case, spaces or order. */
export function matchColumns<Name extends string>(
  header: readonly string[],
  known: Readonly<Record<Name, 'required' | 'optional'>>,
): MatchedColumns<Name> {
  const names = Object.keys(known) as Name[]
  const byFold = new Map(names.map((name) => [fold(name), name]))
  const columns: Record<string, number | undefined> = {}
  const ignored: string[] = []
  const repeated: Name[] = []
  for (const [index, cell] of header.entries()) {
    const name = byFold.get(fold(cell))
    if (name === undefined) ignored.push(cell.trim())
    else if (columns[name] === undefined) columns[name] = index
    else repeated.push(name)
  }
  return {
    columns: columns as Columns<Name>,
    width: header.length,
    ignored,
    missing: names.filter((name) => known[name] === 'required' && columns[name] === undefined),
    repeated,
  }
}

function fold(name: string): string {
  return name.replaceAll(/\s/g, '').toLowerCase()
}
