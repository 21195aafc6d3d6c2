import { useTranslation } from 'react-i18next'
import type { Home } from '../../../features/overview/wire.ts'
import { links } from '../../links.ts'
import { usePermission, useSession } from '../../session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { DateText } from '../../ui/formats.tsx'
import { Section } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useRowStyles } from './rows.ts'

/** The subscriptions that renew or end soonest. */
export function Renewals({ renewals }: { renewals: NonNullable<Home['renewals']> }) {
  const styles = useRowStyles()
  const { t } = useTranslation('home')
  const seesRadar = usePermission('renewals.read')
  const isCustomer = useSession().organization.kind === 'customer'
  return (
    <Section title={t('renewals.title')} id="renewals">
      {renewals.length === 0 ? <p className={styles.empty}>{t('renewals.empty')}</p> : null}
      <ul className={styles.list}>
        {renewals.map(({ subscriptionId, customer, name, quantity, endOn, autoRenew }) => (
          <li key={subscriptionId} className={styles.row}>
            <span className={styles.main}>
              <AppLink href={isCustomer ? links.mySubscriptions() : links.subscription(customer.id, subscriptionId)}>
                {name}
              </AppLink>
              <span className={styles.second}>
                {isCustomer ? null : `${customer.name} · `}
                {t('renewals.licenses', { count: quantity })}
              </span>
            </span>
            <span className={styles.facts}>
              <DateText day={endOn} />
              <StatusBadge tone={autoRenew ? 'success' : 'warning'}>
                {t(autoRenew ? 'renewals.renews' : 'renewals.ends')}
              </StatusBadge>
            </span>
          </li>
        ))}
      </ul>
      {seesRadar && (
        <AppLink className={styles.more} href={links.renewals()}>
          {t('renewals.all')}
        </AppLink>
      )}
    </Section>
  )
}
