import { makeStyles } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { AppLink, useGo } from '../../ui/AppLink.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { DateText } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite } from '../../ui/useWrite.ts'
import { unverified } from '../new-subscription/order.ts'
import { type Commitment, ReviewStep } from '../new-subscription/ReviewStep.tsx'
import { ResellerPicker } from '../subscriptions/ResellerPicker.tsx'
import {
  AcceptedRequest,
  basketToOrder,
  type OrderRequestDetail,
  requestPath,
  requestsPath,
  useOrderRequest,
} from './request.ts'

/** Accepts a request into an order: the reseller of record of each line, then the review of any order. */
export function AcceptOrderRequestPage() {
  const { customerId, orderRequestId } = useParams({ strict: false }) as { customerId: string; orderRequestId: string }
  const { t } = useTranslation('orderRequests')
  const { data, error, refetch } = useOrderRequest(customerId, orderRequestId)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  if (data.status === 'sent' && data.kind === 'new') return <Acceptance request={data} />
  return (
    <Page title={t('accept')} breadcrumb={[{ label: t('title'), href: links.orderRequests() }]}>
      <Notice
        tone="info"
        actions={<AppLink href={links.orderRequest(customerId, orderRequestId)}>{t('action.open')}</AppLink>}
      >
        {data.status === 'withdrawn' ? t('why.withdrawn') : t('why.answered')}
      </Notice>
    </Page>
  )
}

const useStyles = makeStyles({ pickers: { display: 'flex', flexDirection: 'column', gap: '16px', maxWidth: '480px' } })

function Acceptance({ request }: { request: OrderRequestDetail }) {
  const styles = useStyles()
  const { t } = useTranslation(['orderRequests', 'orders'])
  const { customer, reseller, resellerPartnerId: asking, lines } = request
  const [resellers, setResellers] = useState<readonly string[]>(lines.map(() => asking ?? ''))
  const writer = useWrite(requestsPath, '/portal/v1/customers', '/portal/v1/orders')
  const go = useGo()
  const back = () => go(links.orderRequest(customer.id, request.id))
  const basket = basketToOrder(lines, resellers)
  const isOpen = resellers.includes(unverified)
  const submit = async (commitment: Commitment | undefined) => {
    if (!commitment) return
    const answer = await writer.send({
      method: 'POST',
      path: `${requestPath(customer.id, request.id)}/acceptance`,
      body: { resellers: resellers.map((one) => (one === '' ? null : one)), ...commitment },
      reply: AcceptedRequest,
    })
    if (!answer) return
    toast({ text: t('acceptance.done', { number: answer.reply.order?.number ?? '' }) })
    back()
  }
  const head = (
    <>
      <Section title={t('section.request')}>
        <FactList
          facts={[
            { label: t('fact.customer'), value: customer.name },
            { label: t('fact.reseller'), value: reseller.name },
            { label: t('fact.wishOn'), value: request.wishOn && <DateText day={request.wishOn} /> },
            { label: t('section.note'), value: request.note },
          ]}
        />
      </Section>
      <Section title={t('acceptance.resellers')}>
        <div className={styles.pickers}>
          {lines.map(({ title }, index) => (
            <ResellerPicker
              key={index}
              label={lines.length === 1 ? t('orders:basket.reseller') : t('acceptance.lineReseller', { title })}
              value={resellers[index] ?? ''}
              current={asking === null ? undefined : { partnerId: asking, label: `${reseller.name} (${asking})` }}
              error={resellers[index] === unverified ? t('orders:basket.unverified') : undefined}
              onChange={(chosen) => setResellers(resellers.map((one, at) => (at === index ? chosen : one)))}
            />
          ))}
        </div>
      </Section>
    </>
  )
  return (
    <Page
      title={t('accept')}
      breadcrumb={[
        { label: t('title'), href: links.orderRequests() },
        { label: t('titleOf', { customer: customer.name }), href: links.orderRequest(customer.id, request.id) },
      ]}
      lead={t('acceptance.lead', { reseller: reseller.name })}
    >
      {head}
      {!isOpen && (
        <ReviewStep
          buyer={{ id: customer.id }}
          basket={basket}
          head={null}
          writer={writer}
          onSubmit={(commitment) => void submit(commitment)}
          onBack={back}
          onCancel={back}
        />
      )}
    </Page>
  )
}
