import { Button, Checkbox } from '@fluentui/react-components'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../i18n.ts'
import { links } from '../../links.ts'
import { usePagedList, useRead } from '../../query.ts'
import type { Action } from '../../ui/actions.tsx'
import { ActionButton } from '../../ui/actions.tsx'
import { ConfirmDialog, DialogBox } from '../../ui/ConfirmDialog.tsx'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { InstantText, useFormats } from '../../ui/formats.tsx'
import { BlockSkeleton } from '../../ui/Skeletons.tsx'
import { StatusBadge, type StatusTone } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { useWrite } from '../../ui/useWrite.ts'
import { DraftMessage } from './DraftMessage.tsx'
import { Draft, isOpen, RequestRow, type RequestState, requestsPath } from './request.ts'

const tones: Readonly<Record<RequestState, StatusTone>> = {
  issued: 'pending',
  opened: 'info',
  accepted: 'success',
  declined: 'danger',
  revoked: 'neutral',
  expired: 'neutral',
}

/** The requests that wait for an answer, and on demand the others. */
export function RequestsList() {
  const { t } = useTranslation(['relationships', 'common'])
  const [url, setUrl] = useUrlState({ state: ['open', 'all'] })
  const list = usePagedList(requestsPath, RequestRow, { state: url.state })
  const columns = useRequestColumns()
  const [reading, setReading] = useState<RequestRow>()
  const [revoking, setRevoking] = useState<RequestRow>()
  const actionsOn = (request: RequestRow): readonly Action[] => {
    const closed = isOpen(request) ? undefined : t('pending.closed')
    return [
      { key: 'read', label: t('pending.copyAgain'), onPress: () => setReading(request), disabledBecause: closed },
      {
        key: 'revoke',
        label: t('pending.revoke'),
        onPress: () => setRevoking(request),
        danger: true,
        disabledBecause: closed,
      },
    ]
  }
  return (
    <>
      <DataList
        name="relationship-requests"
        label={t('pending.list')}
        list={list}
        columns={columns}
        rowKey={(request) => request.id}
        rowLabel={(request) => request.recipientEmail ?? request.createdBy}
        rowActions={actionsOn}
        filterControls={
          <Checkbox
            label={t('pending.showAll')}
            checked={url.state === 'all'}
            onChange={(_, { checked }) => setUrl({ state: checked === true ? 'all' : 'open' })}
          />
        }
        empty={
          <EmptyState
            picture="done"
            title={t('pending.empty')}
            actions={
              <ActionButton
                appearance="primary"
                action={{ key: 'new', label: t('request.tabNew'), href: links.relationshipRequest() }}
              />
            }
          >
            {t('pending.emptyBody')}
          </EmptyState>
        }
      />
      {reading && <MessageDialog request={reading} onClose={() => setReading(undefined)} />}
      {revoking && <RevokeDialog request={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  )
}

function useRequestColumns(): readonly Column<RequestRow>[] {
  const { t, i18n } = useTranslation('relationships')
  const formats = useFormats()
  return useMemo(
    (): readonly Column<RequestRow>[] => [
      {
        key: 'created',
        label: t('pending.created'),
        width: 180,
        render: ({ createdAt }) => <InstantText at={createdAt} />,
      },
      {
        key: 'status',
        label: t('pending.status'),
        width: 140,
        render: ({ state }) => <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>,
      },
      {
        key: 'recipient',
        label: t('pending.recipient'),
        width: 250,
        render: (request) => request.recipientEmail ?? '–',
      },
      {
        key: 'partners',
        label: t('pending.partners'),
        width: 220,
        render: ({ provider, reseller }) => formats.list([provider.name, ...(reseller ? [reseller.name] : [])]),
      },
      {
        key: 'asks',
        label: t('pending.asks'),
        width: 190,
        render: (request) => (request.includePrivileges ? t('pending.withPrivileges') : t('pending.relationship')),
      },
      { key: 'by', label: t('pending.by'), width: 150, render: (request) => request.createdBy },
      {
        key: 'expires',
        label: t('pending.expires'),
        width: 130,
        render: ({ expiresAt }) => <InstantText at={expiresAt} dayOnly />,
      },
    ],
    // `t` stays the same function when the language changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [t, formats, i18n.language],
  )
}

function MessageDialog({ request, onClose }: { request: RequestRow; onClose: () => void }) {
  const { t } = useTranslation(['relationships', 'common'])
  const draft = useRead(`${requestsPath}/${request.id}/draft`, Draft, { language: currentLanguage() })
  return (
    <DialogBox
      wide
      title={t('request.message')}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('common:action.close')}</Button>}
    >
      {draft.error ? (
        <ErrorState error={draft.error} onRetry={() => void draft.refetch()} />
      ) : draft.data ? (
        <DraftMessage draft={draft.data} onDone={onClose} onAgain={onClose} />
      ) : (
        <BlockSkeleton lines={10} />
      )}
    </DialogBox>
  )
}

function RevokeDialog({ request, onClose }: { request: RequestRow; onClose: () => void }) {
  const { t } = useTranslation('relationships')
  const writer = useWrite(requestsPath)
  const confirm = async () => {
    if (!(await writer.send({ method: 'POST', path: `${requestsPath}/${request.id}/revocation` }))) return
    toast({ text: t('pending.revoked') })
    onClose()
  }
  return (
    <ConfirmDialog
      danger
      title={t('pending.revokeTitle')}
      confirm={t('pending.revoke')}
      state={writer.state}
      error={writer.error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {request.recipientEmail && <strong>{request.recipientEmail}</strong>}
      <p style={{ margin: 0 }}>{t('pending.revokeBody')}</p>
    </ConfirmDialog>
  )
}
