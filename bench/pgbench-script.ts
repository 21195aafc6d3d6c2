/** One statement as the server sent it. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i
const onlyUuid = new RegExp(`^${uuid.source}$`, 'i')

/**
 * Writes what the server sent for one request as a pgbench script that does the same work again and again, for
 * `pgbench -M prepared`. Every UUID that `known` has no SQL for was made for that request: it becomes a fresh one for each
 * transaction, the same wherever it stood. Everything else stays as it was.
 *
 * @param known SQL, as text, for an id that exists: itself, or one that varies with a pgbench variable.
 * @param variables pgbench lines to put first, such as `\set c random(1, 20000)`.
 */
export function pgbenchScript(
  statements: readonly Statement[],
  known: (id: string) => string | undefined,
  variables: readonly string[],
): string {
  const fresh = new Map<string, string>()
  const idSql = (id: string): string => {
    const sql = known(id)
    if (sql !== undefined) return sql
    const name = fresh.get(id) ?? `f${fresh.size}`
    fresh.set(id, name)
    return `(lpad(to_hex(:${name}a::bigint), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(:${name}b::bigint), 12, '0'))`
  }
  const lines = statements.map(({ text, values }) => {
    // A lone colon stands inside a quoted text, such as a time's format; pgbench would take it for a variable.
    const harmless = text.replaceAll(/(?<!:):(?=[a-zA-Z_])/g, `:' || '`)
    const filled = harmless.replaceAll(/\$(\d+)(?!\d)(::)?/g, (_, position: string, cast: string | undefined) => {
      const value = values[Number(position) - 1]
      const sql = valueSql(value, idSql)
      return `${sql}${cast ?? (typeof value === 'string' && onlyUuid.test(value) ? '::uuid' : '')}`
    })
    return `${filled.replaceAll(/\s+/g, ' ').trim()};`
  })
  const random = [...fresh.values()].flatMap((name) => [
    `\\set ${name}a random(0, 4294967295)`,
    `\\set ${name}b random(0, 281474976710655)`,
  ])
  return [...variables, ...random, ...lines, ''].join('\n')
}

function valueSql(value: unknown, idSql: (id: string) => string): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Date) return `'${value.toISOString()}'`
  if (Array.isArray(value)) {
    return value.length === 0 ? `'{}'` : `array[${value.map((item) => valueSql(item, idSql)).join(', ')}]`
  }
  if (typeof value === 'object') return textSql(JSON.stringify(value), idSql)
  return typeof value === 'string' ? textSql(value, idSql) : String(value as number | bigint | boolean)
}

/** Ids inside a longer text, such as JSON, vary as well, so that the text is as distinct as in life. */
function textSql(text: string, idSql: (id: string) => string): string {
  const parts = text.split(new RegExp(`(${uuid.source})`, 'i')).filter((part) => part !== '')
  if (parts.length === 0) return `''`
  const sql = parts.map((part) => (onlyUuid.test(part) ? idSql(part.toLowerCase()) : quote(part))).join(' || ')
  return parts.length === 1 ? sql : `(${sql})`
}

function quote(text: string): string {
  // pgbench takes a colon before a letter for a variable, inside quotes too.
  const quoted = `'${text.replaceAll("'", "''")}'`.replaceAll(/:(?=[a-zA-Z_])/g, `:' || '`)
  return quoted.includes(`' || '`) ? `(${quoted})` : quoted
}
