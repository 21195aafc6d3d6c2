import { tokens } from '@fluentui/react-components'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { invitationCan, invitationStatuses } from '../../../features/partnerships/rules.ts'
import { InvitationDraft, InvitationRow } from '../../../features/partnerships/wire.ts'
import { api } from '../../api.ts'
import { usePagedList } from '../../query.ts'
import { usePermission } from '../../session.ts'
import { ActionButton } from '../../ui/actions.tsx'
import type { Action } from '../../ui/actions.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useCopy } from '../../ui/CopyButton.tsx'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useErrorText } from '../../ui/errors.ts'
import { InstantText, useFormats } from '../../ui/formats.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusBadge, type StatusTone } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { useWrite } from '../../ui/useWrite.ts'
import { MessageDialog } from './MessageDialog.tsx'
import { PartnershipTabs } from './PartnershipTabs.tsx'
import { invitationsPath } from './paths.ts'
import { useRequestAction, useResellersCommands } from './ResellersPage.tsx'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

const states = ['open', 'all', ...invitationStatuses] as const

/** The partnership requests that wait for an answer; others behind the filter. */
export function RequestsPage() {
  const { t } = useTranslation(['partnerships', 'common'])
  const [url, setUrl] = useUrlState({ state: states })
  const list = usePagedList(invitationsPath, InvitationRow, { state: url.state })
  const columns = useRequestColumns()
  const [reading, setReading] = useState<InvitationRow>()
  const [revoking, setRevoking] = useState<InvitationRow>()
  const actionsOf = useRequestActions(setReading, setRevoking)
  const request = useRequestAction()
  const commands = useResellersCommands()
  const revocation = useWrite(invitationsPath)
  const nameOf = (state: (typeof states)[number]) =>
    state === 'open' || state === 'all' ? t(`requests.state.${state}`) : t(`requests.status.${state}`)

  const revoke = async (id: string) => {
    if (!(await revocation.send({ method: 'POST', path: `${invitationsPath}/${id}/revocation` }))) return
    setRevoking(undefined)
    toast({ text: t('requests.revoked') })
  }
  return (
    <Page title={t('title')} lead={t('requests.lead')} primary={request} commands={commands}>
      <PartnershipTabs tab="pending" />
      <DataList
        name="partnershipRequests"
        label={t('tabs.pending')}
        list={list}
        columns={columns}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.recipientEmail ?? t('requests.nobody')}
        filters={
          url.state === 'open'
            ? []
            : [
                {
                  key: 'state',
                  label: t('requests.filterChip', { status: nameOf(url.state) }),
                  onRemove: () => setUrl({ state: 'open' }),
                },
              ]
        }
        onClearFilters={() => setUrl({ state: 'open' })}
        filterControls={
          <FilterSelect
            label={t('requests.filter')}
            value={url.state}
            options={states.map((state) => ({ value: state, label: nameOf(state) }))}
            onChoose={(value) => setUrl({ state: value })}
          />
        }
        rowActions={actionsOf}
        empty={
          <EmptyState
            picture="done"
            title={t('empty.pending')}
            actions={<ActionButton action={request} appearance="primary" />}
          />
        }
      />
      {reading && <MessageDialog id={reading.id} onClose={() => setReading(undefined)} />}
      {revoking && (
        <ConfirmDialog
          title={t('requests.revoke.title')}
          confirm={t('requests.action.revoke')}
          danger
          state={revocation.state}
          error={revocation.error}
          onConfirm={() => void revoke(revoking.id)}
          onClose={() => {
            revocation.clear()
            setRevoking(undefined)
          }}
        >
          {revoking.recipientEmail && <strong>{revoking.recipientEmail}</strong>}
          {t('requests.revoke.body')}
        </ConfirmDialog>
      )}
    </Page>
  )
}

const tones: Readonly<Record<InvitationRow['status'], StatusTone>> = {
  issued: 'pending',
  opened: 'info',
  accepted: 'success',
  declined: 'danger',
  revoked: 'neutral',
  expired: 'neutral',
}

