import { Textarea, Field } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { links } from '../../links.ts'
import { usePermission, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { ApiCallButton } from '../../ui/ApiCallButton.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorBar, ErrorState } from '../../ui/ErrorState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { DateText, InstantText } from '../../ui/formats.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useWrite, type Writer } from '../../ui/useWrite.ts'
import {
  AcceptedRequest,
  type OrderRequestDetail,
  requestPath,
  requestsOfPath,
  requestsPath,
  requestTones,
  StoredRequest,
  useOrderRequest,
} from './request.ts'
import { RequestLines } from './RequestLines.tsx'

/** One request, as both sides see it, with what each may do about it. */
export function OrderRequestPage() {
  const { customerId, orderRequestId } = useParams({ strict: false }) as { customerId: string; orderRequestId: string }
  const { data, error, refetch } = useOrderRequest(customerId, orderRequestId)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  return <Detail request={data} />
}

type Asking = 'withdraw' | 'decline' | 'accept'

function Detail({ request }: { request: OrderRequestDetail }) {
  const { t } = useTranslation(['orderRequests', 'common'])
  const [asking, setAsking] = useState<Asking>()
  const writer = useWrite(requestsPath, requestsOfPath(request.customer.id))
  const actions = useActions(request, writer, setAsking)
  const { customer, status, kind } = request
  return (
    <Page
      title={t('titleOf', { customer: customer.name })}
      breadcrumb={[{ label: t('title'), href: links.orderRequests() }]}
      badges={<StatusBadge tone={requestTones[status]}>{t(`status.${status}`)}</StatusBadge>}
      primary={actions.primary}
      commands={actions.commands}
      banner={!asking && <ErrorBar error={writer.error} />}
    >
      <Facts request={request} />
      <Section title={t('section.lines')}>
        <RequestLines kind={kind} lines={request.lines} />
      </Section>
      {request.note && (
        <Section title={t('section.note')}>
          <p style={{ margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{request.note}</p>
        </Section>
      )}
      {request.answeredAt && <Answer request={request} />}
      {asking && (
        <Dialogs
          asking={asking}
          request={request}
          writer={writer}
          onClose={() => {
            writer.clear()
            setAsking(undefined)
          }}
        />
      )}
    </Page>
  )
}

/** What the reader's side may do; what is over stays visible with the reason. */
function useActions(
  request: OrderRequestDetail,
  writer: Writer,
  ask: (asking: Asking) => void,
): { readonly primary: Action; readonly commands: readonly Action[] } {
  const { t } = useTranslation(['orderRequests', 'common'])
  const { organization } = useSession()
  const mayWrite = usePermission('order_requests.write')
  const mayAnswer = usePermission('order_requests.answer')
  const { customer, id, status, kind, provider } = request
  const closed =
    status === 'withdrawn'
      ? t('why.withdrawn')
      : status === 'accepted' || status === 'declined'
        ? t('why.answered')
        : undefined
  if (organization.kind === 'provider') {
    const why = mayAnswer ? closed : t('common:notAllowed.role')
    const accept: Action = {
      key: 'accept',
      label: kind === 'new' ? t('action.acceptInto') : t('action.accept'),
      ...(kind === 'new' ? { href: links.orderRequestAcceptance(customer.id, id) } : { onPress: () => ask('accept') }),
      disabledBecause: why,
    }
    return {
      primary: accept,
      commands: [
        {
          key: 'decline',
          label: t('action.decline'),
          danger: true,
          onPress: () => ask('decline'),
          disabledBecause: why,
        },
      ],
    }
  }
  const noRole = mayWrite ? undefined : t('common:notAllowed.role')
  const notDraft = noRole ?? closed ?? (status === 'draft' ? undefined : t('why.onlyDraft'))
  const send = async () => {
    const path = `${requestPath(customer.id, id)}/dispatch`
    if (!(await writer.send({ method: 'POST', path, body: {}, reply: StoredRequest }))) return
    toast({ text: t('form.sent', { provider: provider.name }) })
  }
  return {
    primary: { key: 'send', label: t('action.send'), onPress: () => void send(), disabledBecause: notDraft },
    commands: [
      ...(kind === 'new'
        ? [
            {
              key: 'edit',
              label: t('action.edit'),
              href: links.orderRequestEdit(customer.id, id),
              disabledBecause: notDraft,
            },
          ]
        : []),
      {
        key: 'withdraw',
        label: status === 'draft' ? t('action.discard') : t('action.withdraw'),
        danger: true,
        onPress: () => ask('withdraw'),
        disabledBecause: noRole ?? closed,
      },
    ],
  }
}

function Facts({ request }: { request: OrderRequestDetail }) {
  const { t } = useTranslation('orderRequests')
  const { customer, subscriptionId } = request
  return (
    <Section title={t('section.request')}>
      <FactList
        facts={[
          {
            label: t('fact.customer'),
            value: <AppLink href={links.customerSubscriptions(customer.id)}>{customer.name}</AppLink>,
          },
          { label: t('fact.provider'), value: request.provider.name },
          {
            label: t('fact.reseller'),
            value: request.resellerPartnerId
              ? `${request.reseller.name} (${request.resellerPartnerId})`
              : request.reseller.name,
          },
          { label: t('fact.kind'), value: t(`kind.${request.kind}`) },
          ...(subscriptionId === null
            ? []
            : [
                {
                  label: t('fact.subscription'),
                  value: (
                    <AppLink href={links.subscription(customer.id, subscriptionId)}>{request.lines[0]?.title}</AppLink>
                  ),
                },
              ]),
          { label: t('fact.wishOn'), value: request.wishOn && <DateText day={request.wishOn} /> },
          { label: t('fact.createdBy'), value: request.createdBy },
          { label: t('fact.createdAt'), value: <InstantText at={request.createdAt} /> },
          { label: t('fact.sentAt'), value: request.sentAt && <InstantText at={request.sentAt} /> },
        ]}
      />
    </Section>
  )
}

function Answer({ request }: { request: OrderRequestDetail }) {
  const { t } = useTranslation('orderRequests')
  const { customer, order } = request
  return (
    <Section title={t('section.answer')}>
      <FactList
        facts={[
          { label: t('fact.answeredAt'), value: request.answeredAt && <InstantText at={request.answeredAt} /> },
          { label: t('fact.answeredBy'), value: request.answeredBy },
          ...(order
            ? [
                {
                  label: t('fact.order'),
                  value: <AppLink href={links.customerOrders(customer.id)}>{order.number}</AppLink>,
                },
              ]
            : []),
          ...(request.declineReason === ''
            ? []
            : [
                {
                  label: t('fact.declineReason'),
                  value: <span style={{ whiteSpace: 'pre-wrap' }}>{request.declineReason}</span>,
                },
              ]),
        ]}
      />
    </Section>
  )
}

function Dialogs({
  asking,
  request,
  writer,
  onClose,
}: {
  asking: Asking
  request: OrderRequestDetail
  writer: Writer
  onClose: () => void
}) {
  const { t } = useTranslation('orderRequests')
  const [reason, setReason] = useState('')
  const path = requestPath(request.customer.id, request.id)
  const writes = {
    withdraw: { method: 'POST', path: `${path}/withdrawal`, body: {} },
    decline: { method: 'POST', path: `${path}/refusal`, body: { reason } },
    accept: { method: 'POST', path: `${path}/acceptance`, body: {}, reply: AcceptedRequest },
  } as const
  const done = { withdraw: 'withdraw.done', decline: 'decline.done', accept: 'acceptance.changeDone' } as const
  const confirm = async () => {
    if (!(await writer.send(writes[asking]))) return
    toast({ text: t(done[asking]) })
    onClose()
  }
  const common = {
    state: writer.state,
    error: writer.error,
    cancel: t('action.cancel'),
    onConfirm: () => void confirm(),
    onClose,
  }
  if (asking === 'withdraw') {
    return (
      <ConfirmDialog {...common} title={t('withdraw.title')} confirm={t('action.withdraw')} danger>
        {request.status === 'draft' ? t('withdraw.draft') : t('withdraw.body', { provider: request.provider.name })}
        <ApiCallButton write={writes.withdraw} />
      </ConfirmDialog>
    )
  }
  if (asking === 'decline') {
    return (
      <ConfirmDialog
        {...common}
        title={t('decline.title')}
        confirm={t('action.decline')}
        danger
        disabledBecause={reason.trim() === '' ? t('why.reasonFirst') : undefined}
      >
        <Field label={t('decline.reason')} hint={t('decline.body', { reseller: request.reseller.name })} required>
          <Textarea rows={4} maxLength={2000} value={reason} onChange={(_, { value }) => setReason(value)} />
        </Field>
        <ApiCallButton write={writes.decline} />
      </ConfirmDialog>
    )
  }
  const [line] = request.lines
  const about = { title: line?.title ?? '', count: line?.quantity ?? 0 }
  return (
    <ConfirmDialog {...common} title={t('acceptance.changeTitle')} confirm={t('action.accept')}>
      {request.kind === 'cancel' ? t('acceptance.cancelBody', about) : t('acceptance.quantityBody', about)}
      <ApiCallButton write={writes.accept} />
    </ConfirmDialog>
  )
}
