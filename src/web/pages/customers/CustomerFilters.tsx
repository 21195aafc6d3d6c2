import { makeStyles } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session.ts'
import type { FilterChip } from '../../ui/data-list/DataList.tsx'
import { useFormats } from '../../ui/formats.tsx'
import { type CustomerRow, useCountries, useResellerChoices } from './customer.ts'
import { FilterSelect } from '../../ui/data-list/FilterSelect.tsx'

/** Filters as the address has them; empty ones do not filter. */
type Filters = Readonly<Record<string, string>>
type SetFilters = (changes: {
  reseller?: string
  provider?: string
  country?: string
  agreement?: '' | 'attested' | 'direct' | 'missing'
}) => void

const useStyles = makeStyles({ filter: { '@media (min-width: 641px)': { maxWidth: '172px' } } })

const agreements = ['attested', 'direct', 'missing'] as const

/** The controls above the list that narrow it. */
export function CustomerFilters({ filters, onChange }: { filters: Filters; onChange: SetFilters }) {
  const styles = useStyles()
  const { t } = useTranslation('customers')
  const formats = useFormats()
  const { organization } = useSession()
  const isProvider = organization.kind === 'provider'
  const resellers = useResellerChoices(isProvider) ?? []
  const countries = (useCountries() ?? [])
    .filter((country) => country.inRegion)
    .map(({ code }) => ({ code, name: formats.country(code) }))
    .toSorted((one, other) => formats.compare(one.name, other.name))
  const { reseller = '', country = '', agreement = '' } = filters
  const known = reseller === '' || reseller === 'none' || resellers.some((one) => one.resellerId === reseller)
  return (
    <>
      {isProvider && (
        <FilterSelect
          className={styles.filter}
          label={t('filter.reseller')}
          value={known ? reseller : ''}
          options={[
            { value: '', label: t('filter.anyReseller') },
            { value: 'none', label: t('filter.noReseller') },
            ...resellers.map((one) => ({ value: one.resellerId, label: one.name })),
          ]}
          onChoose={(value) => onChange({ reseller: value })}
        />
      )}
      <FilterSelect
        className={styles.filter}
        label={t('filter.country')}
        value={country}
        options={[
          { value: '', label: t('filter.anyCountry') },
          ...countries.map(({ code, name }) => ({ value: code, label: name })),
        ]}
        onChoose={(value) => onChange({ country: value })}
      />
      {isProvider && (
        <FilterSelect
          className={styles.filter}
          label={t('filter.agreement')}
          value={agreement}
          options={[
            { value: '', label: t('filter.anyAgreement') },
            ...agreements.map((status) => ({
              value: status,
              label: t(`agreement.${status}`),
            })),
          ]}
          onChoose={(value) => onChange({ agreement: agreements.find((one) => one === value) ?? '' })}
        />
      )}
    </>
  )
}

/** What narrows the list now, each removable on its own. A reseller that is no longer a partner is named by its customers' rows. */
export function useFilterChips(
  filters: Filters,
  rows: readonly CustomerRow[],
  onChange: SetFilters,
): readonly FilterChip[] {
  const { t } = useTranslation('customers')
  const formats = useFormats()
  const { organization } = useSession()
  const choices = useResellerChoices(organization.kind === 'provider') ?? []
  const { reseller, provider, country, agreement } = filters
  const chips: FilterChip[] = []
  if (reseller) {
    const name =
      reseller === 'none'
        ? t('filter.noReseller')
        : (choices.find((one) => one.resellerId === reseller)?.name ??
          rows.flatMap((row) => row.resellers).find((one) => one.id === reseller)?.name ??
          t('filter.unknown'))
    chips.push({
      key: 'reseller',
      label: t('filter.resellerChip', { name }),
      onRemove: () => onChange({ reseller: '' }),
    })
  }
  if (provider) {
    const name = rows.flatMap((row) => row.providers).find((one) => one.id === provider)?.name ?? t('filter.unknown')
    chips.push({
      key: 'provider',
      label: t('filter.providerChip', { name }),
      onRemove: () => onChange({ provider: '' }),
    })
  }
  if (country) {
    const name = formats.country(country)
    chips.push({ key: 'country', label: t('filter.countryChip', { name }), onRemove: () => onChange({ country: '' }) })
  }
  if (agreement === 'attested' || agreement === 'direct' || agreement === 'missing') {
    const name = t(`agreement.${agreement}`)
    chips.push({
      key: 'agreement',
      label: t('filter.agreementChip', { name }),
      onRemove: () => onChange({ agreement: '' }),
    })
  }
  return chips
}
