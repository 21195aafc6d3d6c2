import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Params } from '../../api.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { usePermission } from '../../session.ts'
import { ActionButton } from '../../ui/actions.tsx'
import { type Column, DataList, type DataListProps } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { DateText } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Offer, offersPath } from './catalog.ts'
import { OfferDetails } from './OfferDetails.tsx'
import { useOfferTexts, usualOption } from './useOfferTexts.ts'

/** The parts of a list that say what is filtered, and change it. */
export type ListFilters = Pick<
  DataListProps<never>,
  'search' | 'onSearch' | 'filters' | 'onClearFilters' | 'filterControls'
>

/** What can be sold in one country; a row opens to all the ways, prices and conditions. */
export function OfferList({ params, filters }: { params: Params; filters: ListFilters }) {
  const { t } = useTranslation('catalog')
  const list = usePagedList(offersPath, Offer, params)
  const mayImport = usePermission('catalog.import')
  return (
    <DataList
      name="offers"
      label={t('list')}
      list={list}
      columns={useColumns()}
      rowKey={keyOf}
      rowLabel={(offer) => offer.title}
      {...filters}
      expand={(offer) => <OfferDetails offer={offer} />}
      empty={
        <EmptyState
          title={t('empty.title')}
          actions={
            mayImport && <ActionButton action={{ key: 'import', label: t('import'), href: links.catalogImport() }} />
          }
        >
          {mayImport ? t('empty.bodyOperator') : t('empty.body')}
        </EmptyState>
      }
    />
  )
}

function keyOf({ productId, skuId }: { readonly productId: string; readonly skuId: string }): string {
  return `${productId}/${skuId}`
}

function useColumns(): readonly Column<Offer>[] {
  const { t, i18n } = useTranslation('catalog')
  const texts = useOfferTexts()
  const seesPrices = usePermission('prices.read')
  return useMemo(
    (): readonly Column<Offer>[] => [
      { key: 'offer', label: t('column.offer'), width: 270, render: (offer) => offer.title },
      {
        key: 'availability',
        label: t('column.availability'),
        width: 190,
        render: ({ unavailable }) => <Availability reason={unavailable?.reason} />,
      },
      ...(seesPrices
        ? [
            {
              key: 'price',
              label: t('column.price'),
              width: 180,
              align: 'end',
              render: (offer: Offer) => {
                const option = usualOption(offer)
                return option?.unitRetail === undefined ? '–' : texts.price(option.unitRetail, option)
              },
            } as const,
          ]
        : []),
      {
        key: 'terms',
        label: t('column.terms'),
        width: 180,
        render: (offer) => [...new Set(offer.options.map(({ term }) => texts.term(term)))].join(', ') || '–',
      },
      { key: 'kind', label: t('column.kind'), width: 130, render: (offer) => texts.kind(offer.kind) },
      { key: 'publisher', label: t('column.publisher'), width: 140, render: (offer) => offer.publisher },
      {
        key: 'quantity',
        label: t('column.quantity'),
        width: 120,
        align: 'end',
        render: (offer) => texts.quantity(offer),
      },
      {
        key: 'ids',
        label: t('column.ids'),
        width: 210,
        hidden: true,
        render: (offer) => <IdText id={keyOf(offer)} name={t('column.ids')} />,
      },
      {
        key: 'incentive',
        label: t('column.incentive'),
        width: 130,
        hidden: true,
        render: (offer) => (offer.incentiveEligible ? t('incentiveEligible') : t('incentiveNot')),
      },
      {
        key: 'endOfSale',
        label: t('column.endOfSale'),
        width: 130,
        hidden: true,
        render: (offer) => (offer.endOfSaleOn === null ? '–' : <DateText day={offer.endOfSaleOn} />),
      },
    ],
    // `t` and the texts stay the same when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, seesPrices, i18n.language],
  )
}

/** What only lacks a base product is not out of reach; why the rest is, the row's details say. */
function Availability({ reason }: { reason: NonNullable<Offer['unavailable']>['reason'] | undefined }) {
  const { t } = useTranslation('catalog')
  if (reason === undefined) return <StatusBadge tone="success">{t('available')}</StatusBadge>
  if (reason === 'prerequisiteMissing') return <StatusBadge tone="info">{t('needsBase')}</StatusBadge>
  return <StatusBadge tone="warning">{t('unavailableTitle')}</StatusBadge>
}
