import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ButtonProps } from '@fluentui/react-components'
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal'
import { cloneElement, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ReactElement } from 'react'
import type * as MenuFile from './menus.tsx'
import type { Choices } from './menus.tsx'
import { useStayInside } from './AppLink.tsx'
import { usePhone } from './screen.ts'
import { Tooltip } from './Tooltip.tsx'

/**
 * One thing a person can do, for a button, a command bar or a menu. Either `onPress` or `href`. What is not possible now stays
 * visible with `disabledBecause`, a sentence that says what to do about it.
 */
export interface Action {
  readonly key: string
  readonly label: string
  readonly icon?: ReactElement
  readonly onPress?: () => void
  readonly href?: string
  /** `href` is a file of the server, to be downloaded, and no page. */
  readonly download?: boolean
  readonly disabledBecause?: string | undefined
  /** Takes something away: drawn red, last, and apart. */
  readonly danger?: boolean
}

const useStyles = makeStyles({
  danger: {
    color: tokens.colorStatusDangerForeground1,
    '&:hover': { color: tokens.colorStatusDangerForeground1 },
    '& .fui-Button__icon': { color: tokens.colorStatusDangerForeground1 },
    '&:hover .fui-Button__icon': { color: tokens.colorStatusDangerForeground1 },
  },
  stack: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: '4px' },
  why: {
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  touch: { '@media (pointer: coarse)': { minWidth: '44px', minHeight: '44px' } },
})

function nothing() {}

/** A button for an action. When it is not possible it stays in reach of the keyboard and tells the reason. */
export function ActionButton({
  action,
  ...rest
}: { action: Action } & Pick<ButtonProps, 'appearance' | 'size' | 'className'>) {
  const styles = useStyles()
  const phone = usePhone()
  const stayInside = useStayInside(action.href ?? '')
  const icon = action.icon ? { icon: action.icon } : {}
  const look = { ...rest, className: mergeClasses(rest.className, action.danger && styles.danger) }
  if (action.disabledBecause) {
    const button = (
      <Button {...look} {...icon} disabledFocusable>
        {action.label}
      </Button>
    )
    // A finger cannot hover: the reason stands below.
    if (phone) {
      return (
        <span className={styles.stack}>
          {button}
          <span className={styles.why}>{action.disabledBecause}</span>
        </span>
      )
    }
    return (
      <Tooltip content={action.disabledBecause} relationship="description">
        {button}
      </Tooltip>
    )
  }
  if (action.href !== undefined) {
    return (
      <Button
        {...look}
        {...icon}
        as="a"
        href={action.href}
        {...(action.download ? { download: '' } : { onClick: stayInside })}
      >
        {action.label}
      </Button>
    )
  }
  return (
    <Button {...look} {...icon} onClick={action.onPress ?? nothing}>
      {action.label}
    </Button>
  )
}

/**
 * Menus and what they need to be steered by keyboard are a sixth of the first screen's script, and nobody opens one in the
 * first second: they come when the browser is idle, or when a finger or the focus is on the button.
 */
let menuFile: typeof MenuFile | undefined
const waiting = new Set<() => void>()

async function fetchMenus() {
  menuFile ??= await import('./menus.tsx')
  for (const tell of waiting) tell()
}

function useMenus(): typeof MenuFile | undefined {
  useEffect(() => {
    if (menuFile) return
    const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200))
    idle(() => void fetchMenus())
  }, [])
  return useSyncExternalStore(
    (listener) => {
      waiting.add(listener)
      return () => void waiting.delete(listener)
    },
    () => menuFile,
  )
}

/** A button that opens a menu. What was pressed before the menus came opens then. */
function MenuButton({
  button,
  menu,
}: {
  button: ReactElement<ButtonProps>
  menu: (menus: typeof MenuFile, startOpen: boolean) => ReactElement
}) {
  const menus = useMenus()
  const [pressed, setPressed] = useState(false)
  const place = useRef<HTMLSpanElement>(null)
  const hadFocus = useRef(false)
  useEffect(() => {
    if (menus && hadFocus.current) place.current?.querySelector('button')?.focus()
  }, [menus])
  return (
    <span
      ref={place}
      style={{ display: 'inline-flex' }}
      onPointerEnter={() => void fetchMenus()}
      onFocus={() => {
        hadFocus.current = true
        void fetchMenus()
      }}
      onBlur={() => {
        // Replacing the button also takes its focus away; that is not the person leaving.
        if (menus) hadFocus.current = false
      }}
    >
      {menus ? menu(menus, pressed) : cloneElement(button, { onClick: () => setPressed(true) })}
    </span>
  )
}

/** Actions behind a button with three dots, called `label`; those that take something away come last, apart and red. */
export function ActionMenu({
  label,
  actions,
  size = 'medium',
}: {
  label: string
  actions: readonly Action[]
  size?: 'small' | 'medium'
}) {
  const styles = useStyles()
  if (actions.length === 0) return null
  const button = (
    <Button
      className={styles.touch}
      appearance="subtle"
      size={size}
      icon={<MoreHorizontalRegular />}
      aria-label={label}
      aria-haspopup="menu"
    />
  )
  return (
    <MenuButton
      button={button}
      menu={(menus, startOpen) => <menus.ActionsMenu button={button} startOpen={startOpen} actions={actions} />}
    />
  )
}

/** A button that opens a menu of choices. */
export function ChoiceMenu({ button, ...choices }: Choices & { button: ReactElement<ButtonProps> }) {
  return (
    <MenuButton
      button={button}
      menu={(menus, startOpen) => <menus.ChoicesMenu button={button} startOpen={startOpen} {...choices} />}
    />
  )
}
