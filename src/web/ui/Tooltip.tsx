import { makeStyles, tokens } from '@fluentui/react-components'
import { cloneElement, useId, useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent, PointerEvent, ReactElement } from 'react'

const useStyles = makeStyles({
  anchor: { display: 'contents' },
  tip: {
    position: 'fixed',
    inset: 'auto',
    margin: 0,
    boxSizing: 'border-box',
    width: 'max-content',
    maxWidth: 'min(280px, calc(100vw - 16px))',
    padding: '6px 12px',
    border: `1px solid ${tokens.colorTransparentStroke}`,
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    boxShadow: tokens.shadow8,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    lineHeight: tokens.lineHeightBase200,
    whiteSpace: 'normal',
    textAlign: 'start',
    overflowWrap: 'anywhere',
    pointerEvents: 'none',
  },
})

const gap = 6

/**
 * Says more about a control while the pointer or the focus is on it, and to screen readers always: as its `label`, or as a
 * `description` beside its own name. Escape closes it. Fluent's own brings a positioning library of a tenth of the first screen.
 */
export function Tooltip({
  content,
  relationship,
  show = false,
  children,
}: {
  content: string
  relationship: 'label' | 'description'
  /** Shown without pointer or focus, such as "Copied". */
  show?: boolean
  children: ReactElement
}) {
  const styles = useStyles()
  const id = useId()
  const tip = useRef<HTMLSpanElement>(null)
  const anchor = useRef<HTMLSpanElement>(null)
  const [near, setNear] = useState(false)

  const place = (element: HTMLSpanElement | null) => {
    tip.current = element
    const target = anchor.current?.firstElementChild
    if (!element || !target) return
    // The top layer: nothing that scrolls or cuts off can hide it.
    element.showPopover()
    const at = target.getBoundingClientRect()
    const { width, height } = element.getBoundingClientRect()
    const above = at.top - height - gap
    element.style.top = `${above > 8 ? above : at.bottom + gap}px`
    element.style.left = `${Math.max(8, Math.min(at.left + at.width / 2 - width / 2, innerWidth - width - 8))}px`
  }
  // On the wrapper, so that the control keeps its own handlers; it draws nothing and is nothing to the keyboard.
  const watching = {
    onPointerEnter: (event: PointerEvent) => setNear(event.pointerType !== 'touch'),
    onPointerLeave: () => setNear(false),
    onFocus: (event: FocusEvent<HTMLElement>) => setNear(event.target.matches(':focus-visible')),
    onBlur: () => setNear(false),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') setNear(false)
    },
  }
  const name = relationship === 'label' ? { 'aria-label': content } : { 'aria-describedby': id }
  return (
    <span ref={anchor} className={styles.anchor} {...watching}>
      {cloneElement(children, name)}
      {relationship === 'description' && (
        <span id={id} hidden>
          {content}
        </span>
      )}
      {(near || show) && (
        <span ref={place} popover="manual" role="tooltip" className={styles.tip}>
          {content}
        </span>
      )}
    </span>
  )
}
