import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { AppLink } from './AppLink.tsx'
import { media } from './screen.ts'

const useStyles = makeStyles({
  list: {
    display: 'flex',
    gap: '4px',
    listStyleType: 'none',
    margin: '0 0 16px',
    padding: 0,
    overflowX: 'auto',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    scrollbarWidth: 'none',
  },
  tab: {
    display: 'inline-flex',
    alignItems: 'center',
    minHeight: '40px',
    padding: '0 12px',
    color: tokens.colorNeutralForeground2,
    whiteSpace: 'nowrap',
    borderBottom: '2px solid transparent',
    '&:hover': {
      color: tokens.colorNeutralForeground1,
      textDecorationLine: 'none',
      borderBottom: `2px solid ${tokens.colorNeutralStroke1}`,
    },
    [media.phone]: { minHeight: '44px' },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottom: `2px solid ${tokens.colorCompoundBrandStroke}`,
    '&:hover': { borderBottom: `2px solid ${tokens.colorCompoundBrandStroke}` },
  },
})

/** Pages that belong together, as links in the shape of tabs. `label` names the group. */
export function LinkTabs<Key extends string>({
  label,
  tabs,
  current,
}: {
  label: string
  tabs: readonly { readonly key: Key; readonly label: string; readonly href: string }[]
  current: Key
}) {
  const styles = useStyles()
  return (
    <nav aria-label={label}>
      <ul className={styles.list}>
        {tabs.map((tab) => (
          <li key={tab.key}>
            <AppLink
              href={tab.href}
              className={mergeClasses(styles.tab, tab.key === current && styles.current)}
              {...(tab.key === current ? { 'aria-current': 'page' as const } : {})}
            >
              {tab.label}
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
