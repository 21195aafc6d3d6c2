import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Params } from '../../api.ts'
import { usePagedList } from '../../query.ts'
import { usePermission } from '../../session.ts'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { DateText, useFormats } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { CatalogSku, catalogPath } from './catalog.ts'
import type { ListFilters } from './OfferList.tsx'
import { useOfferTexts } from './useOfferTexts.ts'

/** Countries named in a row; the rest are counted. */
const named = 4

/** Everything in the catalog, wherever it is sold. */
export function SkuList({ params, filters }: { params: Params; filters: ListFilters }) {
  const { t } = useTranslation('catalog')
  const list = usePagedList(catalogPath, CatalogSku, params)
  const mayImport = usePermission('catalog.import')
  return (
    <DataList
      name="skus"
      label={t('list')}
      list={list}
      columns={useColumns()}
      rowKey={(sku) => `${sku.productId}/${sku.skuId}`}
      rowLabel={(sku) => sku.title}
      {...filters}
      empty={<EmptyState title={t('empty.title')}>{mayImport ? t('empty.bodyOperator') : t('empty.body')}</EmptyState>}
    />
  )
}

function useColumns(): readonly Column<CatalogSku>[] {
  const { t, i18n } = useTranslation('catalog')
  const texts = useOfferTexts()
  const formats = useFormats()
  return useMemo(
    (): readonly Column<CatalogSku>[] => [
      { key: 'offer', label: t('column.offer'), width: 280, render: (sku) => sku.title },
      {
        key: 'markets',
        label: t('column.markets'),
        width: 280,
        render: ({ markets }) => {
          if (markets.length === 0) return t('noMarkets')
          const names = markets.slice(0, named).map(formats.country)
          const more = markets.length - named
          return more > 0 ? `${names.join(', ')} ${t('marketsMore', { count: more })}` : formats.list(names)
        },
      },
      { key: 'publisher', label: t('column.publisher'), width: 150, render: (sku) => sku.publisher },
      { key: 'kind', label: t('column.kind'), width: 140, render: (sku) => texts.kind(sku.kind) },
      { key: 'quantity', label: t('column.quantity'), width: 120, align: 'end', render: (sku) => texts.quantity(sku) },
      {
        key: 'ids',
        label: t('column.ids'),
        width: 210,
        render: (sku) => <IdText id={`${sku.productId}/${sku.skuId}`} name={t('column.ids')} />,
      },
      {
        key: 'incentive',
        label: t('column.incentive'),
        width: 130,
        hidden: true,
        render: (sku) => (sku.incentiveEligible ? t('incentiveEligible') : t('incentiveNot')),
      },
      {
        key: 'endOfSale',
        label: t('column.endOfSale'),
        width: 130,
        hidden: true,
        render: (sku) => (sku.endOfSaleOn === null ? '–' : <DateText day={sku.endOfSaleOn} />),
      },
    ],
    // `t` and the texts stay the same when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, i18n.language],
  )
}
