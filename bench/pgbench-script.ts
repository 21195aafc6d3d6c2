/** One statement as the server sent it. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * Writes what the server sent for one request as a pgbench script that does the same work again and again: ids in `known`
 * are replaced by the expression given for them, every other UUID was made for that request and becomes a fresh one per
 * transaction, the same wherever it stood. Everything else stays as it was. Meant for `pgbench -M prepared`.
 *
 * @param known Ids that exist already (users, catalog) map to themselves; ids to vary, such as the customer, to SQL.
 * @param variables pgbench lines put first, such as `\set c random(1, 20000)`.
 */
export function pgbenchScript(
  statements: readonly Statement[],
  known: ReadonlyMap<string, string>,
  variables: readonly string[],
): string {
  const fresh = new Map<string, string>()

  const uuid = (id: string): string => {
    const text = known.get(id.toLowerCase())
    if (text !== undefined) return text
    const made = fresh.get(id) ?? `f${fresh.size}`
    fresh.set(id, made)
    return `(lpad(to_hex(:${made}a::bigint), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(:${made}b::bigint), 12, '0'))`
  }
  const literal = (value: unknown): string => {
    if (value === null || value === undefined) return 'null'
    if (Array.isArray(value)) {
      if (value.length === 0) return `'{}'`
      return `array[${value.map(literal).join(', ')}]${value.every((item) => item === null || item === undefined) ? '::text[]' : ''}`
    }
    if (value instanceof Date) return `'${value.toISOString()}'`
    if (typeof value === 'string') return uuidPattern.test(value) ? uuid(value) : textLiteral(value, uuid)
    if (typeof value === 'object') return textLiteral(JSON.stringify(value), uuid)
    return String(value)
  }

  const lines = statements.map(({ text, values }) => {
    const types = castsOf(text)
    const filled = text.replaceAll(/\$(\d+)/g, (_, position: string) => {
      const value = values[Number(position) - 1]
      const type = types.get(position)
      const sql = literal(value)
      return type === undefined && typeof value === 'string' && uuidPattern.test(value) ? `${sql}::uuid` : sql
    })
    // Two statements of one name must not differ, and pgbench reads a colon before a name as a variable.
    return `${filled.replaceAll(/\s+/g, ' ').trim()};`
  })
  const random = [...fresh.values()].flatMap((name) => [
    `\\set ${name}a random(0, 4294967295)`,
    `\\set ${name}b random(0, 281474976710655)`,
  ])
  return [...variables, ...random, ...lines, ''].join('\n')
}

/** Ids inside a longer text (JSON, a link) vary as well, so that the text is as long and as distinct as in life. */
function textLiteral(value: string, uuid: (id: string) => string): string {
  const parts = value.split(/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/i)
  return parts.length === 1
    ? quote(value)
    : `(${parts.map((part) => (uuidPattern.test(part) ? uuid(part) : quote(part))).join(' || ')})`
}

function quote(text: string): string {
  // A colon before a letter would be a pgbench variable.
  return `'${text.replaceAll("'", "''")}'`.replaceAll(/:(?=[a-zA-Z_])/g, `:' || '`)
}

function castsOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(/\$(\d+)::(\w+(?:\[\])?)/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
}
