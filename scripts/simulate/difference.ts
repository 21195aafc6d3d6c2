/**
 * The first row that differs between two dumps of worlds, with the table it belongs to; undefined when none does. Partner ids,
 * which the makers of test parties count up, do not count.
 */
export function firstDifference(leaps: string, days: string): string | undefined {
  const [left, right] = [rowsOf(leaps), rowsOf(days)]
  for (const [table, rows] of left) {
    const others = right.get(table) ?? []
    const at = rows.findIndex((row, place) => row !== others[place])
    const place = at === -1 ? rows.length : at
    if (at === -1 && rows.length === others.length) continue
    return `DIFFERENT in ${table}:\n  leaps: ${rows[place] ?? 'nothing'}\n  days:  ${others[place] ?? 'nothing'}`
  }
  return undefined
}

/** The rows of each table, sorted. */
function rowsOf(dump: string): ReadonlyMap<string, readonly string[]> {
  const [, ...tables] = `\n${dump}`.split('\n-- ')
  return new Map(
    tables.map((table) => {
      const [name = '', ...rows] = table.replaceAll(/\(\d{7}\)/g, '(#)').split('\n')
      return [name, rows.toSorted()]
    }),
  )
}
