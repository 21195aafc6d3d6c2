import { makeStyles, tokens } from '@fluentui/react-components'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Renewal } from '../../../features/overview/wire.ts'
import { links } from '../../links.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import type { Column } from '../../ui/data-list/DataList.tsx'
import { DateText, Money, NumberText } from '../../ui/formats.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'

const useStyles = makeStyles({
  second: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
})

const tones = {
  renews: 'success',
  converts: 'success',
  decision: 'warning',
  expires: 'neutral',
  trialEnds: 'neutral',
  fails: 'danger',
} as const

/** The columns of the radar; retail prices are there for those whom the server gives them. */
export function useRadarColumns(isProvider: boolean, seesPrices: boolean): readonly Column<Renewal>[] {
  const styles = useStyles()
  const { t, i18n } = useTranslation('renewals')
  return useMemo(
    (): readonly Column<Renewal>[] => [
      {
        key: 'name',
        label: t('column.subscription'),
        width: 300,
        render: ({ customer, subscriptionId, title, friendlyName }) => (
          <>
            <AppLink href={links.subscription(customer.id, subscriptionId)}>{title}</AppLink>
            <div className={styles.second}>
              {[customer.name, friendlyName === title ? '' : friendlyName].filter(Boolean).join(' · ')}
            </div>
          </>
        ),
      },
      {
        key: 'outcome',
        label: t('column.outcome'),
        width: 230,
        render: ({ outcome, reason, planned }) => (
          <>
            <StatusBadge tone={tones[outcome]}>{t(`outcome.${reason ?? outcome}`)}</StatusBadge>
            {planned && (
              <div className={styles.second}>{t('planned', { title: planned.title, count: planned.quantity })}</div>
            )}
          </>
        ),
      },
      {
        key: 'end',
        label: t('column.endOn'),
        sortBy: 'date',
        width: 150,
        render: ({ endOn, daysLeft }) => (
          <>
            <DateText day={endOn} />
            <div className={styles.second}>{daysLeft === 0 ? t('today') : t('daysLeft', { count: daysLeft })}</div>
          </>
        ),
      },
      {
        key: 'customer',
        label: t('column.customer'),
        width: 200,
        hidden: true,
        render: ({ customer }) => <AppLink href={links.customerSubscriptions(customer.id)}>{customer.name}</AppLink>,
      },
      {
        key: 'quantity',
        label: t('column.quantity'),
        width: 90,
        align: 'end',
        render: ({ quantity }) => <NumberText value={quantity} />,
      },
      ...(isProvider
        ? [
            {
              key: 'reseller',
              label: t('column.reseller'),
              width: 170,
              render: ({ reseller }: Renewal) => reseller?.name ?? '–',
            },
          ]
        : [
            {
              key: 'provider',
              label: t('column.provider'),
              width: 170,
              render: ({ provider }: Renewal) => provider.name,
            },
          ]),
      ...(seesPrices
        ? [
            {
              key: 'retail',
              label: t('column.retail'),
              width: 140,
              align: 'end',
              render: ({ retailMinor, currency }: Renewal) =>
                retailMinor === null || retailMinor === undefined ? (
                  '–'
                ) : (
                  <Money minor={retailMinor} currency={currency} />
                ),
            } as const,
          ]
        : []),
    ],
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, styles, isProvider, seesPrices, i18n.language],
  )
}
