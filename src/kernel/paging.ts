import { fieldRefusal } from './errors.ts'
import { isUuid } from './ids.ts'

/** How many rows a page of a list holds. */
export const pageSize = { least: 1, most: 200, usual: 50 } as const

/** One page of a list, and where the next one starts. */
export interface Page<Row> {
  readonly items: readonly Row[]
  readonly next: string | null
}

/** Packs the sort values of a page's last row into a cursor for the wire. */
export function packCursor(values: readonly string[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(values))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Unpacks a cursor of exactly `count` values; undefined when it was not made by `packCursor`. */
export function unpackCursor(cursor: string, count: number): readonly string[] | undefined {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    const values: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (char) => char.charCodeAt(0))))
    if (!Array.isArray(values) || values.length !== count) return undefined
    return values.every((value) => typeof value === 'string') ? values : undefined
  } catch {
    // Anything a client invents is simply no cursor.
    return undefined
  }
}

/**
 * Where a page of a list in the order of time starts: behind the row of this instant and id. Undefined for the first page.
 *
 * @throws Refusal invalidRequest for a cursor such a list does not give.
 */
export function unpackTimeCursor(cursor: string | undefined): { readonly at: Date; readonly id: string } | undefined {
  if (cursor === undefined) return undefined
  const [instant = '', id = ''] = unpackCursor(cursor, 2) ?? []
  const at = new Date(instant)
  if (Number.isNaN(at.getTime()) || at.toISOString() !== instant || !isUuid(id)) throw fieldRefusal('cursor', 'invalid')
  return { at, id }
}

/** Cuts a page out of rows fetched with `limit size + 1`; the surplus row only tells that there is a next page. */
export function page<Row>(rows: readonly Row[], size: number, keyOf: (row: Row) => readonly string[]): Page<Row> {
  const items = rows.slice(0, size)
  const last = items.at(-1)
  return { items, next: rows.length > size && last !== undefined ? packCursor(keyOf(last)) : null }
}
