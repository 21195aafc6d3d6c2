import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { BookRegular } from '@fluentui/react-icons/svg/book'
import { HandshakeRegular } from '@fluentui/react-icons/svg/handshake'
import { LinkRegular } from '@fluentui/react-icons/svg/link'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { partnershipSorts } from '../../../features/partnerships/rules.ts'
import { PartnershipRow } from '../../../features/partnerships/wire.ts'
import { type Params, withParams } from '../../api.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { usePermission } from '../../session.ts'
import { ActionButton } from '../../ui/actions.tsx'
import type { Action } from '../../ui/actions.tsx'
import { useCopy } from '../../ui/CopyButton.tsx'
import { DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { PartnershipTabs } from './PartnershipTabs.tsx'
import { partnershipsPath } from './paths.ts'
import { RemovePartnershipDialog } from './RemovePartnershipDialog.tsx'
import { usePartnershipColumns } from './usePartnershipColumns.tsx'

/** The provider's indirect resellers: active partnerships, and with `?state=ended` the ended ones. */
export function ResellersPage() {
  const { t } = useTranslation('partnerships')
  const [url, setUrl] = useUrlState({ state: ['active', 'ended'], search: '', sort: partnershipSorts })
  const list = usePagedList(partnershipsPath, PartnershipRow, { state: url.state, search: url.search, sort: url.sort })
  const columns = usePartnershipColumns(url.state, 'provider', links.reseller)
  const [leaving, setLeaving] = useState<PartnershipRow>()
  const actionsOf = useResellerActions(setLeaving)
  const request = useRequestAction()
  const guidance = useGuidanceAction()
  const commands = useResellersCommands({ state: url.state, search: url.search, sort: url.sort })
  return (
    <Page title={t('title')} lead={t('lead')} primary={request} commands={commands}>
      <PartnershipTabs tab={url.state} />
      <DataList
        // Each state has columns of its own to choose from.
        key={url.state}
        name={`resellers.${url.state}`}
        label={t('title')}
        list={list}
        columns={columns}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.name}
        sort={url.sort}
        onSort={(sort) => setUrl({ sort: sort as typeof url.sort })}
        search={url.search}
        onSearch={(search) => setUrl({ search })}
        onClearFilters={() => setUrl({ search: '' })}
        rowActions={actionsOf}
        empty={
          url.state === 'ended' ? (
            <EmptyState picture="people" title={t('empty.ended')} />
          ) : (
            <EmptyState
              picture="people"
              title={t('empty.active')}
              actions={
                <>
                  <ActionButton action={request} appearance="primary" />
                  <Button icon={<LinkRegular />} onClick={guidance.onPress}>
                    {guidance.label}
                  </Button>
                </>
              }
            >
              {t('empty.activeBody')}
            </EmptyState>
          )
        }
      />
      {leaving && (
        <RemovePartnershipDialog
          id={leaving.id}
          name={leaving.name}
          side="provider"
          onClose={() => setLeaving(undefined)}
        />
      )}
    </Page>
  )
}

/** What the lists of resellers and requests offer besides a new request; the file holds what `filters` leave. */
export function useResellersCommands(filters: Params = {}): readonly Action[] {
  const { t } = useTranslation(['partnerships', 'common'])
  const guidance = useGuidanceAction()
  const mayExport = usePermission('partnerships.export')
  return [
    {
      key: 'export',
      label: t('exportAll'),
      icon: <ArrowDownloadRegular />,
      href: withParams(`${partnershipsPath}/export`, filters),
      download: true,
      disabledBecause: mayExport ? undefined : t('common:notAllowed.role'),
    },
    guidance,
    { key: 'help', label: t('guidance.open'), icon: <BookRegular />, href: links.help('reseller-requirements') },
  ]
}

/** The way to a new partnership; in sight for everybody, with the reason where a role is missing. */
export function useRequestAction(): Action {
  const { t } = useTranslation(['partnerships', 'common'])
  const may = usePermission('partnerships.request')
  return {
    key: 'request',
    label: t('request'),
    icon: <HandshakeRegular />,
    href: links.requestPartnership(),
    disabledBecause: may ? undefined : t('common:notAllowed.role'),
  }
}

/** Copies the address of the public page that tells a reseller how to enroll. */
export function useGuidanceAction(): Action & { readonly onPress: () => void } {
  const { t } = useTranslation('partnerships')
  const { copy } = useCopy()
  return {
    key: 'guidance',
    label: t('guidance.copy'),
    icon: <LinkRegular />,
    async onPress() {
      const address = `${location.origin}${links.help('partner-with-providers')}`
      if (await copy(address, t('guidance.copied'))) toast({ text: t('guidance.copied') })
    },
  }
}

/** What can be done about one reseller; removing stands last and apart. */
export function useResellerActions(remove: (row: PartnershipRow) => void): (row: PartnershipRow) => readonly Action[] {
  const { t } = useTranslation(['partnerships', 'common'])
  const mayAdd = usePermission('customers.add')
  const mayInvite = usePermission('customers.request_relationship')
  const mayRemove = usePermission('partnerships.remove')
  const mayRead = usePermission('customers.read')
  const noRole = t('common:notAllowed.role')
  return (row) => {
    const ended = row.state === 'ended'
    const barred = ended ? t('whyNot.ended') : (row.canAddCustomer?.reasonText ?? undefined)
    return [
      {
        key: 'customers',
        label: t('action.viewCustomers'),
        href: links.customers({ reseller: row.organizationId }),
        disabledBecause: mayRead ? undefined : noRole,
      },
      {
        key: 'add',
        label: t('action.addCustomer'),
        href: links.newCustomer({ reseller: row.organizationId }),
        disabledBecause: mayAdd ? barred : noRole,
      },
      {
        key: 'invite',
        label: t('action.inviteCustomers'),
        href: links.relationshipRequest({ reseller: row.organizationId }),
        disabledBecause: mayInvite ? barred : noRole,
      },
      ended
        ? {
            key: 'result',
            label: t('action.result'),
            href: links.partnershipRemoval(row.id),
            disabledBecause: mayRemove ? undefined : noRole,
          }
        : {
            key: 'remove',
            label: t('action.remove'),
            onPress: () => remove(row),
            danger: true,
            disabledBecause: mayRemove ? undefined : noRole,
          },
    ]
  }
}
