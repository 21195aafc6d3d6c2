import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { type RadarOutcome, radarOutcomes } from '../../../features/overview/rules.ts'
import { RenewalTotals } from '../../../features/overview/wire.ts'
import { useRead } from '../../query.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Money, useFormats } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { media } from '../../ui/screen.ts'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'

const useStyles = makeStyles({
  outcomes: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))',
    gap: '8px',
    margin: '0 0 16px',
    padding: 0,
    listStyleType: 'none',
    [media.phone]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
  },
  outcome: {
    boxSizing: 'border-box',
    display: 'block',
    width: '100%',
    minHeight: '72px',
    padding: '8px 12px',
    textAlign: 'start',
    cursor: 'pointer',
    color: tokens.colorNeutralForeground1,
    background: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    font: 'inherit',
    '&:hover': { background: tokens.colorNeutralBackground1Hover },
    '&:focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
  chosen: { border: `1px solid ${tokens.colorBrandStroke1}`, background: tokens.colorBrandBackground2 },
  number: {
    display: 'block',
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: 'tabular-nums',
  },
  weeks: { width: '100%', borderCollapse: 'collapse', '& th, & td': { padding: '2px 8px 2px 0', textAlign: 'start' } },
  week: { whiteSpace: 'nowrap', fontWeight: tokens.fontWeightRegular, width: '1%' },
  count: { fontVariantNumeric: 'tabular-nums', width: '1%' },
  bar: { height: '12px', minWidth: '2px', background: tokens.colorBrandBackground, borderRadius: '2px' },
  expected: { margin: '0 0 12px' },
})

/** How much lies ahead: by outcome, each number narrowing the list, and week by week. */
export function RadarTotals({
  filters,
  onChoose,
}: {
  filters: Readonly<Record<'within' | 'outcome' | 'search' | 'reseller', string>>
  onChoose: (outcome: RadarOutcome | '') => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('renewals')
  const formats = useFormats()
  const { outcome: chosen, ...others } = filters
  // All outcomes keep their numbers while one of them narrows the list.
  const { data, error, refetch } = useRead('/portal/v1/renewals/totals', RenewalTotals, others)
  if (!data) {
    return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <BlockSkeleton lines={4} />
  }
  const shown = radarOutcomes.filter((outcome) => chosen === '' || outcome === chosen)
  const sums = data.weeks.map(({ counts }) => shown.reduce((sum, outcome) => sum + counts[outcome], 0))
  const most = Math.max(1, ...sums)
  return (
    <>
      <ul className={styles.outcomes} aria-label={t('totals.outcomes')}>
        {radarOutcomes.map((outcome) => (
          <li key={outcome}>
            <button
              type="button"
              className={mergeClasses(styles.outcome, chosen === outcome && styles.chosen)}
              aria-pressed={chosen === outcome}
              onClick={() => onChoose(chosen === outcome ? '' : outcome)}
            >
              <span className={styles.number}>{formats.number(data.counts[outcome])}</span>
              {t(`outcome.${outcome}`)}
            </button>
          </li>
        ))}
      </ul>
      <Section title={t('totals.weeks')}>
        {data.expected && data.expected.length > 0 && (
          <p className={styles.expected}>
            {t('totals.expected')}{' '}
            {data.expected.map(({ currency, retailMinor }, place) => (
              <span key={currency}>
                {place > 0 && ' + '}
                <strong>
                  <Money minor={retailMinor} currency={currency} />
                </strong>
              </span>
            ))}
          </p>
        )}
        <table className={styles.weeks}>
          <tbody>
            {data.weeks.map(({ startOn, endOn }, place) => (
              <tr key={startOn}>
                <th scope="row" className={styles.week}>
                  {formats.date(startOn)} – {formats.date(endOn)}
                </th>
                <td className={styles.count}>{formats.number(sums[place] ?? 0)}</td>
                <td>
                  {sums[place] ? (
                    <div className={styles.bar} style={{ width: `${((sums[place] ?? 0) / most) * 100}%` }} />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
    </>
  )
}
