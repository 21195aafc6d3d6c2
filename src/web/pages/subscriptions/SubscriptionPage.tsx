import { Button, Link, makeStyles } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { DetailColumns } from '../../ui/DetailColumns.tsx'
import { ErrorBar, ErrorState } from '../../ui/ErrorState.tsx'
import { useErrorText } from '../../ui/errors.ts'
import { type Fact, FactList } from '../../ui/FactList.tsx'
import { UnitPrice } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { BlockSkeleton, PageSkeleton } from '../../ui/Skeletons.tsx'
import { SubmitButton } from '../../ui/SubmitButton.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { RequestChangeDialog } from '../order-requests/RequestChangeDialog.tsx'
import { ProvisioningBadge, SubscriptionStatusBadge } from './badges.tsx'
import { LifeNotices } from './LifeNotices.tsx'
import { Lots } from './Lots.tsx'
import { ManageSection } from './ManageSection.tsx'
import { OwnerAccess } from './OwnerAccess.tsx'
import { HistoryRow, type SubscriptionDetail, subscriptionPath, useSubscription } from './subscription.ts'
import { SubscriptionForm } from './SubscriptionForm.tsx'
import { TermFacts } from './TermFacts.tsx'
import { useHistoryEntries } from './useHistoryEntries.tsx'
import { useRequestActions } from './useRequestActions.ts'
import { ResellerText, useSubscriptionTexts } from './useSubscriptionTexts.tsx'

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: '20px' },
  more: { marginTop: '8px' },
})

/** One subscription: its running term, what can be done with it, its data in one form, its facts, and what happened to it. */
export function SubscriptionPage() {
  const { customerId, subscriptionId } = useParams({ strict: false }) as { customerId: string; subscriptionId: string }
  const { data, error, refetch } = useSubscription(customerId, subscriptionId)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  return <Detail subscription={data} />
}

function Detail({ subscription }: { subscription: SubscriptionDetail }) {
  const { t } = useTranslation(['subscriptions', 'customers', 'common'])
  const texts = useSubscriptionTexts()
  const { customer, title, friendlyName, status, disabledStage, provisioning } = subscription
  const [requesting, setRequesting] = useState<'quantity' | 'cancel'>()
  const requests = useRequestActions(subscription, setRequesting)
  const [lost, setLost] = useState<SubscriptionDetail['scheduledChange']>(null)
  return (
    <Page
      title={friendlyName ? `${title} – ${friendlyName}` : title}
      breadcrumb={[
        { label: t('customers:title'), href: links.customers() },
        { label: customer.name, href: links.customerSubscriptions(customer.id) },
      ]}
      badges={
        <>
          <SubscriptionStatusBadge status={status} disabledStage={disabledStage} />
          {provisioning !== 'success' && status !== 'pending' && <ProvisioningBadge status={provisioning} />}
        </>
      }
      lead={texts.endText(subscription)}
      commands={requests}
      banner={
        <>
          <Provisioning subscription={subscription} />
          <LifeNotices subscription={subscription} lost={lost} />
        </>
      }
    >
      <DetailColumns aside={<History subscription={subscription} />}>
        <Section title={t('running.title')}>
          <TermFacts subscription={subscription} />
        </Section>
        <ManageSection subscription={subscription} />
        {/* A new version is a new form: what was submitted is what it begins with. */}
        <SubscriptionForm
          key={`${subscription.id} ${subscription.version}`}
          subscription={subscription}
          onPlanLost={setLost}
        />
        {subscription.ownerAccess && <OwnerAccess subscription={subscription} />}
        <Parties subscription={subscription} />
        <Facts subscription={subscription} />
      </DetailColumns>
      {requesting && (
        <RequestChangeDialog kind={requesting} subscription={subscription} onClose={() => setRequesting(undefined)} />
      )}
    </Page>
  )
}

function Provisioning({ subscription }: { subscription: SubscriptionDetail }) {
  const { t } = useTranslation('subscriptions')
  const { customer, id, provisioning, provisioningError, allowed } = subscription
  const writer = useWrite('/portal/v1/customers')
  if (provisioning === 'pending') return <Notice tone="info">{t('provisioningDelay')}</Notice>
  if (provisioning !== 'failed') return null
  const retry = async () => {
    const answer = await writer.send({
      method: 'POST',
      path: `${subscriptionPath(customer.id, id)}/provisioning-retry`,
    })
    if (answer) toast({ text: t('provisioningFailed.retried') })
  }
  return (
    <>
      <Notice
        tone="error"
        title={t('provisioningFailed.title')}
        actions={
          allowed.retryProvisioning.ok && (
            <SubmitButton state={writer.state} appearance="secondary" onPress={() => void retry()}>
              {t('provisioningFailed.retry')}
            </SubmitButton>
          )
        }
      >
        {provisioningError ?? t('provisioningFailed.unknown')}
      </Notice>
      <ErrorBar error={writer.error} />
    </>
  )
}

