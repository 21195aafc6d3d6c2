import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import type { Column } from '../../ui/data-list/DataList.tsx'
import { DateText, NumberText } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { ProvisioningBadge, SubscriptionStatusBadge } from './badges.tsx'
import type { SubscriptionListItem } from './subscription.ts'
import { NameText, ResellerText, useSubscriptionTexts } from './useSubscriptionTexts.tsx'

/** The columns of a customer's subscriptions. Prices are there for those whom the server gives them. */
export function useSubscriptionColumns(
  customerId: string,
  seesPrices: boolean,
): readonly Column<SubscriptionListItem>[] {
  const { t, i18n } = useTranslation('subscriptions')
  const texts = useSubscriptionTexts()
  return useMemo(
    (): readonly Column<SubscriptionListItem>[] => [
      {
        key: 'name',
        label: t('column.name'),
        width: 240,
        render: ({ id, title, friendlyName }) => (
          <NameText
            title={<AppLink href={links.subscription(customerId, id)}>{title}</AppLink>}
            friendlyName={friendlyName}
          />
        ),
      },
      {
        key: 'quantity',
        label: t('column.licenses'),
        width: 90,
        align: 'end',
        render: ({ kind, quantity }) => (kind === 'usage' ? '–' : <NumberText value={quantity} />),
      },
      {
        key: 'status',
        label: t('column.status'),
        width: 150,
        render: (row) =>
          row.provisioning === 'success' || row.status !== 'pending' ? (
            <SubscriptionStatusBadge status={row.status} />
          ) : (
            <ProvisioningBadge status={row.provisioning} />
          ),
      },
      {
        key: 'renewal',
        label: t('column.renewal'),
        width: 190,
        render: (row) => texts.endText(row) ?? texts.leftText(row) ?? '–',
      },
      {
        key: 'reseller',
        label: t('column.reseller'),
        width: 180,
        render: ({ reseller }) => <ResellerText reseller={reseller} />,
      },
      {
        key: 'support',
        label: t('column.supportContact'),
        width: 170,
        render: ({ supportContact }) => supportContact?.name ?? '–',
      },
      { key: 'term', label: t('column.termAndPlan'), width: 150, render: (row) => texts.termAndPlan(row) },
      ...(seesPrices
        ? [
            {
              key: 'price',
              label: t('column.price'),
              width: 110,
              align: 'end',
              render: (row: SubscriptionListItem) => texts.price(row) ?? '–',
            } as const,
          ]
        : []),
      {
        key: 'provisioning',
        label: t('column.provisioning'),
        width: 150,
        render: ({ provisioning }) => <ProvisioningBadge status={provisioning} />,
      },
      {
        key: 'start',
        label: t('column.startOn'),
        width: 120,
        hidden: true,
        render: ({ startOn }) => <DateText day={startOn} />,
      },
      {
        key: 'end',
        label: t('column.endOn'),
        width: 120,
        hidden: true,
        render: ({ endOn }) => (endOn === null ? '–' : <DateText day={endOn} />),
      },
      { key: 'kind', label: t('column.kind'), width: 130, hidden: true, render: ({ kind }) => t(`kind.${kind}`) },
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
    [t, customerId, seesPrices, i18n.language],
  )
}
