import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Delivery, deliveryLists, type Webhook } from '../../../features/events/wire.ts'
import { usePagedList } from '../../query.ts'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorBar } from '../../ui/ErrorState.tsx'
import { InstantText, NumberText, useFormats } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { useWrite } from '../../ui/useWrite.ts'
import { webhooksPath } from './webhook.ts'
import { DeliveryBadge } from './WebhookStateBadge.tsx'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

/** What was sent to a webhook, or shall be. While something waits it is read again every few seconds. */
export function DeliveryLog({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation(['webhooks', 'refusals'])
  const [url, setUrl] = useUrlState({ list: deliveryLists })
  const path = `${webhooksPath}/${webhook.id}/deliveries`
  const list = usePagedList(path, Delivery, url, {
    refetchInterval: (rows) => (rows?.some(({ status }) => status === 'waiting') ? 3_000 : false),
  })
  const columns = useColumns()
  const writer = useWrite(path)
  const redeliver = async ({ eventId }: Delivery) => {
    const done = await writer.send({ method: 'POST', path: `${path}/${eventId}/redelivery`, body: {} })
    if (done) toast({ text: t('log.again.done') })
  }
  const whyNot = ({ status }: Delivery): string | undefined => {
    if (status === 'waiting') return t('log.again.waiting')
    return webhook.enabled ? undefined : t('refusals:webhookDisabled')
  }
  return (
    <>
      {writer.error ? <ErrorBar error={writer.error} /> : null}
      <DataList
        name="deliveries"
        label={t('log.title')}
        list={list}
        columns={columns}
        rowKey={({ eventId }) => eventId}
        rowLabel={({ type, eventId }) => `${type} ${eventId}`}
        rowActions={(delivery) => [
          {
            key: 'again',
            label: t('log.again.action'),
            onPress: () => void redeliver(delivery),
            disabledBecause: whyNot(delivery),
          },
        ]}
        onClearFilters={() => setUrl({ list: 'all' })}
        filters={
          url.list === 'all'
            ? []
            : [{ key: 'list', label: t(`log.list.${url.list}`), onRemove: () => setUrl({ list: 'all' }) }]
        }
        filterControls={
          <FilterSelect
            label={t('log.filter')}
            value={url.list}
            options={deliveryLists.map((one) => ({ value: one, label: t(`log.list.${one}`) }))}
            onChoose={(value) => setUrl({ list: value })}
          />
        }
        empty={
          <EmptyState picture="done" title={t('log.empty.title')}>
            {t('log.empty.body')}
          </EmptyState>
        }
      />
    </>
  )
}

function useColumns(): readonly Column<Delivery>[] {
  const { t, i18n } = useTranslation('webhooks')
  const formats = useFormats()
  return useMemo(
    (): readonly Column<Delivery>[] => [
      { key: 'type', label: t('log.column.type'), width: 220, render: ({ type }) => type },
      {
        key: 'status',
        label: t('log.column.status'),
        width: 150,
        render: ({ status }) => <DeliveryBadge status={status} />,
      },
      {
        key: 'answer',
        label: t('log.column.answer'),
        width: 230,
        render: ({ error, responseCode }) => {
          if (error === null) return responseCode ?? '–'
          return responseCode === null ? t(`error.${error}`) : `${t(`error.${error}`)} (${responseCode})`
        },
      },
      {
        key: 'queuedAt',
        label: t('log.column.queuedAt'),
        width: 170,
        render: ({ queuedAt }) => <InstantText at={queuedAt} />,
      },
      {
        key: 'attempts',
        label: t('log.column.attempts'),
        width: 100,
        align: 'end',
        render: ({ attempts }) => <NumberText value={attempts} />,
      },
      {
        key: 'nextAt',
        label: t('log.column.nextAt'),
        width: 170,
        render: ({ nextAt }) => (nextAt === null ? '–' : <InstantText at={nextAt} />),
      },
      {
        key: 'latency',
        label: t('log.column.latency'),
        width: 120,
        align: 'end',
        hidden: true,
        render: ({ latencyMs }) => (latencyMs === null ? '–' : <NumberText value={latencyMs} />),
      },
      {
        key: 'eventId',
        label: t('log.column.eventId'),
        width: 220,
        hidden: true,
        render: ({ eventId }) => <IdText id={eventId} name={t('log.column.eventId')} />,
      },
    ],
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, i18n.language, formats],
  )
}
