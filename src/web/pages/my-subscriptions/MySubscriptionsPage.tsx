import { Link, makeStyles } from '@fluentui/react-components'
import { PersonSupportRegular } from '@fluentui/react-icons/svg/person-support'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import type { Column } from '../../ui/data-list/DataList.tsx'
import { DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { DateText, NumberText } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { Page } from '../../ui/Page.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { SubscriptionStatusBadge } from '../subscriptions/badges.tsx'
import {
  type SubscriptionListItem,
  SubscriptionRow,
  subscriptionsPath,
  useSubscription,
} from '../subscriptions/subscription.ts'
import { TermFacts } from '../subscriptions/TermFacts.tsx'
import { NameText, Quiet, useSubscriptionTexts } from '../subscriptions/useSubscriptionTexts.tsx'

const useStyles = makeStyles({ more: { display: 'flex', flexDirection: 'column', gap: '16px' } })

/** What a customer's people see of their own subscriptions: product, number, end, and whom to ask for help. */
export function MySubscriptionsPage() {
  const { t } = useTranslation(['subscriptions', 'support', 'common'])
  const { organization } = useSession()
  const mayAsk = usePermission('service_requests.write')
  const ask = (subscription?: string): Action => ({
    key: 'serviceRequest',
    label: t('support:new'),
    icon: <PersonSupportRegular />,
    href: links.newServiceRequest({ subscription }),
    disabledBecause: mayAsk ? undefined : t('common:notAllowed.role'),
  })
  const list = usePagedList(subscriptionsPath(organization.id), SubscriptionRow)
  return (
    <Page title={t('mine.title')} lead={t('mine.lead')} primary={ask()}>
      <DataList
        name="my-subscriptions"
        label={t('mine.list')}
        list={list}
        columns={useColumns()}
        rowKey={({ id }) => id}
        rowLabel={({ title }) => title}
        expand={(row) => <More subscription={row} />}
        empty={<EmptyState title={t('mine.empty')}>{t('mine.emptyBody')}</EmptyState>}
      />
    </Page>
  )
}

function useColumns(): readonly Column<SubscriptionListItem>[] {
  const { t, i18n } = useTranslation('subscriptions')
  const texts = useSubscriptionTexts()
  return useMemo(
    (): readonly Column<SubscriptionListItem>[] => [
      {
        key: 'name',
        label: t('column.name'),
        width: 240,
        render: ({ title, friendlyName }) => <NameText title={title} friendlyName={friendlyName} />,
      },
      {
        key: 'quantity',
        label: t('column.licenses'),
        width: 90,
        align: 'end',
        render: ({ kind, quantity }) => (kind === 'usage' ? '–' : <NumberText value={quantity} />),
      },
      {
        key: 'support',
        label: t('mine.support'),
        width: 240,
        render: ({ supportContact }) =>
          supportContact ? (
            <>
              <div>{supportContact.name}</div>
              <Quiet>
                {supportContact.email && <Link href={`mailto:${supportContact.email}`}>{supportContact.email}</Link>}
              </Quiet>
            </>
          ) : (
            '–'
          ),
      },
      {
        key: 'status',
        label: t('column.status'),
        width: 150,
        render: (row) => <SubscriptionStatusBadge status={row.status} />,
      },
      {
        key: 'renewal',
        label: t('column.renewal'),
        width: 190,
        render: (row) => texts.endText(row) ?? texts.leftText(row) ?? '–',
      },
      { key: 'provider', label: t('column.provider'), width: 180, render: ({ provider }) => provider.name },
      {
        key: 'reseller',
        label: t('column.reseller'),
        width: 170,
        render: ({ reseller }) => reseller?.name ?? t('none'),
      },
      {
        key: 'term',
        label: t('column.termAndPlan'),
        width: 150,
        hidden: true,
        render: (row) => texts.termAndPlan(row),
      },
      {
        key: 'start',
        label: t('column.startOn'),
        width: 120,
        hidden: true,
        render: ({ startOn }) => <DateText day={startOn} />,
      },
      {
        key: 'id',
        label: t('column.subscriptionId'),
        width: 220,
        hidden: true,
        render: ({ id }) => <IdText id={id} name={t('column.subscriptionId')} />,
      },
    ],
    // `t` and the texts stay the same when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, i18n.language],
  )
}

/** Whom to ask, and the running term; nothing here can be changed. */
function More({ subscription }: { subscription: SubscriptionListItem }) {
  const styles = useStyles()
  const { organization } = useSession()
  const { data, error, refetch } = useSubscription(organization.id, subscription.id)
  return (
    <div className={styles.more}>
      <Contact subscription={subscription} />
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <TermFacts subscription={data} />
      ) : (
        <BlockSkeleton lines={4} />
      )}
    </div>
  )
}

function Contact({ subscription: { supportContact } }: { subscription: SubscriptionListItem }) {
  const { t } = useTranslation('subscriptions')
  if (!supportContact) return null
  const { name, email, phone, website } = supportContact
  return (
    <FactList
      facts={[
        { label: t('mine.support'), value: name },
        { label: t('mine.contact.email'), value: email && <Link href={`mailto:${email}`}>{email}</Link> },
        {
          label: t('mine.contact.phone'),
          value: phone && <Link href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>{phone}</Link>,
        },
        {
          label: t('mine.contact.website'),
          value: /^https?:\/\//.test(website) ? (
            <Link href={website} target="_blank" rel="noreferrer">
              {website}
            </Link>
          ) : (
            website
          ),
        },
      ]}
    />
  )
}
