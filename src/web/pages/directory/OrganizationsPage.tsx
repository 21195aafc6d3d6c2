import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { OrganizationRow } from '../../../features/program/wire.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { type Column, DataList } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { IdText } from '../../ui/IdText.tsx'
import { Page } from '../../ui/Page.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

const kinds = ['provider', 'reseller'] as const

/** The program's providers and resellers with their standing, for the operator. */
export function OrganizationsPage() {
  const { t } = useTranslation(['program', 'common'])
  const [url, setUrl] = useUrlState({ search: '', kind: ['', ...kinds] })
  const list = usePagedList('/portal/v1/organizations', OrganizationRow, { search: url.search, kind: url.kind })
  const columns = useColumns()
  return (
    <Page
      title={t('organizations.title')}
      lead={t('organizations.lead')}
      breadcrumb={[{ label: t('directory.operatorTitle'), href: links.directory() }]}
    >
      <DataList
        name="organizations"
        label={t('organizations.title')}
        list={list}
        columns={columns}
        rowKey={(row) => row.id}
        rowLabel={(row) => row.name}
        search={url.search}
        onSearch={(search) => setUrl({ search })}
        filters={
          url.kind === ''
            ? []
            : [
                {
                  key: 'kind',
                  label: t('organizations.kindChip', { name: t(`common:organizationKind.${url.kind}`) }),
                  onRemove: () => setUrl({ kind: '' }),
                },
              ]
        }
        onClearFilters={() => setUrl({ search: '', kind: '' })}
        filterControls={
          <FilterSelect
            label={t('organizations.kind.label')}
            value={url.kind}
            options={[
              { value: '', label: t('organizations.kind.all') },
              ...kinds.map((kind) => ({ value: kind, label: t(`common:organizationKind.${kind}`) })),
            ]}
            onChoose={(value) => setUrl({ kind: value })}
          />
        }
        empty={<EmptyState title={t('organizations.empty')} />}
      />
    </Page>
  )
}

function useColumns(): readonly Column<OrganizationRow>[] {
  const { t } = useTranslation(['program', 'common'])
  const formats = useFormats()
  return useMemo(
    () => [
      {
        key: 'name',
        label: t('organizations.column.name'),
        render: (row) =>
          row.kind === 'provider' ? <AppLink href={links.directoryProfile(row.id)}>{row.name}</AppLink> : row.name,
        width: 220,
      },
      {
        key: 'kind',
        label: t('organizations.column.kind'),
        render: (row) => t(`common:organizationKind.${row.kind}`),
        width: 150,
      },
      {
        key: 'enrollment',
        label: t('organizations.column.enrollment'),
        render: (row) => <Enrollment row={row} />,
        width: 170,
      },
      {
        key: 'agreement',
        label: t('organizations.column.agreement'),
        render: (row) => (
          <StatusBadge tone={row.agreementSigned ? 'success' : 'warning'}>
            {row.agreementSigned ? t('organizations.signed') : t('organizations.notSigned')}
          </StatusBadge>
        ),
        width: 150,
      },
      {
        key: 'mpnId',
        label: t('organizations.column.mpnId'),
        render: (row) => (row.partnerId ? <IdText id={row.partnerId} name={t('organizations.column.mpnId')} /> : '–'),
        width: 130,
      },
      {
        key: 'location',
        label: t('organizations.column.location'),
        render: (row) => [row.city, formats.country(row.country)].filter(Boolean).join(', '),
        width: 190,
      },
      {
        key: 'world',
        label: t('organizations.column.world'),
        width: 200,
        render: ({ kind, sandboxNow }) => {
          if (sandboxNow === null) return kind === 'provider' ? t('organizations.production') : '–'
          const date = formats.date(sandboxNow.slice(0, 10))
          return <StatusBadge tone="info">{t('organizations.sandbox', { date })}</StatusBadge>
        },
      },
      { key: 'region', label: t('organizations.column.region'), render: (row) => row.regionName, width: 220 },
    ],
    [t, formats],
  )
}

function Enrollment({ row }: { row: OrganizationRow }) {
  const { t } = useTranslation('program')
  if (row.status === 'suspended') return <StatusBadge tone="danger">{t('organizations.suspended')}</StatusBadge>
  if (row.enrollment === null) return <StatusBadge tone="neutral">{t('organizations.notEnrolled')}</StatusBadge>
  const tone = row.enrollment === 'active' ? 'success' : row.enrollment === 'pending' ? 'pending' : 'warning'
  return <StatusBadge tone={tone}>{t(`organizations.enrollment.${row.enrollment}`)}</StatusBadge>
}
