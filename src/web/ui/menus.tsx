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

interface FromButton {
  readonly button: ReactElement
  /** It was pressed before the menu was there. */
  readonly startOpen: boolean
}

/** Actions in a menu that opens from `button`. */
export function ActionsMenu({ button, startOpen, actions }: FromButton & { actions: readonly Action[] }) {
  const styles = useStyles()
  const harmless = actions.filter((action) => !action.danger)
  const dangerous = actions.filter((action) => action.danger)
  return (
    <Menu positioning="below-end" defaultOpen={startOpen}>
      <MenuTrigger disableButtonEnhancement>{button}</MenuTrigger>
      <MenuPopover className={styles.popover}>
        <MenuList>
          {harmless.map((action) => (
            <ActionMenuItem key={action.key} action={action} />
          ))}
          {harmless.length > 0 && dangerous.length > 0 && <MenuDivider />}
          {dangerous.map((action) => (
            <ActionMenuItem key={action.key} action={action} />
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
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

/** What a menu with choices shows: `head` says whose menu it is, `first` and `last` are actions around the groups. */
export interface Choices {
  readonly head?: ReactNode
  readonly first?: readonly Action[]
  readonly groups: readonly MenuChoices[]
  readonly last?: readonly Action[]
}

/** A menu with choices that opens from `button`. */
export function ChoicesMenu({ button, startOpen, head, first = [], groups, last = [] }: FromButton & Choices) {
  const styles = useStyles()
  return (
    <Menu
      positioning="below-end"
      defaultOpen={startOpen}
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
      <MenuTrigger disableButtonEnhancement>{button}</MenuTrigger>
      <MenuPopover className={styles.popover}>
        {head}
        <MenuList>
          {first.map((action) => (
            <ActionMenuItem key={action.key} action={action} />
          ))}
          {groups.map((group, position) => (
            <Fragment key={group.name}>
              {(position > 0 || first.length > 0) && <MenuDivider />}
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
      </MenuPopover>
    </Menu>
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
