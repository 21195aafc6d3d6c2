import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrderListItem } from '../../../features/orders/wire.ts'
import { asSent } from '../../api.ts'
import type { Params } from '../../api.ts'
import { links } from '../../links.ts'
import { usePagedList, useRead } from '../../query.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { type Column, DataList, type DataListProps } from '../../ui/data-list/DataList.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText, Money, NumberText } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import type { StatusTone } from '../../ui/StatusBadge.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Order, ordersPath } from '../new-subscription/order.ts'
import { OrderLines } from './OrderLines.tsx'

const OrderRow = asSent<OrderListItem>()

const tones: Readonly<Record<OrderListItem['status'], StatusTone>> = {
  received: 'pending',
  validated: 'pending',
  completed: 'success',
  failed: 'danger',
}

/** Orders, newest first: of one customer, or of all. A row opens to its lines. */
export function OrderList({
  path,
  params,
  label,
  withCustomer,
  empty,
  ...filters
}: {
  path: string
  params?: Params
  label: string
  withCustomer: boolean
  empty: ReactNode
} & Pick<DataListProps<OrderListItem>, 'search' | 'onSearch' | 'filters' | 'onClearFilters'>) {
  const list = usePagedList(path, OrderRow, params)
  return (
    <DataList
      name={withCustomer ? 'orders' : 'customer-orders'}
      label={label}
      list={list}
      columns={useColumns(
        withCustomer,
        list.rows.some(({ totalRetail }) => totalRetail !== null),
      )}
      rowKey={({ id }) => id}
      rowLabel={({ number }) => number}
      {...filters}
      expand={(order) => <Lines order={order} />}
      empty={empty}
    />
  )
}

function Lines({ order: { id, customer } }: { order: OrderListItem }) {
  const { data, error, refetch } = useRead(`${ordersPath(customer.id)}/${id}`, Order)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <BlockSkeleton lines={3} />
  return <OrderLines order={data} />
}

function useColumns(withCustomer: boolean, seesPrices: boolean): readonly Column<OrderListItem>[] {
  const { t, i18n } = useTranslation('orders')
  return useMemo(
    (): readonly Column<OrderListItem>[] => [
      {
        key: 'number',
        label: t('column.number'),
        width: 190,
        render: ({ number }) => <IdText id={number} name={t('column.number')} whole />,
      },
      ...(withCustomer
        ? [
            {
              key: 'customer',
              label: t('column.customer'),
              width: 200,
              render: ({ customer }: OrderListItem) => (
                <AppLink href={links.customerOrders(customer.id)}>{customer.name}</AppLink>
              ),
            },
          ]
        : []),
      {
        key: 'content',
        label: t('column.content'),
        width: 220,
        render: ({ titles, lineCount }) =>
          lineCount > 1 ? t('more', { title: titles[0] ?? '', count: lineCount - 1 }) : (titles[0] ?? '–'),
      },
      {
        key: 'status',
        label: t('column.status'),
        width: 140,
        render: ({ status }) => <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>,
      },
      {
        key: 'submittedAt',
        label: t('column.submittedAt'),
        width: 170,
        render: ({ submittedAt }) => <InstantText at={submittedAt} />,
      },
      {
        key: 'licenses',
        label: t('column.licenses'),
        width: 90,
        align: 'end',
        render: ({ licenses }) => <NumberText value={licenses} />,
      },
      { key: 'reseller', label: t('column.reseller'), width: 170, render: ({ reseller }) => reseller ?? t('none') },
      { key: 'submittedBy', label: t('column.submittedBy'), width: 150, render: ({ submittedBy }) => submittedBy },
      ...(seesPrices
        ? [
            {
              key: 'total',
              label: t('column.total'),
              width: 130,
              align: 'end',
              render: ({ totalRetail, currency }: OrderListItem) =>
                totalRetail === null ? '–' : <Money minor={totalRetail} currency={currency} />,
            } as const,
          ]
        : []),
    ],
    // `t` stays the same when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, withCustomer, seesPrices, i18n.language],
  )
}
