import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { InstantText } from './formats.tsx'

/** Something that happened: when (ISO instant), what, who did it, for whom. */
export interface TimelineEntry {
  readonly key: string
  readonly at: string
  readonly title: ReactNode
  readonly who?: string | undefined
  readonly onBehalfOf?: string | undefined
  readonly detail?: ReactNode
}

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  entry: {
    position: 'relative',
    padding: '0 0 16px 24px',
    '&::before': {
      content: '""',
      position: 'absolute',
      left: '4px',
      top: '6px',
      width: '8px',
      height: '8px',
      borderRadius: '50%',
      background: tokens.colorBrandBackground,
    },
    '&:not(:last-child)::after': {
      content: '""',
      position: 'absolute',
      left: '7px',
      top: '18px',
      bottom: '-2px',
      width: '2px',
      background: tokens.colorNeutralStroke2,
    },
  },
  title: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  meta: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  empty: { color: tokens.colorNeutralForeground3, margin: 0 },
})

/** What happened to a record, newest first, as given. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const styles = useStyles()
  const { t } = useTranslation()
  if (entries.length === 0) return <p className={styles.empty}>{t('timeline.empty')}</p>
  return (
    <ol className={styles.list}>
      {entries.map(({ key, at, title, who, onBehalfOf, detail }) => (
        <li key={key} className={styles.entry}>
          <div className={styles.title}>{title}</div>
          {detail && <div>{detail}</div>}
          <div className={styles.meta}>
            <InstantText at={at} />
            {who && ` · ${who}`}
            {onBehalfOf && ` · ${t('timeline.onBehalf', { name: onBehalfOf })}`}
          </div>
        </li>
      ))}
    </ol>
  )
}
