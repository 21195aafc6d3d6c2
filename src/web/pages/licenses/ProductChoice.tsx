import { Checkbox, makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { useSession } from '../../session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { media } from '../../ui/screen.ts'
import { type Choice, choiceOf, neededFor, pressed } from './choices.ts'
import type { Person, ProductLicenses } from './people.ts'

const useStyles = makeStyles({
  product: {
    padding: '8px 12px 12px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '16px' },
  tick: { flex: '1 1 260px', minWidth: 0 },
  count: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  short: { margin: '4px 0 0 32px', color: tokens.colorStatusWarningForeground3 },
  plans: { margin: '4px 0 0 24px', [media.phone]: { marginLeft: '8px' } },
  summary: { cursor: 'pointer', padding: '6px 8px', width: 'fit-content' },
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(220px, 100%), 1fr))',
    [media.phone]: { rowGap: '8px' },
  },
})

/** One product with its tick, how many licenses are left, and the services in it. */
export function ProductChoice({
  customerId,
  product,
  people,
  choice,
  onChoose,
}: {
  customerId: string
  product: ProductLicenses
  people: readonly Person[]
  choice: Choice
  onChoose: (choice: Choice) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation('licenses')
  const isCustomer = useSession().organization.kind === 'customer'
  const first = choiceOf(product, people)
  const { available, owned, title, plans } = product
  const needed = neededFor(product, choice, people)
  const more = isCustomer
    ? links.mySubscriptions()
    : product.subscriptionId === null
      ? undefined
      : links.subscription(customerId, product.subscriptionId)
  return (
    <div className={styles.product}>
      <div className={styles.head}>
        <Checkbox
          className={styles.tick}
          label={title}
          checked={choice.assigned}
          onChange={() => onChoose({ ...choice, assigned: pressed(choice.assigned, first.assigned) })}
        />
        <span className={styles.count}>
          {available === 0 ? t('assign.none') : t('assign.available', { count: available, owned })}
        </span>
        {available === 0 && more && <AppLink href={more}>{isCustomer ? t('assign.request') : t('assign.buy')}</AppLink>}
      </div>
      {needed > available && (
        <p className={styles.short} role="status">
          {t('assign.short', { needed, available })}
        </p>
      )}
      {plans.length > 0 && choice.assigned !== false && (
        <details className={styles.plans}>
          <summary className={styles.summary}>{t('assign.plans')}</summary>
          <div role="group" aria-label={t('assign.plansOf', { product: title })} className={styles.grid}>
            {plans.map(({ id, name }) => {
              const tick = choice.plans[id] ?? true
              return (
                <Checkbox
                  key={id}
                  label={name}
                  checked={tick}
                  onChange={() =>
                    onChoose({
                      ...choice,
                      plans: { ...choice.plans, [id]: pressed(tick, first.plans[id] ?? true) },
                    })
                  }
                />
              )
            })}
          </div>
        </details>
      )}
    </div>
  )
}
