import { Field, makeStyles, Select } from '@fluentui/react-components'
import { DocumentArrowUpRegular } from '@fluentui/react-icons/svg/document-arrow-up'
import { useTranslation } from 'react-i18next'
import { segments, skuKinds } from '../../../features/catalog/rules.ts'
import { links } from '../../links.ts'
import { useRead } from '../../query.ts'
import { usePermission, useSession } from '../../session.ts'
import type { FilterChip } from '../../ui/data-list/DataList.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { Page } from '../../ui/Page.tsx'
import { media } from '../../ui/screen.ts'
import { useUrlState } from '../../ui/useUrlState.ts'
import { catalogPath, Countries, Publishers } from './catalog.ts'
import { OfferList } from './OfferList.tsx'
import { SkuList } from './SkuList.tsx'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

const useStyles = makeStyles({
  market: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '16px',
    marginBottom: '16px',
    '& > *': { flex: '0 1 240px', [media.phone]: { flex: '1 1 100%', '& select': { minHeight: '44px' } } },
  },
})

/** In the address: all SKUs, wherever they are sold. */
const everywhere = 'all'

/** What can be sold, in a country and to a kind of customer; or everything there is. */
export function CatalogPage() {
  const styles = useStyles()
  const { t } = useTranslation('catalog')
  const formats = useFormats()
  const { organization } = useSession()
  const mayImport = usePermission('catalog.import')
  const usualCountry = organization.kind === 'operator' ? everywhere : (organization.country ?? everywhere)
  const [url, setUrl] = useUrlState({
    search: '',
    country: '',
    segment: [...segments],
    publisher: '',
    kind: ['', ...skuKinds],
  })
  const country = url.country === '' ? usualCountry : url.country
  const countries = useRead('/portal/v1/countries', Countries)
  const publishers = useRead(`${catalogPath}/publishers`, Publishers)

  const choices = (countries.data ?? [])
    .filter(({ inRegion }) => inRegion || organization.kind === 'operator')
    .map(({ code }) => ({ code, name: formats.country(code) }))
    .toSorted((a, b) => formats.compare(a.name, b.name))
  const chip = (key: string, shown: boolean, label: string, removed: Parameters<typeof setUrl>[0]): FilterChip[] =>
    shown ? [{ key, label, onRemove: () => setUrl(removed) }] : []
  const filters = {
    search: url.search,
    onSearch: (search: string) => setUrl({ search }),
    filters: [
      ...chip('publisher', url.publisher !== '', t('filter.publisherChip', { publisher: url.publisher }), {
        publisher: '',
      }),
      ...chip('kind', url.kind !== '', url.kind === '' ? '' : t('filter.kindChip', { kind: t(`kind.${url.kind}`) }), {
        kind: '',
      }),
    ],
    onClearFilters: () => setUrl({ search: '', publisher: '', kind: '' }),
    filterControls: (
      <>
        <FilterSelect
          label={t('filter.publisher')}
          value={url.publisher}
          options={[
            { value: '', label: t('filter.anyPublisher') },
            ...(publishers.data?.items ?? []).map((publisher) => ({ value: publisher, label: publisher })),
          ]}
          onChoose={(value) => setUrl({ publisher: value })}
        />
        <FilterSelect
          label={t('filter.kind')}
          value={url.kind}
          options={[
            { value: '', label: t('filter.anyKind') },
            ...skuKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
          ]}
          onChoose={(value) => setUrl({ kind: value })}
        />
      </>
    ),
  }
  const params = { search: url.search, publisher: url.publisher, kind: url.kind }
  return (
    <Page
      title={t('title')}
      lead={country === everywhere ? t('leadAll') : t('lead')}
      {...(mayImport
        ? {
            primary: {
              key: 'import',
              label: t('import'),
              icon: <DocumentArrowUpRegular />,
              href: links.catalogImport(),
            },
          }
        : {})}
    >
      <div className={styles.market}>
        <Field label={t('filter.country')}>
          <Select value={country} onChange={(_, { value }) => setUrl({ country: value === usualCountry ? '' : value })}>
            <option value={everywhere}>{t('filter.allCountries')}</option>
            {!choices.some(({ code }) => code === country) && country !== everywhere && (
              <option value={country}>{formats.country(country)}</option>
            )}
            {choices.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        {country !== everywhere && (
          <Field label={t('filter.segment')}>
            <Select value={url.segment} onChange={(_, { value }) => setUrl({ segment: value as typeof url.segment })}>
              {segments.map((segment) => (
                <option key={segment} value={segment}>
                  {t(`segment.${segment}`)}
                </option>
              ))}
            </Select>
          </Field>
        )}
      </div>
      {country === everywhere ? (
        <SkuList params={params} filters={filters} />
      ) : (
        <OfferList params={{ ...params, country, segment: url.segment }} filters={filters} />
      )}
    </Page>
  )
}
