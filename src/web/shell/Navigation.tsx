import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { PanelLeftContractRegular } from '@fluentui/react-icons/svg/panel-left-contract'
import { PanelLeftExpandRegular } from '@fluentui/react-icons/svg/panel-left-expand'
import { useLocation, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { asSent } from '../api.ts'
import { useRead } from '../query.ts'
import type { Session } from '../session.ts'
import { useStayInside } from '../ui/AppLink.tsx'
import { NumberText } from '../ui/formats.tsx'
import { currentItem, navigationOf } from './navigation.ts'
import type { NavigationItem } from './navigation.ts'

const useStyles = makeStyles({
  nav: { display: 'flex', flexDirection: 'column', padding: '8px', minHeight: '100%', boxSizing: 'border-box' },
  group: { marginBottom: '8px' },
  heading: {
    margin: '8px 12px 4px',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
  },
  rule: { height: '1px', margin: '8px 4px', background: tokens.colorNeutralStroke2 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: '12px',
    boxSizing: 'border-box',
    minHeight: '36px',
    padding: '0 8px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    '&:hover': { background: tokens.colorNeutralBackground1 },
    '&:focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
    '@media (max-width: 1024px)': { minHeight: '44px' },
  },
  current: {
    fontWeight: tokens.fontWeightSemibold,
    background: tokens.colorNeutralBackground1,
    '&::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: '9px',
      bottom: '9px',
      width: '3px',
      borderRadius: '2px',
      background: tokens.colorCompoundBrandStroke,
    },
  },
  icon: { flexShrink: 0, fontSize: '20px' },
  iconCurrent: { color: tokens.colorCompoundBrandForeground1 },
  label: { flexGrow: 1, overflow: 'hidden', textOverflow: 'ellipsis' },
  count: {
    padding: '0 6px',
    borderRadius: tokens.borderRadiusCircular,
    background: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  push: { flexGrow: 1 },
  fold: { alignSelf: 'flex-start' },
})

/** The menu. `narrow` shows icons with their names as tooltips; `onNarrow` folds and unfolds it. */
export function Navigation({
  session,
  narrow = false,
  onNarrow,
  onChoose,
}: {
  session: Session
  narrow?: boolean
  onNarrow?: () => void
  onChoose?: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('shell')
  const { pathname } = useLocation()
  const groups = navigationOf(session)
  const current = currentItem(groups, pathname)
  const foldName = t(narrow ? 'expandMenu' : 'collapseMenu')
  return (
    <nav aria-label={t('mainMenu')} className={styles.nav}>
      {groups.map(({ name, items }, position) => (
        <div key={name ?? 'first'} className={styles.group}>
          {name && !narrow && <h2 className={styles.heading}>{t(`workspace.${name}`)}</h2>}
          {position > 0 && narrow && <div className={styles.rule} aria-hidden />}
          <ul className={styles.list} {...(name ? { 'aria-label': t(`workspace.${name}`) } : {})}>
            {items.map((item) => (
              <li key={item.name}>
                <Item item={item} current={item === current} narrow={narrow} {...(onChoose ? { onChoose } : {})} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <span className={styles.push} />
      {onNarrow && (
        <Button
          className={styles.fold}
          appearance="subtle"
          icon={narrow ? <PanelLeftExpandRegular /> : <PanelLeftContractRegular />}
          aria-label={foldName}
          title={foldName}
          aria-expanded={!narrow}
          onClick={onNarrow}
        />
      )}
    </nav>
  )
}

function Item({
  item: { name, href, Icon, waiting },
  current,
  narrow,
  onChoose,
}: {
  item: NavigationItem
  current: boolean
  narrow: boolean
  onChoose?: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('shell')
  const router = useRouter()
  const stayInside = useStayInside(href)
  const label = t(`page.${name}`)
  const warm = () => void router.preloadRoute({ to: href }).catch(() => {})
  return (
    <a
      href={href}
      className={mergeClasses(styles.item, current && styles.current)}
      {...(current ? { 'aria-current': 'page' as const } : {})}
      {...(narrow ? { 'aria-label': label, title: label } : {})}
      onPointerEnter={warm}
      onFocus={warm}
      onClick={(event) => {
        stayInside(event)
        onChoose?.()
      }}
    >
      <Icon className={mergeClasses(styles.icon, current && styles.iconCurrent)} aria-hidden />
      {!narrow && <span className={styles.label}>{label}</span>}
      {!narrow && waiting !== undefined && <Waiting path={waiting} />}
    </a>
  )
}

const WaitingCount = asSent<{ readonly open: number }>()

/** How many things behind an item wait for somebody; nothing while none do. */
function Waiting({ path }: { path: string }) {
  const styles = useStyles()
  const { t } = useTranslation('shell')
  const { data } = useRead(path, WaitingCount, undefined, { refetchInterval: 120_000 })
  const count = data?.open ?? 0
  if (count === 0) return null
  return (
    <span className={styles.count}>
      <span aria-hidden>
        <NumberText value={count} />
      </span>
      <span className="visually-hidden">{t('waiting', { count })}</span>
    </span>
  )
}
