import pg from 'pg'
import type { Statement } from './pgbench-script.ts'

/**
 * Notes every statement that this process sends to PostgreSQL while `work` runs, in order. Only for one request at a time:
 * sessions are not told apart.
 */
export async function captureStatements(work: () => Promise<unknown>): Promise<readonly Statement[]> {
  const captured: Statement[] = []
  const { prototype } = pg.Client
  const { query } = prototype
  Object.defineProperty(prototype, 'query', {
    configurable: true,
    writable: true,
    value: function noted(this: pg.Client, ...given: unknown[]): unknown {
      const [first, second] = given
      if (typeof first === 'string') captured.push({ text: first, values: Array.isArray(second) ? second : [] })
      else if (typeof first === 'object' && first !== null && 'text' in first) {
        const { text, values } = first as { text: string; values?: readonly unknown[] }
        captured.push({ text, values: values ?? [] })
      }
      return Reflect.apply(query, this, given)
    },
  })
  try {
    await work()
  } finally {
    Object.defineProperty(prototype, 'query', { configurable: true, writable: true, value: query })
  }
  return captured
}
