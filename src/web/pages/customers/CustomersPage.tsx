import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { PersonAddRegular } from '@fluentui/react-icons/svg/person-add'
import { MailRegular } from '@fluentui/react-icons/svg/mail'
import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { withParams } from '../../api.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import type { Action } from '../../ui/actions.tsx'
import { ActionButton } from '../../ui/actions.tsx'
import { DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { LinkTabs } from '../../ui/LinkTabs.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { CustomerRow, customersPath, rememberList } from './customer.ts'
import { CustomerRecord } from './CustomerRecord.tsx'
import { CustomerFilters, useFilterChips } from './CustomerFilters.tsx'
import { useCustomerActions } from './useCustomerActions.ts'
import { useCustomerColumns } from './useCustomerColumns.tsx'

const agreements = ['', 'attested', 'direct', 'missing'] as const
const noFilters = { search: '', reseller: '', provider: '', country: '', agreement: '' } as const

/** The customers of a provider, or those shared with a reseller: found, filtered, unfolded in place. */
export function CustomersPage() {
  const { t } = useTranslation(['customers', 'common'])
  const { organization } = useSession()
  const isProvider = organization.kind === 'provider'
  const [url, setUrl] = useUrlState({
    ...noFilters,
    agreement: agreements,
    sort: ['name', '-name'],
    access: ['account', 'subscriptions'],
  })
  const singles = !isProvider && url.access === 'subscriptions'
  const filters = singles
    ? {}
    : isProvider
      ? { search: url.search, reseller: url.reseller, country: url.country, agreement: url.agreement }
      : { search: url.search, provider: url.provider, country: url.country }
  const list = usePagedList(customersPath, CustomerRow, {
    ...filters,
    ...(singles ? { access: 'subscriptions' } : { sort: url.sort }),
  })
  const { pathname, searchStr } = useLocation()
  useEffect(() => {
    // While another page is on its way, the address is already that of the other.
    if (pathname === links.customers()) rememberList(searchStr)
  }, [pathname, searchStr])

  const columns = useCustomerColumns(singles)
  const chips = useFilterChips(filters, list.rows, setUrl)
  const actionsOn = useCustomerActions()
  const head = useHeadActions(filters)
  return (
    <Page
      title={t('title')}
      lead={isProvider ? t('lead') : t('leadReseller')}
      primary={head.primary}
      commands={head.commands}
    >
      {!isProvider && (
        <LinkTabs
          label={t('access.label')}
          current={url.access}
          tabs={[
            { key: 'account', label: t('access.account'), href: links.customers() },
            {
              key: 'subscriptions',
              label: t('access.subscriptions'),
              href: links.customers({ access: 'subscriptions' }),
            },
          ]}
        />
      )}
      <DataList
        name={singles ? 'customers-single' : 'customers'}
        label={t('list')}
        list={list}
        columns={columns}
        rowKey={(customer) => customer.id}
        rowLabel={(customer) => customer.name}
        rowActions={actionsOn}
        {...(singles
          ? {}
          : {
              sort: url.sort,
              onSort: (sort: string) => setUrl({ sort: sort === '-name' ? '-name' : 'name' }),
              search: url.search,
              onSearch: (search: string) => setUrl({ search }),
              filters: chips,
              onClearFilters: () => setUrl(noFilters),
              filterControls: <CustomerFilters filters={filters} onChange={setUrl} />,
              expand: (customer: CustomerRow) => <CustomerRecord customerId={customer.id} name={customer.name} />,
            })}
        empty={
          <EmptyState
            picture="people"
            title={singles ? t('empty.singles') : t('empty.title')}
            actions={
              !singles && (
                <>
                  <ActionButton action={head.primary} appearance="primary" />
                  {isProvider && <ActionButton action={head.request} />}
                </>
              )
            }
          >
            {!singles && (isProvider ? t('empty.body') : t('empty.bodyReseller'))}
          </EmptyState>
        }
      />
    </Page>
  )
}

/** What the page offers besides its rows; what the roles do not allow stays visible with the reason. */
function useHeadActions(filters: Readonly<Record<string, string>>): {
  readonly primary: Action
  readonly request: Action
  readonly commands: readonly Action[]
} {
  const { t } = useTranslation(['customers', 'common'])
  const { organization } = useSession()
  const mayAdd = usePermission('customers.add')
  const mayRequest = usePermission('customers.request_relationship')
  const mayExport = usePermission('customers.export')
  const noRole = t('common:notAllowed.role')
  const add: Action = {
    key: 'add',
    label: t('addCustomer'),
    icon: <PersonAddRegular />,
    href: links.newCustomer(),
    disabledBecause: mayAdd ? undefined : noRole,
  }
  const request: Action = {
    key: 'request',
    label: organization.kind === 'provider' ? t('requestRelationship') : t('invite'),
    icon: <MailRegular />,
    href: links.relationshipRequest(),
    disabledBecause: mayRequest ? undefined : noRole,
  }
  if (organization.kind !== 'provider') return { primary: request, request, commands: [] }
  return {
    primary: add,
    request,
    commands: [
      request,
      {
        key: 'export',
        label: t('export.action'),
        icon: <ArrowDownloadRegular />,
        href: withParams(`${customersPath}/export`, filters),
        download: true,
        disabledBecause: mayExport ? undefined : noRole,
      },
    ],
  }
}