function Parties({ subscription }: { subscription: SubscriptionDetail }) {
  const { t } = useTranslation(['subscriptions', 'support'])
  const mayAsk = usePermission('service_requests.write')
  const { organization } = useSession()
  const { id, provider, customer, reseller, supportContact } = subscription
  return (
    <Section title={t('detail.parties')}>
      <FactList
        facts={[
          { label: t('detail.provider'), value: provider.name },
          { label: t('detail.resellerOfRecord'), value: <ResellerText reseller={reseller} /> },
          {
            label: t('detail.customer'),
            value:
              organization.kind === 'customer' ? (
                customer.name
              ) : (
                <AppLink href={links.customerSubscriptions(customer.id)}>{customer.name}</AppLink>
              ),
          },
          {
            label: t('column.supportContact'),
            value: supportContact && (
              <>
                <div>{supportContact.name}</div>
                {supportContact.email && (
                  <div>
                    <Link href={`mailto:${supportContact.email}`}>{supportContact.email}</Link>
                  </div>
                )}
                {supportContact.phone && <div>{supportContact.phone}</div>}
                {mayAsk && (
                  <AppLink href={links.newServiceRequest({ customer: customer.id, subscription: id })}>
                    {t('support:new')}
                  </AppLink>
                )}
              </>
            ),
          },
        ]}
      />
    </Section>
  )
}

function Facts({ subscription: s }: { subscription: SubscriptionDetail }) {
  const styles = useStyles()
  const { t } = useTranslation(['subscriptions', 'catalog'])
  const link = ({ id, title }: { id: string; title: string }) => (
    <AppLink href={links.subscription(s.customer.id, id)}>{title}</AppLink>
  )
  const facts: Fact[] = [
    ...(s.unitRetail === undefined
      ? []
      : [{ label: t('detail.price'), value: <UnitPrice price={s.unitRetail} currency={s.currency} /> }]),
    ...(s.unitCost === undefined
      ? []
      : [{ label: t('detail.cost'), value: <UnitPrice price={s.unitCost} currency={s.currency} /> }]),
    {
      label: t('detail.incentive'),
      value: s.incentive === 'eligible' ? t('detail.eligible') : t('detail.notApplicable'),
    },
    { label: t('column.kind'), value: t(`kind.${s.kind}`) },
    { label: t('detail.provisioning'), value: <ProvisioningBadge status={s.provisioning} /> },
    { label: t('detail.order'), value: <IdText id={s.order.number} name={t('detail.order')} whole /> },
    { label: t('detail.product'), value: <IdText id={`${s.productId}/${s.skuId}`} name={t('detail.product')} whole /> },
    { label: t('detail.id'), value: <IdText id={s.id} name={t('detail.id')} whole /> },
    ...(s.base ? [{ label: t('detail.base'), value: link(s.base) }] : []),
    ...(s.upgradedFrom ? [{ label: t('detail.upgradedFrom'), value: link(s.upgradedFrom) }] : []),
    ...(s.addOns.length > 0
      ? [
          {
            label: t('detail.addOns'),
            value: (
              <ul className={styles.list}>
                {s.addOns.map((addOn) => (
                  <li key={addOn.id}>{link(addOn)}</li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
  ]
  return (
    <>
      <Section title={t('detail.facts')}>
        <FactList facts={facts} />
      </Section>
      {s.kind !== 'usage' && s.lots.length > 0 && (
        <Section title={t('detail.lots')}>
          <Lots subscription={s} />
        </Section>
      )}
    </>
  )
}

function History({ subscription: { customer, id, version, provisioning } }: { subscription: SubscriptionDetail }) {
  const styles = useStyles()
  const { t } = useTranslation('subscriptions')
  const errorText = useErrorText()
  const list = usePagedList(`${subscriptionPath(customer.id, id)}/history`, HistoryRow, { size: 20 })
  const entries = useHistoryEntries(list.rows)
  const { retry } = list
  // What happens to the subscription is in its history at once.
  useEffect(() => {
    retry()
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [version, provisioning])
  return (
    <Section title={t('detail.history')}>
      {list.error ? (
        errorText(list.error)
      ) : list.isLoading ? (
        <BlockSkeleton lines={6} />
      ) : (
        <Timeline entries={entries} />
      )}
      {list.hasMore && (
        <Button className={styles.more} size="small" disabledFocusable={list.isLoadingMore} onClick={list.loadMore}>
          {t('detail.historyMore')}
        </Button>
      )}
    </Section>
  )
}
