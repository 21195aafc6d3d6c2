import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { InstantText, NumberText } from '../../ui/formats.tsx'
import { usePhone } from '../../ui/screen.ts'
import { Deadline } from './Deadline.tsx'
import type { SubscriptionDetail } from './subscription.ts'

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', maxWidth: '640px', fontVariantNumeric: 'tabular-nums' },
  head: {
    textAlign: 'start',
    padding: '4px 16px 4px 0',
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground3,
  },
  cell: { padding: '6px 16px 6px 0', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, verticalAlign: 'top' },
  end: { textAlign: 'end' },
  plain: { listStyleType: 'none', margin: 0, padding: 0 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

type Subject = Pick<SubscriptionDetail, 'lots' | 'now'>

/** Licenses by the time they were added, with how long each lot can be reduced: a table, or a line each on a phone. */
export function Lots({ subscription: { lots, now } }: { subscription: Subject }) {
  const styles = useStyles()
  const { t } = useTranslation('subscriptions')
  const phone = usePhone()
  if (phone) {
    return (
      <ul className={styles.plain}>
        {lots.map((lot) => (
          <li key={lot.id} className={styles.cell}>
            <NumberText value={lot.quantity} /> · {t(`detail.source.${lot.source}`)} ·{' '}
            <InstantText at={lot.addedAt} dayOnly />
            <div className={styles.quiet}>{t('detail.lotUntil')}:</div>
            <Until until={lot.reducibleUntil} now={now} />
          </li>
        ))}
      </ul>
    )
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" className={styles.head}>
            {t('detail.lotAdded')}
          </th>
          <th scope="col" className={styles.head}>
            {t('detail.lotSource')}
          </th>
          <th scope="col" className={`${styles.head} ${styles.end}`}>
            {t('detail.lotQuantity')}
          </th>
          <th scope="col" className={styles.head}>
            {t('detail.lotUntil')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lots.map((lot) => (
          <tr key={lot.id}>
            <td className={styles.cell}>
              <InstantText at={lot.addedAt} dayOnly />
            </td>
            <td className={styles.cell}>{t(`detail.source.${lot.source}`)}</td>
            <td className={`${styles.cell} ${styles.end}`}>
              <NumberText value={lot.quantity} />
            </td>
            <td className={styles.cell}>
              <Until until={lot.reducibleUntil} now={now} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Until({ until, now }: { until: string; now: string }) {
  const { t } = useTranslation('subscriptions')
  return Date.parse(until) < Date.parse(now) ? t('left.over') : <Deadline at={until} now={now} />
}
