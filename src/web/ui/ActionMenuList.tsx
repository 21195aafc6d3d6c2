import {
  makeStyles,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemCheckbox,
  MenuItemLink,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  tokens,
} from '@fluentui/react-components'
import { Fragment } from 'react'
import type { ReactElement, ReactNode } from 'react'
import type { Action } from './actions.tsx'
import { useStayInside } from './AppLink.tsx'

// Fetched by actions.tsx when needed; nothing else imports this file.

const useStyles = makeStyles({
  danger: {
    color: tokens.colorStatusDangerForeground1,
    '&:hover': { color: tokens.colorStatusDangerForeground1 },
    '& .fui-MenuItem__icon': { color: tokens.colorStatusDangerForeground1 },
    '&:hover .fui-MenuItem__icon': { color: tokens.colorStatusDangerForeground1 },
  },
  why: {
    display: 'block',
    maxWidth: '280px',
    whiteSpace: 'normal',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground3,
  },
  popover: { maxWidth: 'min(360px, calc(100vw - 32px))' },
})

/** A menu that opens from `button`. */
export function MenuOn({
  button,
  startOpen,
  children,
}: {
  button: ReactElement
  startOpen: boolean
  children: ReactElement
}) {
  const styles = useStyles()
  return (
    <Menu positioning="below-end" defaultOpen={startOpen}>
      <MenuTrigger disableButtonEnhancement>{button}</MenuTrigger>
      <MenuPopover className={styles.popover}>{children}</MenuPopover>
    </Menu>
  )
}

/** Actions as a menu's list. */
export function ActionMenuList({ actions }: { actions: readonly Action[] }) {
  const harmless = actions.filter((action) => !action.danger)
  const dangerous = actions.filter((action) => action.danger)
  return (
    <MenuList>
      {harmless.map((action) => (
        <ActionMenuItem key={action.key} action={action} />
      ))}
      {harmless.length > 0 && dangerous.length > 0 && <MenuDivider />}
      {dangerous.map((action) => (
        <ActionMenuItem key={action.key} action={action} />
      ))}
    </MenuList>
  )
}

function ActionMenuItem({ action }: { action: Action }) {
  const styles = useStyles()
  const stayInside = useStayInside(action.href ?? '')
  const icon = action.icon ? { icon: action.icon } : {}
  const className = action.danger ? { className: styles.danger } : {}
  if (action.disabledBecause) {
    return (
      <MenuItem {...icon} disabled>
        {action.label}
        <span className={styles.why}>{action.disabledBecause}</span>
      </MenuItem>
    )
  }
  if (action.href !== undefined) {
    return (
      <MenuItemLink
        {...icon}
        {...className}
        href={action.href}
        {...(action.download ? { download: '' } : { onClick: stayInside })}
      >
        {action.label}
      </MenuItemLink>
    )
  }
  return (
    <MenuItem {...icon} {...className} {...(action.onPress ? { onClick: action.onPress } : {})}>
      {action.label}
    </MenuItem>
  )
}

export interface MenuChoices {
  readonly name: string
  readonly label: string
  /** Several ticks, or one of a few. */
  readonly several: boolean
  readonly chosen: readonly string[]
  readonly items: readonly { readonly value: string; readonly label: string }[]
  readonly onToggle: (value: string) => void
}

/** A menu with choices: `head` says whose menu it is, `first` and `last` are actions around the groups. */
export function ChoiceMenuList({
  head,
  first = [],
  groups,
  last = [],
}: {
  head?: ReactNode
  first?: readonly Action[]
  groups: readonly MenuChoices[]
  last?: readonly Action[]
}) {
  return (
    <MenuList
      checkedValues={Object.fromEntries(groups.map((group) => [group.name, [...group.chosen]]))}
      onCheckedValueChange={(_, { name, checkedItems }) => {
        const group = groups.find((one) => one.name === name)
        if (!group) return
        const changed = group.several
          ? group.items.find((item) => checkedItems.includes(item.value) !== group.chosen.includes(item.value))?.value
          : checkedItems[0]
        if (changed !== undefined) group.onToggle(changed)
      }}
    >
      {head}
      {first.map((action) => (
        <ActionMenuItem key={action.key} action={action} />
      ))}
      {groups.map((group, position) => (
        <Fragment key={group.name}>
          {(position > 0 || first.length > 0 || head !== undefined) && <MenuDivider />}
          <MenuGroup>
            <MenuGroupHeader>{group.label}</MenuGroupHeader>
            {group.items.map((item) =>
              group.several ? (
                <MenuItemCheckbox key={item.value} name={group.name} value={item.value}>
                  {item.label}
                </MenuItemCheckbox>
              ) : (
                <MenuItemRadio key={item.value} name={group.name} value={item.value}>
                  {item.label}
                </MenuItemRadio>
              ),
            )}
          </MenuGroup>
        </Fragment>
      ))}
      {last.length > 0 && <MenuDivider />}
      {last.map((action) => (
        <ActionMenuItem key={action.key} action={action} />
      ))}
    </MenuList>
  )
}
