import { useWindowVirtualizer } from '@tanstack/react-virtual'
import type { VirtualItem } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, useState } from 'react'

/** Up to here every row is drawn: the browser's own search in the page finds all of them. */
const drawAllUpTo = 120

interface RowWindow {
  /** Goes on the element that holds the rows. */
  readonly listRef: (element: HTMLElement | null) => void
  /** The rows to draw, by index. */
  readonly indexes: readonly number[]
  /** Height in px of what is left out above and below. */
  readonly above: number
  readonly below: number
  /** Goes on every row, together with `data-index`. */
  readonly measure: ((element: HTMLElement | null) => void) | undefined
}

/** Draws only the rows near the screen once there are many; the document scrolls, and rows may have any height. */
export function useRowWindow(count: number, rowHeight: number): RowWindow {
  const [top, setTop] = useState(0)
  const element = useRef<HTMLElement>(null)
  const listRef = useCallback((found: HTMLElement | null) => {
    element.current = found
    if (found) setTop(found.getBoundingClientRect().top + scrollY)
  }, [])
  const windowed = count > drawAllUpTo
  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: top,
    enabled: windowed,
  })
  if (!windowed)
    return {
      listRef,
      indexes: Array.from({ length: count }, (_, index) => index),
      above: 0,
      below: 0,
      measure: undefined,
    }
  const items: VirtualItem[] = virtualizer.getVirtualItems()
  const first = items[0]
  const last = items.at(-1)
  return {
    listRef,
    indexes: items.map((item) => item.index),
    above: first ? first.start - top : 0,
    below: last ? virtualizer.getTotalSize() - (last.end - top) : 0,
    measure: virtualizer.measureElement,
  }
}

/** Calls `reached` when the element comes near the screen, and again while it stays there and `armed` is true. */
export function useNearEnd(armed: boolean, reached: () => void) {
  const ref = useRef<HTMLDivElement>(null)
  const latest = useRef(reached)
  useEffect(() => {
    latest.current = reached
  })
  useEffect(() => {
    if (!armed || !ref.current) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) latest.current()
      },
      { rootMargin: '600px' },
    )
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [armed])
  return ref
}
