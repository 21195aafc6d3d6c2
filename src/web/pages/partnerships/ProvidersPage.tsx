import { SearchRegular } from '@fluentui/react-icons/svg/search'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { partnershipSorts } from '../../../features/partnerships/rules.ts'
import { type PartnershipDetail, PartnershipRow } from '../../../features/partnerships/wire.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { usePermission } from '../../session.ts'
import { ActionButton } from '../../ui/actions.tsx'
import type { Action } from '../../ui/actions.tsx'
import { DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { PartnershipTabs } from './PartnershipTabs.tsx'
import { partnershipsPath } from './paths.ts'
import { RemovePartnershipDialog } from './RemovePartnershipDialog.tsx'
import { usePartnershipColumns } from './usePartnershipColumns.tsx'

/** The reseller's indirect providers: active partnerships, and with `?state=ended` the ended ones. */
export function ProvidersPage() {
  const { t } = useTranslation('partnerships')
  const [url, setUrl] = useUrlState({ state: ['active', 'ended'], search: '', sort: partnershipSorts })
  const list = usePagedList(partnershipsPath, PartnershipRow, { state: url.state, search: url.search, sort: url.sort })
  const columns = usePartnershipColumns(url.state, 'reseller', links.provider)
  const [leaving, setLeaving] = useState<PartnershipRow>()
  const actionsOf = useProviderActions(setLeaving)
  const find = { key: 'find', label: t('providers.find'), icon: <SearchRegular />, href: links.directory() }
  return (
    <Page title={t('providers.title')} lead={t('providers.lead')} primary={find}>
      <PartnershipTabs tab={url.state} />
      <DataList
        key={url.state}
        name={`providers.${url.state}`}
        label={t('providers.title')}
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
              title={t('providers.empty')}
              actions={<ActionButton action={find} appearance="primary" />}
            >
              {t('providers.emptyBody')}
            </EmptyState>
          )
        }
      />
      {leaving && (
        <RemovePartnershipDialog
          id={leaving.id}
          name={leaving.name}
          side="reseller"
          onClose={() => setLeaving(undefined)}
        />
      )}
    </Page>
  )
}

/** What a reseller can do about one of its providers; ending stands last and apart. */
export function useProviderActions(
  end: (row: PartnershipRow) => void,
  revokeAccess?: () => void,
): (row: PartnershipRow & Partial<PartnershipDetail>) => readonly Action[] {
  const { t } = useTranslation(['partnerships', 'common'])
  const mayRead = usePermission('customers.read')
  const mayEnd = usePermission('partnerships.remove')
  const mayInvite = usePermission('customers.request_relationship')
  const globalAdminOnly = mayEnd ? undefined : t('providers.onlyGlobalAdmin')
  return (row) => [
    {
      key: 'customers',
      label: t('action.viewCustomers'),
      href: links.customers({ provider: row.organizationId }),
      disabledBecause: mayRead ? undefined : t('common:notAllowed.role'),
    },
    ...(mayInvite && row.state === 'active'
      ? [{ key: 'invite', label: t('action.inviteCustomers'), href: links.relationshipRequest() }]
      : []),
    ...(revokeAccess && row.providerAdminAccess === 'granted'
      ? [
          {
            key: 'access',
            label: t('detail.revokeAccess'),
            onPress: revokeAccess,
            danger: true,
            disabledBecause: globalAdminOnly,
          },
        ]
      : []),
    {
      key: 'end',
      label: t('action.end'),
      onPress: () => end(row),
      danger: true,
      disabledBecause: row.state === 'ended' ? t('whyNot.alreadyEnded') : globalAdminOnly,
    },
  ]
}
