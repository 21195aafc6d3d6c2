import { BookRegular } from '@fluentui/react-icons/svg/book'
import { BuildingRegular } from '@fluentui/react-icons/svg/building'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DirectoryEntry } from '../../../features/program/wire.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'

/** The provider directory: for resellers who look for a provider, for the operator who keeps it. */
export function DirectoryPage() {
  const { t } = useTranslation('program')
  const { organization } = useSession()
  const operator = organization.kind === 'operator'
  const mayListAll = usePermission('organizations.read')
  const [url, setUrl] = useUrlState({ search: '', region: ['all', 'own'] })
  const list = usePagedList('/portal/v1/directory', DirectoryEntry, { search: url.search, region: url.region })
  const columns = useColumns(operator)
  const mayEdit = usePermission('directory.edit')
  const title = operator ? t('directory.operatorTitle') : t('directory.title')
  return (
    <Page
      title={title}
      lead={operator ? t('directory.operatorLead') : t('directory.lead')}
      commands={[
        ...(mayListAll
          ? [{ key: 'all', label: t('organizations.title'), icon: <BuildingRegular />, href: links.organizations() }]
          : []),
        ...(operator
          ? []
          : [
              {
                key: 'help',
                label: t('directory.howTo'),
                icon: <BookRegular />,
                href: links.help('partner-with-providers'),
              },
            ]),
      ]}
    >
      <DataList
        name="directory"
        label={title}
        list={list}
        columns={columns}
        rowKey={(row) => row.providerId}
        rowLabel={(row) => row.name}
        search={url.search}
        onSearch={(search) => setUrl({ search })}
        filters={
          url.region === 'own'
            ? [
                {
                  key: 'region',
                  label: t('directory.regionChip', { name: t('directory.region.own') }),
                  onRemove: () => setUrl({ region: 'all' }),
                },
              ]
            : []
        }
        onClearFilters={() => setUrl({ search: '', region: 'all' })}
        filterControls={
          operator ? undefined : (
            <FilterSelect
              label={t('directory.region.label')}
              value={url.region}
              options={[
                { value: 'all', label: t('directory.region.all') },
                { value: 'own', label: t('directory.region.own') },
              ]}
              onChoose={(region) => setUrl({ region })}
            />
          )
        }
        rowActions={(row) => [
          { key: 'open', label: t('directory.open'), href: links.directoryProfile(row.providerId) },
          ...(mayEdit ? [{ key: 'edit', label: t('directory.edit'), href: links.directoryEdit(row.providerId) }] : []),
        ]}
        expand={(row) => row.description}
        empty={<EmptyState picture="people" title={t('directory.empty')} />}
      />
    </Page>
  )
}

function useColumns(operator: boolean): readonly Column<DirectoryEntry>[] {
  const { t } = useTranslation('program')
  const formats = useFormats()
  return useMemo(
    () => [
      {
        key: 'name',
        label: t('directory.column.name'),
        render: (row) => <AppLink href={links.directoryProfile(row.providerId)}>{row.name}</AppLink>,
        width: 220,
      },
      {
        key: 'location',
        label: t('directory.column.location'),
        render: (row) => [row.city, formats.country(row.country)].filter(Boolean).join(', '),
        width: 200,
      },
      {
        key: 'region',
        label: t('directory.column.region'),
        render: (row) => (
          <>
            {row.regionName}
            {!operator && (
              <div>
                <StatusBadge tone={row.inRegion ? 'success' : 'neutral'}>
                  {row.inRegion ? t('directory.inRegion') : t('directory.otherRegion')}
                </StatusBadge>
              </div>
            )}
          </>
        ),
        width: 240,
      },
      ...(operator
        ? [
            {
              key: 'listed',
              label: t('directory.column.listed'),
              render: (row: DirectoryEntry) => (
                <StatusBadge tone={row.listed ? 'success' : 'neutral'}>
                  {row.listed ? t('profile.listed') : t('profile.unlisted')}
                </StatusBadge>
              ),
              width: 140,
            },
          ]
        : []),
      {
        key: 'services',
        label: t('directory.column.services'),
        render: (row) => formats.list(row.services.map((service) => t(`service.${service}`))),
        width: 300,
      },
    ],
    [t, formats, operator],
  )
}
