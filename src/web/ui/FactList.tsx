import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { media } from './screen.ts'

export interface Fact {
  readonly label: string
  /** Shown as a dash when there is none. */
  readonly value: ReactNode
}

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gap: '12px 24px',
    margin: 0,
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(220px, 100%), 1fr))',
  },
  lines: { gridTemplateColumns: '1fr' },
  fact: { minWidth: 0 },
  factLine: {
    display: 'grid',
    gridTemplateColumns: 'minmax(120px, 200px) 1fr',
    gap: '16px',
    alignItems: 'baseline',
    [media.phone]: { gridTemplateColumns: '1fr', gap: 0 },
  },
  label: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  value: { margin: 0, overflowWrap: 'anywhere', minHeight: '20px' },
})

/** Facts as pairs of name and value: in columns, or one a line with `lines`. */
export function FactList({ facts, lines = false }: { facts: readonly Fact[]; lines?: boolean }) {
  const styles = useStyles()
  return (
    <dl className={mergeClasses(styles.list, lines && styles.lines)}>
      {facts.map(({ label, value }) => (
        <div key={label} className={lines ? styles.factLine : styles.fact}>
          <dt className={styles.label}>{label}</dt>
          <dd className={styles.value}>{value === undefined || value === null || value === '' ? '–' : value}</dd>
        </div>
      ))}
    </dl>
  )
}
