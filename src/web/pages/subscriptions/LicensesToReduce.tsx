import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { Deadline } from './Deadline.tsx'
import type { SubscriptionDetail } from './subscription.ts'

const useStyles = makeStyles({
  box: {
    padding: '8px 12px',
    borderRadius: tokens.borderRadiusMedium,
    background: tokens.colorNeutralBackground3,
  },
  title: { display: 'block', fontWeight: tokens.fontWeightSemibold },
  list: { margin: '4px 0 0', padding: 0, listStyleType: 'none' },
  lot: { display: 'grid', gridTemplateColumns: 'minmax(90px, auto) 1fr', gap: '0 16px', padding: '4px 0' },
})

/** Which licenses can be given back now and until when; or why none can, with the way out. */
export function LicensesToReduce({
  subscription: { lots, now, quantity, leastQuantity },
  whyNot,
}: {
  subscription: SubscriptionDetail
  whyNot: string | undefined
}) {
  const styles = useStyles()
  const { t } = useTranslation('subscriptions')
  const open = lots
    .filter(({ reducibleUntil }) => Date.parse(reducibleUntil) >= Date.parse(now))
    .toSorted((a, b) => (a.reducibleUntil < b.reducibleUntil ? -1 : 1))
  return (
    <div className={styles.box} role="group" aria-label={t('reduce.title')}>
      <strong className={styles.title}>{t('reduce.title')}</strong>
      {whyNot ?? t('reduce.body', { count: quantity - leastQuantity, least: leastQuantity })}
      {whyNot === undefined && (
        <ul className={styles.list}>
          {open.map((lot) => (
            <li key={lot.id} className={styles.lot}>
              <span>{t('reduce.lot', { count: lot.quantity })}</span>
              <span>
                <Deadline at={lot.reducibleUntil} now={now} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
