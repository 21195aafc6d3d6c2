import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { PrintRegular } from '@fluentui/react-icons/svg/print'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { Money, NumberText } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Section } from '../../ui/Page.tsx'
import { media } from '../../ui/screen.ts'
import { WizardButtons } from '../../ui/Wizard.tsx'
import { ProvisioningBadge } from '../subscriptions/badges.tsx'
import { type Done, Order, ordersPath } from './order.ts'
import { SetupInfo } from './SetupInfo.tsx'

const pollMs = 2_000

const useStyles = makeStyles({
  lines: { listStyleType: 'none', margin: '16px 0 0', padding: 0 },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px 16px',
    padding: '8px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { flex: '1 1 240px', minWidth: 0 },
  next: { margin: 0, paddingLeft: '20px', display: 'flex', flexDirection: 'column', gap: '4px' },
  top: { marginBottom: '16px' },
  buttons: { [media.print]: { display: 'none' } },
})

/** What came of the submit: the order with its lines as they are provisioned, the Setup info of a new customer, next steps. */
export function ConfirmationStep({
  done,
  password,
  onPassword,
  onDone,
}: {
  done: Done
  password: string | undefined
  onPassword: (password: string | undefined) => void
  onDone: () => void
}) {
  const styles = useStyles()
  const { t } = useTranslation(['orders', 'common'])
  const { customerId, customerName, order, adminUserId, adminUserName } = done
  return (
    <>
      <div className={styles.top}>
        <Notice tone="success" live title={order ? t('confirmation.submitted') : t('confirmation.customerAdded')}>
          {order
            ? t('confirmation.submittedBody', { number: order.number, customer: customerName })
            : t('confirmation.addedBody', { customer: customerName })}
        </Notice>
      </div>
      {adminUserId !== undefined && adminUserName !== undefined && (
        <SetupInfo
          customerId={customerId}
          adminUserId={adminUserId}
          userName={adminUserName}
          password={password}
          onPassword={onPassword}
        />
      )}
      {order && <OrderSection done={done} />}
      <Section title={t('confirmation.next')}>
        <ul className={styles.next}>
          <li>
            <AppLink href={links.customerSubscriptions(customerId)}>{t('confirmation.viewSubscriptions')}</AppLink>
          </li>
          <li>
            <AppLink href={links.customerAccount(customerId)}>{t('confirmation.account')}</AppLink>
          </li>
          <li>
            <AppLink href={links.help('customers-and-subscriptions')}>{t('confirmation.help')}</AppLink>
          </li>
        </ul>
      </Section>
      <div className={styles.buttons}>
        <WizardButtons>
          <Button appearance="primary" onClick={onDone}>
            {t('common:action.done')}
          </Button>
          <Button icon={<PrintRegular />} onClick={() => print()}>
            {t('confirmation.print')}
          </Button>
        </WizardButtons>
      </div>
    </>
  )
}

function OrderSection({ done: { customerId, customerName, resellerName, order } }: { done: Done }) {
  const styles = useStyles()
  const { t } = useTranslation('orders')
  const path = `${ordersPath(customerId)}/${order?.id ?? ''}`
  const stored = useRead(path, Order, undefined, {
    refetchInterval: (now) => (now?.lines.every(({ provisioning }) => provisioning !== 'pending') ? false : pollMs),
  })
  if (!order) return null
  return (
    <Section title={t('confirmation.order')}>
      <FactList
        facts={[
          {
            label: t('confirmation.orderNumber'),
            value: <IdText id={order.number} name={t('confirmation.orderNumber')} whole />,
          },
          {
            label: t('confirmation.customer'),
            value: <AppLink href={links.customerSubscriptions(customerId)}>{customerName}</AppLink>,
          },
          { label: t('confirmation.reseller'), value: resellerName ?? t('reseller.none') },
          { label: t('review.total'), value: <Money minor={order.totalRetail} currency={order.currency} /> },
        ]}
      />
      <ul className={styles.lines} aria-label={t('confirmation.lines')}>
        {order.lines.map((line) => {
          const now =
            stored.data?.lines.find(({ lineNumber }) => lineNumber === line.lineNumber)?.provisioning ?? 'pending'
          return (
            <li key={line.lineNumber} className={styles.line}>
              <span className={styles.title}>
                <AppLink href={links.subscription(customerId, line.subscriptionId)}>{line.title}</AppLink>
              </span>
              <span>
                <NumberText value={line.quantity} />
              </span>
              <ProvisioningBadge status={now} />
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
