import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up'
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle'
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo'
import { EditRegular } from '@fluentui/react-icons/svg/edit'
import { Link } from '@fluentui/react-components'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RefusalName } from '../../../kernel/errors.ts'
import { links } from '../../links.ts'
import { useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { AppLink } from '../../ui/AppLink.tsx'
import { DetailColumns } from '../../ui/DetailColumns.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { InstantText } from '../../ui/formats.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { DueText, RequestStatusBadge, SeverityBadge } from './badges.tsx'
import { Composer } from './Composer.tsx'
import { type Act, ActDialog } from './ActDialog.tsx'
import { type ServiceRequestDetail, useServiceRequest } from './service-request.ts'
import { Thread } from './Thread.tsx'
import { useRequestHistory } from './useRequestHistory.ts'

/** One service request: its messages and where one answers, and beside them what is known of it. */
export function ServiceRequestPage() {
  const { customerId = '', serviceRequestId = '' } = useParams({ strict: false })
  const { data: request, error, refetch } = useServiceRequest(customerId, serviceRequestId)
  if (!request && error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!request) return <PageSkeleton />
  return <Shown request={request} />
}

function Shown({ request }: { request: ServiceRequestDetail }) {
  const { t } = useTranslation(['support', 'refusals', 'common'])
  const [act, setAct] = useState<Act>()
  const { customer, id, number, title, status, severity, actions } = request
  const commands = useCommands(request, setAct)
  const mayWrite = actions.reply === null || actions.note === null
  return (
    <Page
      title={title}
      breadcrumb={[{ label: t('title'), href: links.serviceRequests() }]}
      lead={number}
      badges={
        <>
          <RequestStatusBadge status={status} />
          <SeverityBadge severity={severity} />
        </>
      }
      commands={commands}
    >
      <DetailColumns aside={<Beside request={request} />}>
        <Section title={t('detail.thread')}>
          <Thread customerId={customer.id} id={id} />
        </Section>
        {mayWrite ? (
          // Another state is another form: after closing only notes are left.
          <Composer key={`${id} ${String(actions.reply)}`} request={request} />
        ) : (
          <Notice tone="info">{t(`refusals:${actions.reply ?? 'accessDenied'}`)}</Notice>
        )}
      </DetailColumns>
      {act && <ActDialog act={act} request={request} onClose={() => setAct(undefined)} />}
    </Page>
  )
}

/** What can be done now, and what cannot with the reason. */
function useCommands(request: ServiceRequestDetail, onAct: (act: Act) => void): readonly Action[] {
  const { t } = useTranslation(['support', 'refusals', 'common'])
  const { organization } = useSession()
  const { actions, status, escalated } = request
  const why = (reason: RefusalName | null) =>
    reason === null ? undefined : reason === 'accessDenied' ? t('common:notAllowed.role') : t(`refusals:${reason}`)
  const action = (act: Act, icon: Action['icon'], reason: RefusalName | null): Action => ({
    key: act,
    label: t(`act.${act}`),
    ...(icon ? { icon } : {}),
    onPress: () => onAct(act),
    disabledBecause: why(reason),
  })
  return [
    ...(organization.kind === 'reseller' && !escalated
      ? [action('escalate', <ArrowUpRegular />, actions.escalate)]
      : []),
    action('severity', <EditRegular />, actions.severity),
    status === 'closed'
      ? action('reopen', <ArrowUndoRegular />, actions.reopen)
      : action('close', <CheckmarkCircleRegular />, actions.close),
  ]
}

function Beside({ request }: { request: ServiceRequestDetail }) {
  const { t } = useTranslation('support')
  const { organization } = useSession()
  const history = useRequestHistory(request)
  const { customer, subscription, owner, provider, contact, filedBy } = request
  const isCustomer = organization.kind === 'customer'
  return (
    <>
      <Section title={t('detail.facts')}>
        <FactList
          facts={[
            {
              label: t('column.responseDueAt'),
              value: (
                <>
                  <InstantText at={request.responseDueAt} />
                  <DueText request={request} />
                </>
              ),
            },
            {
              label: t('detail.firstResponse'),
              value: request.firstResponseAt && <InstantText at={request.firstResponseAt} />,
            },
            { label: t('detail.owner'), value: owner.name },
            ...(provider.id === owner.id ? [] : [{ label: t('detail.provider'), value: provider.name }]),
            ...(request.escalatedBy === null
              ? []
              : [
                  {
                    label: t('detail.escalatedBy'),
                    value: (
                      <>
                        <div>{request.escalatedBy}</div>
                        {request.escalatedAt && <InstantText at={request.escalatedAt} />}
                      </>
                    ),
                  },
                ]),
            {
              label: t('column.customer'),
              value: isCustomer ? (
                customer.name
              ) : (
                <AppLink href={links.customerSubscriptions(customer.id)}>{customer.name}</AppLink>
              ),
            },
            {
              label: t('column.subscription'),
              value: subscription ? (
                isCustomer ? (
                  subscription.name
                ) : (
                  <AppLink href={links.subscription(customer.id, subscription.id)}>{subscription.name}</AppLink>
                )
              ) : (
                t('general')
              ),
            },
            {
              label: t('detail.contact'),
              value: (
                <>
                  <div>{contact.name}</div>
                  <div>
                    <Link href={`mailto:${contact.email}`}>{contact.email}</Link>
                  </div>
                  {contact.phone && <div>{contact.phone}</div>}
                </>
              ),
            },
            {
              label: t('detail.filedBy'),
              value: (
                <>
                  <div>{t('detail.filedByOn', filedBy)}</div>
                  <InstantText at={request.filedAt} />
                </>
              ),
            },
            ...(request.closedAt
              ? [{ label: t('detail.closedAt'), value: <InstantText at={request.closedAt} /> }]
              : []),
            ...(request.reopenUntil
              ? [{ label: t('detail.reopenUntil'), value: <InstantText at={request.reopenUntil} /> }]
              : []),
          ]}
        />
      </Section>
      <Section title={t('detail.history')}>
        <Timeline entries={history} />
      </Section>
    </>
  )
}
