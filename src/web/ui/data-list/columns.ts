import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'

/** One column of a list. The first column names the row: it is always shown, and is the heading of the row's card on a phone. */
export interface Column<Row> {
  readonly key: string
  readonly label: string
  readonly render: (row: Row) => ReactNode
  /** Least width in px, 140 when left out. Columns that do not fit, last first, move into the row's disclosure. */
  readonly width?: number
  /** `end` for numbers and money. */
  readonly align?: 'end'
  /** The server's name for sorting by this column; without it the column cannot be sorted. */
  readonly sortBy?: string
  /** Not shown until the person chooses it in the column picker. */
  readonly hidden?: boolean
}

const usualWidth = 140

/** Splits the chosen columns into those that fit beside each other and those for the disclosure. */
export function fitColumns<Row>(
  columns: readonly Column<Row>[],
  available: number,
): { shown: Column<Row>[]; rest: Column<Row>[] } {
  const shown: Column<Row>[] = []
  const rest: Column<Row>[] = []
  let left = available
  for (const column of columns) {
    left -= column.width ?? usualWidth
    if (shown.length > 0 && (left < 0 || rest.length > 0)) rest.push(column)
    else shown.push(column)
  }
  return { shown, rest }
}

/** Share of the width that a column gets, in percent of what the shown ones ask for. */
export function widthShare<Row>(column: Column<Row>, shown: readonly Column<Row>[]): string {
  const all = shown.reduce((sum, one) => sum + (one.width ?? usualWidth), 0)
  return `${((column.width ?? usualWidth) / all) * 100}%`
}

/** What the column picker shows and does. */
export interface ColumnPicker {
  readonly isShown: (key: string) => boolean
  readonly toggle: (key: string) => void
  readonly reset: () => void
}

/** Which columns the person chose, remembered on this device under the list's name. */
export function useChosenColumns<Row>(
  listName: string,
  columns: readonly Column<Row>[],
): ColumnPicker & { readonly chosen: readonly Column<Row>[] } {
  const storageKey = `kanal.columns.${listName}`
  const [hidden, setHidden] = useState<readonly string[]>(() => {
    const kept = localStorage.getItem(storageKey)
    return kept === null ? columns.filter((column) => column.hidden).map((column) => column.key) : kept.split(' ')
  })
  const choose = useCallback(
    (keys: readonly string[]) => {
      localStorage.setItem(storageKey, keys.join(' '))
      setHidden(keys)
    },
    [storageKey],
  )
  const [first, ...others] = columns
  return {
    chosen: first ? [first, ...others.filter((column) => !hidden.includes(column.key))] : [],
    isShown: (key: string) => !hidden.includes(key),
    toggle: (key: string) => choose(hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key]),
    reset() {
      localStorage.removeItem(storageKey)
      setHidden(columns.filter((column) => column.hidden).map((column) => column.key))
    },
  }
}

/** The width of an element, kept up to date. */
export function useWidth() {
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(1200)
  useLayoutEffect(() => {
    if (ref.current) setWidth(ref.current.clientWidth)
  }, [])
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.round(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, width }
}