function useRequestColumns(): readonly Column<InvitationRow>[] {
  const { t } = useTranslation('partnerships')
  return useMemo(() => {
    const day = (at: string | null) => (at ? <InstantText at={at} dayOnly /> : '–')
    return [
      {
        key: 'recipient',
        label: t('requests.column.recipient'),
        // What can no longer be accepted stands back.
        render: (row) => (
          <span style={row.status === 'expired' ? { color: tokens.colorNeutralForeground3 } : {}}>
            {row.recipientEmail ?? t('requests.nobody')}
          </span>
        ),
        width: 240,
      },
      {
        key: 'status',
        label: t('requests.column.status'),
        render: (row) => (
          <>
            <StatusBadge tone={tones[row.status]}>{t(`requests.status.${row.status}`)}</StatusBadge>
            {row.acceptedBy && <div>{t('requests.acceptedBy', { name: row.acceptedBy })}</div>}
          </>
        ),
        width: 150,
      },
      { key: 'created', label: t('requests.column.created'), render: (row) => day(row.createdAt), width: 120 },
      { key: 'by', label: t('requests.column.by'), render: (row) => row.createdBy, width: 150 },
      { key: 'opened', label: t('requests.column.opened'), render: (row) => day(row.openedAt), width: 120 },
      { key: 'expires', label: t('requests.column.expires'), render: (row) => day(row.expiresAt), width: 130 },
      {
        key: 'answered',
        label: t('requests.column.answered'),
        render: (row) => day(row.decidedAt),
        width: 120,
        hidden: true,
      },
    ]
  }, [t])
}

function useRequestActions(
  read: (row: InvitationRow) => void,
  revoke: (row: InvitationRow) => void,
): (row: InvitationRow) => readonly Action[] {
  const { t } = useTranslation(['partnerships', 'common'])
  const formats = useFormats()
  const errorText = useErrorText()
  const { copy } = useCopy()
  const mayRequest = usePermission('partnerships.request')
  const mayRevoke = usePermission('partnerships.revoke_invitation')
  const extension = useWrite(invitationsPath)

  const copyLink = async (row: InvitationRow) => {
    try {
      const { link } = await api.get(`${invitationsPath}/${row.id}/draft`, InvitationDraft)
      if (await copy(link, t('requests.linkCopied'))) toast({ text: t('requests.linkCopied') })
    } catch (error) {
      toast({ tone: 'error', text: errorText(error) })
    }
  }
  const extend = async (row: InvitationRow) => {
    const done = await extension.send({
      method: 'POST',
      path: `${invitationsPath}/${row.id}/extension`,
      reply: InvitationRow.pick({ expiresAt: true }),
    })
    if (done) toast({ text: t('requests.extended', { date: formats.instantDay(done.reply.expiresAt) }) })
  }
  return (row) => {
    const noRole = t('common:notAllowed.role')
    const why = (action: 'copy' | 'extend' | 'revoke', may: boolean) => {
      if (!may) return noRole
      if (invitationCan(action, row.status)) return undefined
      return row.status === 'expired' ? t('requests.expiredNote') : t('requests.closed')
    }
    return [
      {
        key: 'read',
        label: t('requests.action.copyAgain'),
        onPress: () => read(row),
        disabledBecause: why('copy', mayRequest),
      },
      {
        key: 'link',
        label: t('requests.action.copyLink'),
        onPress: () => void copyLink(row),
        disabledBecause: why('copy', mayRequest),
      },
      {
        key: 'extend',
        label: t('requests.action.extend'),
        onPress: () => void extend(row),
        disabledBecause: why('extend', mayRequest),
      },
      {
        key: 'revoke',
        label: t('requests.action.revoke'),
        onPress: () => revoke(row),
        danger: true,
        disabledBecause: why('revoke', mayRevoke),
      },
    ]
  }
}
