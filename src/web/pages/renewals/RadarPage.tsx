import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { useTranslation } from 'react-i18next'
import { radarOutcomes, radarReach } from '../../../features/overview/rules.ts'
import { Renewal } from '../../../features/overview/wire.ts'
import { withParams } from '../../api.ts'
import { links } from '../../links.ts'
import { usePagedList } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import { DataList, type FilterChip } from '../../ui/data-list/DataList.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { LinkTabs } from '../../ui/LinkTabs.tsx'
import { Page } from '../../ui/Page.tsx'
import { useUrlState } from '../../ui/useUrlState.ts'
import { useResellerChoices } from '../customers/customer.ts'
import { RadarTotals } from './RadarTotals.tsx'
import { useRadarColumns } from './useRadarColumns.tsx'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

const path = '/portal/v1/renewals'
const noFilters = { search: '', outcome: '', reseller: '' } as const

/** What renews, ends or needs somebody in the next weeks, for a provider and for resellers. */
export function RadarPage() {
  const { t } = useTranslation(['renewals', 'common'])
  const isProvider = useSession().organization.kind === 'provider'
  const mayExport = usePermission('renewals.export')
  const [url, setUrl] = useUrlState({
    within: radarReach,
    outcome: ['', ...radarOutcomes],
    search: '',
    reseller: '',
    sort: ['date', '-date'],
  })
  const { sort, ...filters } = url
  const asked = isProvider ? filters : { ...filters, reseller: '' }
  const list = usePagedList(path, Renewal, { ...asked, sort })
  const columns = useRadarColumns(
    isProvider,
    list.rows.some(({ retailMinor }) => retailMinor !== undefined),
  )
  const resellers = useResellerChoices(isProvider) ?? []
  const chips: FilterChip[] = []
  if (url.outcome !== '') {
    const label = t('filter.outcomeChip', { name: t(`outcome.${url.outcome}`) })
    chips.push({ key: 'outcome', label, onRemove: () => setUrl({ outcome: '' }) })
  }
  if (asked.reseller !== '') {
    const name = resellers.find(({ resellerId }) => resellerId === asked.reseller)?.name ?? t('filter.unknown')
    chips.push({ key: 'reseller', label: t('filter.resellerChip', { name }), onRemove: () => setUrl({ reseller: '' }) })
  }
  return (
    <Page
      title={t('title')}
      lead={t(isProvider ? 'lead' : 'leadReseller')}
      commands={[
        {
          key: 'export',
          label: t('export'),
          icon: <ArrowDownloadRegular />,
          href: withParams(`${path}/export`, asked),
          download: true,
          disabledBecause: mayExport ? undefined : t('common:notAllowed.role'),
        },
      ]}
    >
      <LinkTabs
        label={t('reach.label')}
        current={url.within}
        tabs={radarReach.map((within) => ({
          key: within,
          label: t('reach.days', { days: within }),
          href: links.renewals({ ...asked, within: within === '30' ? '' : within }),
        }))}
      />
      <RadarTotals filters={asked} onChoose={(outcome) => setUrl({ outcome })} />
      <DataList
        name="renewals"
        label={t('list')}
        list={list}
        columns={columns}
        rowKey={({ customer, subscriptionId }) => `${customer.id} ${subscriptionId}`}
        rowLabel={({ title, customer }) => `${title}, ${customer.name}`}
        sort={sort}
        onSort={(chosen) => setUrl({ sort: chosen === '-date' ? '-date' : 'date' })}
        search={url.search}
        onSearch={(search) => setUrl({ search })}
        filters={chips}
        onClearFilters={() => setUrl(noFilters)}
        filterControls={
          <>
            <FilterSelect
              label={t('filter.outcome')}
              value={url.outcome}
              options={[
                { value: '', label: t('filter.anyOutcome') },
                ...radarOutcomes.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) })),
              ]}
              onChoose={(value) => setUrl({ outcome: value })}
            />
            {isProvider && (
              <FilterSelect
                label={t('filter.reseller')}
                value={asked.reseller}
                options={[
                  { value: '', label: t('filter.anyReseller') },
                  ...resellers.map(({ resellerId, name }) => ({ value: resellerId, label: name })),
                ]}
                onChoose={(value) => setUrl({ reseller: value })}
              />
            )}
          </>
        }
        empty={
          <EmptyState picture="done" title={t('empty.title', { days: url.within })}>
            {t('empty.body')}
          </EmptyState>
        }
      />
    </Page>
  )
}
