import { useTranslation } from 'react-i18next'
import type { Home } from '../../../features/overview/wire.ts'
import { links } from '../../links.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { InstantText } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { useRowStyles } from './rows.ts'

/** What was ordered and could not be provisioned. */
export function Failures({ failures }: { failures: NonNullable<Home['failures']> }) {
  const styles = useRowStyles()
  const { t } = useTranslation('home')
  return (
    <Section title={t('failures.title')} id="failures">
      <ul className={styles.list}>
        {failures.map(({ subscriptionId, customer, name, orderedAt }) => (
          <li key={subscriptionId} className={styles.row}>
            <span className={styles.main}>
              <AppLink href={links.subscription(customer.id, subscriptionId)}>{name}</AppLink>
              <span className={styles.second}>{customer.name}</span>
            </span>
            <span className={styles.facts}>
              {t('failures.ordered')} <InstantText at={orderedAt} dayOnly />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
