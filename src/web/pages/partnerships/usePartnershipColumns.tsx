import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PartnershipRow } from '../../../features/partnerships/wire.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import type { Column } from '../../ui/data-list/DataList.tsx'
import { InstantText, NumberText, useFormats } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { Standing } from './Standing.tsx'

/** The columns of a list of partnerships; `open` is the address of one's page. */
export function usePartnershipColumns(
  state: 'active' | 'ended',
  side: 'provider' | 'reseller',
  open: (id: string) => string,
): readonly Column<PartnershipRow>[] {
  const { t } = useTranslation('partnerships')
  const formats = useFormats()
  return useMemo(() => {
    const since: Column<PartnershipRow> = {
      key: 'since',
      label: t('column.since'),
      render: (row) => <InstantText at={row.startedAt} dayOnly />,
      sortBy: 'since',
      width: 120,
    }
    const ended: Column<PartnershipRow> = {
      key: 'ended',
      label: t('column.ended'),
      render: (row) => (row.endedAt ? <InstantText at={row.endedAt} dayOnly /> : '–'),
      width: 130,
    }
    const agreement: Column<PartnershipRow> = {
      key: 'agreement',
      label: t('column.agreement'),
      render: (row) => <Standing status={row.status} />,
      width: 140,
    }
    return [
      {
        key: 'name',
        label: side === 'provider' ? t('column.name') : t('providers.column.name'),
        render: (row) => <AppLink href={open(row.id)}>{row.name}</AppLink>,
        sortBy: 'name',
        width: 200,
      },
      {
        key: 'location',
        label: t('column.location'),
        render: (row) => [row.city, formats.country(row.country)].filter(Boolean).join(', '),
        width: 165,
      },
      ...(side === 'provider'
        ? [
            ...(state === 'active' ? [agreement] : [ended]),
            {
              key: 'mpnId',
              label: t('column.mpnId'),
              render: (row: PartnershipRow) =>
                row.partnerId ? <IdText id={row.partnerId} name={t('column.mpnId')} /> : '–',
              width: 120,
            },
          ]
        : state === 'ended'
          ? [ended]
          : []),
      {
        key: 'customers',
        label: t('column.customers'),
        render: (row) => <NumberText value={row.customers} />,
        align: 'end' as const,
        sortBy: 'customers',
        width: 110,
      },
      {
        key: 'subscriptions',
        label: t('column.subscriptions'),
        render: (row) => (
          <>
            <NumberText value={row.activeSubscriptions} />
            {row.moreSubscriptions && '+'}
          </>
        ),
        align: 'end' as const,
        width: 145,
      },
      since,
    ]
  }, [t, formats, state, side, open])
}
