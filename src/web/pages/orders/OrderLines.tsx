import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { Money, NumberText } from '../../ui/formats.tsx'
import type { OrderDetail } from '../new-subscription/order.ts'
import { ProvisioningBadge } from '../subscriptions/badges.tsx'
import { NameText, Quiet, useSubscriptionTexts } from '../subscriptions/useSubscriptionTexts.tsx'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1fr) minmax(0, 1fr) auto auto',
    gap: '4px 24px',
    alignItems: 'baseline',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    '&:first-child': { borderTop: 0 },
    '@media (max-width: 900px)': { gridTemplateColumns: '1fr' },
  },
  end: { textAlign: 'end', '@media (max-width: 900px)': { textAlign: 'start' } },
})

/** The lines of an order, each with its subscription. */
export function OrderLines({ order }: { order: OrderDetail }) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const texts = useSubscriptionTexts()
  return (
    <ul className={styles.list} aria-label={t('confirmation.lines')}>
      {order.lines.map((line) => (
        <li key={line.lineNumber} className={styles.line}>
          <NameText
            title={<AppLink href={links.subscription(order.customer.id, line.subscriptionId)}>{line.title}</AppLink>}
            friendlyName={line.friendlyName}
          />
          <span>
            <NumberText value={line.quantity} /> × {texts.termAndPlan(line)}
          </span>
          <span>
            {line.reseller ? (
              <>
                {line.reseller.name} <Quiet>{line.reseller.partnerId}</Quiet>
              </>
            ) : (
              t('reseller.none')
            )}
          </span>
          <ProvisioningBadge status={line.provisioning} />
          <span className={styles.end}>
            {line.totalRetail !== undefined && <Money minor={line.totalRetail} currency={order.currency} />}
          </span>
        </li>
      ))}
    </ul>
  )
}
