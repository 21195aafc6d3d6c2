import { Button, makeStyles, Skeleton, SkeletonItem } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { links } from '../../links.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { useErrorText } from '../../ui/errors.ts'
import { FactList } from '../../ui/FactList.tsx'
import { InstantText, useFormats } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { AddressText } from './AddressText.tsx'
import { type Account, useCustomer } from './customer.ts'
import { useCustomerActions } from './useCustomerActions.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: '16px', paddingTop: '12px' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  waiting: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))',
    gap: '16px',
    paddingTop: '12px',
  },
})

/** A customer's record, unfolded in its row: read when it is opened; an error stays inside the row. */
export function CustomerRecord({ customerId, name }: { customerId: string; name: string }) {
  const styles = useStyles()
  const { t } = useTranslation(['customers', 'common'])
  const errorText = useErrorText()
  const customer = useCustomer(customerId)
  const actionsOn = useCustomerActions()
  if (customer.error) {
    return (
      <div role="alert" className={styles.root}>
        {errorText(customer.error)}
        <div>
          <Button size="small" onClick={() => void customer.refetch()}>
            {t('common:action.retry')}
          </Button>
        </div>
      </div>
    )
  }
  const account = customer.data?.account
  if (!account) {
    return (
      <Skeleton className={styles.waiting} aria-label={t('common:loading')} aria-busy>
        {Array.from({ length: 8 }, (_, index) => (
          <SkeletonItem key={index} size={32} />
        ))}
      </Skeleton>
    )
  }
  return (
    <section className={styles.root} aria-label={name}>
      <RecordFacts customerId={customerId} account={account} />
      <div className={styles.actions}>
        {actionsOn({ id: customerId }).map((action, index) => (
          <ActionButton
            key={action.key}
            action={action}
            size="small"
            appearance={index === 0 ? 'primary' : 'secondary'}
          />
        ))}
      </div>
    </section>
  )
}

function RecordFacts({ customerId, account }: { customerId: string; account: Account }) {
  const { t } = useTranslation('customers')
  const formats = useFormats()
  const { organization } = useSession()
  const { details, resellers, providers, lastOrder, nextRenewal } = account
  const contact = details?.contact
  return (
    <FactList
      facts={[
        {
          label: t('record.address'),
          value: details ? <AddressText company={details.company} /> : t('record.noAccess'),
        },
        {
          label: t('record.contact'),
          value: contact ? (
            <>
              {`${contact.firstName} ${contact.lastName}`}
              <br />
              {contact.email}
              {contact.phone !== '' && (
                <>
                  <br />
                  {contact.phone}
                </>
              )}
            </>
          ) : (
            t('record.noAccess')
          ),
        },
        { label: t('column.id'), value: <IdText id={customerId} name={t('column.id')} whole /> },
        organization.kind === 'provider'
          ? {
              label: t('record.resellers'),
              value:
                resellers.length === 0
                  ? t('record.none')
                  : formats.list(
                      resellers.map((one) =>
                        one.partnershipActive ? one.name : `${one.name} (${t('record.partnershipEnded')})`,
                      ),
                    ),
            }
          : { label: t('record.providers'), value: formats.list(providers.map((one) => one.name)) },
        {
          label: t('record.lastOrder'),
          value: lastOrder ? (
            <>
              <AppLink href={links.customerOrders(customerId)}>{lastOrder.number}</AppLink>
              <br />
              <InstantText at={lastOrder.submittedAt} />
            </>
          ) : (
            t('record.noOrder')
          ),
        },
        {
          label: t('record.nextRenewal'),
          value: nextRenewal
            ? t(nextRenewal.renews ? 'record.renewsOn' : 'record.endsOn', {
                title: nextRenewal.title,
                date: formats.date(nextRenewal.on),
              })
            : t('record.noRenewal'),
        },
        { label: t('record.subscriptions'), value: <SubscriptionSummary counts={account.subscriptions} /> },
      ]}
    />
  )
}

function SubscriptionSummary({ counts }: { counts: Account['subscriptions'] }) {
  const { t } = useTranslation('customers')
  const formats = useFormats()
  if (counts.total === 0) return t('record.noSubscriptions')
  const states = [
    ...(counts.active > 0 ? [t('record.subscriptionsActive', { count: counts.active })] : []),
    ...(counts.pending > 0 ? [t('record.subscriptionsPending', { count: counts.pending })] : []),
    ...(counts.suspended > 0 ? [t('record.subscriptionsSuspended', { count: counts.suspended })] : []),
  ]
  return (
    <>
      {formats.list(states)}
      <br />
      {t('record.licenses', { count: counts.licenses })}
    </>
  )
}
